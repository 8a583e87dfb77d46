//! Many trips: a list of candidates in, one document out.

pub mod input;
