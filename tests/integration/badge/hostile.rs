//! Hostile titles and names, through the binary: harmless and legible in every form.

use html5gum::{Token, Tokenizer};
use pulldown_cmark::{Event, Parser, Tag};
use resvg::usvg::roxmltree::Document;

use super::Desk;

const HOSTILE: [&str; 10] = [
    "</text><script>alert(1)</script>",
    "]]>",
    "x\" onload=\"alert(1)",
    "[x](javascript:alert(1))",
    "<!-- bonafide:certs --> <!-- /bonafide:certs -->",
    "\u{202e}detcerid\u{2066}\u{0}\u{1b}[31m\r\n\u{200b}next",
    "🎉👩\u{200d}💻 Azure",
    "微軟認證：雲端系統管理員",
    "شهادة مايكروسوفت المعتمدة",
    "&lt;b&gt; &amp; `code` | {attr} \\",
];

fn record(title: &str) -> String {
    serde_json::json!({"title": title, "userDisplayName": title, "expiresOn": "2027-09-01"})
        .to_string()
}

/// What is left of a title: without what hides or turns it round.
fn legible(title: &str) -> String {
    title
        .replace(['\u{202e}', '\u{2066}', '\u{200b}'], "")
        .replace("\u{0}\u{1b}", " ")
        .replace("\r\n", " ")
}

fn all_titles() -> Vec<String> {
    let mut titles: Vec<_> = HOSTILE.map(str::to_owned).to_vec();
    titles.push("Long ".repeat(100));
    titles
}

#[test]
fn a_picture_holds_a_title_as_text() {
    for title in all_titles() {
        let desk = Desk::new();
        let evidence = desk.evidence(&record(&title));
        for look in [
            &["--style", "plastic"][..],
            &["--card", "--show-holder", "--theme", "dark"],
        ] {
            let ran = desk.badge(&[&["--evidence", &evidence], look].concat());
            assert_eq!(ran.code, 0, "{title}: {}", ran.stderr);
            let document = Document::parse(&ran.stdout).unwrap();
            let said = document.root_element().attribute("aria-label").unwrap();
            let shown = said.strip_suffix(": valid until 2027-09-01").unwrap();
            if title.len() < 400 {
                assert_eq!(shown, legible(&title));
            } else {
                assert!(shown.starts_with("Long Long") && shown.ends_with('…'));
                assert!(shown.chars().count() <= 200);
            }
            let elements = document
                .descendants()
                .filter(resvg::usvg::roxmltree::Node::is_element);
            for element in elements {
                assert_ne!(element.tag_name().name(), "script");
                assert!(!element.attributes().any(|one| one.name().starts_with("on")));
            }
            let steers =
                |c: char| (c.is_control() && c != '\n') || ('\u{202a}'..='\u{202e}').contains(&c);
            assert!(!ran.stdout.contains(steers), "{title}");
        }
        let png = desk.badge(&["--evidence", &evidence, "--png", "1", "-o", "b.png"]);
        assert_eq!(png.code, 0, "{title}: {}", png.stderr);
    }
}

#[test]
fn a_readme_holds_a_title_as_text() {
    for title in all_titles() {
        let desk = Desk::new();
        let evidence = desk.evidence(&record(&title));
        std::fs::write(desk.path("README.md"), "# A\n\nText.\n").unwrap();
        let update = [
            "--evidence",
            &evidence,
            "--update",
            "README.md",
            "--add-marker",
        ];
        assert_eq!(
            desk.badge(&update).stdout,
            "README.md: changed\n",
            "{title}"
        );
        assert_eq!(
            desk.badge(&update).stdout,
            "README.md: unchanged\n",
            "{title}"
        );
        let text = desk.read("README.md");
        let links: Vec<_> = Parser::new(&text)
            .filter_map(|event| match event {
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                    Some(dest_url.into_string())
                }
                Event::Html(html) | Event::InlineHtml(html) => {
                    assert!(html.contains("bonafide:certs"), "{html}");
                    None
                }
                _ => None,
            })
            .collect();
        assert_eq!(links.len(), 2, "{text}");
        assert!(
            links[0].starts_with("https://learn.microsoft.com/"),
            "{text}"
        );
        assert_eq!(links[1], "badges/20170dbc5ac04e38.svg");

        // The same in HTML, with a picture for each theme.
        let both = ["--theme", "auto"];
        assert_eq!(
            desk.badge(&[&update[..], &both].concat()).stdout,
            "README.md: changed\n"
        );
        assert_eq!(
            desk.badge(&[&update[..], &both].concat()).stdout,
            "README.md: unchanged\n"
        );
        for token in Tokenizer::new(&desk.read("README.md")) {
            if let Token::StartTag(tag) = token.unwrap() {
                let name = String::from_utf8(tag.name.to_vec()).unwrap();
                assert!(
                    ["a", "picture", "source", "img"].contains(&name.as_str()),
                    "{name}"
                );
                assert!(!tag.attributes.keys().any(|name| name.starts_with(b"on")));
            }
        }
    }
}

#[test]
fn documents_of_data_hold_a_title_as_data() {
    for title in all_titles().into_iter().filter(|title| title.len() < 400) {
        let desk = Desk::new();
        let evidence = desk.evidence(&record(&title));
        let of = |form: &[&str]| desk.badge(&[&["--evidence", &evidence], form].concat());
        let json_ld = of(&["--json-ld"]);
        assert!(
            !json_ld.stdout.contains(['<', '>', '&']),
            "{}",
            json_ld.stdout
        );
        assert_eq!(json_ld.json()["name"], legible(&title));
        assert_eq!(
            of(&["--format", "shields"]).json()["label"],
            legible(&title)
        );
        let resume = of(&["--json-resume"]).json();
        assert_eq!(resume["certificates"][0]["name"], legible(&title));
        let link = url::Url::parse(of(&["--linkedin"]).stdout.trim()).unwrap();
        let name = link
            .query_pairs()
            .find(|(name, _)| name == "name")
            .unwrap()
            .1;
        assert_eq!(name, legible(&title));
    }
}
