#![no_main]

entries::target!("list");
