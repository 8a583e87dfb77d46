#![no_main]

entries::target!("credly_badge");
