#![no_main]

entries::target!("docx");
