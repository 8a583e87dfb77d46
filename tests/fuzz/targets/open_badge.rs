#![no_main]

entries::target!("open_badge");
