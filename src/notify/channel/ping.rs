//! A sign of life to an address that is a secret, for a service that raises the alarm when it
//! stays out.

use std::time::Duration;

use reqwest::header::HeaderMap;

use super::http::{Post, address};
use super::secret::Secret;
use super::{Place, SecretSource};
use crate::notify::{Receipt, SendError};

/// The time for one sign of life: it must not hold a run up.
const TIME: Duration = Duration::from_secs(10);

/// Looks whether a sign of life could be given, and gives none.
///
/// # Errors
/// When its address cannot be had, or its host not be reached.
pub async fn look(to: &SecretSource, place: &Place) -> Result<Receipt, SendError> {
    let secret = Secret::new(to.clone(), &place.folder);
    let url = address(secret.get().await?)?;
    let post = Post::new(Some(TIME), place.ca_file.clone());
    post.reach(&url).await
}

/// Gives a sign of life.
///
/// # Errors
/// When the address cannot be had or nobody took the sign there.
pub async fn ping(to: &SecretSource, place: &Place) -> Result<(), SendError> {
    let secret = Secret::new(to.clone(), &place.folder);
    let secret = secret.get().await?;
    let url = address(secret)?;
    let post = Post::new(Some(TIME), place.ca_file.clone());
    let answer = post.send(&url, HeaderMap::new(), String::new()).await?;
    if answer.status.is_success() {
        Ok(())
    } else {
        Err(answer.refusal(&[secret]))
    }
}
