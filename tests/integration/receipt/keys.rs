//! What is signed with which keys, and the commands of the guide.

use std::path::Path;
#[cfg(unix)]
use std::process::Command;

use crate::harness::{Ran, bonafide, finish};

use super::left;
use super::signing::{allowed, is, key, sig, sign, state, there_is_ssh_keygen};

#[test]
fn only_receipts_are_signed_and_only_by_private_keys() {
    if !there_is_ssh_keygen() {
        return;
    }
    let (service, file) = left();
    let folder = service.data.path();
    let (jo, _) = key(folder, "jo", &["-t", "ed25519"]);
    let refused = |ran: &Ran, why: &str| {
        assert_eq!(ran.code, 2, "{}", ran.stdout);
        assert!(ran.stderr.contains(why), "{why}: {}", ran.stderr);
        assert!(!ran.stderr.contains("PRIVATE KEY") && !ran.stderr.contains("AAAA"));
    };
    refused(
        &sign(&jo.with_extension("pub"), &file, &[]),
        "found a public one",
    );
    refused(&sign(&file, &file, &[]), "expected a key");
    refused(&sign(&folder.join("none"), &file, &[]), "none");
    let (pem, _) = key(folder, "pem", &["-t", "rsa", "-b", "2048", "-m", "PEM"]);
    refused(&sign(&pem, &file, &[]), "ssh-keygen -p -f FILE");
    let other = folder.join("other.json");
    std::fs::write(&other, "{}").unwrap();
    refused(&sign(&jo, &other, &[]), "expected a receipt");
    // One that is none, and nothing is signed.
    refused(
        &sign(&jo, &file, &[other.to_str().unwrap()]),
        "expected a receipt",
    );
    assert!(!sig(&file).exists());

    assert_eq!(sign(&jo, &file, &[]).code, 0);
    refused(&sign(&jo, &file, &[]), "--force replaces it");
    assert_eq!(sign(&jo, &file, &["--force"]).code, 0);
    let altered = std::fs::read_to_string(&file)
        .unwrap()
        .replace("Jo Doe", "Jo Dot");
    std::fs::write(&file, altered).unwrap();
    refused(&sign(&jo, &file, &["--force"]), "it was changed since");
}

#[test]
fn a_key_with_a_passphrase_is_opened_from_the_environment_alone_off_a_terminal() {
    if !there_is_ssh_keygen() {
        return;
    }
    let (service, file) = left();
    let folder = service.data.path();
    let (jo, signers) = key(folder, "jo", &["-t", "ed25519", "-N", "a long passphrase"]);
    let ran = sign(&jo, &file, &[]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("set BONAFIDE_KEY_PASSPHRASE"),
        "{}",
        ran.stderr
    );
    let with = |passphrase: &str| {
        finish(bonafide().env("BONAFIDE_KEY_PASSPHRASE", passphrase).args([
            "receipt",
            "sign",
            "-vv",
            "--key",
            jo.to_str().unwrap(),
            file.to_str().unwrap(),
        ]))
    };
    let ran = with("another passphrase");
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("does not open the key"),
        "{}",
        ran.stderr
    );
    assert!(!ran.stderr.contains("another passphrase"));
    let ran = with("a long passphrase");
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(!ran.stderr.contains("a long passphrase"));
    assert_eq!(state(&allowed(&file, &signers)), is(0, "sound", "good"));
}

#[test]
#[cfg(unix)]
fn the_commands_of_the_guide_work_as_they_stand_there() {
    if !there_is_ssh_keygen() {
        return;
    }
    let (service, file) = left();
    let home = service.data.path();
    std::fs::create_dir(home.join(".ssh")).unwrap();
    let (_, signers) = key(&home.join(".ssh"), "id_ed25519", &["-t", "ed25519"]);
    std::fs::rename(signers, home.join("allowed_signers")).unwrap();
    let guide =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/guide.md"))
            .unwrap();
    let section = guide
        .split("\n## Receipts\n")
        .nth(1)
        .unwrap()
        .split("\n## ")
        .next()
        .unwrap();
    let named = file.file_name().unwrap().to_str().unwrap();
    let mut seen = 0;
    for block in section.split("```sh\n").skip(1) {
        let script = block.split("```").next().unwrap();
        // The service and the day are the tests' own.
        let script: String = script
            .lines()
            .filter(|line| !line.starts_with("bonafide verify"))
            .map(|line| {
                line.replace("2026-11-22T101500Z-20170DBC5AC04E38.receipt.json", named) + "\n"
            })
            .collect();
        let path = Path::new(env!("CARGO_BIN_EXE_bonafide")).parent().unwrap();
        let output = Command::new("sh")
            .args(["-e", "-c", &script])
            .current_dir(home)
            .env("HOME", home)
            .env(
                "PATH",
                format!("{}:{}", path.display(), std::env::var("PATH").unwrap()),
            )
            .output()
            .unwrap();
        let said =
            String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{script}\n{said}");
        if script.contains("sha256sum") {
            let text = std::fs::read_to_string(&file).unwrap();
            let digest = said.split_whitespace().next().unwrap();
            assert!(
                text.contains(&format!("\"digest\": \"{digest}\"")),
                "{script}\n{said}"
            );
        }
        seen += 1;
    }
    assert!(seen >= 4, "{seen}");
}
