//! The file: versions, damage, permissions, a full disk.

use std::io::{Seek, SeekFrom, Write};

use super::*;
use crate::link;
use crate::notify::{Key, Step};
use crate::watch::due::Due;
use crate::watch::{Details, Entry, EntryId, TrackedLink};

fn path(folder: &tempfile::TempDir) -> PathBuf {
    folder.path().join("watch.sqlite")
}

fn tracked(number: u64) -> TrackedLink {
    let text = format!("https://learn.microsoft.com/api/credentials/{number:016X}");
    TrackedLink::of(&link::judge(&text)).unwrap()
}

fn named(name: &str) -> Details {
    Details {
        name: Some(name.to_owned()),
        owner: Some("jane@example.com".parse().unwrap()),
        ..Details::default()
    }
}

fn claim(store: &Store, id: EntryId) -> Claim {
    let claim = Claim {
        key: Key::of(&["a"]),
        to: Recipient {
            person: Some("jane@example.com".parse().unwrap()),
            channel: "mail".to_owned(),
        },
        instead_of: None,
        part: 1,
        told: vec![Told {
            entry: id,
            credential: String::new(),
            due: Due {
                step: Step::LastDay,
                scope: "2027-05-31/2027-05-31".to_owned(),
            },
        }],
    };
    store.claim(&[&claim], day()).unwrap();
    claim
}

fn day() -> chrono::NaiveDate {
    "2026-11-22".parse().unwrap()
}

#[test]
fn a_list_of_the_first_version_keeps_its_data() {
    let folder = tempfile::tempdir().unwrap();
    let old = Connection::open(path(&folder)).unwrap();
    old.execute_batch(include_str!("../../../fixtures/watch/version-1.sql"))
        .unwrap();
    drop(old);
    let store = Store::open(&path(&folder)).unwrap();
    let entries = store.entries().unwrap();
    assert_eq!(entries.len(), 2);
    assert_eq!(entries[0].details.name.as_deref(), Some("Jane Doe"));
    let to = Recipient {
        person: Some("jane@example.com".parse().unwrap()),
        channel: "mail".to_owned(),
    };
    assert_eq!(
        store.told(EntryId(1), "", &to).unwrap()[0].step,
        Step::WindowOpen
    );
    assert!(
        store
            .had_message(&to, "2026-11-20".parse().unwrap())
            .unwrap()
    );
    assert_eq!(store.troubles().unwrap(), []);
    // What is in flight is one whole message, and a link is found by any other to the same.
    let in_flight = store.in_flight().unwrap();
    assert!(in_flight.iter().all(|claim| claim.part == 1));
    let other = "https://learn.microsoft.com/api/credentials/share/de-de/jane/F41008EF3A8CBCE4";
    let other = TrackedLink::of(&link::judge(other)).unwrap();
    assert_eq!(store.find(&other).unwrap().as_ref(), entries.first());
    drop(store);
    assert_eq!(
        Store::open(&path(&folder)).unwrap().entries().unwrap(),
        entries
    );
}

#[test]
fn a_list_of_the_third_version_says_which_credentials_are_there_twice() {
    let folder = tempfile::tempdir().unwrap();
    let old = Connection::open(path(&folder)).unwrap();
    old.execute_batch(include_str!("../../../fixtures/watch/version-3.sql"))
        .unwrap();
    drop(old);
    let store = Store::open(&path(&folder)).unwrap();
    let doubles = store.doubles().unwrap();
    let place = |id, key: &str| (EntryId(id), key.to_owned());
    assert_eq!(
        doubles.groups(),
        [
            vec![place(1, ""), place(2, ""), place(3, "F410-08EF")],
            vec![place(4, ""), place(5, "")],
        ]
    );
    assert_eq!(doubles.of(&place(2, "")).len(), 3);
    assert!(doubles.of(&place(6, "")).is_empty());
    // A message of which two links told is in flight as it was.
    let in_flight = store.in_flight().unwrap();
    assert_eq!(in_flight.len(), 1);
    assert_eq!((in_flight[0].part, in_flight[0].told.len()), (1, 2));
    assert_eq!(store.withdrawn().unwrap(), []);
}

