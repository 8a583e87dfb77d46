//! Snippets that show pictures, and where those are found from the document.

use std::path::{Component, Path, PathBuf};

use anyhow::Context;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::Made;
use super::pictures::{self, Stands};
use super::plan::Plan;
use crate::cli::say;
use crate::publish::snippet::{Markup, Picture};

/// What stays as it is in an address.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~')
    .remove(b'/');

/// Where pictures are looked for when nothing was said of it.
const USUAL: &str = "badges";

/// The snippet of `--format`.
pub(super) fn written(
    made: &Made<'_>,
    plan: &Plan,
    markup: Markup,
    output: Option<&Path>,
) -> anyhow::Result<String> {
    let beside = output.and_then(Path::parent).unwrap_or(Path::new(""));
    let stands = match &plan.dir {
        Some(folder) => pictures::into_folder(made, plan, folder)?,
        None => made.shown.iter().map(Stands::of).collect(),
    };
    let base = match (&plan.image_url, &plan.dir) {
        (Some(url), _) => url.clone(),
        (None, Some(folder)) => relative(beside, folder)?,
        (None, None) => {
            if !made.is_quiet {
                say(&format!(
                    "The snippet looks for its picture in {USUAL}/: write it there with --dir {USUAL}"
                ));
            }
            USUAL.to_owned()
        }
    };
    Ok(snippets(&stands, plan, markup, &base) + "\n")
}

/// Every picture's snippet, with its address below `base`.
pub(super) fn snippets(stands: &[Stands], plan: &Plan, markup: Markup, base: &str) -> String {
    let address = |name: String| {
        let name = utf8_percent_encode(&name, PLAIN).to_string();
        match base {
            "" => name,
            base => format!("{}/{name}", base.trim_end_matches('/')),
        }
    };
    let snippets = stands.iter().map(|one| {
        let mut names = plan
            .themes()
            .iter()
            .map(|theme| address(pictures::name(&one.stem, *theme, plan)));
        let picture = Picture {
            address: names.next().unwrap_or_default(),
            dark: names.next(),
            said: one.said.clone(),
            link: one.link.clone(),
        };
        picture.write(markup)
    });
    snippets.collect::<Vec<_>>().join(markup.between())
}

/// The way from one folder to another, as an address.
///
/// # Errors
/// When there is none, as between two drives, or a folder cannot be found.
pub(super) fn relative(from: &Path, to: &Path) -> anyhow::Result<String> {
    let whole = |path: &Path| -> anyhow::Result<PathBuf> {
        let path = if path == Path::new("") {
            Path::new(".")
        } else {
            path
        };
        path.canonicalize()
            .with_context(|| format!("cannot find {}", path.display()))
    };
    let (from, to) = (whole(from)?, whole(to)?);
    let shared = from
        .components()
        .zip(to.components())
        .take_while(|(one, other)| one == other)
        .count();
    if shared == 0 {
        anyhow::bail!(
            "there is no way from {} to {}; give the address with --image-url",
            from.display(),
            to.display()
        );
    }
    let up = from.components().skip(shared).map(|_| "..".to_owned());
    let down = to.components().skip(shared).filter_map(|part| match part {
        Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
        _ => None,
    });
    let parts: Vec<_> = up
        .chain(down)
        .map(|part| utf8_percent_encode(&part, PLAIN).to_string())
        .collect();
    Ok(parts.join("/"))
}
