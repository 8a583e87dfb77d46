//! What a row claims, in its own words.

use std::borrow::Cow;

/// A row's own words; what the list has no column for is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Subject<'a> {
    /// What was pasted as the link.
    pub link: Cow<'a, str>,
    /// Whose it is said to be.
    pub name: Cow<'a, str>,
    /// Which certification it is said to be.
    pub certification: Cow<'a, str>,
    /// The person's mail address.
    pub mail: Cow<'a, str>,
    /// The person's number or other key.
    pub id: Cow<'a, str>,
    /// The role that the person is held against.
    pub role: Cow<'a, str>,
}
