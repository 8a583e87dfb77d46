//! What is taken of a public catalogue, and what is not.

use proptest::prelude::*;

use super::super::{Catalog, Entry, Expires, RowOrigin, State};
use super::{Added, Change, Listing, ListingError, ListingRead};

fn listing(body: &str, host: &str) -> Listing {
    let read = ListingRead::from_json(body.as_bytes()).unwrap();
    let at = "2026-11-22T09:00:00Z".parse().unwrap();
    Listing::new(read, host, "ab".repeat(32), at)
}

fn of_microsoft(certifications: &str) -> Listing {
    let body = format!(
        r#"{{"modules":[{{"uid":"learn.x","title":"X"}}],"certifications":[{certifications}],"exams":[]}}"#
    );
    listing(&body, "learn.microsoft.com")
}

fn entry(slug: &str, title: &str, exams: &str) -> String {
    format!(
        r#"{{"uid":"certification.{slug}","title":"{title}","subtitle":"<p>x</p>","exams":[{exams}],"levels":["beginner"]}}"#
    )
}

fn changes(listing: &Listing) -> Vec<Change> {
    let added = listing.added().into_iter();
    added.map(|Added { change, .. }| change).collect()
}

#[test]
fn a_new_certification_is_taken_over_without_a_word_on_its_state() {
    let title = "Microsoft Certified: Azure Wizard Associate";
    let listing = of_microsoft(&entry("azure-wizard", title, r#""exam.az-999""#));
    let exams = vec!["AZ-999".to_owned()];
    assert_eq!(changes(&listing), [Change::Certification { exams }]);
    let catalog = Catalog::with(Some(&listing), None).unwrap();
    let new = catalog.find_title(title).unwrap().entry;
    assert_eq!(new.origin(), RowOrigin::Microsoft);
    assert_eq!(new.state_on(new.known_on()), State::Unknown);
    assert_eq!(new.expires(), Expires::After { months: 12 });
    assert!(catalog.common().is_none());
}

#[test]
fn a_catalogue_of_another_host_is_no_common_knowledge() {
    let body = format!(
        r#"{{"certifications":[{}]}}"#,
        entry("azure-wizard", "Azure Wizard Associate", "")
    );
    let catalog = Catalog::with(Some(&listing(&body, "127.0.0.1:80")), None).unwrap();
    let new = catalog.find_slug("azure-wizard").unwrap().entry;
    assert_eq!(new.origin(), RowOrigin::Elsewhere);
    assert!(
        catalog
            .common()
            .unwrap()
            .find_slug("azure-wizard")
            .is_none()
    );
}

#[test]
fn new_titles_slugs_and_exams_are_added_and_nothing_goes() {
    let listing = of_microsoft(
        &[
            entry(
                "azure-administrator",
                "Microsoft Certified: Azure Steward Associate",
                r#""exam.az-199","exam.AZ-104""#,
            ),
            entry(
                "azure-network-engineer-v2",
                "Microsoft Certified: Azure Network Engineer Associate",
                "",
            ),
        ]
        .join(","),
    );
    assert_eq!(
        changes(&listing),
        [
            Change::Title {
                before: "Microsoft Certified: Azure Administrator Associate".to_owned()
            },
            Change::Exams(vec!["AZ-199".to_owned()]),
            Change::Slug {
                before: "azure-network-engineer-associate".to_owned()
            },
        ]
    );
    let catalog = Catalog::with(Some(&listing), None).unwrap();
    let before = Catalog::embedded()
        .find_slug("azure-administrator")
        .unwrap()
        .entry;
    let after = catalog.find_slug("azure-administrator").unwrap().entry;
    assert_eq!(after.exams(), ["AZ-104", "AZ-199"]);
    assert_eq!(after.former_titles(), [before.title()]);
    assert!(
        catalog
            .find_title("Azure Administrator Associate")
            .is_some()
    );
    assert!(catalog.find_slug("azure-network-engineer-v2").is_some());
}

/// What a listing must never touch.
fn facts(entry: &Entry) -> impl PartialEq + std::fmt::Debug + use<> {
    let day = "2026-11-22".parse().unwrap();
    (
        entry.state_on(day),
        entry.expires(),
        entry.retires_basis(),
        entry.known_on(),
        entry.replacement().to_vec(),
        entry.renewal_page(),
    )
}

#[test]
fn no_listing_erases_what_it_does_not_carry() {
    // Every row, listed as a certification of today and under a new title.
    let all = Catalog::embedded().entries().filter_map(Entry::slug);
    let all: Vec<_> = all
        .map(|slug| {
            entry(
                slug,
                &format!("Microsoft Certified: Anew {slug} Associate"),
                "",
            )
        })
        .collect();
    let listing = of_microsoft(&all.join(","));
    let catalog = Catalog::with(Some(&listing), None).unwrap();
    for (before, after) in Catalog::embedded().entries().zip(catalog.entries()) {
        assert_eq!(facts(before), facts(after), "{}", before.title());
        assert!(
            before
                .exams()
                .iter()
                .all(|exam| after.exams().contains(exam))
        );
    }
    // And one that lists next to nothing.
    let listing = of_microsoft(&entry(
        "azure-administrator",
        "Azure Administrator Associate",
        "",
    ));
    let catalog = Catalog::with(Some(&listing), None).unwrap();
    assert_eq!(
        catalog.entries().count(),
        Catalog::embedded().entries().count()
    );
}

#[test]
fn a_title_of_the_past_does_not_come_back() {
    let listing = of_microsoft(&entry(
        "azure-cosmos-db-developer-specialty",
        "Microsoft Certified: Azure Cosmos DB Developer Specialty",
        "",
    ));
    assert_eq!(changes(&listing), []);
}

#[test]
fn a_title_is_not_given_to_two_certifications() {
    let listing = of_microsoft(&entry(
        "azure-administrator",
        "Microsoft Certified: Azure Fundamentals",
        "",
    ));
    assert_eq!(changes(&listing), []);
}

#[test]
fn a_new_one_whose_title_says_no_level_is_said_and_left() {
    let listing = of_microsoft(&entry(
        "azure-guild",
        "Microsoft Certified: Azure Guild Member",
        "",
    ));
    assert_eq!(changes(&listing), [Change::LevelUnknown]);
}

#[test]
fn what_an_earlier_listing_had_stays_beside_a_later_one() {
    let one = of_microsoft(&entry(
        "azure-wizard",
        "Azure Wizard Associate",
        r#""exam.az-998""#,
    ));
    let two = of_microsoft(
        &[
            entry("azure-wizard", "Azure Wizard Associate", r#""exam.az-999""#),
            entry("azure-druid", "Azure Druid Associate", ""),
        ]
        .join(","),
    );
    let three = of_microsoft(&entry("azure-bard", "Azure Bard Associate", ""));
    let all = three.clone().beside(Some(&two.beside(Some(&one))));
    let slugs: Vec<_> = all
        .certifications
        .iter()
        .map(|one| one.slug.as_str())
        .collect();
    assert_eq!(slugs, ["azure-bard", "azure-druid", "azure-wizard"]);
    assert_eq!(all.certifications[2].exams, ["AZ-999", "AZ-998"]);
    let elsewhere = Listing {
        host: "mirror.example".to_owned(),
        ..three
    };
    assert_eq!(elsewhere.beside(Some(&all)).len(), 1);
}

#[test]
fn what_is_no_catalogue_is_refused_by_its_kind() {
    let error = |body: &str| ListingRead::from_json(body.as_bytes()).unwrap_err();
    assert!(matches!(
        error("\n <!DOCTYPE html><p>Sign in"),
        ListingError::Page
    ));
    let whole = format!(r#"{{"certifications":[{}]}}"#, entry("a-b", "A title", ""));
    for cut in 0..whole.len() {
        assert!(
            matches!(error(&whole[..cut]), ListingError::Truncated),
            "{cut}"
        );
    }
    for body in [
        "[]",
        "{}",
        "null",
        r#""text""#,
        r#"{"certifications":[]}"#,
        r#"{"certifications":{"a":1}}"#,
        r#"{"certifications":null}"#,
        r#"{"certifications":[1,2]}"#,
        r#"{"certifications":[{"uid":1,"title":[]}]}"#,
        r#"{"certifications":[{"uid":"certification.x y","title":"Wrong slug"}]}"#,
        r#"{"certifications":[{"uid":"certification.x","title":"T\u0000itle"}]}"#,
        r#"{"error":{"code":"gone"}}"#,
    ] {
        assert!(
            matches!(error(body), ListingError::Shape(_)),
            "{body}: {}",
            error(body)
        );
    }
    assert!(matches!(
        error(r#"{"certifications":[}"#),
        ListingError::NotJson(_)
    ));
    assert!(matches!(
        error(&format!("{whole} x")),
        ListingError::NotJson(_)
    ));
}

#[test]
fn both_lists_of_certifications_are_read_and_nothing_else() {
    let body = format!(
        r#"{{"exams":[{{"uid":"exam.az-1"}}],"mergedCertifications":[{}],"certifications":[{}]}}"#,
        entry("a-b", "A title", ""),
        entry("a-b", "A title", r#""exam.az-104",7,"exam.nonsense""#)
    );
    let read = ListingRead::from_json(body.as_bytes()).unwrap();
    assert_eq!(
        read.certifications["a-b"],
        ("A title".to_owned(), vec!["AZ-104".to_owned()])
    );
}

#[test]
fn a_kept_listing_reads_as_it_was_written_or_not_at_all() {
    let listing = of_microsoft(&entry(
        "azure-wizard",
        "Azure Wizard Associate",
        r#""exam.az-9""#,
    ));
    let text = listing.to_text();
    assert_eq!(Listing::parse(&text).unwrap(), listing);
    for (from, to) in [
        ("\"bonafide_catalog\": 1", "\"bonafide_catalog\": 2"),
        ("azure-wizard", "Azure Wizard"),
        ("seen_on", "seen"),
        ("}", ""),
    ] {
        assert!(
            Listing::parse(&text.replacen(from, to, 1)).is_err(),
            "{from}"
        );
    }
}

proptest! {
    #[test]
    fn any_answer_is_read_or_refused(
        body in r#"(\{|\}|\[|\]|:|,|"certifications"|"mergedCertifications"|"uid"|"title"|"exams"|"certification\.[a-z-]{0,5}"|"\PC{0,5}"|[0-9]{1,3}|null|true){0,40}"#
    ) {
        let _ = ListingRead::from_json(body.as_bytes());
    }

    #[test]
    fn any_listing_is_merged_and_every_row_stays(
        slugs in prop::collection::vec("azure-[a-d]{1,2}|azure-administrator|mos-word-2016", 1..8),
        title in "Microsoft Certified: [A-C]{1,2} (Associate|Expert|Mage)",
    ) {
        let all: Vec<_> = slugs.iter().map(|slug| entry(slug, &title, "")).collect();
        let catalog = Catalog::with(Some(&of_microsoft(&all.join(","))), None).unwrap();
        for before in Catalog::embedded().entries() {
            let after = catalog.find_title(before.title());
            prop_assert!(after.is_some(), "{}", before.title());
        }
    }
}
