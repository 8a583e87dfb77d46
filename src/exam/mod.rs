//! What follows for somebody who takes an exam? The rules of retakes and scores, the skill
//! areas, and what to do about a credential that ends.
//!
//! | file | question |
//! |---|---|
//! | [`code`] | which exam is meant? |
//! | [`moment`] | when was that, as exactly as it was said? |
//! | [`retake`] | when may it be taken again? |
//! | [`score`] | is that a pass? |
//! | [`skills`], [`study`] | what is in it, and what to study first? |
//! | [`plan`] | renew, take it again, or go for the successor? |
//!
//! The rules and how well each is known are in `docs/exams.md`; its tables are held to this
//! code by tests. Nothing here looks at the clock: the day of judgement is a parameter.

pub mod code;
pub mod moment;
pub mod plan;
pub mod retake;
pub mod score;
pub mod skills;
pub mod study;
