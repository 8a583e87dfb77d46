#![no_main]

entries::target!("pages_and_mail");
