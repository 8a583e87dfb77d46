//! Pictures, held to reviewed ones byte for byte, to an XML parser and to a renderer.

use proptest::prelude::*;
use resvg::usvg::roxmltree::Document;
use resvg::usvg::{self, Node, fontdb};

use super::shields::Endpoint;
use super::*;
use crate::publish::clean::line;
use crate::publish::shown::tests::{
    ADMINISTRATOR, AI_ENGINEER, EXPIRED, FUNDAMENTALS, MS_102, NO_EXPIRY, RENEWING, REVOKED,
    german, named, shown,
};
use crate::publish::snippet::tests::HOSTILE;

/// What is drawn for review: a name, and what is shown.
fn gallery() -> Vec<(&'static str, Shown)> {
    let named_in = |title: &str| titled(title);
    vec![
        ("good", named(ADMINISTRATOR, "2026-11-22")),
        ("needs-renewal", shown(RENEWING, "2026-11-22")),
        ("last-chance", shown(MS_102, "2026-11-22")),
        ("retired", shown(AI_ENGINEER, "2026-11-22")),
        ("endless", shown(FUNDAMENTALS, "2026-11-22")),
        ("expired", shown(EXPIRED, "2026-11-22")),
        ("revoked", shown(REVOKED, "2026-11-22")),
        ("unverified", shown(NO_EXPIRY, "2026-11-22")),
        ("old-answer", shown(ADMINISTRATOR, "2026-12-24")),
        ("german", german(ADMINISTRATOR, "2026-11-22")),
        ("hostile", named_in(HOSTILE[0])),
        (
            "chinese",
            named_in("Microsoft Certified: 微軟認證 Azure 雲端系統管理員助理 🎉"),
        ),
        ("arabic", named_in("شهادة مايكروسوفت: مسؤول Azure المعتمد")),
        (
            "long",
            named_in(&"Azure Administrator and more ".repeat(20)),
        ),
    ]
}

fn titled(title: &str) -> Shown {
    let body = serde_json::json!({"title": title, "expiresOn": "2027-09-01"}).to_string();
    shown(&body, "2026-11-22")
}

fn looks() -> impl Iterator<Item = Look> {
    Style::ALL.into_iter().flat_map(|style| {
        Theme::ALL.map(|theme| Look {
            style,
            theme,
            ..Look::default()
        })
    })
}

/// Every picture of what is shown: all styles and the card, for both themes.
fn pictures(shown: &Shown) -> Vec<(String, String)> {
    let badges = looks().map(|look| {
        let name = format!("{}-{}", look.style.as_str(), look.theme.as_str());
        (name, svg(shown, look))
    });
    let cards = Theme::ALL.map(|theme| (format!("card-{}", theme.as_str()), card(shown, theme)));
    badges.chain(cards).collect()
}

