//! `bonafide scan` and files that are broken, hostile or none of its formats.

use std::io::{Cursor, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use crate::harness::{Ran, bonafide, finish, fixture};

/// Scans bytes under a name; no file may take longer than this, in a debug build.
fn scan(name: &str, bytes: &[u8]) -> Ran {
    const LONGEST: Duration = Duration::from_mins(1);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    let started = Instant::now();
    let ran = finish(bonafide().args(["scan", "--format", "json"]).arg(&path));
    assert!(
        started.elapsed() < LONGEST,
        "{name} took {:?}",
        started.elapsed()
    );
    ran
}

/// The reason why a file was not read.
fn refused(name: &str, bytes: &[u8]) -> String {
    let ran = scan(name, bytes);
    assert_eq!(ran.code, 2, "{name}: {}{}", ran.stdout, ran.stderr);
    assert!(ran.stderr.contains(name), "{name}: {}", ran.stderr);
    let json = ran.json();
    let unread = &json["unread"][0];
    assert!(unread["file"].as_str().unwrap().ends_with(name));
    unread["reason"].as_str().unwrap().to_owned()
}

fn archive(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut made = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        // As OpenDocument asks of the entry that names its format.
        let method = match *name {
            "mimetype" => zip::CompressionMethod::Stored,
            _ => zip::CompressionMethod::Deflated,
        };
        let options = zip::write::SimpleFileOptions::default().compression_method(method);
        made.start_file(*name, options).unwrap();
        made.write_all(bytes).unwrap();
    }
    made.finish().unwrap().into_inner()
}

/// A PDF of objects, from number 1 on, without a table: readers rebuild it.
fn pdf(objects: &[&str]) -> Vec<u8> {
    let mut made = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (object, number) in objects.iter().zip(1..) {
        places.push(made.len());
        write!(made, "{number} 0 obj\n{object}\nendobj\n").unwrap();
    }
    let table = made.len();
    write!(made, "xref\n0 {}\n0000000000 65535 f \n", places.len() + 1).unwrap();
    for place in &places {
        writeln!(made, "{place:010} 00000 n ").unwrap();
    }
    let size = places.len() + 1;
    write!(
        made,
        "trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n"
    )
    .unwrap();
    made
}

fn stream(text: &str) -> String {
    format!("<< /Length {} >>\nstream\n{text}\nendstream", text.len())
}

#[test]
fn what_is_not_read_is_named_with_what_to_do() {
    let odt = archive(&[(
        "mimetype",
        b"application/vnd.oasis.opendocument.text".to_vec(),
    )]);
    for (name, bytes, said) in [
        ("empty.pdf", &b""[..], "empty"),
        ("blank.txt", b" \n \n", "empty"),
        (
            "old.doc",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0",
            "DOCX or PDF",
        ),
        ("cv.rtf", b"{\\rtf1 Jane}", "DOCX or PDF"),
        ("cv.odt", &odt[..], "DOCX or PDF"),
        ("cv.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF", "original"),
        ("cv.pdf", b"\x7fELF\0\0\0", "no document"),
    ] {
        let reason = refused(name, bytes);
        assert!(reason.contains(said), "{name}: {reason}");
    }
}

#[test]
fn bombs_do_not_go_off() {
    let zeros = vec![b' '; 100_000_000];
    let document = archive(&[
        ("[Content_Types].xml", b"<Types/>".to_vec()),
        ("word/document.xml", zeros),
    ]);
    assert!(document.len() < 1_000_000);
    let reason = refused("bomb.docx", &document);
    assert!(reason.contains("unfolds"), "{reason}");
    let line = vec![b'x'; 200_000_000];
    let reason = refused("line.txt", &line);
    assert!(reason.contains("64 MiB"), "{reason}");
    let reason = refused("line.md", &line[..60_000_000]);
    assert!(reason.contains("16 MiB"), "{reason}");
}

#[test]
fn a_stream_that_unfolds_without_end_is_refused() {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(&vec![b' '; 80_000_000]).unwrap();
    let packed = encoder.finish().unwrap();
    let mut made = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n\
        2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n\
        3 0 obj\n<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>\nendobj\n"
        .to_vec();
    write!(
        made,
        "4 0 obj\n<< /Filter /FlateDecode /Length {} >>\nstream\n",
        packed.len()
    )
    .unwrap();
    made.extend(packed);
    made.extend(b"\nendstream\nendobj\ntrailer\n<< /Root 1 0 R /Size 5 >>\nstartxref\n0\n%%EOF\n");
    let reason = refused("bomb.pdf", &made);
    assert!(reason.contains("unfolds"), "{reason}");
}

