#![no_main]

entries::target!("evidence");
