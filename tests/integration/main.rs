//! Tests of the program as its users meet it.

mod raw_server;
mod source;
