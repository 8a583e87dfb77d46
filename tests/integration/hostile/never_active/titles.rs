//! The titles that answers are given, and what the rules say of each.

/// Whether credentials of a title end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rule {
    /// They end: without an expiry nothing is known.
    Ends,
    /// They do not end.
    Endless,
    /// They end if earned on this day or later.
    EndsIfEarnedFrom(&'static str),
}

/// What is known of a certification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Title {
    pub(super) text: &'static str,
    /// The identifier, where it is used here.
    slug: &'static str,
    pub(super) rule: Rule,
    /// The last day on which it was offered.
    pub(super) retires: Option<&'static str>,
}

const fn title(
    text: &'static str,
    slug: &'static str,
    rule: Rule,
    retires: Option<&'static str>,
) -> Title {
    Title {
        text,
        slug,
        rule,
        retires,
    }
}

/// As docs/lifecycle.md and the table of certifications have them.
pub(super) const TITLES: [Title; 8] = [
    title(
        "Microsoft Certified: Azure Administrator Associate",
        "azure-administrator",
        Rule::Ends,
        None,
    ),
    title(
        "Microsoft Certified: DevOps Engineer Expert",
        "devops-engineer",
        Rule::Ends,
        None,
    ),
    title(
        "Microsoft Certified: Azure Fundamentals",
        "azure-fundamentals",
        Rule::Endless,
        None,
    ),
    title(
        "Microsoft Certified: Azure AI Engineer Associate",
        "azure-ai-engineer",
        Rule::Ends,
        Some("2026-06-30"),
    ),
    title(
        "Microsoft 365 Certified: Fundamentals",
        "microsoft-365-fundamentals",
        Rule::Endless,
        Some("2026-03-31"),
    ),
    // Retired on a day that is not known, and known to be so from 2026-06-30.
    title(
        "MCSA: Cloud Platform",
        "",
        Rule::Endless,
        Some("2026-06-29"),
    ),
    title("MCSD: Nobody Knows", "", Rule::Endless, Some("2021-01-31")),
    title(
        "Microsoft Office Specialist: Excel Associate (Microsoft 365 Apps)",
        "",
        Rule::EndsIfEarnedFrom("2025-09-02"),
        None,
    ),
];

/// Any other title of the programmes that ended: none of their credentials expires.
const ENDED: Title = title("", "", Rule::Endless, Some("2021-01-31"));

/// Titles that nobody knows, or that only look like one that is known.
pub(super) const OTHERS: [&str; 12] = [
    "Microsoft Certified: Azure Wizard Associate",
    "Microsoft Certified: Azure Wizard Fundamentals",
    "Microsoft Certified: Azure Fundamental",
    "Microsoft Certified: Azure Fundamentals (Legacy)",
    "Microsoft Certified: Аzure Fundamentals",
    "Azure Fundamentals Trainer",
    "Microsoft Applied Skills: Secure storage for Azure Files and Azure Blob Storage",
    "Microsoft Applied Skill: one letter short",
    "Certificate of attendance",
    "7",
    " ",
    "",
];

/// The form in which titles are the same: letters and digits in lower case, without the
/// words that all of them begin with.
fn plain(title: &str) -> String {
    let words = title.split(|c: char| !c.is_alphanumeric());
    let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
    let words = words.join(" ").to_lowercase();
    let short = words.strip_prefix("microsoft certified ");
    short.unwrap_or(&words).to_owned()
}

/// The row of a title.
pub(super) fn by_title(text: &str) -> Option<Title> {
    let mut titles = TITLES.into_iter();
    let listed = titles.find(|title| plain(title.text) == plain(text));
    let programmes = ["mcsa ", "mcsd "];
    let is_ended = || programmes.iter().any(|it| plain(text).starts_with(it));
    listed.or_else(|| is_ended().then_some(ENDED))
}

/// The row of the service's identifier.
pub(super) fn by_identifier(uid: &str) -> Option<Title> {
    let uid = uid.to_ascii_lowercase();
    let slug = uid.strip_prefix("certification.").unwrap_or(&uid);
    let mut titles = TITLES.into_iter();
    titles.find(|title| !title.slug.is_empty() && title.slug == slug)
}

/// Whether a title calls itself a certification.
pub(super) fn is_certification(title: &str) -> bool {
    let title = title.to_ascii_lowercase();
    ["microsoft certified:", "microsoft 365 certified:"]
        .iter()
        .any(|start| title.starts_with(start))
}

/// Whether a title calls itself an applied skill.
pub(super) fn is_applied_skill(title: &str) -> bool {
    title
        .to_ascii_lowercase()
        .starts_with("microsoft applied skills:")
}
