//! The status page in a real browser.

use serde_json::{Value, json};

use super::chromium::{Browser, View};
use super::desk::{Desk, eight, hostile, keep, usual};

const OWNER: &str = "name = \"Jane Doe\"\nheadline = \"Azure architect and trainer, Hamburg\"\n\
    base_url = \"https://jane.example/certificates/\"\n";
const GERMAN: &str = "name = \"Jane Doe\"\nheadline = \"Azure-Architektin\"\nlanguage = \"de\"\n\
    [colours]\naccent = \"#ffcc00\"\n";

const TELEPHONE: u32 = 360;

/// Every way to look at a page that must be sound.
fn views() -> Vec<(&'static str, View)> {
    let narrow = |view| View {
        width: TELEPHONE,
        ..view
    };
    let sharp = |view| View { scale: 2, ..view };
    vec![
        ("light", View::LIGHT),
        ("dark", View::DARK),
        ("light-360", narrow(View::LIGHT)),
        ("dark-360", narrow(View::DARK)),
        ("light-2x", sharp(View::LIGHT)),
        ("dark-2x", sharp(View::DARK)),
    ]
}

/// Texts of the timeline that do not lie inside of it, and anything wider than the window.
const OUTSIDE: &str = "(() => {
    const found = [];
    const frame = document.querySelector('svg.line').getBoundingClientRect();
    for (const text of document.querySelectorAll('svg.line text, svg.line p')) {
        const box = text.getBoundingClientRect();
        const inside = box.left >= frame.left - 0.5 && box.right <= frame.right + 0.5
            && box.top >= frame.top - 0.5 && box.bottom <= frame.bottom + 0.5;
        if (!inside) found.push(text.textContent);
    }
    for (const part of document.querySelectorAll('body *')) {
        const box = part.getBoundingClientRect();
        if (!part.closest('svg') && box.right > innerWidth + 0.5) found.push(part.outerHTML);
    }
    return found;
})()";

#[test]
fn everything_on_the_page_has_room_in_every_view() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    for (what, records) in [("usual", usual()), ("hostile", hostile())] {
        let desk = Desk::page(&records, if what == "usual" { OWNER } else { GERMAN });
        for (name, view) in views() {
            browser.open(&desk.address(), view);
            let outside = browser.evaluate(OUTSIDE);
            browser.keep(&format!("page-{what}-{name}.png"));
            assert_eq!(outside, Value::Array(Vec::new()), "{what} {name}");
        }
    }
}

#[test]
fn the_page_asks_nobody_and_the_console_stays_empty() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    for records in [usual(), hostile()] {
        let desk = Desk::page(&records, OWNER);
        let own = desk.address().replace("index.html", "");
        browser.open(&desk.address(), View::LIGHT);
        assert_eq!(browser.complaints(), Vec::<String>::new());
        let outside: Vec<_> = browser
            .requests()
            .into_iter()
            .filter(|request| !request.starts_with(&own))
            .collect();
        assert_eq!(outside, Vec::<String>::new());
        assert_eq!(
            browser.evaluate("document.title"),
            "Jane Doe: Microsoft certifications"
        );
        // What was not written by us cannot run, whoever brings it along.
        let refused = browser.evaluate(
            "new Promise((done) => {
                document.addEventListener('securitypolicyviolation', () => done('refused'));
                const script = document.createElement('script');
                script.textContent = 'document.title = \"run\"';
                document.body.append(script);
                setTimeout(() => done('run'), 2000);
            })",
        );
        assert_eq!(refused, "refused");
    }
}

#[test]
fn the_accessibility_checker_finds_nothing_in_light_and_dark() {
    let (Some(axe), Some(mut browser)) = (super::axe(), Browser::start()) else {
        return;
    };
    for (records, owner) in [(usual(), OWNER), (usual(), GERMAN), (hostile(), OWNER)] {
        let desk = Desk::page(&records, owner);
        for (name, view) in views() {
            browser.open(&desk.address(), view);
            browser.evaluate(&format!("{axe};1"));
            let found = browser.evaluate(
                "axe.run().then((said) => ({passed: said.passes.length, found: said.violations
                    .map((one) => one.id + ': ' + one.nodes.map((node) => node.html).join(' '))}))",
            );
            assert_eq!(found["found"], Value::Array(Vec::new()), "{name}");
            assert!(found["passed"].as_u64() > Some(10), "{found}");
        }
    }
}

