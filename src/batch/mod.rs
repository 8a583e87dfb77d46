//! Many trips: a list of candidates in, one document out.

pub mod against;
pub mod guard;
pub mod input;
pub mod previous;
