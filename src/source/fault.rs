//! What went wrong below HTTP: name, connection or TLS.

use std::error::Error;
use std::io;

use super::Failure;
use super::retry::{Again, Fault};

/// The longest reason that is shown.
const REASON_LIMIT: usize = 200;

/// Judges an error that came before any answer.
///
/// A name that cannot be resolved gets one more try, since that can take long and seldom
/// heals; a connection gets all of them; trust does not come by asking twice.
pub(super) fn of_error(error: reqwest::Error, host: &str) -> Fault {
    let error = error.without_url();
    let host = host.to_owned();
    if error.is_dns() {
        return Fault::new(Failure::NameNotResolved { host }, Again::Once);
    }
    let reason = reason(&error);
    if innermost(&error).is_tls {
        Fault::new(Failure::Tls { host, reason }, Again::Never)
    } else if error.is_timeout() {
        let reason = "no connection in time".to_owned();
        Fault::new(Failure::NotConnected { host, reason }, Again::Backoff)
    } else {
        Fault::new(Failure::NotConnected { host, reason }, Again::Backoff)
    }
}

struct Innermost {
    text: String,
    is_tls: bool,
}

/// The innermost cause, short enough for a line.
pub(crate) fn reason(error: &(dyn Error + 'static)) -> String {
    innermost(error).text.chars().take(REASON_LIMIT).collect()
}

/// The last of the causes. What rustls refuses comes as [`io::ErrorKind::InvalidData`].
fn innermost(error: &(dyn Error + 'static)) -> Innermost {
    let mut last = error;
    let mut is_tls = false;
    loop {
        let io = last.downcast_ref::<io::Error>();
        is_tls |= io.is_some_and(|io| io.kind() == io::ErrorKind::InvalidData);
        // `source` of an io error skips the error it wraps.
        let wrapped = io
            .and_then(io::Error::get_ref)
            .map(|inner| inner as &(dyn Error + 'static));
        match wrapped.or_else(|| last.source()) {
            Some(cause) => last = cause,
            None => break,
        }
    }
    Innermost {
        text: last.to_string(),
        is_tls,
    }
}
