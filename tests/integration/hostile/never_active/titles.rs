//! The titles that answers are given, and what the rules say of each.

/// Whether credentials of a title end, and whether one may still be active.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rule {
    /// They end: without an expiry nothing is known.
    Ends,
    /// They do not end.
    Endless,
    /// They end if earned on this day or later.
    EndsIfEarnedFrom(&'static str),
    /// Retired before the day of the tests: never active again.
    Retired,
}

/// Title, identifier where the catalogue has one, rule; as docs/lifecycle.md and the table
/// of certifications say for 2026-11-22.
pub(super) const TITLES: [(&str, &str, Rule); 8] = [
    (
        "Microsoft Certified: Azure Administrator Associate",
        "azure-administrator",
        Rule::Ends,
    ),
    (
        "Microsoft Certified: DevOps Engineer Expert",
        "devops-engineer",
        Rule::Ends,
    ),
    (
        "Microsoft Certified: Azure Fundamentals",
        "azure-fundamentals",
        Rule::Endless,
    ),
    (
        "Microsoft Certified: Azure AI Engineer Associate",
        "azure-ai-engineer",
        Rule::Retired,
    ),
    (
        "Microsoft 365 Certified: Fundamentals",
        "microsoft-365-fundamentals",
        Rule::Retired,
    ),
    ("MCSA: Cloud Platform", "", Rule::Retired),
    ("MCSD: Nobody Knows", "", Rule::Retired),
    (
        "Microsoft Office Specialist: Excel Associate (Microsoft 365 Apps)",
        "",
        Rule::EndsIfEarnedFrom("2025-09-02"),
    ),
];

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
pub(super) fn by_title(title: &str) -> Option<(&'static str, Rule)> {
    let same = |(known, ..): &&(&str, &str, Rule)| plain(known) == plain(title);
    TITLES
        .iter()
        .find(same)
        .map(|(_, slug, rule)| (*slug, *rule))
}

/// The row of the service's identifier.
pub(super) fn by_identifier(uid: &str) -> Option<(&'static str, Rule)> {
    let uid = uid.to_ascii_lowercase();
    let slug = uid.strip_prefix("certification.").unwrap_or(&uid);
    let same = |(_, known, _): &&(&str, &str, Rule)| !known.is_empty() && *known == slug;
    TITLES
        .iter()
        .find(same)
        .map(|(_, slug, rule)| (*slug, *rule))
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
