#![no_main]

entries::target!("receipts");
