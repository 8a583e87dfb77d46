#![no_main]

entries::target!("configuration");
