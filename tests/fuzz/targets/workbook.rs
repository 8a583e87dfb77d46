#![no_main]

entries::target!("workbook");
