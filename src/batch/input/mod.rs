//! Reads a list of candidates, row by row.

/// One data row, as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The first data row is 1.
    pub number: u64,
    /// The cells in the order of the headers. There may be fewer than headers, never more:
    /// cells beyond the headers get headers of their own.
    pub cells: Vec<String>,
    /// What is wrong with the row as a whole, such as more cells than headers.
    pub flaw: Option<String>,
}
