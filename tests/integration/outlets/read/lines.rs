//! What people read on a screen.

use super::{Reading, harmless};

/// Text fitted to a width. Lines that begin left of `deep` are ours, and those further right go
/// on with what was said; white space does not count.
fn fitted(document: &[u8], deep: usize) -> Reading {
    let mut reading = Reading::loose();
    let mut said = String::new();
    for line in harmless(document).split('\n') {
        assert!(!line.contains('\r'), "a screen would write over {line:?}");
        let indent = line.chars().take_while(|c| *c == ' ').count();
        if indent < deep || line.is_empty() {
            reading.frame(indent.to_string());
            reading.say(std::mem::take(&mut said));
        }
        said += line;
    }
    reading.say(said);
    reading
}

/// A report with labels: a field begins with two spaces, its text in the seventeenth column.
pub(crate) fn report(document: &[u8]) -> Reading {
    fitted(document, 3)
}

/// Text whose every line is ours to begin.
pub(crate) fn lines(document: &[u8]) -> Reading {
    fitted(document, usize::MAX)
}

/// Paragraphs: lines go on as they come, and only an empty line is ours to make.
pub(crate) fn paragraphs(document: &[u8]) -> Reading {
    let mut reading = Reading::loose();
    for paragraph in harmless(document).split("\n\n") {
        reading.frame("paragraph");
        reading.say(paragraph);
    }
    reading
}

/// What is said on the way: a line begins with how grave it is, or is a sentence of ours; what
/// is indented goes on with it.
pub(crate) fn log(document: &[u8]) -> Reading {
    let mut reading = Reading::loose();
    for line in harmless(document).split_terminator('\n') {
        assert!(!line.contains('\r'), "a screen would write over {line:?}");
        // How long a request took is different each time.
        let line = line.split(" took=").next().unwrap_or_default();
        if let (Some(more), Some(said)) = (line.strip_prefix("  "), reading.said.last_mut()) {
            *said += more;
        } else {
            reading.frame(line.split_whitespace().next().unwrap_or_default());
            reading.say(line);
        }
    }
    reading
}

/// Text that goes on in lines that are indented like any other: only those at the left margin,
/// and empty ones, are known to be ours.
pub(crate) fn flow(document: &[u8]) -> Reading {
    fitted(document, 1)
}

/// Text for people of which the payloads decide what is found: every line is one of ours, or
/// stands in the column of texts.
pub(crate) fn harmless_lines(document: &[u8]) -> Reading {
    for line in harmless(document).split_terminator('\n') {
        assert!(!line.contains('\r'), "a screen would write over {line:?}");
        let forged = [
            "ACTIVE  Real",
            "passed: it is what was required",
            "Bcc:",
            "SUMMARY:",
        ];
        assert!(
            !forged
                .iter()
                .any(|text| line.trim_start().starts_with(text)),
            "{line:?}"
        );
    }
    Reading::default()
}
