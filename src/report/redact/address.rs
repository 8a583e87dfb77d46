//! Pseudonyms inside rebuilt addresses.

use super::{Redactor, Sort};

/// What stands for the name of a file that evidence was read from.
const FILE: &str = "file:redacted";

impl Redactor {
    /// An address with pseudonyms for its user segment and a shared transcript's number:
    /// a transcript answers everyone with its holder's name.
    pub(super) fn address(&self, address: &str, user: Option<&str>) -> String {
        if address.starts_with("file:") {
            return FILE.to_owned();
        }
        let (path, query) = match address.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (address, None),
        };
        let mut before: [&str; 2] = ["", ""];
        let mut parts = Vec::new();
        for part in path.split('/') {
            let said = match before {
                [_, "users"] if !part.eq_ignore_ascii_case("me") => self.user(part),
                ["transcript", "share"] | [_, "transcript"] if is_number(part) => {
                    self.pseudonym(Sort::Transcript, part, &part.to_lowercase())
                }
                _ if user.is_some_and(|user| user.eq_ignore_ascii_case(part)) => self.user(part),
                _ => part.to_owned(),
            };
            before = [before[1], part];
            parts.push(said);
        }
        match query {
            Some(query) => format!("{}?{query}", parts.join("/")),
            None => parts.join("/"),
        }
    }
}

/// Whether a part is a transcript's number and no word of the path.
fn is_number(part: &str) -> bool {
    part.len() == 15
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn users_and_transcripts_become_pseudonyms_and_credentials_stay() {
        let redactor = Redactor::new([1; 32]);
        let jane = redactor.user("JaneDoe-1");
        for (address, user, said) in [
            (
                "https://learn.microsoft.com/api/credentials/share/en-us/JaneDoe-1/20170DBC5AC04E38",
                Some("JaneDoe-1"),
                format!(
                    "https://learn.microsoft.com/api/credentials/share/en-us/{jane}/20170DBC5AC04E38"
                ),
            ),
            (
                "https://learn.microsoft.com/en-us/users/janedoe-1/credentials/20170DBC5AC04E38",
                None,
                format!(
                    "https://learn.microsoft.com/en-us/users/{jane}/credentials/20170DBC5AC04E38"
                ),
            ),
            (
                "https://learn.microsoft.com/users/me/credentials",
                None,
                "https://learn.microsoft.com/users/me/credentials".to_owned(),
            ),
            ("file:jane-doe.json", None, FILE.to_owned()),
        ] {
            assert_eq!(redactor.address(address, user), said);
        }
        let transcript = "https://learn.microsoft.com/api/profiles/transcript/share/d8yjmf3xqgzl2k1?locale=en-us";
        let said = redactor.address(transcript, None);
        assert!(
            !said.contains("d8yj") && said.ends_with("?locale=en-us"),
            "{said}"
        );
        let page = "https://learn.microsoft.com/users/jo-1/transcript/d8yjmf3xqgzl2k1";
        let number = said.split(['/', '?']).nth(7).unwrap();
        assert!(redactor.address(page, None).ends_with(number));
    }
}
