//! Writes pictures, so that no file says more than is true today.

use std::collections::HashSet;
use std::io::{IsTerminal, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::plan::{DARK, Form, Plan};
use super::{Made, endpoint, make_folder};
use crate::cli::{output, say};
use crate::publish::Shown;
use crate::publish::badge::{Drawn, Fonts, Theme, png};

/// The largest file that is read to see whether it is a badge.
const LARGEST: u64 = 256 * 1024;

/// Writes one picture where it was asked for, or each into a folder.
pub(super) fn write(made: &Made<'_>, plan: &Plan, output: Option<&Path>) -> anyhow::Result<()> {
    let is_folder = |path: &Path| {
        let text = path.to_string_lossy();
        path.is_dir() || text.ends_with('/') || text.ends_with(std::path::MAIN_SEPARATOR)
    };
    match output.filter(|path| *path != Path::new("-")) {
        None if made.several || plan.themes().len() > 1 => {
            bail!("several pictures need a place: give a folder with -o DIR");
        }
        None => {
            let [one] = made.shown else {
                bail!("several pictures need a place: give a folder with -o DIR");
            };
            if matches!(plan.form, Form::Png(_)) && std::io::stdout().is_terminal() {
                bail!("a terminal shows no PNG: give a file with -o FILE");
            }
            let bytes = bytes(one, plan, plan.themes()[0])?;
            output::write(None, &bytes)
        }
        Some(folder) if made.several || made.shown.len() > 1 || is_folder(folder) => {
            into_folder(made, plan, folder).map(|_| ())
        }
        Some(file) => {
            for one in made.shown {
                for theme in plan.themes() {
                    put(one, plan, *theme, &themed(file, *theme, plan), made)?;
                }
            }
            Ok(())
        }
    }
}

/// A picture as it stands now: what was drawn, or what an earlier run drew.
#[derive(Debug)]
pub(super) struct Stands {
    /// The name of its files.
    pub(super) stem: String,
    /// What it says to those who cannot see it.
    pub(super) said: String,
    /// Where it can be checked.
    pub(super) link: Option<String>,
}

impl Stands {
    /// What is drawn of a credential.
    pub(super) fn of(shown: &Shown) -> Self {
        Self {
            stem: shown.stem.clone(),
            said: format!("{}: {}", shown.title, shown.message()),
            link: shown.link.clone(),
        }
    }
}

/// Writes every picture into a folder, and takes back those of the same transcripts that
/// are no longer known to be true.
pub(super) fn into_folder(
    made: &Made<'_>,
    plan: &Plan,
    folder: &Path,
) -> anyhow::Result<Vec<Stands>> {
    make_folder(folder)?;
    let mut written = HashSet::new();
    let mut stands = Vec::new();
    for one in made.shown {
        let kept = kept(one, plan, folder, made)?;
        if !kept.is_empty() {
            stands.extend(kept);
            continue;
        }
        let mut last = None;
        for theme in plan.themes() {
            let file = folder.join(name(&one.stem, *theme, plan));
            written.insert(file.clone());
            last = Some(put(one, plan, *theme, &file, made)?);
        }
        stands.extend(last);
    }
    take_back(made, plan, folder, &written)?;
    Ok(stands)
}

/// The name of a picture's file.
pub(super) fn name(stem: &str, theme: Theme, plan: &Plan) -> String {
    let mark = if is_second(theme, plan) { DARK } else { "" };
    let extension = match plan.form {
        Form::Png(_) => "png",
        Form::Shields => "json",
        _ => "svg",
    };
    format!("{stem}{mark}.{extension}")
}

/// Whether the plain name belongs to another theme.
fn is_second(theme: Theme, plan: &Plan) -> bool {
    plan.themes().first() != Some(&theme)
}

/// The same file for a theme: the second has its mark before the extension.
fn themed(file: &Path, theme: Theme, plan: &Plan) -> PathBuf {
    if !is_second(theme, plan) {
        return file.to_owned();
    }
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let extension = file.extension().unwrap_or_default().to_string_lossy();
    file.with_file_name(format!("{stem}{DARK}.{extension}"))
}

fn bytes(shown: &Shown, plan: &Plan, theme: Theme) -> anyhow::Result<Vec<u8>> {
    let drawing = || plan.draw(shown, theme);
    Ok(match plan.form {
        Form::Shields => endpoint(shown, plan),
        Form::Png(scale) => {
            let drawing = drawing();
            let fonts = Fonts::for_text(&drawing);
            png(&drawing, scale, fonts)?
        }
        _ => drawing().into_bytes(),
    })
}

/// Writes a picture, unless an earlier one is to be kept.
fn put(
    shown: &Shown,
    plan: &Plan,
    theme: Theme,
    file: &Path,
    made: &Made<'_>,
) -> anyhow::Result<Stands> {
    if plan.keep_on_error
        && shown.is_for_want_of_an_answer()
        && let Some(old) = drawn(file).filter(|old| old.may_stay(&shown.key, made.today))
    {
        say(&format!(
            "{}: kept as checked on {}, since there was no answer today",
            file.display(),
            old.checked_on
        ));
        return Ok(Stands {
            said: old.said,
            ..Stands::of(shown)
        });
    }
    output::write(Some(file), &bytes(shown, plan, theme)?)?;
    Ok(Stands::of(shown))
}

/// What earlier runs drew of a transcript that gave no answer today, where it is to be kept.
fn kept(shown: &Shown, plan: &Plan, folder: &Path, made: &Made<'_>) -> anyhow::Result<Vec<Stands>> {
    let is_open = shown.of_transcript && shown.is_for_want_of_an_answer();
    if !(plan.keep_on_error && is_open) {
        return Ok(Vec::new());
    }
    let mut kept = Vec::new();
    for (path, old) in badges(folder)? {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let is_first = plan.themes().len() == 1 || !stem.ends_with(DARK);
        if is_first && old.tone.is_valid() && old.may_stay(&shown.key, made.today) {
            say(&format!(
                "{}: kept as checked on {}, since there was no answer today",
                path.display(),
                old.checked_on
            ));
            kept.push(Stands {
                stem: stem.into_owned(),
                said: old.said,
                link: shown.link.clone(),
            });
        }
    }
    Ok(kept)
}

/// The badges in a folder, by name.
fn badges(folder: &Path) -> anyhow::Result<Vec<(PathBuf, Drawn)>> {
    let entries = folder.read_dir();
    let entries = entries.with_context(|| format!("cannot read {}", folder.display()))?;
    let mut badges: Vec<_> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|end| end == "svg"))
        .filter_map(|path| drawn(&path).map(|old| (path, old)))
        .collect();
    badges.sort_by(|(one, _), (other, _)| one.cmp(other));
    Ok(badges)
}

