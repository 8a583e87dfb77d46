//! Finds the target of a Markdown link.

/// The outermost first `[text](target)` of a text.
pub(super) struct MarkdownLink<'a> {
    /// Where its `[` stands.
    pub(super) at: usize,
    /// What stands between its brackets.
    pub(super) visible: &'a str,
    /// What stands between its parentheses.
    pub(super) target: &'a str,
}

/// Finds the first Markdown link; an image inside its visible text is part of the text.
pub(super) fn first_link(text: &str) -> Option<MarkdownLink<'_>> {
    let mut open = Vec::new();
    let mut first: Option<(usize, usize)> = None;
    for (at, c) in text.char_indices() {
        match c {
            '[' => open.push(at),
            ']' => {
                let Some(start) = open.pop() else { continue };
                let is_link = text[at + 1..].starts_with('(');
                if is_link && first.is_none_or(|(earlier, _)| start < earlier) {
                    first = Some((start, at + 2));
                }
            }
            _ => {}
        }
    }
    let (at, target) = first?;
    Some(MarkdownLink {
        at,
        visible: &text[at + 1..target - 2],
        target: up_to_closing(&text[target..]),
    })
}

/// The text up to the parenthesis that closes the target, or all where none does.
fn up_to_closing(text: &str) -> &str {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' if depth == 0 => return &text[..at],
            ')' => depth -= 1,
            _ => {}
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_outer_link_of_a_badge_image_is_taken() {
        let text = "x [![Cert](https://img.example/a.svg)](https://b.example/c) [d](e)";
        let link = first_link(text).unwrap();
        assert_eq!((link.at, link.target), (2, "https://b.example/c"));
    }

    #[test]
    fn brackets_without_a_target_are_no_link() {
        for text in ["[a] (b)", "](b)", "[a", "", "a](", "]"] {
            assert!(first_link(text).is_none(), "{text}");
        }
        assert_eq!(first_link("[a](b").unwrap().target, "b");
    }
}
