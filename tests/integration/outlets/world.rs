//! Where the texts come from: a service, lists, CVs, configurations and file names.

use std::cell::RefCell;
use std::path::PathBuf;

use assert_cmd::Command;
use serde_json::{Value, json};
use tempfile::TempDir;
use wiremock::{Mock, Request, ResponseTemplate};

use super::Reading;
use super::payloads::PAYLOADS;
use crate::harness::{DAY, Service, bonafide};

/// What a word begins with; three digits follow. It means nothing to any format.
pub(crate) const WORD: &str = "Quolm";

/// What stands in the place of the payloads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Words.
    Plain,
    /// The payloads themselves.
    Hostile,
}

/// A service that answers with texts, and a folder to work in.
pub(crate) struct World {
    pub(crate) kind: Kind,
    pub(crate) service: Service,
    folder: TempDir,
    masks: RefCell<Vec<(String, String)>>,
}

impl World {
    pub(crate) fn new(kind: Kind) -> Self {
        let service = Service::start();
        service.mount(
            Mock::given(wiremock::matchers::method("GET"))
                .respond_with(move |request: &Request| answer(kind, request.url.path())),
        );
        service.mount(
            Mock::given(wiremock::matchers::method("POST")).respond_with(|request: &Request| {
                match request.url.path() {
                    "/slack" => ResponseTemplate::new(200).set_body_string("ok"),
                    "/" => ResponseTemplate::new(200)
                        .set_body_string(r#"{"id":"Xt4a","event":"message"}"#),
                    _ => ResponseTemplate::new(202),
                }
            }),
        );
        let folder = TempDir::new().unwrap();
        let host = service.url().replace("http://", "");
        let place = folder.path().to_str().unwrap().to_owned();
        let masks = RefCell::new(vec![
            (host, "SERVICE".to_owned()),
            (place, "FOLDER".to_owned()),
        ]);
        Self {
            kind,
            service,
            folder,
            masks,
        }
    }

    /// The text with that number.
    pub(crate) fn text(&self, number: usize) -> String {
        text(self.kind, number)
    }

    /// Every text.
    pub(crate) fn texts(&self) -> Vec<String> {
        numbers().map(|number| self.text(number)).collect()
    }

    /// Evidence as the issuer's own service would have left it, a file for each text.
    /// The holder is a text as well, unless one is named.
    pub(crate) fn evidence(&self, holder: Option<&str>) -> Vec<PathBuf> {
        let leave = |number| {
            let mut record = record(&self.text(number));
            if let Some(holder) = holder {
                record["userDisplayName"] = holder.into();
            }
            crate::issuer::record(self.folder.path(), &id(number), &record)
        };
        numbers().map(leave).collect()
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        std::fs::write(self.path(name), bytes).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path(name)).unwrap()
    }

    /// The program in the folder, with a place for its data.
    pub(crate) fn program(&self, arguments: &[&str]) -> Command {
        let mut command = bonafide();
        command
            .current_dir(self.folder.path())
            .env("BONAFIDE_DATA_DIR", self.path("data"))
            .args(["--as-of", DAY])
            .args(arguments);
        command
    }

    /// The same for a command that asks the service.
    pub(crate) fn asking(&self, arguments: &[&str]) -> Command {
        let mut command = self.program(arguments);
        let url = self.service.url();
        command.args(["--learn-url", &url, "--retries", "0", "--rate", "none"]);
        command
    }

    /// Runs to the end, and gives back what it wrote to standard output and error.
    pub(crate) fn ran(command: &mut Command) -> (Vec<u8>, Vec<u8>) {
        let output = command.output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() != Some(101), "{said}");
        (output.stdout, output.stderr)
    }

    /// The same for a command that must be carried out.
    pub(crate) fn out(command: &mut Command) -> Vec<u8> {
        let output = command.output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(
            matches!(output.status.code(), Some(0 | 1 | 3)),
            "{said:.2000}"
        );
        output.stdout
    }

    /// A reading without the folder and the port, which differ from run to run.
    pub(crate) fn masked(&self, reading: Reading) -> Reading {
        let masks = self.masks.borrow();
        reading.map(|text| {
            masks
                .iter()
                .fold(text.clone(), |text, (from, to)| text.replace(from, to))
        })
    }

    /// What is different each time, and what is put in its place.
    pub(crate) fn masks(&self) -> Vec<(String, String)> {
        self.masks.borrow().clone()
    }

    /// For documents that were made in another world.
    pub(crate) fn mask_also(&self, masks: &[(String, String)]) {
        self.masks.borrow_mut().extend_from_slice(masks);
    }
}

