//! Sample evidence that ships inside the program.

use super::body::sha256;
use super::{
    Answerer, BaseUrl, Evidence, EvidenceKind, Exchange, Failure, Origin, Request, Source,
};

/// The records, by the credential's number.
const RECORDS: [(&str, &[u8]); 7] = [
    ("5D1E0C42A7B39F10", include_bytes!("demo/active.json")),
    (
        "90C4E7711BD2A86E",
        include_bytes!("demo/needs-renewal.json"),
    ),
    ("E2F6B0935C4D718A", include_bytes!("demo/retired.json")),
    ("37A1D5F08E6C2B94", include_bytes!("demo/expired.json")),
    ("B48F2E6D903A7C15", include_bytes!("demo/revoked.json")),
    ("6C0B9D83F1E5427A", include_bytes!("demo/undetermined.json")),
    (
        "1FA86D20C93B5E74",
        include_bytes!("demo/name-mismatch.json"),
    ),
];

/// Answers from the program itself, without network; its holders are invented.
#[derive(Debug, Clone, Copy, Default)]
pub struct Demo;

impl Source for Demo {
    async fn fetch(&self, request: &Request) -> Exchange {
        let record = match request {
            Request::Credential(asked) => RECORDS.iter().find(|(id, _)| *id == asked.as_str()),
            _ => None,
        };
        let Some((_, body)) = record else {
            return Err(Failure::NotInEvidence {
                asked: request.path(),
            });
        };
        Ok(Evidence {
            kind: EvidenceKind::LearnCredential,
            url: format!("{}{}", BaseUrl::official(request.kind()), request.path()),
            answerer: Answerer::Issuer,
            status: 200,
            content_type: Some("application/json".to_owned()),
            fetched_at: None,
            service_date: None,
            sha256: sha256(body),
            body: body.to_vec(),
            origin: Origin::Demo,
        })
    }
}
