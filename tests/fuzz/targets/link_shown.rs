#![no_main]

entries::target!("link_shown");
