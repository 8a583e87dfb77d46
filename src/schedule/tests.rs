use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;

const STRANGE: &str = "/opt/100% sure $HOME/it's \"here\" & <there>\\bin/bonafide";

fn job(program: &str, every: Every) -> Job {
    let arguments = ["--config", "/etc/my conf/50%.toml", "remind"];
    let arguments = arguments.map(str::to_owned).to_vec();
    Job::new(program, arguments, "08:05:00".parse().unwrap(), every).unwrap()
}

fn places() -> Places {
    Places {
        home: PathBuf::from("/home/jo doe"),
        config: PathBuf::from("/home/jo doe/.config"),
    }
}

#[test]
fn each_scheduler_is_written() {
    for kind in Kind::ALL {
        let files = kind.files(&job(STRANGE, Every::Day), &places()).unwrap();
        let text: Vec<_> = files
            .iter()
            .map(|file| format!("== {}\n{}", file.path.display(), file.text))
            .collect();
        insta::assert_snapshot!(kind.as_str(), text.join("\n"));
    }
}

#[test]
fn each_scheduler_knows_each_interval() {
    let mut said = String::new();
    for every in [Every::Hour, Every::Day, Every::Weekday, Every::Week] {
        for kind in Kind::ALL {
            let files = kind
                .files(&job("/usr/bin/bonafide", every), &places())
                .unwrap();
            let text = &files.last().unwrap().text;
            let marks = [
                "OnCalendar",
                "* * ",
                "Minute",
                "Hour",
                "Weekday",
                "ScheduleBy",
                "Boundary",
                "Interval>",
                "day />",
            ];
            for line in text.lines() {
                let is_when = marks.iter().any(|mark| line.contains(mark));
                if is_when && !line.contains("WeeksInterval") {
                    let _ = writeln!(said, "{every:?} {}: {}", kind.as_str(), line.trim());
                }
            }
        }
    }
    insta::assert_snapshot!("intervals", said);
}

#[test]
fn a_task_is_utf_16_and_says_so() {
    let files = Kind::WindowsTask
        .files(
            &job(r"C:\Program Files\bonafide.exe", Every::Day),
            &places(),
        )
        .unwrap();
    let octets = files[0].octets();
    assert_eq!(octets[..2], [0xFF, 0xFE]);
    let (text, encoding, had_errors) = encoding_rs::UTF_16LE.decode(&octets);
    assert_eq!((encoding.name(), had_errors), ("UTF-16LE", false));
    assert!(
        text.starts_with("<?xml version=\"1.0\" encoding=\"UTF-16\"?>"),
        "{text}"
    );
}

#[test]
fn what_cannot_be_written_is_refused() {
    let at = "08:05:00".parse().unwrap();
    let refused = |program: &str, argument: &str| {
        Job::new(program, vec![argument.to_owned()], at, Every::Day).unwrap_err()
    };
    assert!(matches!(refused("bonafide", "a"), JobError::Relative(_)));
    assert!(matches!(
        refused("/a\nb", "a"),
        JobError::ControlCharacter(_)
    ));
    assert!(matches!(
        refused("/a", "a\0"),
        JobError::ControlCharacter(_)
    ));
    let job = Job::new(r"C:\%TEMP%\bonafide.exe", vec![], at, Every::Day).unwrap();
    assert!(matches!(
        Kind::WindowsTask.files(&job, &places()),
        Err(JobError::Percent(_))
    ));
}

#[test]
fn only_our_lines_of_a_crontab_change() {
    let others = "MAILTO=jo\n# mine\n5 4 * * * backup";
    let lines = &Kind::Cron
        .files(&job("/usr/bin/bonafide", Every::Day), &places())
        .unwrap()[0]
        .text;
    let with = added(others, lines);
    assert_eq!(with, format!("{others}\n{lines}"));
    assert_eq!(added(&with, lines), with);
    assert_eq!(removed(&with), format!("{others}\n"));
    assert_eq!(added("", lines), *lines);
    // A beginning without an end takes nothing with it.
    let broken = format!("# {NAME} begin\n5 4 * * * backup\n");
    assert_eq!(removed(&broken), broken);
}

proptest! {
    #[test]
    fn a_shell_reads_each_word_back(word in "[ -~äß]{1,30}") {
        let job = Job::new("/x", vec![word.clone()], "08:05:00".parse().unwrap(), Every::Day).unwrap();
        let text = &Kind::Cron.files(&job, &places()).unwrap()[0].text;
        let line = text.lines().find(|line| line.contains("'/x' ")).unwrap();
        let quoted = line.split_once("'/x' ").unwrap().1;
        // As cron, then a shell, would: every percent sign stands behind a backslash.
        prop_assert_eq!(quoted.matches('%').count(), quoted.matches(r"\%").count());
        let shell = quoted.replace(r"\%", "%");
        let read = shell[1..shell.len() - 1].replace(r"'\''", "'");
        prop_assert_eq!(read, word);
    }
}

#[test]
fn what_a_scheduler_makes_beside_our_files_is_known() {
    let places = Places {
        home: "/home/jo".into(),
        config: "/home/jo/.config".into(),
    };
    let links = |kind: Kind| kind.links(&places);
    let wants = "timers.target.wants/bonafide-remind.timer";
    assert_eq!(
        links(Kind::SystemdUser),
        [Path::new("/home/jo/.config/systemd/user").join(wants)]
    );
    assert_eq!(
        links(Kind::SystemdSystem),
        [Path::new("/etc/systemd/system").join(wants)]
    );
    for kind in [Kind::Cron, Kind::Launchd, Kind::WindowsTask, Kind::Github] {
        assert!(links(kind).is_empty(), "{kind:?}");
    }
}

#[test]
fn that_launchd_knows_no_agent_is_told_apart_from_other_complaints() {
    for (complaint, is_unknown) in [
        ("Boot-out failed: 3: No such process", true),
        (
            "Boot-out failed: 113: Could not find specified service",
            true,
        ),
        (
            "Could not find service \"bonafide.remind\" in domain for user",
            true,
        ),
        ("Boot-out failed: 5: Input/output error", false),
        ("Boot-out failed: 13: No such process of mine", false),
        ("", false),
    ] {
        assert_eq!(is_unknown_to_launchd(complaint), is_unknown, "{complaint}");
    }
}
