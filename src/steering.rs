//! Characters in JSON that would steer the terminal it is shown on.

use std::fmt::Write as _;

use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

/// JSON text in which nothing steers a terminal that it is shown on: control characters,
/// direction overrides and invisible ones are escaped, which leaves the JSON equal.
///
/// ```
/// use bonafide::report::neutral::json;
///
/// assert_eq!(json("[\"a\u{202e}b\u{9b}\"]"), r#"["a\u202eb\u009b"]"#);
/// ```
pub fn json(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        // Beyond ASCII such characters stand only inside the strings of a JSON text.
        if c != '\n' && !(' '..='~').contains(&c) && is_steering(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(shown, "\\u{unit:04x}");
            }
        } else {
            shown.push(c);
        }
    }
    shown
}

fn is_steering(c: char) -> bool {
    matches!(
        c.general_category(),
        GeneralCategory::Control
            | GeneralCategory::Format
            | GeneralCategory::LineSeparator
            | GeneralCategory::ParagraphSeparator
    )
}
