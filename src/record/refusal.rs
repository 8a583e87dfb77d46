//! Answers that carry no record: refusals, and content of another type.

use crate::finding::{Code, Finding};
use crate::source::{Evidence, EvidenceKind};

/// Says why an answer carries no record; `None` where it may carry one.
pub(super) fn read(evidence: &Evidence) -> Option<Finding> {
    by_status(evidence).or_else(|| by_type(evidence))
}

fn by_status(evidence: &Evidence) -> Option<Finding> {
    let Evidence { kind, status, .. } = evidence;
    let thing = thing(*kind);
    Some(match status {
        200 => return None,
        401 | 403 => Finding::new(
            Code::AccessDenied,
            format!(
                "The service refuses to show this {thing} (status {status}): it may be private."
            ),
        ),
        404 => Finding::new(
            Code::NotFound,
            format!("The service does not know this {thing} (status 404)."),
        ),
        410 => Finding::new(
            Code::Gone,
            format!("The service says that this {thing} was removed or revoked (status 410)."),
        ),
        _ => Finding::new(
            Code::ServiceError,
            format!(
                "The service answered with status {status}, which says nothing of this {thing}."
            ),
        ),
    })
}

fn by_type(evidence: &Evidence) -> Option<Finding> {
    // An answer without a type, such as a file saved by hand, is judged by its content.
    let given = evidence.content_type.as_deref()?;
    let essence = given.split(';').next().unwrap_or("").trim();
    let is = |types: &[&str]| types.iter().any(|name| essence.eq_ignore_ascii_case(name));
    let is_html = is(&["text/html", "application/xhtml+xml"]);
    let is_json = is(&["application/json", "text/json"]) || has_json_suffix(essence);
    let expects_html = evidence.kind == EvidenceKind::LearnPage;
    let fits = if expects_html { is_html } else { is_json };
    if fits || essence.is_empty() {
        return None;
    }
    let message = if is_html {
        "The service sent a web page where its data was expected, perhaps a sign-in page or a notice."
            .to_owned()
    } else {
        format!(
            "The service sent {essence} where {} was expected.",
            if expects_html { "a web page" } else { "JSON" }
        )
    };
    let detail = if is_html { "html" } else { "content-type" };
    Some(Finding::new(Code::UnexpectedContent, message).with_detail(detail))
}

/// `application/problem+json` and the like.
fn has_json_suffix(essence: &str) -> bool {
    let suffix = essence.rsplit_once('+').map(|(_, suffix)| suffix);
    suffix.is_some_and(|suffix| suffix.eq_ignore_ascii_case("json"))
}

fn thing(kind: EvidenceKind) -> &'static str {
    match kind {
        EvidenceKind::LearnTranscript => "transcript",
        EvidenceKind::CredlyBadge | EvidenceKind::OpenBadge => "badge",
        _ => "credential",
    }
}
