//! The checked-in table keeps every rule, and each broken one is said.

use super::*;

/// The table with a row changed, and what is then wrong with it.
fn changed(slug: &str, from: &str, to: &str) -> Vec<String> {
    let mut hits = 0;
    let lines = table::TABLE.lines().map(|line| {
        if line.starts_with(&format!("{slug},")) && line.contains(from) {
            hits += 1;
            line.replacen(from, to, 1)
        } else {
            line.to_owned()
        }
    });
    let table = lines.collect::<Vec<_>>().join("\n");
    assert_eq!(hits, 1, "{slug} has {from}");
    flaws(&table).into_iter().map(|flaw| flaw.what).collect()
}

#[test]
fn the_checked_in_table_is_sound() {
    assert_eq!(flaws(table::TABLE), []);
}

#[test]
fn each_broken_rule_is_said_with_its_row() {
    let admin = "azure-administrator";
    let engineer = "azure-ai-engineer";
    for (slug, from, to, said) in [
        (admin, ",12,", ",,", "expires"),
        (admin, ",yes,12,", ",no,12,", "do not stand together"),
        (admin, ",active,", ",retired,", "date not found"),
        (
            admin,
            ",active,",
            ",renamed,",
            "no replacement carries it on",
        ),
        (
            admin,
            ",active,,,",
            ",active,2026-01-01,certification,",
            "neither retired nor",
        ),
        (admin, "AZ-104", "AZ-700", "AZ-700 leads to"),
        (admin, "AZ-104", "AZ104", "no code of an exam"),
        (admin, ",2026-08-16,", ",soon,", "as_of holds"),
        (admin, ",observed,", ",guessed,", "uid_basis"),
        (
            admin,
            "official-repo",
            "hearsay-repo",
            "not one of the known sources",
        ),
        (
            admin,
            "certification.azure-administrator",
            "certification.azure-admin",
            "uid",
        ),
        (
            admin,
            "Azure Administrator Associate",
            "Azure AI Engineer Associate",
            "the title",
        ),
        (
            engineer,
            "azure-ai-apps-and-agents-developer-associate",
            "azure-ai-wizard",
            "is no row",
        ),
        (
            engineer,
            "azure-ai-apps-and-agents-developer-associate",
            "azure-ai-engineer",
            "replaces itself",
        ),
        (engineer, ",certification,", ",,", "do not stand together"),
        (
            "azure-ai-fundamentals",
            "AI-900=2026-06-30",
            "AI-902=2026-06-30",
            "AI-902, which is not one of its exams",
        ),
        (
            "azure-ai-fundamentals",
            "AI-900=2026-06-30",
            "AI-900=soon",
            "exam_retirements holds",
        ),
        (
            "m365-enterprise-administrator",
            "MS-100=2023-09-30;",
            "",
            "MS-100 leads to no certification that carries it on",
        ),
    ] {
        let found = changed(slug, from, to);
        assert!(
            found.iter().any(|what| what.contains(said)),
            "{from} to {to}: {found:?}"
        );
    }
}

#[test]
fn a_table_of_nothing_or_of_another_form_is_not_sound() {
    assert!(!flaws("").is_empty());
    assert!(!flaws("slug,title\na,b\n").is_empty());
    assert!(!flaws(&table::TABLE.replace("uid_basis", "basis")).is_empty());
}

proptest::proptest! {
    #[test]
    fn any_text_is_judged(text in "(slug|title|,|\"|\n|[a-z0-9-]{1,9}){0,60}") {
        let _ = flaws(&text);
    }
}
