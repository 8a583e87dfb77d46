//! Lists that cannot be read: each says which file and what to do.

use std::io::{self, Cursor, Read};

use bonafide::batch::input::{Options, Source, open};

use super::{file, stream};

#[test]
fn headers_alone_are_a_list_without_rows() {
    for text in ["name,link", "name,link\n", "name,link\r\n\r\n,\r\n"] {
        let mut list = file(text.as_bytes()).unwrap();
        assert_eq!(list.headers(), ["name", "link"]);
        assert!(list.next().is_none(), "{text:?}");
    }
}

#[test]
fn a_file_without_text_is_empty() {
    for text in ["", "\n \r\n", "\u{feff}", ",,\n,,\n", "sep=;\n"] {
        let error = stream(text.as_bytes()).unwrap_err();
        assert!(error.is_empty(), "{text:?}: {error}");
        assert!(
            error
                .to_string()
                .starts_with("standard input: is empty; expected")
        );
    }
    let blank = "\n".repeat(200_000);
    assert!(stream(blank.as_bytes()).unwrap_err().is_empty());
}

#[test]
fn paths_that_are_no_file_say_so() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("nobody.csv");
    let error = open(Source::File(missing.clone()), &Options::default()).unwrap_err();
    assert!(error.is_missing());
    assert_eq!(
        error.to_string(),
        format!("{}: there is no such file", missing.display())
    );
    let error = open(Source::File(folder.path().into()), &Options::default()).unwrap_err();
    assert!(error.to_string().contains("this is a folder"), "{error}");
}

#[test]
fn headers_that_cannot_be_told_are_an_error() {
    let long = "x".repeat(3 << 20);
    let many = ",".repeat(20_000);
    for (text, part) in [
        (
            format!("\nname {long}\na,b\n"),
            "the header line (line 2) is longer than 1048576",
        ),
        (
            "name,\"link\na,b\n".to_owned(),
            "the header line (line 1) has a quote",
        ),
        (format!("link{many}\n"), "has 20001 headers; at most 16384"),
    ] {
        let error = stream(text.as_bytes()).unwrap_err().to_string();
        assert!(error.contains(part), "{error}");
    }
}

#[test]
fn cells_without_end_are_cut() {
    let mut text = b"link,name\n".to_vec();
    text.resize(1_000_000, b',');
    text.extend_from_slice(b"x\na,b\n");
    let (headers, rows) = super::read(stream(&text).unwrap());
    assert_eq!((headers.len(), rows[0].cells.len()), (16_384, 16_384));
    assert_eq!(rows[1].cells, ["a", "b"]);
}

#[test]
fn reading_that_fails_names_the_row_and_ends() {
    struct Fails;
    impl Read for Fails {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the disk is gone"))
        }
    }
    let mut text = String::from("link,name\n");
    for _ in 0..50_000 {
        text.push_str("a,b\n");
    }
    let text = Cursor::new(text).chain(Fails);
    let mut list = open(Source::Stream(Box::new(text)), &Options::default()).unwrap();
    let rows = list.by_ref().take_while(Result::is_ok).count();
    assert!(rows > 10_000);
    assert!(list.next().is_none());

    let text = Cursor::new("{\"link\":1}\n").chain(Fails);
    let error = open(Source::Stream(Box::new(text)), &Options::default()).unwrap_err();
    assert!(error.to_string().ends_with("the disk is gone"), "{error}");
}

#[test]
fn other_formats_are_named() {
    for (bytes, part) in [
        (&b"%PDF-1.7\n"[..], "is a PDF"),
        (b"\x1f\x8b\x08\0", "is compressed with gzip"),
        (b"PK\x03\x04rest", "is a damaged XLSX file"),
        (b"n\0a\0m\0e\0,\0l\0", "UTF-16"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "is not text"),
        (
            b"https://a.example/x\tJane\nhttps://a.example/y\tJohn\n",
            "line 1 holds a link",
        ),
    ] {
        for error in [stream(bytes).unwrap_err(), file(bytes).unwrap_err()] {
            assert!(error.to_string().contains(part), "{error}");
        }
    }
}
