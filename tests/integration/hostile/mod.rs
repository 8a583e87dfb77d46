//! A service that means harm, or is broken: what `bonafide` makes of it, and at what cost.
//!
//! [`table`] holds what a behaviour must come to: findings, exit code, status, and upper
//! bounds on memory, time and requests. The modules beside it are that table's rows by
//! theme, each put to the program itself. What takes more than one answer to show stands
//! in [`positions`], [`desync`], [`cached`] and [`never_active`].

mod bodies;
mod cached;
mod child;
mod clocks;
mod desync;
mod encodings;
mod framing;
mod never_active;
mod positions;
mod redirects;
mod refusals;
mod slow;
mod table;
mod text;
mod tls;
