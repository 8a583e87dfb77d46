//! Signatures, held against the real `ssh-keygen` both ways.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::harness::{Ran, run};

use super::{check, left};

const NAMESPACE: &str = "bonafide-receipt";

/// Whether `ssh-keygen` is here. Where it must be, its absence is a failure.
#[expect(clippy::print_stderr, reason = "why a test did nothing must be said")]
pub(super) fn there_is_ssh_keygen() -> bool {
    let found = Command::new("ssh-keygen")
        .arg("-?")
        .stderr(Stdio::null())
        .status()
        .is_ok();
    let needed = std::env::var_os("BONAFIDE_TESTS_NEED_SSH_KEYGEN").is_some();
    assert!(
        found || !needed,
        "ssh-keygen is needed here and is not installed"
    );
    if !found {
        eprintln!("SKIPPED: ssh-keygen is not installed (Debian: apt-get install openssh-client)");
    }
    found
}

pub(super) fn ssh_keygen(arguments: &[&str], input: Option<&Path>) -> bool {
    let input = input.map_or(Stdio::null(), |path| File::open(path).unwrap().into());
    let output = Command::new("ssh-keygen")
        .args(arguments)
        .stdin(input)
        .output()
        .unwrap();
    output.status.success()
}

/// A new key of `jo@example.org`, its file and its list of allowed signers.
pub(super) fn key(folder: &Path, name: &str, options: &[&str]) -> (PathBuf, PathBuf) {
    let file = folder.join(name);
    let start = ["-q", "-C", "jo@example.org", "-f", file.to_str().unwrap()];
    let passphrase: &[&str] = if options.contains(&"-N") {
        &[]
    } else {
        &["-N", ""]
    };
    assert!(
        ssh_keygen(&[&start, options, passphrase].concat(), None),
        "{options:?}"
    );
    let public = std::fs::read_to_string(file.with_extension("pub")).unwrap();
    let signers = folder.join(format!("{name}.signers"));
    std::fs::write(
        &signers,
        format!("jo@example.org namespaces=\"{NAMESPACE}\" {public}"),
    )
    .unwrap();
    (file, signers)
}

/// A key that the program can read. Some of ECDSA it cannot, and says so.
fn readable_key(folder: &Path, name: &str, options: &[&str], file: &Path) -> (PathBuf, PathBuf) {
    for _ in 0..60 {
        let (key, signers) = key(folder, name, options);
        let ran = sign(&key, file, &[]);
        if ran.code == 0 {
            std::fs::remove_file(sig(file)).unwrap();
            return (key, signers);
        }
        assert!(options.contains(&"ecdsa"), "{name}: {}", ran.stderr);
        assert_eq!(ran.code, 2);
        assert!(ran.stderr.contains("ssh-keygen -Y sign"), "{}", ran.stderr);
        std::fs::remove_file(&key).unwrap();
    }
    panic!("no key of {name} could be read");
}

pub(super) fn sign(key: &Path, file: &Path, more: &[&str]) -> Ran {
    let arguments = [
        "receipt",
        "sign",
        "--key",
        key.to_str().unwrap(),
        file.to_str().unwrap(),
    ];
    run(&[&arguments[..], more].concat())
}

pub(super) fn sig(file: &Path) -> PathBuf {
    PathBuf::from(format!("{}.sig", file.display()))
}

pub(super) fn allowed(file: &Path, signers: &Path) -> Ran {
    check(file, &["--allowed-signers", signers.to_str().unwrap()])
}

pub(super) fn state(ran: &Ran) -> (i32, String, String) {
    let one = &ran.json()["receipts"][0];
    let word = |value: &serde_json::Value| value.as_str().unwrap_or("-").to_owned();
    (
        ran.code,
        word(&one["state"]),
        word(&one["signature"]["state"]),
    )
}

pub(super) fn is(code: i32, state: &str, signature: &str) -> (i32, String, String) {
    (code, state.to_owned(), signature.to_owned())
}