/// Greys what earlier runs drew of the same transcripts and this one did not.
fn take_back(
    made: &Made<'_>,
    plan: &Plan,
    folder: &Path,
    written: &HashSet<PathBuf>,
) -> anyhow::Result<()> {
    let of_transcripts: Vec<_> = made.shown.iter().filter(|one| one.of_transcript).collect();
    if of_transcripts.is_empty() {
        return Ok(());
    }
    for (path, old) in badges(folder)? {
        if written.contains(&path) {
            continue;
        }
        let Some(now) = of_transcripts.iter().find(|one| one.key == old.key) else {
            continue;
        };
        let stays = plan.keep_on_error
            && now.is_for_want_of_an_answer()
            && old.may_stay(&old.key, made.today);
        if old.tone.is_valid() && !stays {
            let lost = now.lost(old.title());
            let is_dark = path.to_string_lossy().ends_with(&format!("{DARK}.svg"));
            let theme = if is_dark {
                Theme::Dark
            } else {
                plan.themes()[0]
            };
            output::write(Some(&path), plan.draw(&lost, theme).as_bytes())?;
            say(&format!(
                "{}: {}: {}",
                path.display(),
                lost.title,
                lost.message()
            ));
        }
    }
    Ok(())
}

/// A badge of this program's in a file, if there is one.
fn drawn(file: &Path) -> Option<Drawn> {
    let mut text = String::new();
    let opened = std::fs::File::open(file).ok()?;
    opened.take(LARGEST).read_to_string(&mut text).ok()?;
    Drawn::read(&text)
}
