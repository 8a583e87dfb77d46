#![no_main]

entries::target!("mapping");
