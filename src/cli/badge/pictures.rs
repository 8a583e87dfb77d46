//! Writes pictures, so that no file says more than is true today.

use std::collections::HashSet;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use anyhow::bail;

use super::earlier::{badges, drawn, may_replace, take_back, twin};
use super::plan::{DARK, Form, Plan, refuse_as_folder};
use super::{Made, endpoint, make_folder};
use crate::cli::{output, say};
use crate::publish::badge::{Drawn, Fonts, Theme, png};
use crate::publish::{Shown, Words};

/// Writes one picture where it was asked for, or each into a folder.
pub(super) fn write(made: &Made<'_>, plan: &Plan, output: Option<&Path>) -> anyhow::Result<()> {
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
            refuse_as_folder(folder)?;
            into_folder(made, plan, folder).map(|_| ())
        }
        Some(file) => {
            for one in made.shown {
                for theme in plan.themes() {
                    put(one, plan, *theme, &themed(file, *theme, plan), made)?;
                }
                refresh_twin(one, plan, file, made)?;
            }
            Ok(())
        }
    }
}

/// Whether a place is a folder, or is named as one.
pub(super) fn is_folder(path: &Path) -> bool {
    let text = path.to_string_lossy();
    path.is_dir() || text.ends_with('/') || text.ends_with(std::path::MAIN_SEPARATOR)
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
            said: format!("{}: {}, {}", shown.title, shown.message(), shown.checked()),
            link: shown.link.clone(),
        }
    }

    /// What an earlier run drew of it, with the day of that check.
    fn kept(old: &Drawn, stem: String, now: &Shown) -> Self {
        let checked = Words::of(now.language).checked(old.checked_on);
        Self {
            stem,
            said: format!("{}, {checked}", old.said),
            link: now.link.clone(),
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
    for one in made.shown {
        for theme in plan.themes() {
            may_replace(&folder.join(name(&one.stem, *theme, plan)), &plan.form)?;
        }
    }
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
        let first = folder.join(name(&one.stem, plan.themes()[0], plan));
        written.extend(refresh_twin(one, plan, &first, made)?);
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
    twin(file)
}

/// Draws again what an earlier run drew for dark pages beside a picture, so that it does not
/// go on saying what was true then.
fn refresh_twin(
    shown: &Shown,
    plan: &Plan,
    file: &Path,
    made: &Made<'_>,
) -> anyhow::Result<Option<PathBuf>> {
    let twin = twin(file);
    let is_drawn = plan.themes().len() > 1 || matches!(plan.form, Form::Png(_) | Form::Shields);
    if is_drawn || drawn(&twin).is_none_or(|old| old.key != shown.key) {
        return Ok(None);
    }
    put(shown, plan, Theme::Dark, &twin, made)?;
    Ok(Some(twin))
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
        && let Some(old) = drawn(file).filter(|old| old.may_stay(shown, made.today))
    {
        say(&format!(
            "{}: kept as checked on {}, since there was no answer today",
            file.display(),
            old.checked_on
        ));
        return Ok(Stands::kept(&old, shown.stem.clone(), shown));
    }
    may_replace(file, &plan.form)?;
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
        if is_first && old.tone.is_valid() && old.may_stay(shown, made.today) {
            say(&format!(
                "{}: kept as checked on {}, since there was no answer today",
                path.display(),
                old.checked_on
            ));
            kept.push(Stands::kept(&old, stem.into_owned(), shown));
        }
    }
    Ok(kept)
}
