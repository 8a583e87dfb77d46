//! What may have been meant by a word that is not known.

/// The known word that is most like an unknown one, if a slip of the finger, or one in three
/// letters, lies between them.
///
/// ```
/// use bonafide::report::meant::meant;
///
/// assert_eq!(meant("mial", ["mail", "team"]), Some("mail"));
/// assert_eq!(meant("pigeon", ["mail", "team"]), None);
/// ```
pub fn meant<'k>(unknown: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let apart = |word: &&str| strsim::osa_distance(unknown, word);
    let best = known.into_iter().min_by_key(apart)?;
    (apart(&best) <= (unknown.chars().count() / 3).max(1)).then_some(best)
}
