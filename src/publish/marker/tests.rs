//! What is put between markers, and where markers are added.

use proptest::prelude::*;

use super::*;

fn certs() -> Marker {
    Marker::parse("certs").unwrap()
}

fn replaced(document: &str) -> Result<String, MarkerError> {
    certs().replace(document, Markup::Markdown, "NEW\nTWO")
}

#[test]
fn only_what_stands_between_is_replaced() {
    for (document, expected) in [
        (
            "# A\n\n<!-- bonafide:certs -->\nold\n<!-- /bonafide:certs -->\nrest",
            "# A\n\n<!-- bonafide:certs -->\nNEW\nTWO\n<!-- /bonafide:certs -->\nrest",
        ),
        (
            "\u{feff}# A\r\n\r\n<!-- bonafide:certs -->\r\n<!-- /bonafide:certs -->\r\nrest \r\n",
            "\u{feff}# A\r\n\r\n<!-- bonafide:certs -->\r\nNEW\r\nTWO\r\n<!-- /bonafide:certs -->\r\nrest \r\n",
        ),
        (
            "a <!--bonafide:certs-->x<!--/bonafide:certs--> b",
            "a <!--bonafide:certs-->\nNEW\nTWO\n<!--/bonafide:certs--> b",
        ),
        (
            "<!-- bonafide:other -->\n<!-- /bonafide:other -->\n\n<!-- bonafide:certs --><!-- /bonafide:certs -->",
            "<!-- bonafide:other -->\n<!-- /bonafide:other -->\n\n<!-- bonafide:certs -->\nNEW\nTWO\n<!-- /bonafide:certs -->",
        ),
    ] {
        let once = replaced(document).unwrap();
        assert_eq!(once, expected);
        assert_eq!(replaced(&once).unwrap(), once);
    }
}

#[test]
fn markers_in_code_are_no_markers() {
    let document = "```\n<!-- bonafide:certs -->\n<!-- /bonafide:certs -->\n```\n\n`<!-- bonafide:certs -->`\n\n<!-- bonafide:certs -->\n<!-- /bonafide:certs -->\n";
    let expected = document.replacen(
        "\n\n<!-- bonafide:certs -->\n",
        "\n\n<!-- bonafide:certs -->\nNEW\nTWO\n",
        1,
    );
    assert_eq!(replaced(document).unwrap(), expected);
}

#[test]
fn a_document_with_other_markers_is_refused() {
    let (open, close) = (certs().opening(), certs().closing());
    for (document, says) in [
        (String::new(), "found neither"),
        (format!("{open}\n"), "found only <!-- bonafide:certs -->"),
        (format!("{close}\n"), "found only <!-- /bonafide:certs -->"),
        (format!("{close}\n\n{open}\n"), "found it after"),
        (
            format!("{open}\n<!-- bonafide:other -->\n{close}\n<!-- /bonafide:other -->\n"),
            "found <!-- bonafide:other --> there",
        ),
        (
            format!("<!-- bonafide:other -->\n{open}\n<!--/bonafide:other-->\n{close}\n"),
            "found <!--/bonafide:other--> there",
        ),
        (format!("{open}\n{open}\n{close}\n"), "found it 2 times"),
        (format!("{open}\n{close}\n{close}\n"), "found it 2 times"),
    ] {
        let error = replaced(&document).unwrap_err().to_string();
        assert!(error.contains(says), "{document}: {error}");
    }
}

#[test]
fn the_sign_of_a_comment_stays() {
    for (markup, sign) in [(Markup::AsciiDoc, "// "), (Markup::Rst, ".. ")] {
        let with = certs().add("Title\n", markup);
        let once = certs().replace(&with, markup, "NEW").unwrap();
        let expected = format!(
            "{sign}{}\nNEW\n{sign}{}\n",
            certs().opening(),
            certs().closing()
        );
        assert!(once.ends_with(&expected), "{once}");
        assert_eq!(certs().replace(&once, markup, "NEW").unwrap(), once);
    }
}

#[test]
fn markers_are_added_below_the_first_heading() {
    let lines = format!("{}\n{}\n", certs().opening(), certs().closing());
    for (document, expected) in [
        ("", lines.clone()),
        ("# A\ntext\n", format!("# A\n\n{lines}\ntext\n")),
        ("# A\n\ntext\n", format!("# A\n\n{lines}\ntext\n")),
        ("A\n===\n\ntext\n", format!("A\n===\n\n{lines}\ntext\n")),
        ("# A", format!("# A\n\n{lines}")),
        ("text\n\n# A\n", format!("text\n\n# A\n\n{lines}")),
        ("text\n", format!("{lines}\ntext\n")),
        (
            "---\ntitle: x\n---\n# A\ntext\n",
            format!("---\ntitle: x\n---\n# A\n\n{lines}\ntext\n"),
        ),
        (
            "---\ntitle: x\n---\n\ntext\n",
            format!("---\ntitle: x\n---\n\n{lines}\ntext\n"),
        ),
        (
            "+++\ntitle = 1\n+++\n\n# A\n",
            format!("+++\ntitle = 1\n+++\n\n# A\n\n{lines}"),
        ),
        (
            "\u{feff}---\r\nt: x\r\n---\r\n\r\nA\r\n-\r\n",
            format!("\u{feff}---\r\nt: x\r\n---\r\n\r\nA\r\n-\r\n\n{lines}")
                .replace("\r\n", "\n")
                .replace('\n', "\r\n"),
        ),
        (
            "<p><img src=\"logo.svg\"></p>\n\n# A\n\ntext\n",
            format!("<p><img src=\"logo.svg\"></p>\n\n# A\n\n{lines}\ntext\n"),
        ),
        (
            "![logo](l.svg)\n\n<!-- <h1>old</h1> -->\n\n```sh\n# no heading\n```\n\n> # Quoted\n\nA\n===\n",
            format!(
                "![logo](l.svg)\n\n<!-- <h1>old</h1> -->\n\n```sh\n# no heading\n```\n\n> # Quoted\n\nA\n===\n\n{lines}"
            ),
        ),
        (
            "<div align=\"center\">\n<h1>A</h1>\n</div>\n\n## B\n",
            format!("<div align=\"center\">\n<h1>A</h1>\n</div>\n\n{lines}\n## B\n"),
        ),
        ("\u{feff}# A\n", format!("\u{feff}# A\n\n{lines}")),
    ] {
        assert_eq!(
            certs().add(document, Markup::Markdown),
            expected,
            "{document:?}"
        );
    }
}

proptest! {
    #[test]
    fn whatever_stands_around_stays(before in "(\\PC|[\n`<!>-]){0,60}", after in "(\\PC|[\n`<!>-]){0,60}") {
        let (open, close) = (certs().opening(), certs().closing());
        let document = format!("{before}\n\n{open}\nold\n{close}\n\n{after}");
        if let Ok(new) = replaced(&document) {
            let start = format!("{before}\n\n{open}");
            let end = format!("{close}\n\n{after}");
            prop_assert!(new.starts_with(&start) && new.ends_with(&end));
        }
        // A document with strange text is refused or changed, never broken.
        let _ = certs().add(&document, Markup::Markdown);
    }

    #[test]
    fn what_is_added_can_be_replaced(document in "(\\PC|[\n\r#=`]){0,60}") {
        let with = certs().add(&document, Markup::Markdown);
        let text: String = document.chars().filter(|c| !c.is_whitespace()).collect();
        let kept: String = with.replace(&certs().opening(), "").replace(&certs().closing(), "");
        let kept: String = kept.chars().filter(|c| !c.is_whitespace()).collect();
        prop_assert_eq!(kept, text);
    }
}
