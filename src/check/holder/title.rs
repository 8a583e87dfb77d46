//! Titles, degrees and generations around a name.
//!
//! Many of these words are also names (Ing, Ma, Do, Md, Sr), so each is taken for a title
//! only where it stands as titles do, and never when no name would be left.

/// Which bearer of one name in a family.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Generation {
    /// Sr., the elder.
    Senior,
    /// Jr., the younger. (Filho and Neto are left as surnames, which many bear.)
    Junior,
    /// II.
    Second,
    /// III.
    Third,
    /// IV.
    Fourth,
}

/// As whom a form of address speaks to its bearer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Address {
    /// Mr and its like.
    Man,
    /// Mrs, Ms, Miss and their like.
    Woman,
}

/// As whom a title speaks to its bearer, where it tells.
pub(super) fn address(title: &str) -> Option<Address> {
    if MEN.contains(&title) {
        Some(Address::Man)
    } else if WOMEN.contains(&title) {
        Some(Address::Woman)
    } else {
        None
    }
}

/// What a word before or after the name is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Affix {
    Title(String),
    Generation(Generation),
}

/// Reads a word before the name, such as `Dr.`, perhaps right after another title.
pub(super) fn before(word: &str, after_title: bool) -> Option<Affix> {
    let bare = bare(word);
    let dotted = |list: &[&str]| word.ends_with('.') && list.contains(&bare.as_str());
    let known = BEFORE.contains(&bare.as_str())
        || dotted(BEFORE_WITH_DOT)
        || (after_title && dotted(BEFORE_AFTER_TITLE));
    known.then_some(Affix::Title(bare))
}

/// Reads a word at the end of the name, such as `PhD` or `Jr.`.
pub(super) fn after(word: &str, place: Place) -> Option<Affix> {
    let bare = bare(word);
    if let Some(generation) = generation(&bare) {
        return Some(Affix::Generation(generation));
    }
    let dotted = word.trim_end_matches('.').contains('.');
    let set_off = dotted || place == Place::AfterComma;
    let known = AFTER.contains(&bare.as_str())
        || (set_off && AFTER_SET_OFF.contains(&bare.as_str()))
        || (bare == "md" && (set_off || word == "MD"));
    known.then_some(Affix::Title(bare))
}

/// Where a word at the end stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Right after the name.
    AfterName,
    /// After the name and a comma.
    AfterComma,
}

fn generation(bare: &str) -> Option<Generation> {
    Some(match bare {
        "jr" | "jnr" | "junior" | "júnior" => Generation::Junior,
        "sr" | "snr" | "senior" | "sênior" => Generation::Senior,
        "ii" | "2nd" => Generation::Second,
        "iii" | "3rd" => Generation::Third,
        "iv" | "4th" => Generation::Fourth,
        _ => return None,
    })
}

fn bare(word: &str) -> String {
    let letters = word.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

const MEN: &[&str] = &[
    "mr", "herr", "herrn", "hr", "monsieur", "señor", "sr", "senhor", "signor", "sig", "sir", "dhr",
];
const WOMEN: &[&str] = &[
    "mrs", "ms", "miss", "frau", "fr", "mme", "mlle", "madame", "sra", "srta", "señora", "senhora",
    "signora", "smt", "mevr", "dra",
];
const BEFORE: &[&str] = &[
    "dr",
    "doktor",
    "doctor",
    "dring",
    "drmed",
    "prof",
    "professor",
    "univprof",
    "profdr",
    "dipling",
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "herr",
    "herrn",
    "frau",
    "mme",
    "mlle",
    "madame",
    "monsieur",
    "sra",
    "srta",
    "señor",
    "señora",
    "senhor",
    "senhora",
    "signor",
    "signora",
    "sir",
    "engr",
    "smt",
    "drs",
    "dhr",
    "mevr",
];
/// Words that are also names and are titles only with a dot. `M.` is an initial far more
/// often than Monsieur, so it is not here.
const BEFORE_WITH_DOT: &[&str] = &[
    "ing", "hon", "fr", "mag", "ir", "eng", "dipl", "sr", "hr", "rev", "dra", "sig", "mgr", "bc",
];
/// What goes on a title: Dr. rer. nat., Dr. med., Dr. h. c.
const BEFORE_AFTER_TITLE: &[&str] = &["rer", "nat", "med", "phil", "habil", "jur", "h", "c", "hc"];
const AFTER: &[&str] = &[
    "phd", "mba", "msc", "bsc", "dphil", "llm", "llb", "meng", "beng", "cissp", "pmp", "cpa",
    "esq", "emba", "csc", "dds", "edd", "mct", "mcp", "mcse", "mcsa", "mcsd", "mvp", "cfa", "acca",
];
const AFTER_SET_OFF: &[&str] = &[
    "ma", "ba", "ms", "bs", "bc", "mag", "jd", "do", "rn", "ing", "dr", "prof", "mr", "mrs",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_are_also_names_need_a_dot_or_a_comma() {
        assert!(before("Ing", false).is_none());
        assert!(before("Ing.", false).is_some());
        assert!(before("Md", false).is_none());
        assert!(after("Ma", Place::AfterName).is_none());
        assert!(after("M.A.", Place::AfterName).is_some());
        assert!(after("MA", Place::AfterComma).is_some());
    }

    #[test]
    fn generations_are_told_from_titles() {
        assert_eq!(
            after("Jr.", Place::AfterName),
            Some(Affix::Generation(Generation::Junior))
        );
        assert_eq!(
            after("PhD", Place::AfterName),
            Some(Affix::Title("phd".to_owned()))
        );
    }
}
