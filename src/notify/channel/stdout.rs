//! Standard output, for trying out and for whoever collects what a scheduled run says.

use std::io::Write as _;

use crate::notify::{Channel, Digest, Receipt, SendError, Sending, preview};

/// Standard output.
#[derive(Debug)]
pub(super) struct Stdout {
    pub(super) name: String,
}

impl Stdout {
    fn tell(&self, digest: &Digest) -> Result<Receipt, SendError> {
        let mut out = std::io::stdout().lock();
        writeln!(out, "{}", preview(digest, &self.name))
            .and_then(|()| out.flush())
            .map_err(|error| {
                SendError::passing(format!("cannot write to standard output: {error}"))
            })?;
        Ok(Receipt {
            answer: "written".to_owned(),
        })
    }
}

impl Channel for Stdout {
    fn name(&self) -> &str {
        &self.name
    }

    fn send<'a>(&'a self, digest: &'a Digest) -> Sending<'a> {
        Box::pin(std::future::ready(self.tell(digest)))
    }

    fn look(&self) -> Sending<'_> {
        let answer = "it is there".to_owned();
        Box::pin(std::future::ready(Ok(Receipt { answer })))
    }
}
