//! Whether a service is there, by which clock it goes, and on which way it is reached.

use chrono::{DateTime, TimeDelta, Utc};
use hyper_util::client::proxy::matcher::Matcher;
use reqwest::header::{AGE, HeaderMap};
use url::Url;

use super::base::host_of;
use super::{BaseUrl, Failure, Live, fault, retry};

/// That a service answered, whatever it said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Knock {
    /// Its host, with the port where it is not the scheme's own.
    pub host: String,
    /// How far this machine's clock is before the service's; `None` where the service does
    /// not say what time it is.
    pub ahead: Option<TimeDelta>,
}

impl Live {
    /// Asks a service for nothing in particular: any answer will do, and only its head is
    /// read. Tried once.
    ///
    /// # Errors
    /// When no answer was had in time.
    pub async fn knock(&self, base: &BaseUrl) -> Result<Knock, Failure> {
        let url = base.as_url();
        let host = host_of(url);
        let client = match url.scheme() {
            "http" => self.clients().plain(),
            _ => self.clients().secure(),
        };
        let client = client.map_err(|reason| Failure::Tls {
            host: host.clone(),
            reason: reason.to_owned(),
        })?;
        let asked = Utc::now();
        let time = self.policy().timeout();
        let response = tokio::time::timeout(time, client.head(url.clone()).send()).await;
        let response = response
            .map_err(|_| Failure::TimedOut {
                host: host.clone(),
                after: time,
            })?
            .map_err(|error| fault::of_error(error, &host).failure)?;
        let here = asked + (Utc::now() - asked) / 2;
        let there = service_now(response.headers());
        Ok(Knock {
            host,
            ahead: there.map(|there| here - there),
        })
    }
}

/// The service's `Date`, with the time that the answer spent in a cache on the way.
fn service_now(headers: &HeaderMap) -> Option<DateTime<Utc>> {
    let age = headers
        .get(AGE)
        .and_then(|age| age.to_str().ok()?.parse().ok());
    let age = TimeDelta::try_seconds(age.unwrap_or(0)).unwrap_or_default();
    retry::service_date(headers)?.checked_add_signed(age)
}

/// The proxy through which an address is reached, without its user and password; `None`
/// where it is reached directly. What is asked here is what the HTTP client itself asks.
pub fn proxy_for(url: &Url) -> Option<String> {
    // Plain http is for this machine alone and never leaves it.
    if url.scheme() == "http" {
        return None;
    }
    let found = Matcher::from_system().intercept(&url.as_str().parse().ok()?)?;
    let proxy = found.uri();
    let scheme = proxy.scheme_str().unwrap_or("http");
    let port = proxy
        .port_u16()
        .map_or_else(String::new, |port| format!(":{port}"));
    Some(format!("{scheme}://{}{port}", proxy.host()?))
}

#[cfg(test)]
mod tests {
    use reqwest::header::{DATE, HeaderValue};

    use super::*;

    #[test]
    fn the_time_in_a_cache_counts() {
        let mut headers = HeaderMap::new();
        assert_eq!(service_now(&headers), None);
        headers.insert(
            DATE,
            HeaderValue::from_static("Sun, 22 Nov 2026 10:00:00 GMT"),
        );
        let now = |headers: &HeaderMap| service_now(headers).unwrap().to_rfc3339();
        assert_eq!(now(&headers), "2026-11-22T10:00:00+00:00");
        headers.insert(AGE, HeaderValue::from_static("3600"));
        assert_eq!(now(&headers), "2026-11-22T11:00:00+00:00");
        headers.insert(AGE, HeaderValue::from_static("99999999999999999999"));
        assert_eq!(now(&headers), "2026-11-22T10:00:00+00:00");
        headers.insert(AGE, HeaderValue::from_static("9223372036854775807"));
        assert_eq!(now(&headers), "2026-11-22T10:00:00+00:00");
    }
}
