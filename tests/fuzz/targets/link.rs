#![no_main]

entries::target!("link");
