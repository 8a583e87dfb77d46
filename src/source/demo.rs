//! Sample evidence that ships inside the program.

use super::body::sha256;
use super::{Answerer, Evidence, Exchange, Origin, Request, Source};

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
        // What the demo has no sample of it does not know, as the service would say.
        let (status, body) = record.map_or((404, &b""[..]), |(_, body)| (200, *body));
        Ok(Evidence {
            kind: request.kind(),
            url: self.address(request),
            answerer: Answerer::Issuer,
            status,
            content_type: Some("application/json".to_owned()),
            fetched_at: None,
            service_date: None,
            sha256: sha256(body),
            received_bytes: Some(body.len() as u64),
            body: body.to_vec(),
            origin: Origin::Demo,
        })
    }
}
