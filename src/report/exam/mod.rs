//! What `bonafide exam` says, for people and as JSON.

mod known;
pub mod plan;
pub mod retake;
pub mod score;
pub mod skills;
