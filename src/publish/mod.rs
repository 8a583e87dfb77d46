//! What is shown to others: pure rendering, after the report.

pub mod calendar;
