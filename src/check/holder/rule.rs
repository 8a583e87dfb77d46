//! Why two names got their grade.

use std::fmt;

use super::grade::Grade;

/// Declares the rules once: variant, stable word, grade, sentence. The order is the order
/// of weight: where several apply, the last of them decides.
macro_rules! rules {
    ($($(#[$doc:meta])* $variant:ident = $word:literal, $grade:ident, $explain:literal;)+) => {
        /// The rule that decided a comparison.
        ///
        /// Each rule leads to one [`Grade`]. The words are stable; `docs/names.md` has a
        /// row for every one of them.
        ///
        /// ```
        /// use bonafide::check::holder::{Grade, Rule};
        ///
        /// assert_eq!(Rule::Nickname.as_str(), "nickname");
        /// assert_eq!(Rule::Nickname.grade(), Grade::Compatible);
        /// assert!(Rule::Nickname.explain().ends_with('.'));
        /// ```
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Rule { $($(#[$doc])* $variant,)+ }

        impl Rule {
            /// Every rule, lightest first.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The word used in every output.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// The grade that the rule leads to.
            pub const fn grade(self) -> Grade {
                match self { $(Self::$variant => Grade::$grade,)+ }
            }

            /// A sentence for people.
            pub const fn explain(self) -> &'static str {
                match self { $(Self::$variant => $explain,)+ }
            }
        }
    };
}

rules! {
    /// The same text.
    SameText = "same-text", Exact,
        "The two names are the same text.";

    /// Only case, punctuation, spaces or hyphens differ.
    CaseAndPunctuation = "case-and-punctuation", Normalised,
        "The names differ only in capitals, punctuation, spaces or hyphens.";
    /// Invisible characters were removed.
    HiddenCharacters = "hidden-characters", Normalised,
        "The names are the same once characters that cannot be seen are removed.";
    /// A title stands before or after one of the names.
    TitleDropped = "title-dropped", Normalised,
        "The names are the same without titles such as Dr. or MBA.";
    /// Parts are written together in one of the names.
    JoinedParts = "joined-parts", Normalised,
        "The names are the same; one writes together what the other writes apart.";
    /// The same letters spelt with and without their marks.
    Transliteration = "transliteration", Normalised,
        "The names are the same; one spells letters such as ü, ł or ş without their marks.";

    /// A comma marks the surname that stands first.
    CommaOrder = "comma-order", Reordered,
        "The names are the same; in one the surname comes first, before a comma.";
    /// The surname stands first in one of the names.
    PartOrder = "part-order", Reordered,
        "The names have the same parts; the surname comes first in one and last in the other.";

    /// The same parts in an order no convention explains.
    UnusualOrder = "unusual-order", Compatible,
        "The names have the same parts, in an order that can also make another person's name.";
    /// A particle such as `van` or `da` is missing.
    Particle = "particle", Compatible,
        "The names are the same but for a particle such as van, de or da.";
    /// The same letters carry different marks.
    OtherMarks = "other-marks", Compatible,
        "The names have the same letters with different marks on them.";
    /// Two plain spellings of what may be one marked letter.
    DigraphSpelling = "digraph-spelling", Compatible,
        "The names may be two plain spellings of one letter, as Mueller and Muller are of Müller.";
    /// Two ways to spell one name in Latin letters.
    Romanisation = "romanisation", Compatible,
        "The names are spellings of the same sounds, as Sergey and Sergei are.";
    /// One of the names has no spaces at all.
    RunTogether = "run-together", Compatible,
        "The names have the same letters; one is written as a single word.";
    /// Half of a double name is missing.
    DoubleName = "double-name", Compatible,
        "One of the names has only half of the other's double name.";
    /// A middle name is missing.
    MissingMiddleName = "missing-middle-name", Compatible,
        "One of the names leaves out a part between the first and the last.";
    /// A last part is missing, such as a second surname.
    MissingLastName = "missing-last-name", Compatible,
        "One of the names leaves out the last part, as with a second surname.";
    /// A name is abbreviated to its first letter.
    Initials = "initials", Compatible,
        "One of the names has an initial where the other has a full name.";
    /// A short or other form of a given name.
    Nickname = "nickname", Compatible,
        "One of the given names is a known short or other form of the other.";
    /// Only one of the names says Junior, Senior or the like.
    GenerationMissing = "generation-missing", Compatible,
        "Only one of the names says Jr., Sr. or a number; a parent may bear the other.";
    /// The names are written in different scripts.
    OtherScript = "other-script", Compatible,
        "The names are written in different scripts and agree when read aloud.";

    /// A nickname stands where a surname usually does.
    LateNickname = "late-nickname", Weak,
        "Where surnames stand, the names have forms of one given name; as surnames they would differ.";
    /// The first name is missing.
    MissingFirstName = "missing-first-name", Weak,
        "One of the names leaves out the other's first name.";
    /// Only given names are there.
    MissingSurname = "missing-surname", Weak,
        "One of the names seems to be given names alone, without a surname.";
    /// The surname is abbreviated to its first letter.
    SurnameInitial = "surname-initial", Weak,
        "One of the surnames is only an initial, which many people share.";
    /// One of the names is a single word.
    SingleName = "single-name", Weak,
        "One of the names is a single word that the other has among its parts.";
    /// Only initials agree.
    InitialsOnly = "initials-only", Weak,
        "The names agree in initials only.";
    /// One letter of a long part differs.
    TypingSlip = "typing-slip", Weak,
        "The names differ in one letter of a long part: a slip, or another person.";
    /// The names say different generations.
    GenerationDiffers = "generation-differs", Weak,
        "The names are alike but say different generations, such as Jr. and Sr.";
    /// The forms of address contradict.
    AddressDiffers = "address-differs", Weak,
        "One of the names is addressed as a man and the other as a woman.";
    /// Different characters are read alike.
    SameReading = "same-reading", Weak,
        "The characters differ but are read alike: other forms, or another person's name.";
    /// A script whose reading is not certain.
    UnreadableScript = "unreadable-script", Weak,
        "One of the names is in a script with no sure reading; ask someone who reads it.";
    /// Letters of several scripts inside one word.
    MixedScript = "mixed-script", Weak,
        "A word mixes letters of several scripts that look alike, which honest names do not.";
    /// The name agrees with a user name, which its owner chose.
    UserName = "user-name", Weak,
        "The name agrees with the user name, which its owner chose freely.";

    /// First and last part agree, one between contradicts.
    OtherMiddleName = "other-middle-name", Different,
        "The first and last parts agree, but a part between them is another one.";
    /// The surname agrees, the given name does not.
    OtherGivenName = "other-given-name", Different,
        "The last parts agree, but the first names are different.";
    /// The given name agrees, the surname does not.
    OtherSurname = "other-surname", Different,
        "The first names agree, but the last parts are different.";
    /// The names are different.
    OtherName = "other-name", Different,
        "The names are different.";

    /// A name is too long to compare part by part.
    TooLong = "too-long", NotCompared,
        "A name is too long to be compared part by part.";
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_ordered_as_their_grades_are() {
        assert!(Rule::ALL.is_sorted_by_key(|rule| rule.grade()));
    }

    #[test]
    fn every_rule_has_its_own_word() {
        let mut words: Vec<_> = Rule::ALL.iter().map(|rule| rule.as_str()).collect();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), Rule::ALL.len());
    }

    #[test]
    fn the_guide_has_every_rule_with_its_grade() {
        let guide = include_str!("../../../docs/names.md");
        for rule in Rule::ALL {
            let row = format!("| `{rule}` | {} |", rule.grade());
            assert!(guide.contains(&row), "docs/names.md lacks {row}");
        }
    }
}
