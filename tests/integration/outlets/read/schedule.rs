//! What starts the reminders, as its scheduler reads it.

use std::process::Command;

use super::{Reading, harmless, xml};

/// Units of systemd: sections and keys; of `ExecStart` each word, unquoted as systemd does.
pub(crate) fn units(document: &[u8]) -> Reading {
    let mut reading = Reading::default();
    for line in harmless(document).split_terminator('\n') {
        assert!(!line.ends_with('\\'), "the next line goes on with {line}");
        match line.strip_prefix("ExecStart=") {
            None => reading.frame(line),
            Some(command) => {
                let words = words_of_systemd(command);
                // A program that systemd itself cannot start is started by a shell.
                let by_shell = ["/bin/sh", "-c", "exec \"$0\" \"$@\""].map(str::to_owned);
                for word in words.strip_prefix(&by_shell).unwrap_or(&words) {
                    reading.frame("word");
                    reading.say(word.as_str());
                }
            }
        }
    }
    reading
}

/// Words in double quotes: a backslash escapes, `%%` and `$$` are signs by themselves.
fn words_of_systemd(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = command;
    while let Some(quoted) = rest.strip_prefix('"') {
        let mut word = String::new();
        let mut letters = quoted.char_indices();
        let end = loop {
            let (at, c) = letters.next().expect("a quotation mark ends the word");
            match c {
                '"' => break at,
                '\\' => match letters.next() {
                    Some((_, c @ ('"' | '\\'))) => word.push(c),
                    other => panic!("{other:?} is no escape of ours"),
                },
                // The program's own path is no place for variables.
                '$' if words.is_empty() => word.push('$'),
                '%' | '$' => {
                    assert_eq!(
                        letters.next().map(|(_, next)| next),
                        Some(c),
                        "a specifier or variable"
                    );
                    word.push(c);
                }
                c => word.push(c),
            }
        };
        words.push(word);
        rest = quoted[end + 1..].trim_start_matches(' ');
    }
    assert_eq!(rest, "");
    words
}

/// Lines of a crontab: times, then a command in which cron reads `%` and a shell the rest.
pub(crate) fn crontab(document: &[u8]) -> Reading {
    let mut reading = Reading::default();
    for line in harmless(document).split_terminator('\n') {
        if line.starts_with('#') {
            reading.frame(line);
            continue;
        }
        let mut fields = line.splitn(6, ' ');
        reading
            .frame
            .extend(fields.by_ref().take(5).map(str::to_owned));
        let command = fields.next().unwrap();
        let unescaped = command.replace(r"\%", "");
        assert!(
            !unescaped.contains('%'),
            "cron ends the line at a % of {command}"
        );
        for word in words_of_shell(&command.replace(r"\%", "%")) {
            reading.frame("word");
            reading.say(word);
        }
    }
    reading
}

fn words_of_shell(command: &str) -> Vec<String> {
    let script = format!("set -- {command}; printf '%s\\0' \"$@\"");
    let output = Command::new("/bin/sh")
        .args(["-c", &script])
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    text.split_terminator('\0').map(str::to_owned).collect()
}

/// A task of Windows: XML, in it a command line as programs split it.
pub(crate) fn task(document: &[u8]) -> Reading {
    let mut reading = xml(document);
    let said = std::mem::take(&mut reading.said);
    for text in said {
        if text.starts_with("\"--data-dir\"") {
            for word in words_of_windows(&text) {
                reading.frame("word");
                reading.say(word);
            }
        } else {
            reading.say(text);
        }
    }
    reading
}

/// Backslashes count double only before a quotation mark, and one more makes it a letter.
fn words_of_windows(line: &str) -> Vec<String> {
    let (mut words, mut word, mut backslashes, mut is_quoted) =
        (Vec::new(), String::new(), 0, false);
    for c in line.chars() {
        match c {
            '\\' => {
                backslashes += 1;
                continue;
            }
            '"' => {
                word.extend(std::iter::repeat_n('\\', backslashes / 2));
                if backslashes % 2 == 1 {
                    word.push('"');
                } else {
                    is_quoted = !is_quoted;
                }
            }
            c => {
                word.extend(std::iter::repeat_n('\\', backslashes));
                match c {
                    ' ' | '\t' if !is_quoted => words.push(std::mem::take(&mut word)),
                    c => word.push(c),
                }
            }
        }
        backslashes = 0;
    }
    assert!(!is_quoted, "a word has no end in {line}");
    words.push(word);
    words
}
