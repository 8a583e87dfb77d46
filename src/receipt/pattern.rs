//! OpenSSH's pattern lists: `*` and `?`, commas, and `!` for what is excepted.

use wildmatch::WildMatch;

/// Whether `text` is meant by a list. An exception that matches outweighs all else, and a
/// list of exceptions alone means nothing, as `ssh_config(5)` has it under PATTERNS.
pub(super) fn matches(list: &str, text: &str) -> bool {
    let mut found = false;
    for pattern in list.split(',') {
        let (excepted, pattern) = match pattern.strip_prefix('!') {
            Some(rest) => (true, rest),
            None => (false, pattern),
        };
        if WildMatch::new(pattern).matches(text) {
            if excepted {
                return false;
            }
            found = true;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_means_what_it_means_to_openssh() {
        for (list, text, is_meant) in [
            ("jo@example.org", "jo@example.org", true),
            ("jo@example.org", "JO@example.org", false),
            ("*@example.org", "jo@example.org", true),
            ("*@example.org", "jo@example.org.evil", false),
            ("j?@example.org", "jo@example.org", true),
            ("a,b,c", "b", true),
            ("*,!b", "b", false),
            ("!b,*", "b", false),
            ("!b", "a", false),
            ("", "a", false),
            ("", "", true),
        ] {
            assert_eq!(matches(list, text), is_meant, "{list} {text}");
        }
    }
}
