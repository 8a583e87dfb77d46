#![no_main]

entries::target!("dates");
