//! Remembered credentials, and the steps that people are told of.
//!
//! An [`Entry`] is a link that somebody wants watched. What the issuer says of the credentials
//! behind it is kept as [`Facts`], what happened from check to check as a [`History`]. From
//! both and a day follows what is [due](due::due).

mod check;
mod digest;
pub mod due;
mod ending;
mod entry;
mod facts;
mod history;
mod hours;
mod outcome;
mod plan;
mod refresh;
mod round;
#[cfg(test)]
mod simulation;
mod store;
mod table;

pub use check::{Checked, check};
pub use digest::calendar;
pub use ending::Ending;
pub use entry::{
    Details, Entry, EntryId, Label, LabelError, MailAddress, MailAddressError, RenewalPlan,
    TrackedLink,
};
pub use facts::Facts;
pub use history::{FAILED_DAYS, Failing, History, Sighting};
pub use hours::{Gate, Hours, Weekends};
pub use outcome::{Failed, Outcome, Sent};
pub use plan::Plan;
pub use refresh::{Looked, Refresh};
pub use round::{Round, people_of};
pub use store::{
    Added, Claim, Doubles, Place, Recipient, Rescued, Run, RunLock, RunOutcome, Seen, Store,
    StoreError, Told, Trouble, Watched, documents, rescue,
};
pub use table::{Importer, to_csv};