/// The pictures lie in `fixtures/badges`, where a browser finds them as well.
#[test]
fn every_picture_is_the_reviewed_one() {
    let mut settings = insta::Settings::clone_current();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/badges");
    settings.set_snapshot_path(folder);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let _bound = settings.bind_to_scope();
    for (standing, shown) in gallery() {
        for (look, picture) in pictures(&shown) {
            let is_flat = look.starts_with("flat-light") || look.starts_with("flat-dark");
            if standing == "good" || is_flat || look.starts_with("card") {
                let name = format!("{standing}-{look}.svg");
                insta::assert_binary_snapshot!(&name, picture.into_bytes());
            }
        }
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    for (_, shown) in gallery() {
        assert_eq!(pictures(&shown), pictures(&shown.clone()));
    }
}

/// What a picture says, by a real parser.
fn assert_well_said(picture: &str, shown: &Shown) {
    let document = Document::parse(picture).unwrap_or_else(|error| panic!("{error}: {picture}"));
    let root = document.root_element();
    let said = format!("{}: {}", shown.title, shown.message());
    assert_eq!(root.attribute("role"), Some("img"));
    assert_eq!(root.attribute("aria-label"), Some(said.as_str()));
    let text = |name: &str| {
        let mut found = root.children().filter(|node| node.has_tag_name(name));
        let text = found
            .next()
            .and_then(|node| node.text())
            .unwrap()
            .to_owned();
        assert!(found.next().is_none());
        text
    };
    assert_eq!(text("title"), format!("{said}, {}", shown.checked()));
    assert!(text("desc").starts_with(&text("title")));
    if let Some(reason) = shown.reason() {
        assert!(text("desc").contains(reason));
    }
    for node in document
        .descendants()
        .filter(usvg::roxmltree::Node::is_element)
    {
        let name = node.tag_name().name();
        let known = [
            "svg",
            "title",
            "desc",
            "g",
            "text",
            "path",
            "rect",
            "stop",
            "linearGradient",
        ];
        assert!(known.contains(&name), "{name} in {picture}");
        let is_handler = |name: &str| name.starts_with("on") || name.contains("href");
        assert!(
            !node.attributes().any(|one| is_handler(one.name())),
            "{picture}"
        );
    }
}

#[test]
fn every_picture_says_what_it_shows_and_when_it_was_checked() {
    for (_, shown) in gallery() {
        for (_, picture) in pictures(&shown) {
            assert_well_said(&picture, &shown);
        }
    }
}

#[test]
fn a_hostile_title_is_only_text() {
    for title in HOSTILE {
        let shown = titled(title);
        assert_eq!(shown.title, line(title));
        for (_, picture) in pictures(&shown) {
            assert_well_said(&picture, &shown);
        }
    }
}

#[test]
fn a_picture_tells_a_later_run_what_it_is() {
    for (_, shown) in gallery() {
        for (_, picture) in pictures(&shown) {
            let drawn = Drawn::read(&picture).unwrap();
            assert_eq!((&drawn.key, drawn.tone), (&shown.key, shown.tone()));
            assert_eq!(drawn.checked_on, shown.checked_on);
            assert_eq!(drawn.title(), shown.title);
            let until = shown
                .valid_until
                .filter(|_| shown.tone() != Tone::Unverified);
            assert_eq!(drawn.until, until);
        }
    }
    for other in [
        "",
        "<svg/>",
        "<svg data-bonafide=\"2\"/>",
        "# README",
        "<svg data-bonafide=",
    ] {
        assert_eq!(Drawn::read(other), None, "{other}");
    }
}

#[test]
fn an_earlier_badge_may_stay_until_its_end() {
    let shown = shown(ADMINISTRATOR, "2026-11-22");
    let drawn = Drawn::read(&svg(&shown, Look::default())).unwrap();
    let day = |text: &str| text.parse().unwrap();
    assert!(drawn.may_stay(&shown, day("2027-09-01")));
    assert!(
        !drawn.may_stay(&shown, day("2026-11-21")),
        "checked after today"
    );
    assert!(!drawn.may_stay(&shown, day("2027-09-02")));
    let mut other_key = shown.clone();
    "0000000000000000".clone_into(&mut other_key.key);
    assert!(!drawn.may_stay(&other_key, day("2026-11-22")));
    let mut other_question = shown.clone();
    other_question.question = Some("another".to_owned());
    assert!(!drawn.may_stay(&other_question, day("2026-11-22")));
    let asked = Drawn::read(&svg(&other_question, Look::default())).unwrap();
    assert!(asked.may_stay(&other_question, day("2026-11-22")));
    let endless = super::super::shown::tests::shown(FUNDAMENTALS, "2026-11-22");
    let drawn = Drawn::read(&svg(&endless, Look::default())).unwrap();
    assert!(drawn.may_stay(&endless, day("2026-12-22")));
    assert!(!drawn.may_stay(&endless, day("2026-12-23")));
}

/// Every text of a drawing, with the box that it must stay inside.
fn texts(node: &usvg::Group, found: &mut Vec<usvg::Rect>) {
    for node in node.children() {
        match node {
            Node::Text(text) => found.push(text.abs_bounding_box()),
            Node::Group(group) => texts(group, found),
            _ => {}
        }
    }
}

#[test]
fn a_renderer_finds_every_text_inside_its_shape() {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_data(metrics::FONT.to_vec());
    let options = usvg::Options {
        fontdb: std::sync::Arc::new(fonts),
        ..usvg::Options::default()
    };
    for (standing, shown) in gallery() {
        for (look, picture) in pictures(&shown) {
            let tree = usvg::Tree::from_str(&picture, &options).unwrap();
            let mut found = Vec::new();
            texts(tree.root(), &mut found);
            assert!(found.len() >= 2, "{standing} {look}");
            for text in found {
                let (width, height) = (tree.size().width(), tree.size().height());
                let is_inside = text.left() >= 0.0
                    && text.top() >= 0.0
                    && text.right() <= width
                    && text.bottom() <= height;
                assert!(
                    is_inside,
                    "{standing} {look}: {text:?} of {width} x {height}"
                );
            }
            if !look.starts_with("card") {
                assert_apart(&picture, &tree);
            }
        }
    }
}

/// The two texts of a badge stay on their own sides of the seam.
fn assert_apart(picture: &str, tree: &usvg::Tree) {
    let document = Document::parse(picture).unwrap();
    let paths = document
        .descendants()
        .filter(|node| node.has_tag_name("path"));
    let right = paths.collect::<Vec<_>>()[1].attribute("d").unwrap();
    let seam: f32 = right[1..].split(' ').next().unwrap().parse().unwrap();
    let mut found = Vec::new();
    texts(tree.root(), &mut found);
    assert!(
        found[0].right() <= seam && found[1].left() >= seam,
        "{seam} {found:?}"
    );
}

#[test]
fn pixels_are_as_many_as_were_asked_for() {
    let shown = shown(ADMINISTRATOR, "2026-11-22");
    let drawing = svg(&shown, Look::default());
    assert_eq!(Fonts::for_text(&drawing), Fonts::Inside);
    assert_eq!(Fonts::for_text("漢"), Fonts::System);
    let width = |scale: &str| {
        let bytes = png(&drawing, Scale::parse(scale).unwrap(), Fonts::Inside).unwrap();
        assert_eq!(&bytes[..8], b"\x89PNG\r\n\x1a\n");
        u32::from_be_bytes(bytes[16..20].try_into().unwrap())
    };
    assert_eq!(width("2"), 2 * width("1"));
    for wrong in ["0", "0.5", "9", "-1", "NaN", "inf", "x", ""] {
        assert_eq!(Scale::parse(wrong), None, "{wrong}");
    }
}

/// A camera reads the code, large and small, on both grounds: the page, without the secret.
#[test]
fn the_code_of_a_card_leads_to_the_page() {
    let shown = shown(ADMINISTRATOR, "2026-11-22");
    for theme in Theme::ALL {
        for scale in [1, 2] {
            let tree = usvg::Tree::from_str(&card(&shown, theme), &usvg::Options::default());
            let tree = tree.unwrap();
            let size = tree.size().to_int_size();
            let (width, height) = (size.width() * scale, size.height() * scale);
            let mut pixels = resvg::tiny_skia::Pixmap::new(width, height).unwrap();
            let factor = if scale == 1 { 1.0 } else { 2.0 };
            let transform = resvg::tiny_skia::Transform::from_scale(factor, factor);
            resvg::render(&tree, transform, &mut pixels.as_mut());
            let (wide, high) = (width as usize, height as usize);
            let mut image = rqrr::PreparedImage::prepare_from_greyscale(wide, high, |x, y| {
                pixels.pixels()[y * wide + x].green()
            });
            let codes = image.detect_grids();
            assert_eq!(codes.len(), 1, "{theme:?} {scale}");
            let (_, read) = codes[0].decode().unwrap();
            assert_eq!(Some(read), shown.link);
        }
    }
}

/// Text is there on a machine without fonts: a picture with it differs from one without.
#[test]
fn pixels_show_the_text() {
    let drawing = svg(&shown(ADMINISTRATOR, "2026-11-22"), Look::default());
    let blank = drawing.replace("Azure Administrator Associate</text>", "</text>");
    assert_ne!(drawing, blank);
    let scale = Scale::parse("1").unwrap();
    let render = |drawing: &str| png(drawing, scale, Fonts::Inside).unwrap();
    assert_ne!(render(&drawing), render(&blank));
}

#[test]
fn a_shields_file_has_the_schemas_keys_alone() {
    let schema = include_str!("../../../fixtures/schemas/shields-endpoint.json");
    let schema: serde_json::Value = serde_json::from_str(schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let mut all = gallery();
    all.extend(HOSTILE.map(|title| ("hostile", titled(title))));
    for (_, shown) in all {
        let file = serde_json::to_value(Endpoint::of(&shown, Label::Title)).unwrap();
        assert!(validator.is_valid(&file), "{file}");
        assert_eq!(file["isError"], !shown.tone().is_valid());
        assert_eq!(file["message"], shown.message());
    }
    let unknown = serde_json::json!({"schemaVersion":1,"label":"","message":"x","checked":"x"});
    assert!(
        !validator.is_valid(&unknown),
        "the schema refuses unknown keys"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_title_is_drawn_as_text(title in "\\PC{0,80}|[\\x00-\\x20<>&\"'\\]]{0,20}") {
        let shown = titled(&format!("A{title}"));
        assert_well_said(&svg(&shown, Look::default()), &shown);
        assert_well_said(&card(&shown, Theme::Dark), &shown);
    }

    #[test]
    fn no_file_makes_reading_a_badge_panic(text in "\\PC{0,200}|<svg [a-z=\" -]{0,60}>?") {
        let _ = Drawn::read(&text);
    }
}