#[test]
fn eight_credentials_print_on_one_sheet() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    for (name, records, owner, view) in [
        ("usual", usual(), OWNER, View::LIGHT),
        ("eight", eight(), GERMAN, View::DARK),
    ] {
        let desk = Desk::page(&records, owner);
        browser.open(&desk.address(), view);
        let printed = browser.print();
        keep(&format!("page-{name}.pdf"), &printed);
        let document = lopdf::Document::load_mem(&printed).unwrap();
        assert_eq!(document.get_pages().len(), 1, "{name}");
    }
}

/// What is shown of the first card: its words, and whether it looks green.
const FIRST: &str = "(() => {
    const card = document.querySelector('article');
    const pill = card.querySelector('.pill');
    const [red, green, blue] = getComputedStyle(pill).backgroundColor.match(/\\d+/g).map(Number);
    const bar = document.querySelector('svg.line g rect');
    const fill = getComputedStyle(bar).fill.match(/\\d+/g).map(Number);
    const mark = [...card.querySelectorAll('.pill path')].filter((path) =>
        getComputedStyle(path).display !== 'none').map((path) => path.getAttribute('d'));
    return {mark, text: card.innerText, green: green > red + 8 && green > blue + 8,
        bar: fill[1] > fill[0] + 30};
})()";

#[test]
fn past_its_day_a_credential_turns_grey_by_itself() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let desk = Desk::page(&usual(), OWNER);
    for (now, is_green) in [
        ("2026-11-22T12:00:00Z", true),
        ("2027-09-01T23:59:59Z", true),
        ("2027-09-02T00:00:00Z", false),
        ("2031-01-01T00:00:00Z", false),
    ] {
        for view in [View::LIGHT, View::DARK] {
            let view = View {
                now: Some(now),
                ..view
            };
            browser.open(&desk.address(), view);
            let first = browser.evaluate(FIRST);
            assert_eq!(first["green"], is_green, "{now}: {first}");
            assert_eq!(first["bar"], is_green, "{now}: {first}");
            let tick = first["mark"] == json!(["M4.4 8.3l2.5 2.5 4.8-5.3"]);
            assert_eq!(tick, is_green, "{now}: {first}");
            let text = first["text"].as_str().unwrap();
            assert_eq!(text.contains("Past its date"), !is_green, "{now}: {text}");
            assert_eq!(
                text.contains("1 September 2027, has passed"),
                !is_green,
                "{text}"
            );
        }
    }
    browser.keep("page-past.png");
}

#[test]
fn without_script_the_last_day_stands_in_the_text() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let desk = Desk::page(&usual(), OWNER);
    let view = View {
        script: false,
        now: Some("2031-01-01T00:00:00Z"),
        ..View::LIGHT
    };
    browser.open(&desk.address(), view);
    let text = browser.evaluate(FIRST)["text"].as_str().unwrap().to_owned();
    assert!(
        text.contains("Valid until") && text.contains("1 September 2027"),
        "{text}"
    );
    assert!(!text.contains("has passed"), "{text}");
    let checked = browser.evaluate("document.querySelector('header').innerText");
    assert!(
        checked.as_str().unwrap().contains("22 November 2026"),
        "{checked}"
    );
}

#[test]
fn hostile_titles_are_legible_text() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let desk = Desk::page(&hostile(), OWNER);
    browser.open(&desk.address(), View::LIGHT);
    let shown =
        browser.evaluate("[...document.querySelectorAll('h3')].map((one) => one.innerText)");
    let shown: Vec<_> = shown
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one.as_str().unwrap())
        .collect();
    assert_eq!(shown.len(), 9);
    assert_eq!(shown[0], "</text><script>document.title='run'</script>");
    assert_eq!(shown[4], "etaicossA rotartsinimdA -->");
    assert!(shown[7].starts_with("شهادة مسؤول Azure"), "{}", shown[7]);
    assert!(
        shown[8].ends_with('…') && shown[8].len() > 100,
        "{}",
        shown[8]
    );
    let strangers = browser.evaluate("document.querySelectorAll('img, iframe, object, [onload], [onerror], a[href^=\"javascript\"]').length");
    assert_eq!(strangers, 0);
    assert_eq!(browser.evaluate("document.scripts.length"), 2);
}
