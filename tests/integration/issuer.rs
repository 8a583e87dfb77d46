//! Evidence as the issuer's own service would have left it: what alone may be shown green.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// When the answers came.
const THEN: &str = "2026-11-22T00:00:00Z";

/// An answer of the issuer to a question, in the form of saved evidence.
pub(crate) fn saved(link: &str, kind: &str, url: &str, body: &str) -> Value {
    let hash = hex::encode(Sha256::digest(body));
    json!({"bonafide_evidence": 1, "program": "bonafide", "link": link, "exchanges": [{
        "kind": kind, "url": url, "answerer": "issuer", "status": 200,
        "content_type": "application/json", "fetched_at": THEN, "service_date": null,
        "sha256": hash, "bytes": body.len(), "kept_sha256": hash, "body": body}]})
}

/// Leaves the issuer's record of a credential in a folder, and says where.
pub(crate) fn record(folder: &Path, id: &str, record: &Value) -> PathBuf {
    let link = format!("https://learn.microsoft.com/api/credentials/share/en-us/JaneDoe-1/{id}");
    let url = format!("https://learn.microsoft.com/api/credentials/{id}");
    leave(
        folder,
        id,
        &saved(&link, "learn-credential", &url, &record.to_string()),
    )
}

/// Leaves a shared transcript in a folder, and says where.
pub(crate) fn transcript(folder: &Path, body: &str) -> PathBuf {
    let id = "7571ybttzpehm40";
    let link = format!("https://learn.microsoft.com/en-us/users/janedoe-1/transcript/{id}");
    let url =
        format!("https://learn.microsoft.com/api/profiles/transcript/share/{id}?locale=en-us");
    leave(folder, id, &saved(&link, "learn-transcript", &url, body))
}

fn leave(folder: &Path, name: &str, evidence: &Value) -> PathBuf {
    let file = folder.join(format!("evidence-{name}.json"));
    std::fs::write(&file, evidence.to_string()).unwrap();
    file
}

/// A certification's record with the fields that are usual.
pub(crate) fn certification(title: &str, earned: &str, expires: Option<&str>) -> Value {
    let mut record = json!({"title": format!("Microsoft Certified: {title}"),
        "userDisplayName": "Jane Doe", "awardedOn": format!("{earned}T09:00:00Z")});
    if let Some(expires) = expires {
        record["expiresOn"] = json!(format!("{expires}T23:59:59Z"));
    }
    record
}
