//! An agent of macOS's launchd.

use std::fmt::Write as _;

use chrono::Timelike as _;

use super::{Every, Job, xml};

/// The agent's label, and the name of its file.
pub const LABEL: &str = "bonafide.remind";

/// Whether launchctl says that it knows no such agent (from knowledge: 3 is "No such process",
/// 113 "Could not find service"; no macOS has said it here).
pub fn is_unknown(complaint: &str) -> bool {
    let said = [
        " 3: No such process",
        "Could not find service",
        "Could not find specified service",
    ];
    said.iter().any(|words| complaint.contains(words))
}

/// The property list of a job. `log` takes what it says.
pub(super) fn agent(job: &Job, log: &str) -> String {
    let mut arguments = String::new();
    for word in job.words() {
        let _ = writeln!(arguments, "    <string>{}</string>", xml(word));
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n\
         <plist version=\"1.0\">\n\
         <dict>\n\
         \x20 <key>Label</key>\n\
         \x20 <string>{LABEL}</string>\n\
         \x20 <key>ProgramArguments</key>\n\
         \x20 <array>\n\
         {arguments}\
         \x20 </array>\n\
         \x20 <key>StartCalendarInterval</key>\n\
         {}\
         \x20 <key>ProcessType</key>\n\
         \x20 <string>Background</string>\n\
         \x20 <key>StandardOutPath</key>\n\
         \x20 <string>{log}</string>\n\
         \x20 <key>StandardErrorPath</key>\n\
         \x20 <string>{log}</string>\n\
         </dict>\n\
         </plist>\n",
        interval(job),
        log = xml(log)
    )
}

fn interval(job: &Job) -> String {
    let (hour, minute) = (job.at.hour(), job.at.minute());
    let at = |weekday: Option<u32>| {
        let mut keys = vec![("Minute", minute)];
        if job.every != Every::Hour {
            keys.push(("Hour", hour));
        }
        keys.extend(weekday.map(|day| ("Weekday", day)));
        let keys = keys
            .iter()
            .map(|(key, value)| format!("<key>{key}</key><integer>{value}</integer>"));
        format!("  <dict>{}</dict>\n", keys.collect::<String>())
    };
    match job.every {
        Every::Hour | Every::Day => at(None),
        Every::Week => at(Some(1)),
        Every::Weekday => {
            let days: String = (1..=5).map(|day| at(Some(day))).collect();
            format!("  <array>\n{days}  </array>\n")
        }
    }
}
