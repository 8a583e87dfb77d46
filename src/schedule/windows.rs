//! A task of the Windows Task Scheduler.
//!
//! What a trigger holds is in
//! <https://learn.microsoft.com/openspecs/windows_protocols/ms-tsch/4d28b0ce-aba2-436b-a81f-ef9beffbe432>
//! (a stored copy read on 2026-11-22). The rest, and the order of elements, is from knowledge
//! of tasks that Windows exports; no Windows has read it back.

use std::fmt::Write as _;

use chrono::Timelike as _;

use super::{Every, Job, JobError, xml};

/// The first day of the task: any past one.
const FIRST_DAY: &str = "2026-01-05";

/// The XML of a job.
pub(super) fn task(job: &Job) -> Result<String, JobError> {
    if let Some(word) = job.words().find(|word| word.matches('%').count() > 1) {
        return Err(JobError::Percent(word.to_owned()));
    }
    let arguments: Vec<_> = job.arguments.iter().map(|word| quoted(word)).collect();
    Ok(format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <Task version=\"1.2\" xmlns=\"http://schemas.microsoft.com/windows/2004/02/mit/task\">\n\
         \x20 <RegistrationInfo>\n\
         \x20   <Description>Reminders about Microsoft certifications</Description>\n\
         \x20 </RegistrationInfo>\n\
         \x20 <Triggers>\n\
         {}\
         \x20 </Triggers>\n\
         \x20 <Principals>\n\
         \x20   <Principal id=\"Author\">\n\
         \x20     <LogonType>InteractiveToken</LogonType>\n\
         \x20     <RunLevel>LeastPrivilege</RunLevel>\n\
         \x20   </Principal>\n\
         \x20 </Principals>\n\
         \x20 <Settings>\n\
         \x20   <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>\n\
         \x20   <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>\n\
         \x20   <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>\n\
         \x20   <StartWhenAvailable>true</StartWhenAvailable>\n\
         \x20   <Enabled>true</Enabled>\n\
         \x20   <ExecutionTimeLimit>PT1H</ExecutionTimeLimit>\n\
         \x20 </Settings>\n\
         \x20 <Actions Context=\"Author\">\n\
         \x20   <Exec>\n\
         \x20     <Command>{}</Command>\n\
         \x20     <Arguments>{}</Arguments>\n\
         \x20   </Exec>\n\
         \x20 </Actions>\n\
         </Task>\n",
        trigger(job),
        xml(&job.program),
        xml(&arguments.join(" "))
    ))
}

fn trigger(job: &Job) -> String {
    let repetition = match job.every {
        Every::Hour => {
            "      <Repetition>\n        <Interval>PT1H</Interval>\n        \
                        <Duration>P1D</Duration>\n      </Repetition>\n"
        }
        _ => "",
    };
    let days = |days: &[&str]| {
        let mut list = String::new();
        for day in days {
            let _ = writeln!(list, "          <{day} />");
        }
        format!(
            "      <ScheduleByWeek>\n        <DaysOfWeek>\n{list}        </DaysOfWeek>\n        \
             <WeeksInterval>1</WeeksInterval>\n      </ScheduleByWeek>\n"
        )
    };
    let schedule = match job.every {
        Every::Hour | Every::Day => {
            "      <ScheduleByDay>\n        <DaysInterval>1</DaysInterval>\n      </ScheduleByDay>\n"
                .to_owned()
        }
        Every::Weekday => days(&["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]),
        Every::Week => days(&["Monday"]),
    };
    let (hour, minute) = match job.every {
        // The hours of a day are counted from its first.
        Every::Hour => (0, job.at.minute()),
        _ => (job.at.hour(), job.at.minute()),
    };
    format!(
        "    <CalendarTrigger>\n{repetition}      \
         <StartBoundary>{FIRST_DAY}T{hour:02}:{minute:02}:00</StartBoundary>\n      \
         <Enabled>true</Enabled>\n      <RandomDelay>PT10M</RandomDelay>\n{schedule}    \
         </CalendarTrigger>\n"
    )
}

/// An argument as Windows programs read their command line: backslashes count double only
/// before a quotation mark.
fn quoted(word: &str) -> String {
    let mut quoted = String::from("\"");
    let mut backslashes = 0;
    for c in word.chars() {
        match c {
            '\\' => backslashes += 1,
            '"' => {
                quoted.push_str(&"\\".repeat(backslashes + 1));
                backslashes = 0;
            }
            _ => backslashes = 0,
        }
        quoted.push(c);
    }
    quoted.push_str(&"\\".repeat(backslashes));
    quoted.push('"');
    quoted
}
