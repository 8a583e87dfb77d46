//! Is it what was expected? Pure comparisons of a record with a reviewer's expectation.

pub mod holder;
