//! What a run of `badge` is to do, with everything that cannot be done refused first.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use sha2::{Digest, Sha256};

use super::earlier::may_replace;
use super::pictures;
use crate::cli::args::{Badge, BadgeFormat, Check, LabelChoice, ThemeChoice};
use crate::link::{Kind, Link, judge};
use crate::publish::badge::{Label, Look, Scale, Theme, card, svg};
use crate::publish::marker::Marker;
use crate::publish::snippet::Markup;
use crate::publish::{Asked, Holder, Shown, Transcript};

/// What is written.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Form {
    Svg,
    Png(Scale),
    Shields,
    Snippet(Markup),
    Readme { file: PathBuf, markup: Markup },
    LinkedIn,
    JsonResume,
    JsonLd,
}

/// A run's options, understood.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) form: Form,
    pub(super) look: Look,
    pub(super) theme: ThemeChoice,
    pub(super) is_card: bool,
    pub(super) asked: Asked,
    pub(super) keep_on_error: bool,
    pub(super) dir: Option<PathBuf>,
    pub(super) image_url: Option<String>,
    pub(super) marker: Marker,
    pub(super) add_marker: bool,
}

impl Plan {
    pub(super) fn of(args: &Badge) -> anyhow::Result<Self> {
        let form = form(args)?;
        let plan = Self {
            look: look(args),
            theme: args.look.theme,
            is_card: args.look.card,
            asked: Asked {
                language: args.look.lang,
                holder: if args.look.show_holder {
                    Holder::Named
                } else {
                    Holder::LeftOut
                },
                transcript: if args.look.link_transcript {
                    Transcript::Linked
                } else {
                    Transcript::LeftOut
                },
            },
            keep_on_error: args.target.keep_on_error,
            dir: folder(args, &form),
            image_url: args.target.image_url.clone(),
            marker: args.target.marker.clone(),
            add_marker: args.target.add_marker,
            form,
        };
        plan.refuse(args)?;
        let links: Vec<_> = args.links.iter().map(|text| judge(text)).collect();
        plan.fits(&links)?;
        Ok(plan)
    }

    /// Refuses a form that a link's credentials cannot be kept true in.
    pub(super) fn fits<'l>(&self, links: impl IntoIterator<Item = &'l Link>) -> anyhow::Result<()> {
        let is_one_file = matches!(self.form, Form::Png(_) | Form::Shields);
        if is_one_file && links.into_iter().any(may_grow) {
            bail!(
                "a transcript's badges are SVG: of one that it no longer lists, a file in another \
                 form could not be told from others; expected a link to one credential"
            );
        }
        Ok(())
    }

    /// Refuses what would come out as something else than was asked for.
    fn refuse(&self, args: &Badge) -> anyhow::Result<()> {
        self.refuse_output(args)?;
        let has_snippet = matches!(self.form, Form::Snippet(_) | Form::Readme { .. });
        if !has_snippet && (args.target.dir.is_some() || self.image_url.is_some()) {
            bail!("--dir and --image-url are for snippets and --update; expected -o for pictures");
        }
        let has_look = self.is_card || self.theme != ThemeChoice::Light;
        if self.form == Form::Shields && has_look {
            bail!(
                "shields.io draws its own picture: --card and --theme are for ours; leave them out"
            );
        }
        let keeps = match &self.form {
            Form::Svg => args.target.output.is_some(),
            Form::Snippet(_) => self.dir.is_some(),
            Form::Readme { .. } => true,
            _ => false,
        };
        if self.keep_on_error && !keeps {
            bail!(
                "--keep-on-error is for SVG in files, which say on which day they were checked; \
                 expected -o FILE, --dir DIR or --update FILE"
            );
        }
        let markup = match &self.form {
            Form::Snippet(markup) | Form::Readme { markup, .. } => Some(*markup),
            _ => None,
        };
        if self.theme == ThemeChoice::Auto && markup.is_some_and(|markup| !markup.has_themes()) {
            bail!("--theme auto is for Markdown and HTML; expected light or dark");
        }
        Ok(())
    }

    /// Refuses a file that would be mistaken for another, or be lost.
    fn refuse_output(&self, args: &Badge) -> anyhow::Result<()> {
        let Some(output) = args.target.output.as_deref() else {
            return Ok(());
        };
        let same = |evidence: &&PathBuf| match (evidence.canonicalize(), output.canonicalize()) {
            (Ok(evidence), Ok(output)) => evidence == output,
            _ => false,
        };
        if let Some(evidence) = args.evidence.iter().find(same) {
            bail!(
                "-o {} would write over the evidence that is judged; give another name",
                evidence.display()
            );
        }
        let Some(ending) = self.ending() else {
            return Ok(());
        };
        let is_folder = pictures::is_folder(output);
        if args.links.len() + args.evidence.len() > 1 {
            refuse_as_folder(output)?;
        } else if let Some(found) = output
            .extension()
            .filter(|found| !is_folder && *found != ending)
        {
            let advice = match (&self.form, found.to_str()) {
                (Form::Svg, Some("png")) => "; for a PNG add --png 2",
                (Form::Svg, Some("json")) => "; for shields.io add --format shields",
                _ => "",
            };
            bail!(
                "expected -o to end in .{ending}, found {}{advice}",
                output.display()
            );
        } else {
            may_replace(output, &self.form)?;
        }
        Ok(())
    }

    /// How the names of files end that hold a picture.
    fn ending(&self) -> Option<&'static str> {
        match self.form {
            Form::Svg => Some("svg"),
            Form::Png(_) => Some("png"),
            Form::Shields => Some("json"),
            _ => None,
        }
    }

    /// A digest of everything that a picture answers, so that one made for another question
    /// is not taken for an answer to this one. It is of the address without a sharingId.
    pub(super) fn question(&self, check: &Check, link: &Link) -> String {
        let parts = (check, &self.look, self.theme, self.is_card, self.asked);
        let asked = format!("{parts:?} {}", link.canonical().unwrap_or_default());
        hex::encode(&Sha256::digest(asked)[..16])
    }

    /// The themes that pictures are drawn for, the first under the plain name.
    pub(super) fn themes(&self) -> &'static [Theme] {
        match self.theme {
            ThemeChoice::Light => &[Theme::Light],
            ThemeChoice::Dark => &[Theme::Dark],
            ThemeChoice::Auto => &[Theme::Light, Theme::Dark],
        }
    }

    /// Draws what is shown.
    pub(super) fn draw(&self, shown: &Shown, theme: Theme) -> String {
        if self.is_card {
            card(shown, theme)
        } else {
            svg(shown, Look { theme, ..self.look })
        }
    }
}

