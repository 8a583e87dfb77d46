//! The documents are held to the program.

use std::path::Path;

use bonafide::finding::Code;

use crate::harness::{bonafide, finish, fixture, run};

fn document(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

/// The blocks of a language in a document.
fn blocks<'a>(document: &'a str, language: &str) -> Vec<&'a str> {
    document
        .split(&format!("```{language}\n"))
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap())
        .collect()
}

#[test]
fn every_finding_has_its_heading_and_severity() {
    let findings = document("docs/findings.md");
    for code in Code::ALL {
        let heading = format!("\n## {code}\n*{}.*", code.severity());
        assert!(findings.contains(&heading), "{code}");
    }
    assert_eq!(findings.matches("\n## ").count(), Code::ALL.len());
}

#[test]
fn every_exit_code_of_the_readme_is_the_programs() {
    let exit_codes = document("docs/exit-codes.md");
    for line in document("README.md")
        .lines()
        .filter(|line| line.starts_with("| "))
    {
        let start = line.trim_end_matches(" |");
        if start.starts_with("| code") {
            continue;
        }
        assert!(exit_codes.contains(start), "{line}");
    }
    let help = run(&["--help"])
        .stdout
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    assert!(
        help.contains("0 everything is what was required; 1 at least one is not; 2 wrong usage"),
        "{help}"
    );
}

#[test]
fn the_readme_opens_with_its_two_commands() {
    let readme = document("README.md");
    let commands = blocks(&readme, "sh");
    assert_eq!(commands[0], "cargo run --release -- demo\n");
    assert!(
        commands[1].starts_with("cargo run --release -- verify \"https://learn.microsoft.com/")
    );
    let tests = commands[2].trim();
    let ci = document(".ci/run");
    assert!(
        ci.lines().any(|line| line.trim() == tests),
        ".ci/run calls {tests}"
    );
}

#[test]
fn every_command_line_of_the_documents_is_understood() {
    let mut seen = 0;
    let desk = Desk::new();
    for name in [
        "README.md",
        "docs/guide.md",
        "docs/badge.md",
        "docs/exams.md",
        "docs/catalog.md",
    ] {
        let document = document(name);
        for block in blocks(&document, "sh") {
            for line in block
                .lines()
                .filter_map(|line| line.strip_prefix("bonafide "))
            {
                // Those are run in full, on receipts, keys and pages of their own.
                if line.starts_with("receipt ") || line.starts_with("page ") {
                    continue;
                }
                let ran = desk.run(&words(line));
                assert_ne!(ran.code, 2, "{name}: {line}: {}", ran.stderr);
                seen += 1;
            }
        }
    }
    assert!(seen >= 6, "{seen}");
}

/// A folder with the files that the documents name. Its links lead to nobody: a transcript
/// that was not shared.
struct Desk(tempfile::TempDir);

impl Desk {
    fn new() -> Self {
        const LINK: &str = "https://learn.microsoft.com/en-us/users/jo-1/transcript";
        let folder = tempfile::TempDir::new().unwrap();
        let write = |name: &str, text: &str| {
            std::fs::write(folder.path().join(name), text).unwrap();
        };
        for name in ["cvs", "evidence", "src/catalog"] {
            std::fs::create_dir_all(folder.path().join(name)).unwrap();
        }
        let table = include_str!("../../src/catalog/certifications.csv");
        write("src/catalog/certifications.csv", table);
        write("cvs/cv.txt", LINK);
        write("README.md", "# A project\n");
        write("candidates.csv", &format!("name,link\nJane Doe,{LINK}\n"));
        write(
            "roles.toml",
            "[role.cloud-architect]\nall_of = [\"AZ-305\"]\n",
        );
        let rows = ["A1", "A2", "A3"].map(|end| {
            format!("https://learn.microsoft.com/api/credentials/20170DBC5AC04E{end}\n")
        });
        write("team.csv", &format!("link\n{}", rows.concat()));
        let record = fixture("learn-credential/ai-engineer-retired.json");
        let evidence = std::fs::read_to_string(record).unwrap();
        for name in ["FILE", "2026-11-22T101500Z-20170DBC5AC04E38"] {
            write(&format!("evidence/{name}.json"), &evidence);
        }
        let desk = Self(folder);
        desk.run(&["batch", "candidates.csv", "-o", "october.csv"].map(str::to_owned));
        desk
    }

