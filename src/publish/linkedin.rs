//! The link that opens LinkedIn's form for a certification, filled in.
//!
//! Its parameters are those that LinkedIn's own *Add to Profile* documentation named; 1035 is
//! Microsoft's number there (single source, read 2026-11-22).

use chrono::{Datelike, NaiveDate};
use url::Url;

use super::Shown;
use crate::lifecycle::Status;

const FORM: &str = "https://www.linkedin.com/profile/add";
const MICROSOFT: &str = "1035";

/// The link; `None` for what is unverified, revoked or not what was required, which has no
/// place on a profile. An expired credential has one: the form shows that it ended.
///
/// # Panics
/// Never: the form's address is a URL.
pub fn link(shown: &Shown) -> Option<Url> {
    let may_be_added = shown.tone().is_valid() || {
        let is_known = shown.unproven().is_none();
        is_known && shown.status() == Status::Expired
    };
    may_be_added.then(|| {
        let mut link = Url::parse(FORM).expect("the form's address is a URL");
        link.query_pairs_mut()
            .append_pair("startTask", "CERTIFICATION_NAME")
            .append_pair("name", &shown.title)
            .append_pair("organizationId", MICROSOFT);
        month(&mut link, "issue", shown.earned_on);
        month(&mut link, "expiration", shown.valid_until);
        let rest = [("certUrl", &shown.link), ("certId", &shown.credential_id)];
        for (name, value) in rest {
            if let Some(value) = value {
                link.query_pairs_mut().append_pair(name, value);
            }
        }
        link
    })
}

fn month(link: &mut Url, which: &str, day: Option<NaiveDate>) {
    if let Some(day) = day {
        link.query_pairs_mut()
            .append_pair(&format!("{which}Year"), &day.year().to_string())
            .append_pair(&format!("{which}Month"), &day.month().to_string());
    }
}