#[test]
fn circles_in_a_pdf_end() {
    let catalog = "<< /Type /Catalog /Pages 2 0 R >>";
    let content = stream("/F Do BT /T 12 Tf 10 700 Td (Jane Doe AZ-104) Tj ET /F Do /F Do");
    let form = "<< /Type /XObject /Subtype /Form /Resources << /XObject << /F 5 0 R >> >> /Length 12 >>\nstream\n/F Do /F Do \nendstream";
    let page = "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /XObject << /F 5 0 R >> /Font << /T 6 0 R >> >> \
        /Annots [<< /Type /Annot /Subtype /Link /Rect [0 690 300 715] /A << /S /URI /URI (https://learn.microsoft.com/api/credentials/20170DBC5AC04E38) >> >>] >>";
    let font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>";
    for tree in [
        "<< /Type /Pages /Kids [2 0 R 3 0 R 2 0 R] /Count 3 >>",
        "<< /Type /Pages /Kids [3 0 R 3 0 R] /Parent 2 0 R /Count 100000 >>",
    ] {
        let ran = scan(
            "circle.pdf",
            &pdf(&[catalog, tree, page, &content, form, font]),
        );
        assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
        let json = ran.json();
        let links = json["files"][0]["links"].as_array().unwrap();
        assert_eq!(links.len(), 1);
        assert_eq!(links[0]["visible_text"], "Jane Doe AZ-104");
        assert_eq!(links[0]["claims"][0]["text"], "AZ-104");
    }
    let alone = "<< /Type /Pages /Kids [2 0 R] /Count 1 >>";
    assert!(refused("circle.pdf", &pdf(&[catalog, alone])).contains("no pages"));
}

#[test]
fn a_picture_of_a_page_is_told_from_a_page() {
    let catalog = "<< /Type /Catalog /Pages 2 0 R >>";
    let tree = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>";
    let page =
        "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /XObject << /I 5 0 R >> >> >>";
    let image = "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\nstream\nx\nendstream";
    let reason = refused(
        "scan.pdf",
        &pdf(&[
            catalog,
            tree,
            page,
            &stream("q 500 0 0 700 0 0 cm /I Do Q"),
            image,
        ]),
    );
    assert!(
        reason.contains("picture") && reason.contains("original"),
        "{reason}"
    );
}

#[test]
fn a_password_is_asked_for_only_where_one_is_needed() {
    let open = scan(
        "open.pdf",
        &std::fs::read(fixture("cv/protected-no-password.pdf")).unwrap(),
    );
    assert_eq!(open.code, 0, "{}", open.stderr);
    let closed = std::fs::read(fixture("cv/protected-password.pdf")).unwrap();
    let reason = refused("closed.pdf", &closed);
    assert!(reason.contains("password"), "{reason}");
}

#[test]
fn files_that_were_cut_off_are_said_to_be_damaged_or_read_as_far_as_they_go() {
    for name in [
        "chromium.pdf",
        "libreoffice.pdf",
        "libreoffice.docx",
        "word-fields.docx",
    ] {
        let bytes = std::fs::read(fixture("cv").join(name)).unwrap();
        for part in 1..8 {
            let ran = scan(name, &bytes[..bytes.len() * part / 8]);
            assert_ne!(ran.code, 101, "{name}: {}", ran.stderr);
            assert!(!ran.stderr.contains("panicked"), "{name}: {}", ran.stderr);
        }
        let reason = refused(name, &bytes[..bytes.len() / 8]);
        assert!(
            reason.contains("damaged") || reason.contains("no text"),
            "{name}: {reason}"
        );
    }
}

#[test]
fn many_links_on_one_line_are_bounded_in_time() {
    let link = "<a href='https://learn.microsoft.com/api/credentials/20170DBC5AC04E38'>AZ-104</a> ";
    let same = scan(
        "same.html",
        format!("<body>{}", link.repeat(1_500)).as_bytes(),
    );
    assert_eq!(same.code, 0, "{}", same.stderr);
    let json = same.json();
    assert_eq!(json["files"][0]["links"].as_array().unwrap().len(), 1);
    let words = "AZ-104 https://a.example/b ".repeat(15_000);
    let ran = scan("words.txt", words.as_bytes());
    assert!(matches!(ran.code, 2 | 3), "{}", ran.stderr);
    let nested = format!("<body>{}", "<div><a href=x>".repeat(50_000));
    assert!(matches!(scan("nested.html", nested.as_bytes()).code, 2 | 3));
    let brackets = "[".repeat(100_000) + "](http";
    assert!(matches!(
        scan("brackets.md", brackets.as_bytes()).code,
        2 | 3
    ));
}

#[test]
fn an_attachment_that_cannot_be_read_is_said() {
    let closed = std::fs::read(fixture("cv/protected-password.pdf")).unwrap();
    let body = base64_of(&closed);
    let mail = format!(
        "From: Jane Doe <jane@example.com>\r\nTo: jobs@example.org\r\nSubject: CV\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nHello\r\n\
         --x\r\nContent-Type: application/pdf; name=cv.pdf\r\nContent-Transfer-Encoding: base64\r\n\
         Content-Disposition: attachment; filename=cv.pdf\r\n\r\n{body}\r\n--x--\r\n"
    );
    let ran = scan("mail.eml", mail.as_bytes());
    assert_eq!(ran.code, 2, "{}", ran.stdout);
    let json = ran.json();
    let part = &json["files"][0]["unread_parts"][0];
    assert_eq!(part["file"], "cv.pdf");
    assert!(part["reason"].as_str().unwrap().contains("password"));
}

fn base64_of(bytes: &[u8]) -> String {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.encode(bytes)
}

#[test]
fn a_name_of_a_file_steers_no_terminal() {
    if cfg!(windows) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a\u{1b}[31m.txt");
    std::fs::copy(fixture("cv/plain.txt"), &path).unwrap();
    let ran = finish(bonafide().arg("scan").arg(Path::new(&path)));
    assert!(!ran.stdout.contains('\u{1b}'), "{}", ran.stdout);
}
