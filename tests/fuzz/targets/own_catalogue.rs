#![no_main]

entries::target!("own_catalogue");
