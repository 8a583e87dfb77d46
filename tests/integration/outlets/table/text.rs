//! Payloads in the forms that places have for them.

use bonafide::publish::clean;
use bonafide::report::{neutral, sheet};
use bonafide::source::without_sharing_id;

/// The most characters of a title or a name that a record is read with.
const LONGEST: usize = 500;

/// The most UTF-16 units of a worksheet's cell.
const CELL: usize = 32_767;

/// A text of a record: trimmed, and no longer than a title can be.
fn record(text: &str) -> String {
    text.trim().chars().take(LONGEST).collect()
}

/// What is given of a list as it stands there, or without the apostrophe by which a sheet of
/// ours guards a formula; and of a record as it was read.
fn sources(text: &str) -> [String; 3] {
    let given = sheet::unguarded(text.trim());
    [text.to_owned(), given.to_owned(), record(text)]
}

/// As it was given; in a sentence between quotation marks, in which nothing steers a screen.
pub(super) fn exact(text: &str) -> Vec<String> {
    let mut forms = sources(text).to_vec();
    forms.extend(described(text));
    forms
}

/// What an unreadable date is said to be: whole, or its start.
fn described(text: &str) -> Vec<String> {
    let start = |length: usize| text.trim().chars().take(length).collect();
    let starts = [text.chars().take(40).collect(), start(40)];
    let texts = starts
        .into_iter()
        .chain([text, text.trim()].map(str::to_owned));
    let described = texts.map(|text| {
        let described = format!("{text:?}");
        described[1..described.len() - 1].to_owned()
    });
    described.collect()
}

/// On a screen.
pub(super) fn screen(text: &str) -> Vec<String> {
    let mut forms: Vec<_> = sources(text)
        .iter()
        .map(|text| neutral::terminal(text))
        .collect();
    forms.extend(
        described(text)
            .iter()
            .map(|text| neutral::terminal_line(text)),
    );
    forms
}

/// In a file of data.
pub(super) fn data(text: &str) -> Vec<String> {
    sources(text)
        .iter()
        .map(|text| neutral::data(text).into_owned())
        .collect()
}

/// In a document for people, which says where it cuts.
pub(super) fn document(text: &str) -> Vec<String> {
    let mut forms = Vec::new();
    for text in sources(text) {
        let whole = neutral::document(&text).into_owned();
        forms.extend(
            [500, 1_000, 2_000].map(|limit| neutral::shortened(&whole, limit).into_owned()),
        );
        let units = whole.encode_utf16().count();
        if units > CELL {
            let mark = "… (cut)";
            let mut room = CELL - mark.encode_utf16().count();
            let fits = |c: &char| {
                let is_room = c.len_utf16() <= room;
                room = room.saturating_sub(c.len_utf16());
                is_room
            };
            forms.push(whole.chars().take_while(fits).collect::<String>() + mark);
        }
        // A bar in code would end a cell of a table.
        forms.push(whole.replace('|', "\\u{7c}"));
        forms.push(whole);
    }
    forms
}

/// On a page or a badge.
pub(super) fn public(text: &str) -> Vec<String> {
    let text = record(text);
    [200, 300, LONGEST]
        .map(|limit| clean::line_within(&text, limit))
        .to_vec()
}

/// On a line of a screen, of which nothing is cut.
pub(super) fn line(text: &str) -> Vec<String> {
    let mut forms: Vec<_> = sources(text)
        .iter()
        .map(|text| neutral::terminal_line(text))
        .collect();
    forms.extend(screen(text));
    // What was typed may be a link with a secret.
    forms.push(neutral::terminal_line(&without_sharing_id(text)));
    forms
}

/// What a program complained of: its last line.
pub(super) fn complaint(text: &str) -> Vec<String> {
    let last = text.lines().rfind(|line| !line.trim().is_empty());
    vec![
        neutral::terminal(last.unwrap_or_default()),
        neutral::terminal(text),
    ]
}

/// In a message as data, which holds it as data and in the words of the message.
pub(super) fn plain(text: &str) -> Vec<String> {
    let mut forms = data(text);
    forms.extend(screen(text));
    forms
}

/// The name of a file.
pub(super) fn name(text: &str) -> Vec<String> {
    vec![
        neutral::terminal_line(text),
        neutral::terminal_line(&file_name(text)),
    ]
}

/// As the name of a file can be: no path, no zero, and not too long.
pub(super) fn file_name(text: &str) -> String {
    let mut name = text.replace(['/', '\0'], "_");
    while name.len() > 140 {
        name.pop();
    }
    name
}

/// The name of a file in data.
pub(super) fn file(text: &str) -> Vec<String> {
    vec![file_name(text)]
}