#[test]
fn ssh_keygen_and_the_program_accept_each_others_signatures() {
    if !there_is_ssh_keygen() {
        return;
    }
    let (service, file) = left();
    let folder = service.data.path();
    let text = file.to_str().unwrap();
    let types: [(&str, &[&str]); 4] = [
        ("ed25519", &["-t", "ed25519"]),
        ("p256", &["-t", "ecdsa", "-b", "256"]),
        ("p384", &["-t", "ecdsa", "-b", "384"]),
        ("p521", &["-t", "ecdsa", "-b", "521"]),
    ];
    for (name, options) in types {
        let (key, signers) = readable_key(folder, name, options, &file);
        let verify = [
            "-Y",
            "verify",
            "-n",
            NAMESPACE,
            "-I",
            "jo@example.org",
            "-f",
            signers.to_str().unwrap(),
            "-s",
        ];
        let sig = sig(&file);
        let ran = sign(&key, &file, &[]);
        assert_eq!(
            (ran.code, ran.stdout.trim()),
            (0, sig.to_str().unwrap()),
            "{name}: {}",
            ran.stderr
        );
        assert!(
            ssh_keygen(
                &[&verify[..], &[sig.to_str().unwrap()]].concat(),
                Some(&file)
            ),
            "{name}"
        );
        assert_eq!(
            state(&allowed(&file, &signers)),
            is(0, "sound", "good"),
            "{name}"
        );
        std::fs::remove_file(&sig).unwrap();

        let arguments = [
            "-Y",
            "sign",
            "-n",
            NAMESPACE,
            "-f",
            key.to_str().unwrap(),
            text,
        ];
        assert!(ssh_keygen(&arguments, None), "{name}");
        let ran = allowed(&file, &signers);
        assert_eq!(
            state(&ran),
            is(0, "sound", "good"),
            "{name}: {}",
            ran.stdout
        );
        assert_eq!(
            ran.json()["receipts"][0]["signature"]["principals"],
            "jo@example.org"
        );
        // A changed receipt is refused by both.
        let good = std::fs::read_to_string(&file).unwrap();
        std::fs::write(&file, good.replace("\"passed\"", "\"passee\"")).unwrap();
        assert!(!ssh_keygen(
            &[&verify[..], &[sig.to_str().unwrap()]].concat(),
            Some(&file)
        ));
        assert_eq!(
            state(&allowed(&file, &signers)),
            is(1, "altered", "bad"),
            "{name}"
        );
        std::fs::write(&file, good).unwrap();
        std::fs::remove_file(&sig).unwrap();
    }
}

#[test]
fn rsa_keys_sign_with_ssh_keygen_and_are_checked_here() {
    if !there_is_ssh_keygen() {
        return;
    }
    let (service, file) = left();
    let (key, signers) = key(service.data.path(), "rsa", &["-t", "rsa", "-b", "2048"]);
    let ran = sign(&key, &file, &[]);
    assert_eq!(ran.code, 2);
    for word in ["found ssh-rsa", "ssh-keygen -Y sign", "Ed25519"] {
        assert!(ran.stderr.contains(word), "{word}: {}", ran.stderr);
    }
    assert!(!sig(&file).exists());
    let good = std::fs::read_to_string(&file).unwrap();
    let arguments = ["-Y", "sign", "-n", NAMESPACE, "-f", key.to_str().unwrap()];
    assert!(ssh_keygen(
        &[&arguments[..], &[file.to_str().unwrap()]].concat(),
        None
    ));
    assert_eq!(state(&allowed(&file, &signers)), is(0, "sound", "good"));
    std::fs::write(&file, good.replace("\"passed\"", "\"passee\"")).unwrap();
    assert_eq!(state(&allowed(&file, &signers)), is(1, "altered", "bad"));
}

