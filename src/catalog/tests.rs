//! The catalogue as a whole.

use super::*;

fn slug_of(title: &str) -> Option<&'static str> {
    Catalog::embedded()
        .find_title(title)
        .and_then(|found| found.entry.slug())
}

#[test]
fn titles_are_found_however_they_are_written() {
    for (title, slug) in [
        (
            "Microsoft Certified: Azure Administrator Associate",
            "azure-administrator",
        ),
        (
            "MICROSOFT CERTIFIED: AZURE ADMINISTRATOR ASSOCIATE",
            "azure-administrator",
        ),
        ("Azure Administrator Associate", "azure-administrator"),
        (
            "Microsoft Certified: Azure Administrator Associate (Legacy)",
            "azure-administrator-legacy",
        ),
        (
            "Microsoft Certified: Azure Cosmos DB Developer Specialty",
            "azure-cosmos-db-developer-specialty",
        ),
        (
            "Microsoft Certified: Azure Cosmos DB AI Developer Associate",
            "azure-cosmos-db-developer-specialty",
        ),
        (
            "Microsoft Certified: Windows Virtual Desktop Specialty",
            "azure-virtual-desktop-specialty",
        ),
        (
            "Microsoft Certified: Dynamics 365 Customer Service Functional Consultant Associate",
            "d365-functional-consultant-customer-service-v3",
        ),
        (
            "Microsoft Certified Solutions Developer: App Builder",
            "mcsd-app-builder-certification",
        ),
        ("GitHub Copilot", "github-copilot"),
    ] {
        assert_eq!(slug_of(title), Some(slug), "{title}");
    }
    assert_eq!(slug_of("Microsoft Certified: Azure Wizard"), None);
    assert_eq!(
        slug_of("Microsoft Certified: GitHub Copilot (Legacy)"),
        None
    );
    assert_eq!(slug_of(""), None);
}

#[test]
fn a_replaced_page_of_the_same_title_is_not_a_rename() {
    let title = "Microsoft Certified: Dynamics 365 Sales Functional Consultant Associate";
    let found = Catalog::embedded().find_title(title).unwrap();
    assert_eq!(found.name, NameUsed::Current);
}

#[test]
fn slugs_uids_and_aliases_are_found() {
    let catalog = Catalog::embedded();
    for (slug, title) in [
        (
            "azure-ai-engineer",
            "Microsoft Certified: Azure AI Engineer Associate",
        ),
        (
            "certification.azure-ai-engineer",
            "Microsoft Certified: Azure AI Engineer Associate",
        ),
        (
            "power-bi-data-analyst-associate",
            "Microsoft Certified: Power BI Data Analyst Associate",
        ),
        (
            "windows-virtual-desktop-specialty",
            "Microsoft Certified: Azure Virtual Desktop Specialty",
        ),
    ] {
        assert_eq!(catalog.find_slug(slug).unwrap().entry.title(), title);
    }
}

#[test]
fn exams_lead_to_every_certification_that_carries_on() {
    let slugs = |exam| -> Vec<_> {
        let found = Catalog::embedded().find_exam(exam);
        found.into_iter().filter_map(Entry::slug).collect()
    };
    assert_eq!(slugs("az-104"), ["azure-administrator"]);
    assert_eq!(slugs("AZ-140"), ["azure-virtual-desktop-specialty"]);
    assert_eq!(slugs("AI-900"), ["azure-ai-fundamentals"]);
    assert!(slugs("ZZ-999").is_empty());
}

#[test]
fn an_unlisted_title_of_a_programme_that_ended_is_known_by_the_programme() {
    let catalog = Catalog::embedded();
    let family = catalog
        .find_family("Microsoft Certified Solutions Developer: Web Applications")
        .unwrap();
    assert_eq!(family.level(), Level::Mcsd);
    assert!(
        catalog
            .find_family("Microsoft Certified: Azure Wizard")
            .is_none()
    );
}

#[test]
fn every_replacement_is_a_row() {
    let catalog = Catalog::embedded();
    for entry in catalog.entries() {
        for slug in entry.replacement() {
            assert!(
                catalog.find_slug(slug).is_some(),
                "{slug} of {}",
                entry.title()
            );
        }
    }
}
