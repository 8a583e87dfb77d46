//! Whether the parts of saved evidence belong together.
//!
//! A file is no proof: whoever can write it can change all of it. But a part that was
//! changed by itself, such as the link or the word of who answered, is seen here.

use chrono::{DateTime, TimeDelta, Utc};
use url::Url;

use super::recording::Asked;
use super::{Answerer, Request};
use crate::link;

/// How far ahead another machine's clock may have been.
const AHEAD: TimeDelta = TimeDelta::hours(24);

/// Says what does not belong together, in words that end "expected …, found …".
pub(crate) fn check(link: Option<&str>, asked: &[Asked], now: DateTime<Utc>) -> Result<(), String> {
    if asked.is_empty() {
        return Err("expected what the service answered, found nothing".to_owned());
    }
    if let Some(link) = link {
        about_the_link(link, asked)?;
    }
    asked.iter().try_for_each(|one| by_whom_and_when(one, now))
}

/// Every answer must be to a question that the link leads to.
fn about_the_link(link: &str, asked: &[Asked]) -> Result<(), String> {
    let link = link::judge(link);
    let questions: Vec<Request> = [Request::for_link(&link), Request::page_for(&link)]
        .into_iter()
        .flatten()
        .collect();
    let is_asked = |one: &Asked| {
        let path = path_of(&one.url);
        let mut questions = questions.iter();
        questions.any(|request| request.kind() == one.kind && Some(request.path()) == path)
    };
    match asked.iter().find(|one| !is_asked(one)) {
        None => Ok(()),
        Some(_) => {
            Err("expected answers about the link, found one about something else".to_owned())
        }
    }
}

fn by_whom_and_when(one: &Asked, now: DateTime<Utc>) -> Result<(), String> {
    let Ok(evidence) = &one.exchange else {
        return Ok(());
    };
    // That nothing says who answered claims less than any address does.
    let said = evidence.answerer != Answerer::Unknown;
    if said && evidence.answerer != Answerer::at(&one.url, one.kind) {
        return Err("expected the answerer that the address names, found another".to_owned());
    }
    match evidence.fetched_at {
        Some(at) if at > now + AHEAD => Err(format!("expected a past instant, found {at}")),
        _ => Ok(()),
    }
}

fn path_of(url: &str) -> Option<String> {
    let url = Url::parse(url).ok().filter(Url::has_host)?;
    Some(match url.query() {
        Some(query) => format!("{}?{query}", url.path()),
        None => url.path().to_owned(),
    })
}
