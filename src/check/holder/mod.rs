//! Is the credential's holder the person it was expected of?
//!
//! HR leans on two promises. No borrowed credential passes: a sibling's, a parent's or a
//! namesake's name is never graded as the expected one. And no honest holder fails for
//! how a keyboard, a passport office or a database spelt them: marks, scripts, orders and
//! titles are read as the conventions they are.
//!
//! The result is a [`Grade`] and the [`Rule`] that decided, never a score. `docs/names.md`
//! explains both to a recruiter. What no rule can know (a changed surname, an adopted
//! name) fails on purpose and is settled with a document, not with a looser comparison.
//!
//! ```
//! use bonafide::check::holder::{Grade, Rule, compare};
//!
//! let found = compare("Nguyễn Văn An", "An Van Nguyen");
//! assert_eq!(found.grade(), Grade::Reordered);
//!
//! let father = compare("John Doe Jr.", "John Doe Sr.");
//! assert_eq!(father.rule(), Some(Rule::GenerationDiffers));
//! assert!(!father.grade().passes());
//! ```

mod align;
mod clean;
mod compare;
mod fold;
mod grade;
mod key;
mod nickname;
mod outcome;
mod parts;
mod regroup;
mod relation;
mod romanise;
mod rule;
mod sequence;
#[cfg(test)]
mod tests;
mod title;
mod user_name;
mod verdict;

pub use compare::compare;
pub use grade::Grade;
pub use key::key;
pub use outcome::HolderMatch;
pub use rule::Rule;
pub use user_name::compare_user_name;
