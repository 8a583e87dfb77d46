//! `bonafide demo`: every status, on sample evidence that ships inside the program.

use std::fmt::Write as _;

use super::args::{Demo as Args, Format};
use super::exit::Exit;
use super::output;
use super::settings::Settings;
use crate::catalog::Catalog;
use crate::check::Expectation;
use crate::report::{human, json};
use crate::source::Demo;
use crate::verify::{self, AsOf, Terms, Verification};

/// The day on which the samples show what they are meant to show.
const DAY: &str = "2026-11-22";

/// A sample: what it shows, the link, and whose it is said to be.
struct Sample {
    shows: &'static str,
    link: &'static str,
    expected: Option<&'static str>,
}

const SAMPLES: [Sample; 8] = [
    Sample {
        shows: "A credential in force",
        link: "https://learn.microsoft.com/api/credentials/share/en-us/IngridSolvangReyes-4410/5D1E0C42A7B39F10?sharingId=0A1B2C3D4E5F6071",
        expected: Some("Ingrid Solvang Reyes"),
    },
    Sample {
        shows: "The renewal window is open, and the certification retires soon",
        link: "https://learn.microsoft.com/en-us/users/tomaszwisnicki-0871/credentials/90c4e7711bd2a86e",
        expected: Some("Wisnicki Tomasz"),
    },
    Sample {
        shows: "The certification was retired; the credential lasts until its own end",
        link: "https://learn.microsoft.com/api/credentials/share/de-de/AmaraOkonjoLindt-2250/E2F6B0935C4D718A?sharingId",
        expected: None,
    },
    Sample {
        shows: "An expired credential",
        link: "https://learn.microsoft.com/api/credentials/share/nl-nl/PieterVanHaalen-7315/37A1D5F08E6C2B94",
        expected: Some("P. van Haalen"),
    },
    Sample {
        shows: "A credential that the issuer took back",
        link: "learn.microsoft.com/api/credentials/B48F2E6D903A7C15",
        expected: None,
    },
    Sample {
        shows: "The service gives no expiry where one is due: said, not guessed",
        link: "https://learn.microsoft.com/api/credentials/share/en-us/LeilaniBrandvold-1903/6C0B9D83F1E5427A",
        expected: None,
    },
    Sample {
        shows: "A look-alike link: never opened",
        link: "https://learn.microsoft.com.credential-check.example/api/credentials/share/en-us/CorinAshdown-5521/5D1E0C42A7B39F10",
        expected: None,
    },
    Sample {
        shows: "A genuine credential, of somebody else",
        link: "https://learn.microsoft.com/api/credentials/share/en-us/RubenCastellan-6604/1FA86D20C93B5E74",
        expected: Some("Tamsin Castellan"),
    },
];

pub(super) fn run(args: &Args, settings: &Settings) -> anyhow::Result<Exit> {
    let as_of = settings.given_as_of().unwrap_or(AsOf::day(DAY.parse()?));
    let results: Vec<Vec<Verification<'_>>> = SAMPLES
        .iter()
        .map(|sample| verify_one(sample, as_of))
        .collect();
    let document = match args.output.format {
        Format::Json => {
            let all: Vec<_> = results.into_iter().flatten().collect();
            json::text(&json::ResultDocument::of(&all, as_of.instant()))
        }
        Format::Human => for_people(
            &results,
            as_of,
            settings.look(args.output.output.as_deref()),
        ),
    };
    output::write(args.output.output.as_deref(), document.as_bytes())?;
    Ok(Exit::Success)
}

fn verify_one(sample: &Sample, as_of: AsOf) -> Vec<Verification<'static>> {
    let expected = Expectation {
        name: sample.expected.map(str::to_owned),
        ..Expectation::default()
    };
    let terms = Terms {
        catalog: Catalog::embedded(),
        as_of,
        expected: &expected,
    };
    futures_util::future::FutureExt::now_or_never(verify::verify(sample.link, &Demo, &terms))
        .map(|trip| trip.verifications)
        .expect("the samples are in memory, so nothing is waited for")
}

fn for_people(results: &[Vec<Verification<'_>>], as_of: AsOf, look: crate::report::Look) -> String {
    let mut text = String::from(
        "Sample evidence that ships inside the program: invented holders, nothing is asked or written.\n\
         To verify a real credential: bonafide verify LINK\n\n",
    );
    for (at, (sample, one)) in SAMPLES.iter().zip(results).enumerate() {
        let _ = write!(text, "{}. {}\n\n", at + 1, sample.shows);
        if let Some(name) = sample.expected {
            let _ = write!(text, "   said to be {name}'s\n\n");
        }
        text.push_str(&human::each(one, as_of.instant(), look));
    }
    let all: Vec<_> = results.iter().flatten().cloned().collect();
    text.push_str(&human::summary(&all, as_of.instant(), look));
    text
}
