//! What is never stored, what goes by itself, and what is never touched.

use super::*;

#[test]
fn no_mail_address_and_no_mcid_is_ever_stored() {
    let office = Office::open();
    office.verify(&[SHARE_LINK, TRANSCRIPT, BADGE, ASSERTION, PAGE]);
    let all = [files(office.data()), office.saved()].concat();
    assert!(office.cached().len() >= 4, "{all:?}");
    assert_eq!(office.saved().len(), 5);
    for file in all {
        let text = String::from_utf8_lossy(&fs::read(&file).unwrap()).to_lowercase();
        for secret in [
            "contactemail",
            "mcid",
            "johanna@example.org",
            "9911223",
            "aurelie.vandermeer@example.com",
            "9900001",
            "c72b4f60a795d7e4",
        ] {
            assert!(!text.contains(secret), "{secret} is in {}", file.display());
        }
    }
}

#[test]
fn things_past_the_retention_go_quietly_before_something_is_fetched() {
    let office = Office::open();
    office.verify(&[SHARE_LINK, TRANSCRIPT]);
    let (cached, saved) = (office.cached(), office.saved());
    age(&cached[0], 91);
    age(&saved[0], 400);
    // Looked after today already.
    office.verify(&[BADGE]);
    assert!(cached[0].exists());
    age(&office.data().join("retention.stamp"), 2);
    let ran = finish(office.service.command().args([BADGE, "-v"]));
    assert!(ran.stderr.contains("past the retention"), "{}", ran.stderr);
    assert!(!cached[0].exists() && cached[1].exists());
    assert!(saved[0].exists());
}

#[test]
fn the_retention_is_configured() {
    let office = Office::open();
    office.verify(&[SHARE_LINK]);
    let config = office.evidence.path().join("config.toml");
    for (retention, days, stays) in [("none", 4000, true), ("10d", 11, false)] {
        fs::write(&config, format!("retention = \"{retention}\"\n")).unwrap();
        let cached = office.cached()[0].clone();
        age(&cached, days);
        age(&office.data().join("retention.stamp"), 2);
        let mut command = office.service.command();
        command
            .arg("--config")
            .arg(&config)
            .args([BADGE, "--no-cache"]);
        assert_ne!(finish(&mut command).code, 2);
        assert_eq!(cached.exists(), stays, "{retention}");
    }
    fs::write(&config, "retention = \"soon\"\n").unwrap();
    let mut command = office.service.command();
    let ran = finish(command.arg("--config").arg(&config).arg(BADGE));
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("or none"), "{}", ran.stderr);
}

#[cfg(unix)]
#[test]
fn no_link_is_followed_out_of_the_known_folders() {
    use std::os::unix::fs::symlink;
    let office = Office::open();
    office.verify(&[SHARE_LINK, TRANSCRIPT]);
    let elsewhere = TempDir::new().unwrap();
    let mine = elsewhere.path().join("mine.json");
    fs::copy(&office.saved()[0], &mine).unwrap();
    symlink(&mine, office.evidence.path().join("link.json")).unwrap();
    // The cache becomes a link to a folder of somebody's.
    let name = office.cached()[0].file_name().unwrap().to_owned();
    let kept = elsewhere.path().join(&name);
    fs::copy(&office.cached()[0], &kept).unwrap();
    let cache = office.data().join("cache");
    fs::remove_dir_all(&cache).unwrap();
    symlink(elsewhere.path(), &cache).unwrap();
    assert_ne!(office.run(&["purge", "--all"]).code, 2);
    assert!(mine.exists() && kept.exists());
}