#[test]
fn another_link_to_the_same_credential_is_the_same_entry() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&path(&folder)).unwrap();
    let link = |text: &str| TrackedLink::of(&link::judge(text)).unwrap();
    let base = "https://learn.microsoft.com";
    for (number, same) in [
        (
            "credential",
            &[
                "/api/credentials/share/en-us/jane/20170DBC5AC04E38",
                "/api/credentials/share/de-de/jane/20170DBC5AC04E38",
                "/en-us/users/jane/credentials/20170dbc5ac04e38",
                "/users/jane-2/credentials/20170dbc5ac04e38",
                "/api/credentials/20170DBC5AC04E38",
            ][..],
        ),
        (
            "leading zeros",
            &["/api/credentials/00ABCDEF", "/api/credentials/ABCDEF"],
        ),
        (
            "transcript",
            &[
                "/en-us/users/renata-9981/transcript/7571ybttzpehm40",
                "/de-de/users/renata-9981/transcript/7571ybttzpehm40",
            ],
        ),
    ] {
        let first = store.add(&link(&format!("{base}{}", same[0])), Details::default());
        let Added::New(first) = first.unwrap() else {
            panic!("{number}");
        };
        for other in same {
            let other = link(&format!("{base}{other}"));
            let added = store.add(&other, Details::default()).unwrap();
            assert_eq!(added, Added::Known(first), "{number}: {other}");
            let entry = store.entry(first).unwrap().unwrap();
            let restored = Entry {
                link: other,
                ..entry
            };
            assert_eq!(store.restore(&restored).unwrap(), Added::Known(first));
        }
    }
    assert_eq!(store.count().unwrap(), 3);
}

#[test]
fn a_newer_list_is_left_as_it_is_and_gives_its_entries() {
    let folder = tempfile::tempdir().unwrap();
    Store::open(&path(&folder))
        .unwrap()
        .add(&tracked(1), named("Jane Doe"))
        .unwrap();
    let newer = Connection::open(path(&folder)).unwrap();
    newer
        .execute_batch("ALTER TABLE entries ADD COLUMN colour TEXT; PRAGMA user_version = 99;")
        .unwrap();
    newer
        .execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")
        .unwrap();
    drop(newer);
    let before = std::fs::read(path(&folder)).unwrap();
    let error = Store::open(&path(&folder)).unwrap_err();
    assert!(
        matches!(error, StoreError::Newer { found: 99, .. }),
        "{error}"
    );
    assert_eq!(std::fs::read(path(&folder)).unwrap(), before);
    let rescued = rescue(&path(&folder)).unwrap();
    assert_eq!(rescued.entries[0].details.name.as_deref(), Some("Jane Doe"));
    assert!(!rescued.is_damaged);
}

#[test]
fn what_is_no_list_is_refused_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        path(&folder),
        "this is a text file, and no database at all".repeat(40),
    )
    .unwrap();
    let before = std::fs::read(path(&folder)).unwrap();
    let error = Store::open(&path(&folder)).unwrap_err();
    assert!(matches!(error, StoreError::Damaged { .. }), "{error}");
    assert_eq!(std::fs::read(path(&folder)).unwrap(), before);
    let other = folder.path().join("other.sqlite");
    Connection::open(&other)
        .unwrap()
        .execute_batch("CREATE TABLE things (a)")
        .unwrap();
    let error = Store::open(&other).unwrap_err();
    assert!(matches!(error, StoreError::NotAList { .. }), "{error}");
}

