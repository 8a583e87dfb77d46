#![no_main]

entries::target!("learn_page");