    fn run(&self, words: &[String]) -> crate::harness::Ran {
        // A badge is drawn of a link that can be asked about; others need nobody's answer.
        let (link, more) = match words[0].as_str() {
            "badge" => (crate::harness::SHARE_LINK, &["--retries", "0"][..]),
            _ => (
                "https://learn.microsoft.com/en-us/users/jo-1/transcript",
                &[][..],
            ),
        };
        let words = words.iter().map(|word| match word.as_str() {
            "LINK" => link,
            word => word,
        });
        let mut command = bonafide();
        command
            .args(words)
            .args(more)
            .current_dir(self.0.path())
            // Nobody answers there, and nothing leaves this machine.
            .env("BONAFIDE_LEARN_URL", "http://127.0.0.1:9")
            .env("BONAFIDE_DATA_DIR", self.0.path().join("data"));
        finish(&mut command)
    }
}

fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            c => words.last_mut().unwrap().push(c),
        }
    }
    words
}

#[test]
fn what_the_readme_shows_is_what_the_program_says() {
    let demo = run(&["demo"]).stdout;
    let inspect = run(&[
        "inspect",
        "https://learn-microsoft.com/api/credentials/20170DBC5AC04E38",
    ])
    .stdout;
    let readme = document("README.md");
    for (block, said) in blocks(&readme, "text").into_iter().zip([&demo, &inspect]) {
        for line in block.lines() {
            assert!(said.contains(line), "{line}\nis not in\n{said}");
        }
    }
}

#[test]
fn every_link_between_documents_leads_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for name in [
        "README.md",
        "docs/guide.md",
        "docs/badge.md",
        "docs/catalog.md",
        "docs/findings.md",
        "docs/exit-codes.md",
        "docs/privacy.md",
        "docs/sources.md",
        "docs/lifecycle.md",
        "docs/exams.md",
        "docs/design.md",
        "docs/reminders.md",
        "docs/channels.md",
        "docs/scheduling.md",
    ] {
        let folder = root.join(name).parent().unwrap().to_owned();
        for target in document(name)
            .split("](")
            .skip(1)
            .map(|rest| rest.split(')').next().unwrap().to_owned())
        {
            if target.starts_with("http") {
                continue;
            }
            let (file, heading) = target.split_once('#').unwrap_or((&target, ""));
            let text = std::fs::read_to_string(folder.join(file));
            let text = text.unwrap_or_else(|_| panic!("{name} leads to {target}"));
            let mut headings = text.lines().filter(|line| line.starts_with('#'));
            let anchor = |line: &str| {
                line.trim_start_matches(['#', ' '])
                    .to_lowercase()
                    .replace(' ', "-")
            };
            let is_there = heading.is_empty() || headings.any(|line| anchor(line) == heading);
            assert!(is_there, "{name} leads to {target}");
        }
    }
}

#[test]
fn the_configuration_in_the_guide_is_read() {
    let guide = document("docs/guide.md");
    let folder = tempfile::TempDir::new().unwrap();
    let file = folder.path().join("config.toml");
    let is_configuration = |block: &&str| block.contains("data-dir = ");
    let text = blocks(&guide, "toml").into_iter().find(is_configuration);
    std::fs::write(&file, text.unwrap()).unwrap();
    let ran = run(&["inspect", "x", "--config", file.to_str().unwrap()]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
}

#[test]
fn the_own_rows_in_the_documents_are_read() {
    let text = document("docs/catalog.md");
    let own = blocks(&text, "toml")[0];
    let yours = bonafide::catalog::Yours::parse(own).unwrap();
    let catalog = bonafide::catalog::Catalog::with(None, Some(&yours)).unwrap();
    assert_eq!(catalog.find_exam("AZ-999").len(), 1);
}

#[test]
fn the_roles_in_the_guide_are_read() {
    let guide = document("docs/guide.md");
    let is_roles = |block: &&str| block.contains("[role.");
    let text = blocks(&guide, "toml").into_iter().find(is_roles).unwrap();
    let catalog = bonafide::catalog::Catalog::embedded();
    let roles = bonafide::check::role::Roles::parse(text, catalog).unwrap();
    assert_eq!(
        roles.names().collect::<Vec<_>>(),
        ["cloud-architect", "data-lead"]
    );
}
