//! `bonafide scan`: what stands in CVs, and with `--verify` whether it is so.

mod check;
mod files;

use anyhow::bail;

use super::args::{Format, Scan};
use super::exit::Exit;
use super::output;
use super::settings::Settings;
use crate::report::scan::{CheckedLink, Scanned, is_good};
use crate::report::{json, scan, scan_json};
use files::Read;

pub(super) fn run(args: &Scan, settings: &Settings) -> anyhow::Result<Exit> {
    refuse_idle_options(args)?;
    let catalog = settings.catalog()?;
    let as_of = settings.as_of();
    // Wrong options are found before any file is read.
    let expected = super::verify::expectation(&args.check, as_of, catalog)?;
    let read = files::read(&args.files, settings, catalog)?;
    let checked = if args.verify {
        Some(check::run(&read, args, settings, (as_of, &expected))?)
    } else {
        None
    };
    let found = Scanned {
        files: &read.files,
        unread: &read.unread,
        checked: checked.as_deref().map(|results| (results, as_of.instant())),
    };
    let document = match args.output.format {
        Format::Human => scan::scanned(found, settings.look(args.output.output.as_deref())),
        Format::Json => json::text(&scan_json::ScanDocument::of(found)),
    };
    output::write(args.output.output.as_deref(), document.as_bytes())?;
    Ok(exit(&read, checked.as_deref()))
}

/// Options that say how to check mean nothing where nothing is checked.
fn refuse_idle_options(args: &Scan) -> anyhow::Result<()> {
    let check = &args.check;
    let idle = [
        ("--expect-name", check.expect_name.is_some()),
        (
            "--expect-certification",
            check.expect_certification.is_some(),
        ),
        ("--valid-until", check.valid_until.is_some()),
        (
            "--require",
            check.require != crate::check::Require::default(),
        ),
        ("--save-evidence", args.fetch.save_evidence.is_some()),
        ("--receipt", args.keep.receipt.is_some()),
    ];
    match idle.iter().find(|(_, given)| *given && !args.verify) {
        Some((option, _)) => bail!("{option} says how to check the links; add --verify"),
        None => Ok(()),
    }
}

/// What was not read comes before all else; a file without a link leaves its claims open.
fn exit(read: &Read, checked: Option<&[CheckedLink<'_>]>) -> Exit {
    let documents = || read.files.iter().map(|file| &file.document);
    let in_part = documents().any(|document| !document.unread().is_empty());
    if in_part || !read.unread.is_empty() {
        return Exit::Usage;
    }
    let links = documents().flat_map(|document| {
        let good = |mention| {
            if is_good(mention) {
                Exit::Success
            } else {
                Exit::Failed
            }
        };
        document.mentions().iter().map(good)
    });
    let bare = documents().filter(|document| document.mentions().is_empty());
    let bare = bare.map(|_| Exit::Undetermined);
    let ends = match checked {
        None => links.chain(bare).max(),
        Some(results) => {
            let results = Exit::of(results.iter().map(|one| one.verification.outcome));
            bare.chain([results]).max()
        }
    };
    ends.unwrap_or(Exit::Undetermined)
}