#[test]
fn a_signature_counts_only_if_somebody_said_whose_it_must_be() {
    if !there_is_ssh_keygen() {
        return;
    }
    let (service, file) = left();
    let folder = service.data.path();
    let (jo, signers) = key(folder, "jo", &["-t", "ed25519"]);
    let (_, others) = key(folder, "other", &["-t", "ed25519"]);
    let (public, other) = (jo.with_extension("pub"), folder.join("other.pub"));
    let (public, other) = (public.to_str().unwrap(), other.to_str().unwrap());
    // Unsigned: said, and enough only where no signature is asked for.
    assert_eq!(state(&check(&file, &[])), is(0, "sound", "none"));
    assert_eq!(
        state(&check(&file, &["--require-signature"])),
        is(1, "unsigned", "none")
    );
    assert_eq!(state(&allowed(&file, &signers)), is(1, "unsigned", "none"));
    assert_eq!(
        state(&check(&file, &["--public-key", public])),
        is(1, "unsigned", "none")
    );

    assert_eq!(sign(&jo, &file, &[]).code, 0);
    assert_eq!(state(&check(&file, &[])), is(0, "sound", "unknown-signer"));
    assert_eq!(
        state(&check(&file, &["--require-signature"])),
        is(1, "unsigned", "unknown-signer")
    );
    assert_eq!(
        state(&check(&file, &["--public-key", public])),
        is(0, "sound", "good")
    );
    assert_eq!(
        state(&check(&file, &["--public-key", other])),
        is(1, "bad-signature", "bad")
    );
    assert_eq!(state(&allowed(&file, &signers)), is(0, "sound", "good"));
    assert_eq!(
        state(&allowed(&file, &others)),
        is(1, "bad-signature", "bad")
    );
    let signers = signers.to_str().unwrap();
    let as_whom = |who| check(&file, &["--allowed-signers", signers, "--identity", who]);
    assert_eq!(state(&as_whom("jo@example.org")), is(0, "sound", "good"));
    assert_eq!(
        state(&as_whom("ann@example.org")),
        is(1, "bad-signature", "bad")
    );

    // The signature may stand elsewhere.
    let elsewhere = folder.join("elsewhere.sig");
    std::fs::rename(sig(&file), &elsewhere).unwrap();
    let ran = check(
        &file,
        &[
            "--public-key",
            public,
            "--signature",
            elsewhere.to_str().unwrap(),
        ],
    );
    assert_eq!(state(&ran), is(0, "sound", "good"));
    let ran = check(&file, &["--signature", "/nonexistent.sig"]);
    assert_eq!((ran.code, state(&ran).1.as_str()), (2, "unreadable"));
}

#[test]
fn the_dates_of_a_signer_and_the_namespace_count() {
    if !there_is_ssh_keygen() {
        return;
    }
    let (service, file) = left();
    let folder = service.data.path();
    let (jo, signers) = key(folder, "jo", &["-t", "ed25519"]);
    let public = std::fs::read_to_string(jo.with_extension("pub")).unwrap();
    assert_eq!(sign(&jo, &file, &[]).code, 0);
    for (options, expected) in [
        ("valid-before=\"20261121Z\"", is(1, "bad-signature", "bad")),
        ("valid-after=\"20261123Z\"", is(1, "bad-signature", "bad")),
        (
            "valid-after=\"20261121Z\",valid-before=\"20261123Z\"",
            is(0, "sound", "good"),
        ),
        ("namespaces=\"git\"", is(1, "bad-signature", "bad")),
    ] {
        std::fs::write(&signers, format!("jo@example.org {options} {public}")).unwrap();
        assert_eq!(state(&allowed(&file, &signers)), expected, "{options}");
    }
    for options in ["cert-authority", "verify-required"] {
        std::fs::write(&signers, format!("jo@example.org {options} {public}")).unwrap();
        let ran = allowed(&file, &signers);
        assert_eq!(ran.code, 2, "{options}: {}", ran.stdout);
        assert!(
            ran.stderr.contains("line 1") && ran.stderr.contains(options),
            "{}",
            ran.stderr
        );
    }
    // A signature made for another purpose does not count for this one.
    std::fs::remove_file(sig(&file)).unwrap();
    let arguments = [
        "-Y",
        "sign",
        "-n",
        "file",
        "-f",
        jo.to_str().unwrap(),
        file.to_str().unwrap(),
    ];
    assert!(ssh_keygen(&arguments, None));
    let ran = check(&file, &[]);
    assert_eq!(state(&ran), is(1, "bad-signature", "bad"));
    assert!(
        ran.stdout.contains("it was made for \\\"file\\\""),
        "{}",
        ran.stdout
    );
    std::fs::write(sig(&file), "no signature").unwrap();
    assert_eq!(state(&check(&file, &[])), is(1, "bad-signature", "bad"));
}
