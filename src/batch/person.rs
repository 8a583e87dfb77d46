//! Who a row is about, as far as the row itself says.

use crate::check::holder;

/// What a row says of its person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Person {
    /// Rows with the same key are of one person: the id where the list has one, else the
    /// mail address, else the name without marks, case and order.
    pub(super) key: Option<String>,
    /// The name as it is written.
    pub(super) name: Option<String>,
}

impl Person {
    /// Reads a row's own words; what is blank says nothing.
    pub fn new(id: &str, mail: &str, name: &str) -> Self {
        let said = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let name = said(name);
        let key = said(id)
            .map(|id| format!("id {}", id.to_lowercase()))
            .or_else(|| said(mail).map(|mail| format!("mail {}", mail.to_lowercase())))
            .or_else(|| Some(format!("name {}", holder::key(name.as_deref()?)?)));
        Self { key, name }
    }

    /// Whether two rows are of the same person; `None` where one of them says nothing.
    pub(super) fn is(&self, other: &Self) -> Option<bool> {
        let (a, b) = (self.key.as_deref()?, other.key.as_deref()?);
        if a == b {
            return Some(true);
        }
        let sort = |key: &str| key.split(' ').next().map(str::to_owned);
        // Two ids, or two addresses, are of two people; beside a mere name, names decide.
        if sort(a) == sort(b) && !a.starts_with("name ") {
            return Some(false);
        }
        let (a, b) = (self.name.as_deref()?, other.name.as_deref()?);
        let grade = holder::compare(a, b).grade();
        Some(grade != holder::Grade::Different)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_counts_before_an_address_and_an_address_before_a_name() {
        let cases = [
            (
                ("7", "a@x.example", "Jane Doe"),
                ("7", "b@x.example", "J. D."),
                Some(true),
            ),
            (("7", "", "Jane Doe"), ("8", "", "Jane Doe"), Some(false)),
            (
                ("", "Jane@X.example", ""),
                ("", "jane@x.example ", "Jane"),
                Some(true),
            ),
            (
                ("", "", "José García"),
                ("", "", "GARCIA, Jose"),
                Some(true),
            ),
            (("", "", "Jane Doe"), ("", "", "John Roe"), Some(false)),
            (("", "", "Jane Doe"), ("", "", "J. Doe"), Some(true)),
            (("", "", "Jane Doe"), ("", "", ""), None),
            (("7", "", "Jane Doe"), ("", "", "Jane Doe"), Some(true)),
            (("7", "", "Jane Doe"), ("", "", "John Roe"), Some(false)),
        ];
        for (a, b, same) in cases {
            let person = |(id, mail, name)| Person::new(id, mail, name);
            assert_eq!(person(a).is(&person(b)), same, "{a:?} {b:?}");
            assert_eq!(person(b).is(&person(a)), same, "{b:?} {a:?}");
        }
    }
}
