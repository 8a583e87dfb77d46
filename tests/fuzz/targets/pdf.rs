#![no_main]

entries::target!("pdf");
