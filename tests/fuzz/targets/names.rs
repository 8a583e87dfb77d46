#![no_main]

entries::target!("names");
