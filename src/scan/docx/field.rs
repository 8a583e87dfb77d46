//! Field codes: `HYPERLINK "target" \l "place"`, which Word keeps beside what it shows.

/// The fields that are open, the innermost last.
#[derive(Debug, Default)]
pub(super) struct Fields {
    open: Vec<Field>,
}

#[derive(Debug, Default)]
struct Field {
    code: String,
    shows: bool,
}

/// How many fields may stand inside each other.
const DEEPEST: usize = 32;

impl Fields {
    /// A field begins with its code.
    pub(super) fn begin(&mut self) {
        if self.open.len() < DEEPEST {
            self.open.push(Field::default());
        }
    }

    /// More of the code of the innermost field.
    pub(super) fn code(&mut self, text: &str) {
        if let Some(field) = self.open.last_mut().filter(|field| !field.shows) {
            field.code.push_str(text);
        }
    }

    /// The code ends, and what is shown for it begins. Gives the target of a link.
    pub(super) fn separate(&mut self) -> Option<String> {
        let field = self.open.last_mut()?;
        field.shows = true;
        target(&field.code)
    }

    /// The field ends. Gives the target of a link that shows nothing.
    pub(super) fn end(&mut self) -> Ended {
        match self.open.pop() {
            Some(field) if target(&field.code).is_none() => Ended::Other,
            Some(field) if field.shows => Ended::Link,
            Some(field) => Ended::Bare(target(&field.code).unwrap_or_default()),
            None => Ended::Other,
        }
    }
}

/// What ended.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Ended {
    /// A link that was begun when its code ended.
    Link,
    /// A link that shows nothing.
    Bare(String),
    /// No link.
    Other,
}

/// The target that a field's code names; a place in the same document is none.
pub(super) fn target(code: &str) -> Option<String> {
    let code = code.trim();
    let (word, rest) = code.split_at_checked("HYPERLINK".len())?;
    if !word.eq_ignore_ascii_case("HYPERLINK") {
        return None;
    }
    let rest = rest.trim_start();
    let target = match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next()?,
        None => rest.split_whitespace().next()?,
    };
    // A switch such as `\l` says that what follows is a place in this document.
    let is_target = !target.is_empty() && !target.starts_with('\\');
    is_target.then(|| target.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_target_is_taken_out_of_the_code() {
        for (code, expected) in [
            (
                r#" HYPERLINK "https://a.example/b" "#,
                Some("https://a.example/b"),
            ),
            (
                r#"HYPERLINK "https://a.example/b" \o "tip" \t "_blank""#,
                Some("https://a.example/b"),
            ),
            ("hyperlink https://a.example/b", Some("https://a.example/b")),
            (r#"HYPERLINK \l "bookmark""#, None),
            ("PAGE", None),
            ("PAGEREF _Toc1 \\h", None),
            ("HYPERLINK", None),
            ("", None),
            ("HYPERLINé", None),
        ] {
            assert_eq!(target(code).as_deref(), expected, "{code}");
        }
    }

    #[test]
    fn a_field_in_a_fields_code_is_not_its_end() {
        let mut fields = Fields::default();
        fields.begin();
        fields.code(" HYPERLINK \"https://a.");
        fields.code("example/\" ");
        assert_eq!(fields.separate().as_deref(), Some("https://a.example/"));
        fields.begin();
        fields.code("PAGE");
        assert_eq!(fields.separate(), None);
        assert_eq!(fields.end(), Ended::Other);
        assert_eq!(fields.end(), Ended::Link);
        assert_eq!(fields.end(), Ended::Other);
    }
}
