//! What a file that looks like a workbook is.

use std::fs::File;
use std::io::{BufReader, Read};

use crate::batch::input::error::Fault;

/// Says what an old compound file is: a workbook under a password, or one of Excel 97.
pub(in crate::batch::input) fn refuse_old(file: File) -> Fault {
    match holds(file, &utf_16("EncryptedPackage")) {
        Ok(true) => Fault::Password,
        Ok(false) => Fault::Format {
            what: "an Excel 97 workbook (.xls) or another old Office file",
            todo: "open it in a spreadsheet program and save it as XLSX",
        },
        Err(error) => Fault::reading(error),
    }
}

/// Says what a ZIP archive is that holds no XLSX workbook, by the names of its parts.
pub(super) fn refuse_other(names: &[String], is_ods: bool) -> Option<Fault> {
    let has = |part: &str| names.iter().any(|name| name.eq_ignore_ascii_case(part));
    let begins = |part: &str| names.iter().any(|name| name.starts_with(part));
    let save_as = "open it in a spreadsheet program and save it as XLSX";
    let (what, todo) = if is_ods {
        ("an OpenDocument file (.ods)", save_as)
    } else if has("xl/workbook.bin") {
        ("a binary Excel workbook (.xlsb)", save_as)
    } else if has("Index/Document.iwa") || has("Index.zip") {
        (
            "an Apple file (.numbers)",
            "export it as XLSX or CSV from Numbers",
        )
    } else if begins("word/") {
        (
            "a Word document",
            "save the list as XLSX or CSV; links in a CV are found by `bonafide scan`",
        )
    } else if !has("[Content_Types].xml") {
        ("a ZIP archive", "unpack it first")
    } else {
        return None;
    };
    Some(Fault::Format { what, todo })
}

fn utf_16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// Whether a file holds some bytes anywhere, in bounded memory.
fn holds(file: File, sought: &[u8]) -> std::io::Result<bool> {
    let mut file = BufReader::new(file);
    let mut window = Vec::new();
    loop {
        let read = file.by_ref().take(64 * 1024).read_to_end(&mut window)?;
        if memchr::memmem::find(&window, sought).is_some() {
            return Ok(true);
        }
        if read == 0 {
            return Ok(false);
        }
        let seen = window.len().saturating_sub(sought.len());
        window.drain(..seen);
    }
}
