//! `bonafide request`: the letter to a holder whose link cannot be verified.

use anyhow::bail;

use super::args::{Format, Request};
use super::exit::Exit;
use super::settings::Settings;
use super::{input, output, say};
use crate::link::{self, Kind, Link};
use crate::report::json;
use crate::report::request::{Language, Letter, Particulars, RequestDocument, Why};

pub(super) fn run(args: &Request, settings: &Settings) -> anyhow::Result<Exit> {
    let language = args.lang.unwrap_or_else(locale);
    let particulars = Particulars {
        name: args.name.clone(),
        from: args.from.clone(),
        deadline: args.deadline,
    };
    let letter = why(args)?.map(|why| Letter::write(why, language, &particulars));
    match args.output.format {
        Format::Json => {
            let document = RequestDocument::of(letter.as_ref(), language);
            output::write(
                args.output.output.as_deref(),
                json::text(&document).as_bytes(),
            )?;
        }
        // Nothing goes where a letter would: what reads it may be a mail program.
        Format::Human => match &letter {
            Some(letter) => {
                output::write(args.output.output.as_deref(), letter.to_text().as_bytes())?;
            }
            None if settings.is_quiet() => {}
            None => say(
                "The link can be verified, so there is nothing to ask: bonafide verify \"LINK\"",
            ),
        },
    }
    Ok(if letter.is_some() {
        Exit::Failed
    } else {
        Exit::Success
    })
}

fn why(args: &Request) -> anyhow::Result<Option<Why>> {
    let link = link(args)?;
    Ok(match args.because {
        Some(code) => Why::of_code(code, link.as_ref().map_or(Kind::Other, Link::kind)),
        None => link.as_ref().map_or(Some(Why::NoLink), Why::of_link),
    })
}

fn link(args: &Request) -> anyhow::Result<Option<Link>> {
    let Some(text) = &args.link else {
        return Ok(None);
    };
    let texts = input::texts(std::slice::from_ref(text))?;
    match &texts[..] {
        [text] => Ok(Some(link::judge(text))),
        more => bail!(
            "expected one link, found {}: a letter is about one",
            more.len()
        ),
    }
}

/// The language of the environment, where there are letters in it.
fn locale() -> Language {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(std::env::var_os)
        .find(|locale| !locale.is_empty())
        .and_then(|locale| Language::of_locale(&locale.to_string_lossy()))
        .unwrap_or(Language::English)
}