/// Refuses the name of one picture for a folder of several.
pub(super) fn refuse_as_folder(output: &Path) -> anyhow::Result<()> {
    let is_picture = ["svg", "png", "json"].map(OsStr::new);
    let named = output.extension().filter(|end| is_picture.contains(end));
    if named.is_some() && !pictures::is_folder(output) {
        bail!(
            "several pictures need a folder, found {}; give -o DIR, such as -o badges",
            output.display()
        );
    }
    Ok(())
}

/// Whether a link may lead to several credentials.
pub(super) fn may_grow(link: &Link) -> bool {
    matches!(link.kind(), Kind::Transcript)
}

/// What is added to a file's name for the second theme.
pub(super) const DARK: &str = "-dark";

fn look(args: &Badge) -> Look {
    Look {
        style: args.look.style,
        theme: match args.look.theme {
            ThemeChoice::Dark => Theme::Dark,
            ThemeChoice::Light | ThemeChoice::Auto => Theme::Light,
        },
        label: match args.look.label {
            LabelChoice::Title => Label::Title,
            LabelChoice::Exam => Label::Exam,
        },
    }
}

fn form(args: &Badge) -> anyhow::Result<Form> {
    let form = &args.form;
    if let Some(file) = &form.update {
        let file = file.clone();
        let markup = markup_of(&file)?;
        return Ok(Form::Readme { file, markup });
    }
    if let Some(scale) = form.png {
        return Ok(Form::Png(scale));
    }
    Ok(match form.format {
        _ if form.linkedin => Form::LinkedIn,
        _ if form.json_resume => Form::JsonResume,
        _ if form.json_ld => Form::JsonLd,
        None | Some(BadgeFormat::Svg) => Form::Svg,
        Some(BadgeFormat::Shields) => Form::Shields,
        Some(BadgeFormat::Markdown) => Form::Snippet(Markup::Markdown),
        Some(BadgeFormat::Html) => Form::Snippet(Markup::Html),
        Some(BadgeFormat::AsciiDoc) => Form::Snippet(Markup::AsciiDoc),
        Some(BadgeFormat::Rst) => Form::Snippet(Markup::Rst),
    })
}

fn markup_of(file: &Path) -> anyhow::Result<Markup> {
    let extension = file.extension().and_then(OsStr::to_str);
    extension.and_then(Markup::of_extension).with_context(|| {
        format!(
            "expected a README that ends in .md, .html, .adoc or .rst, found {}",
            file.display()
        )
    })
}

/// Where the pictures of a document go.
fn folder(args: &Badge, form: &Form) -> Option<PathBuf> {
    let given = args.target.dir.clone();
    match form {
        Form::Readme { file, .. } => {
            let beside = || file.parent().unwrap_or(Path::new("")).join("badges");
            Some(given.unwrap_or_else(beside))
        }
        _ => given,
    }
}
