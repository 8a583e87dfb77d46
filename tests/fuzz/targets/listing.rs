#![no_main]

entries::target!("listing");
