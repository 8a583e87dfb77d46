//! `bonafide exam skills`: what an exam measures, and what to study first.

use std::path::Path;

use anyhow::{Context, bail};

use super::super::args::{Format, Skills};
use super::super::exit::Exit;
use super::super::output;
use super::super::settings::Settings;
use crate::exam::code::Exam;
use crate::exam::skills::{SkillSet, SkillSets};
use crate::exam::study::{self, Report};
use crate::report::exam::skills as report;
use crate::report::json;
use crate::source::private::read_bounded;

/// The largest file of skill areas or bars.
const LIMIT: u64 = 1024 * 1024;

pub(super) fn run(args: &Skills, settings: &Settings) -> anyhow::Result<Exit> {
    let catalog = settings.catalog()?;
    let others = args.further.as_deref().map(others).transpose()?;
    // Somebody's own areas count before those that ship.
    let sets: Vec<&SkillSets> = others.iter().chain([SkillSets::embedded()]).collect();
    let codes = sets.iter().flat_map(|sets| sets.exams().map(Exam::as_str));
    let exam = Exam::parse(&args.exam, catalog, &codes.collect::<Vec<_>>())?;
    let about = report::About {
        exam: &exam,
        catalog,
        day: settings.as_of().instant().date_naive(),
    };
    let file = args.output.output.as_deref();
    let look = settings.look(file);
    let Some(skills) = sets.iter().find_map(|sets| sets.find(&exam)) else {
        let document = match args.output.format {
            Format::Human => report::unknown(&about, look),
            Format::Json => json::text(&report::SkillsDocument::unknown(&about)),
        };
        output::write(file, document.as_bytes())?;
        return Ok(Exit::Undetermined);
    };
    let bars = bars(&args.report, skills)?;
    let document = match args.output.format {
        Format::Json => json::text(&report::SkillsDocument::of(
            &about,
            skills,
            &study::order(skills, &bars),
        )),
        Format::Human if bars.is_empty() => report::human(&about, skills, look),
        Format::Human => report::study(&about, skills, &study::order(skills, &bars), look),
    };
    output::write(file, document.as_bytes())?;
    Ok(Exit::Success)
}

fn others(path: &Path) -> anyhow::Result<SkillSets> {
    let text = text(path, "skill areas")?;
    SkillSets::parse(&text).with_context(|| format!("in {}", path.display()))
}

/// The bars of a score report: each on its own, or a file of them.
fn bars(given: &[String], skills: &SkillSet) -> anyhow::Result<Report> {
    if let [file] = given
        && !file.contains('=')
    {
        let path = Path::new(file);
        let is_meant = path.exists() || path.extension().is_some();
        if !is_meant {
            bail!(
                "--report: expected \"area=low\", mid or high for each area, or a TOML file, found {file:?}"
            );
        }
        let text = text(path, "score report")?;
        return Report::parse(&text, skills).with_context(|| format!("in {}", path.display()));
    }
    let mut report = Report::default();
    for one in given {
        report.add(one, skills).context("--report")?;
    }
    Ok(report)
}

fn text(path: &Path, what: &str) -> anyhow::Result<String> {
    let bytes = match read_bounded(path, LIMIT) {
        Err(error) if error.kind() == std::io::ErrorKind::FileTooLarge => bail!(
            "expected a file of at most 1 MiB, found more in {}; is it the right file?",
            path.display()
        ),
        read => read.with_context(|| format!("cannot read the {what} in {}", path.display()))?,
    };
    String::from_utf8(bytes).map_err(|_| {
        anyhow::anyhow!(
            "expected UTF-8 text, found other bytes in {}",
            path.display()
        )
    })
}