#[test]
fn a_damaged_list_gives_what_can_still_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&path(&folder)).unwrap();
    for number in 1..=400 {
        store
            .add(
                &tracked(number),
                named(&format!("Person {number} {}", "x".repeat(60))),
            )
            .unwrap();
    }
    store
        .connection
        .execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")
        .unwrap();
    let pages: u64 = store
        .connection
        .query_row("PRAGMA page_count", [], |row| row.get(0))
        .unwrap();
    // A page that holds entries, found by a name in it.
    drop(store);
    let bytes = std::fs::read(path(&folder)).unwrap();
    let at = memchr::memmem::find(&bytes, b"Person 200 ").unwrap() / 4096 * 4096;
    assert!((at as u64) < pages * 4096);
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .open(path(&folder))
        .unwrap();
    file.seek(SeekFrom::Start(at as u64)).unwrap();
    file.write_all(&[0xff; 4096]).unwrap();
    drop(file);
    let rescued = rescue(&path(&folder)).unwrap();
    assert!(rescued.is_damaged);
    assert!(
        (300..400).contains(&rescued.entries.len()),
        "{}",
        rescued.entries.len()
    );
    let store = Store::open(&path(&folder)).unwrap();
    assert!(matches!(store.check(), Err(StoreError::Damaged { .. })));
    assert!(matches!(store.entries(), Err(StoreError::Damaged { .. })));
}

#[test]
fn a_full_disk_is_said_and_nothing_is_noted() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&path(&folder)).unwrap();
    let id = store.add(&tracked(1), named("Jane Doe")).unwrap().id();
    let pages: u64 = store
        .connection
        .query_row("PRAGMA page_count", [], |row| row.get(0))
        .unwrap();
    store
        .connection
        .pragma_update(None, "max_page_count", pages)
        .unwrap();
    let big = Details {
        note: Some("x".repeat(100_000)),
        ..Details::default()
    };
    let error = store.add(&tracked(2), big).unwrap_err();
    assert!(matches!(error, StoreError::Full { .. }), "{error}");
    assert_eq!(store.count().unwrap(), 1);
    assert!(store.entry(id).unwrap().is_some());
}

#[test]
fn two_runs_do_not_tell_people_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let held = Store::lock(&path(&folder)).unwrap();
    assert!(matches!(
        Store::lock(&path(&folder)),
        Err(StoreError::InUse { .. })
    ));
    drop(held);
    Store::lock(&path(&folder)).unwrap();
}

#[cfg(unix)]
#[test]
fn the_list_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("data").join("watch.sqlite");
    let store = Store::open(&file).unwrap();
    store.add(&tracked(1), named("Jane Doe")).unwrap();
    for name in ["watch.sqlite", "watch.sqlite-wal", "watch.sqlite-shm"] {
        let mode = file
            .with_file_name(name)
            .metadata()
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}

#[test]
fn what_a_removed_entry_left_of_people_goes_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&path(&folder)).unwrap();
    let id = store.add(&tracked(1), named("Jane Doe")).unwrap().id();
    let claim = claim(&store, id);
    store
        .trouble(&claim.to, "refused", chrono::DateTime::UNIX_EPOCH)
        .unwrap();
    assert_eq!(store.in_flight().unwrap(), [claim]);
    assert!(store.remove(id).unwrap());
    assert_eq!(store.in_flight().unwrap(), []);
    assert_eq!(store.troubles().unwrap(), []);
    assert_ne!(store.add(&tracked(1), named("Jane Doe")).unwrap().id(), id);
}

#[test]
fn a_trial_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&path(&folder)).unwrap();
    let id = store.add(&tracked(1), named("Jane Doe")).unwrap().id();
    let trial = Store::trial(&path(&folder)).unwrap();
    assert_eq!(trial.entries().unwrap(), store.entries().unwrap());
    trial.remove(id).unwrap();
    assert_eq!(store.count().unwrap(), 1);
    let none = Store::trial(&folder.path().join("none.sqlite")).unwrap();
    assert_eq!(none.count().unwrap(), 0);
    assert!(!folder.path().join("none.sqlite").exists());
}
