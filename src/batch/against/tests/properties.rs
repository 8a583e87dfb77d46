//! What holds for any two lists.

use proptest::prelude::*;

use super::*;

fn identity(name: &str, link: &str) -> Identity {
    let cells = [("Name", name), ("Link", link)];
    Identity::of(&named(), |header| {
        let found = cells.iter().find(|(name, _)| *name == header);
        found.map(|(_, cell)| *cell)
    })
}

fn any_facts() -> impl Strategy<Value = Facts> {
    let status = prop::sample::select(&["active", "expired", "undetermined"]);
    let end = prop::sample::select(&["", "2026-01-01", "2027-10-01T23:59:59Z"]);
    (status, end).prop_map(|(status, end)| facts(status, end))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_run_compared_with_itself_in_any_order_is_unchanged(
        list in prop::collection::vec(("[A-C]o", prop::sample::select(&[LINK, OTHER, "none", ""]), any_facts()), 0..12)
            .prop_flat_map(|list| (Just(list.clone()), Just(list).prop_shuffle())),
    ) {
        let (before, now) = list;
        let rows: Vec<_> = before.iter().map(|(name, link, facts)| row(name, link, facts)).collect();
        let mut against = loaded(&rows);
        for (name, link, _) in &now {
            against.note(&identity(name, link)).unwrap();
        }
        for (name, link, facts) in &now {
            let change = against.compare(&identity(name, link), facts).unwrap();
            prop_assert_eq!(change.kind, Unchanged, "{}", change.message);
        }
        prop_assert_eq!(against.gone(9).unwrap().total, 0);
    }

    #[test]
    fn every_row_is_compared_once_or_gone(
        before in prop::collection::vec(("[A-C]o", prop::sample::select(&[LINK, OTHER]), any_facts()), 0..9),
        now in prop::collection::vec(("[A-C]o", prop::sample::select(&[LINK, OTHER]), any_facts()), 0..9),
    ) {
        let rows: Vec<_> = before.iter().map(|(name, link, facts)| row(name, link, facts)).collect();
        let mut against = loaded(&rows);
        for (name, link, _) in &now {
            against.note(&identity(name, link)).unwrap();
        }
        let mut met = 0;
        for (name, link, facts) in &now {
            let change = against.compare(&identity(name, link), facts).unwrap();
            met += u64::from(change.kind != ChangeKind::New);
        }
        prop_assert_eq!(against.gone(9).unwrap().total + met, before.len() as u64);
    }

    #[test]
    fn no_file_makes_the_reader_panic(
        name in prop::sample::select(&["a.csv", "a.jsonl", "a.json", "a.xlsx", "a"]),
        start in prop::sample::select(&["", "{", "{\"results\":[", "PK\u{3}\u{4}", "status,valid,title,holder,holder_match,expires_on,findings,checked_at\n"]),
        rest in prop::collection::vec(any::<u8>(), 0..80),
    ) {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, [start.as_bytes(), &rest].concat()).unwrap();
        let _ = Against::load(&path, &named());
    }
}
