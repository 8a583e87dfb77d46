//! A service and its timer, of systemd.
//!
//! Written from knowledge of
//! <https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html>, not read
//! afresh; held to `systemd-analyze verify` and `calendar` of systemd 252 by the tests.

use std::fmt::Write as _;

use chrono::Timelike as _;

use super::{Every, Job};

/// What both services share: what needs no privilege to set, and stands in the way of no
/// program that a channel may start.
const HARDENED: &str = "\
NoNewPrivileges=yes
LockPersonality=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6
SystemCallArchitectures=native
UMask=0077
";

/// What only the machine's systemd can set for certain.
const HARDENED_SYSTEM: &str = "\
DynamicUser=yes
StateDirectory=bonafide
StateDirectoryMode=0700
CapabilityBoundingSet=
PrivateDevices=yes
PrivateTmp=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectHome=read-only
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectSystem=strict
RestrictNamespaces=yes
";

pub(super) fn user_service(job: &Job) -> String {
    service(job, "", "")
}

pub(super) fn system_service(job: &Job) -> String {
    let network = "Wants=network-online.target\nAfter=network-online.target\n";
    let own = format!("Environment=BONAFIDE_DATA_DIR=/var/lib/bonafide\n{HARDENED_SYSTEM}");
    service(job, network, &own)
}

fn service(job: &Job, unit: &str, own: &str) -> String {
    let argument = |word: &str| quoted(word).replace('$', "$$");
    let mut command = Vec::new();
    if job.program.contains(['"', '\'', '\\']) {
        // systemd starts no program with such a name, even quoted; a shell does.
        let shell = ["-c", "exec \"$0\" \"$@\"", &job.program];
        command.push(quoted("/bin/sh"));
        command.extend(shell.map(argument));
    } else {
        // A variable is replaced in every word but the program's path.
        command.push(quoted(&job.program));
    }
    command.extend(job.arguments.iter().map(|word| argument(word)));
    format!(
        "[Unit]\n\
         Description=Reminders about Microsoft certifications\n\
         Documentation=man:bonafide(1)\n\
         {unit}\n\
         [Service]\n\
         Type=oneshot\n\
         ExecStart={}\n\
         TimeoutStartSec=1h\n\
         {own}{HARDENED}",
        command.join(" ")
    )
}

pub(super) fn timer(job: &Job) -> String {
    let (hour, minute) = (job.at.hour(), job.at.minute());
    let when = match job.every {
        Every::Hour => format!("*-*-* *:{minute:02}:00"),
        Every::Day => format!("*-*-* {hour:02}:{minute:02}:00"),
        Every::Weekday => format!("Mon..Fri *-*-* {hour:02}:{minute:02}:00"),
        Every::Week => format!("Mon *-*-* {hour:02}:{minute:02}:00"),
    };
    format!(
        "[Unit]\n\
         Description=Reminders about Microsoft certifications\n\n\
         [Timer]\n\
         OnCalendar={when}\n\
         # A run that was missed while the machine was off is made up for.\n\
         Persistent=true\n\
         # Not everybody asks at the same second.\n\
         RandomizedDelaySec=10min\n\n\
         [Install]\n\
         WantedBy=timers.target\n"
    )
}

/// A word of a command line: in double quotes, with the sign of specifiers doubled.
fn quoted(word: &str) -> String {
    let mut quoted = String::from("\"");
    for c in word.chars() {
        match c {
            '"' | '\\' => {
                let _ = write!(quoted, "\\{c}");
            }
            '%' => quoted.push_str("%%"),
            _ => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