pub(crate) fn numbers() -> std::ops::Range<usize> {
    0..PAYLOADS.len()
}

pub(crate) fn text(kind: Kind, number: usize) -> String {
    match kind {
        Kind::Plain => format!("{WORD}{number:03}"),
        Kind::Hostile => PAYLOADS[number].clone(),
    }
}

/// The link of the credential whose title and holder are a text.
pub(crate) fn link(number: usize) -> String {
    format!(
        "https://learn.microsoft.com/api/credentials/share/en-us/JaneDoe-1/{}",
        id(number)
    )
}

pub(crate) fn id(number: usize) -> String {
    format!("A00000000000{number:04}")
}

/// The link of the credential whose status, dates and number are a text.
pub(crate) fn odd_link(number: usize) -> String {
    format!("https://learn.microsoft.com/api/credentials/B00000000000{number:04}")
}

/// The links of every good credential.
pub(crate) fn links() -> Vec<String> {
    numbers().map(link).collect()
}

pub(crate) fn record(text: &str) -> Value {
    json!({"title": text, "userDisplayName": text, "awardedOn": "2024-09-01T10:00:00Z",
        "expiresOn": "2026-12-01T23:59:59Z", "credentialStatus": "Active"})
}

fn answer(kind: Kind, path: &str) -> ResponseTemplate {
    if path == "/api/catalog/" {
        let each = sound().map(|number| {
            let uid = format!("certification.quolm-{number:03}");
            json!({"uid": uid, "title": text(kind, number), "exams": []})
        });
        let listing = json!({"certifications": each.collect::<Vec<_>>(), "mergedCertifications": [], "exams": []});
        return ResponseTemplate::new(200).set_body_raw(listing.to_string(), "application/json");
    }
    let last = path.rsplit('/').next().unwrap_or_default();
    let number = last
        .get(1..)
        .and_then(|digits| digits.parse::<usize>().ok());
    let body = match (last.chars().next(), number) {
        (Some('A'), Some(number)) => record(&text(kind, number)),
        (Some('B'), Some(number)) => {
            let text = text(kind, number);
            json!({"title": "Microsoft Certified: Azure Administrator Associate",
                "credentialStatus": text, "awardedOn": text, "expiresOn": text,
                "certificationNumber": text, "userName": text})
        }
        _ => return ResponseTemplate::new(404),
    };
    ResponseTemplate::new(200).set_body_raw(body.to_string(), "application/json")
}

/// The paths of a folder's files, in the order of their names but for when they were made.
pub(crate) fn paths(world: &World, folder: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(world.path(folder)).unwrap();
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort_by_key(|path| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        name.split_once("Z-")
            .map_or(name.clone(), |(_, name)| name.to_owned())
    });
    paths
}

/// The files of a folder in that order.
pub(crate) fn files(world: &World, folder: &str) -> Vec<Vec<u8>> {
    paths(world, folder)
        .iter()
        .map(|path| std::fs::read(path).unwrap())
        .collect()
}

/// Numbers of the payloads that a title of a catalogue may be: short, and without a control
/// character.
pub(crate) fn sound() -> impl Iterator<Item = usize> {
    let is_sound = |text: &str| {
        let length = text.trim().chars().count();
        (3..=250).contains(&length) && !text.trim().contains(char::is_control)
    };
    numbers().filter(move |number| is_sound(&PAYLOADS[*number]))
}

/// Texts that can be typed as an argument.
pub(crate) fn typed() -> impl Iterator<Item = usize> {
    numbers().filter(|number| !PAYLOADS[*number].contains('\0') && PAYLOADS[*number].len() < 5_000)
}
