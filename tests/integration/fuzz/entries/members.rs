//! Archives as text: a checksum would keep every changed byte from its reader, so what is
//! changed are the members, and the archive is made of them afterwards.

use std::io::{Cursor, Read as _, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// What stands before the name of each member.
const MARK: &[u8] = b"\n=== ";

/// The members of an archive, each behind its name.
pub(crate) fn unpacked(archive: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut archive = ZipArchive::new(Cursor::new(archive)).expect("a fixture");
    for at in 0..archive.len() {
        let mut member = archive.by_index(at).expect("a fixture");
        out.extend_from_slice(MARK);
        let name = member.name().expect("a fixture").into_owned();
        out.extend_from_slice(name.as_bytes());
        out.push(b'\n');
        member.read_to_end(&mut out).expect("a fixture");
    }
    out
}

/// The archive of such members. An archive itself stays as it is.
pub(crate) fn packed(members: &[u8]) -> Vec<u8> {
    if members.starts_with(b"PK") {
        return members.to_vec();
    }
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut rest = members;
    while let Some(start) = find(rest) {
        rest = &rest[start + MARK.len()..];
        let member = &rest[..find(rest).unwrap_or(rest.len())];
        let end = member
            .iter()
            .position(|byte| *byte == b'\n')
            .unwrap_or(member.len());
        let (name, content) = member.split_at(end);
        // A name that stands there twice is refused, and the first one counts.
        if writer
            .start_file(String::from_utf8_lossy(name), stored)
            .is_ok()
        {
            writer
                .write_all(content.get(1..).unwrap_or_default())
                .expect("memory");
        }
    }
    writer.finish().expect("memory").into_inner()
}

fn find(bytes: &[u8]) -> Option<usize> {
    bytes.windows(MARK.len()).position(|window| window == MARK)
}
