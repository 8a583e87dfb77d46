//! Help that groups the commands by who uses them.

use std::fmt::Write as _;

use clap::Command;

/// The groups, in the order of the contract, with the commands of each.
const GROUPS: [(&str, &[&str]); 5] = [
    (
        "Check",
        &[
            "demo", "inspect", "verify", "batch", "scan", "request", "receipt",
        ],
    ),
    ("Show", &["badge", "page"]),
    (
        "Remind",
        &["track", "remind", "calendar", "schedule", "doctor"],
    ),
    ("Know", &["catalog", "exam"]),
    ("Keep", &["data", "schema", "completions", "man"]),
];

/// Puts the groups into the top-level help.
pub(crate) fn grouped(command: Command) -> Command {
    let list = list(&command);
    command.help_template(format!(
        "{{about-with-newline}}\n{{usage-heading}} {{usage}}\n\n{list}Options:\n{{options}}{{after-help}}"
    ))
}

fn list(command: &Command) -> String {
    let mut list = String::new();
    for (group, names) in GROUPS {
        let _ = writeln!(list, "{group}:");
        for name in names {
            let about = command
                .find_subcommand(name)
                .and_then(Command::get_about)
                .map(ToString::to_string)
                .unwrap_or_default();
            let _ = writeln!(list, "  {name:<12} {about}");
        }
        list.push('\n');
    }
    list
}

/// What a beginner meant, where it is plain.
pub(super) fn tip(refusal: &clap::Error) -> Option<&'static str> {
    use clap::error::{ContextKind, ContextValue, ErrorKind};
    let text = |kind| match refusal.get(kind) {
        Some(ContextValue::String(text)) => Some(text.as_str()),
        _ => None,
    };
    match refusal.kind() {
        ErrorKind::InvalidSubcommand => {
            let typed = text(ContextKind::InvalidSubcommand)?;
            let is_link = typed.contains("://") || typed.contains("learn.microsoft.com");
            is_link.then_some("tip: to verify a link: bonafide verify \"LINK\"")
        }
        ErrorKind::MissingRequiredArgument => {
            let refused = refusal.to_string();
            let takes_links = ["bonafide verify", "bonafide inspect"];
            let is_one = takes_links.iter().any(|command| refused.contains(command));
            is_one.then_some("tip: put the link in double quotes: bonafide verify \"LINK\"")
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::cli::args::Cli;

    #[test]
    fn every_command_stands_in_one_group() {
        let command = Cli::command();
        let mut grouped: Vec<_> = GROUPS
            .iter()
            .flat_map(|(_, names)| names.iter().copied())
            .collect();
        let mut known: Vec<_> = command.get_subcommands().map(Command::get_name).collect();
        grouped.sort_unstable();
        known.sort_unstable();
        assert_eq!(grouped, known);
    }
}
