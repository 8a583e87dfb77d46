//! Badges in a real browser: measured there, in fonts that are not the one they were made with.

use std::path::Path;

use bonafide::catalog::Catalog;
use bonafide::check::Expectation;
use bonafide::publish::badge::{Label, Look, Style, Theme, card, svg};
use bonafide::publish::{Asked, Holder, Shown};
use bonafide::source::Saved;
use bonafide::verify::{AsOf, Terms, again};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::chromium::{Browser, View};
use super::desk::{hostile, usual};
use crate::harness::DAY;
use crate::issuer::record;

fn shown(folder: &Path, records: &[Value]) -> Vec<Shown> {
    let as_of = AsOf::day(DAY.parse().unwrap());
    let expected = Expectation::default();
    let terms = Terms {
        catalog: Catalog::embedded(),
        as_of,
        expected: &expected,
    };
    let asked = Asked {
        holder: Holder::Named,
        ..Asked::default()
    };
    let one = |(at, one): (usize, &Value)| {
        let file = record(folder, &format!("5D1E0C42A7B39F{at:02}"), one);
        let saved = Saved::load(&file).unwrap();
        let trip = again(saved.link(), saved.asked(), &terms);
        Shown::of(&trip.verifications[0], as_of.instant(), asked)
    };
    records.iter().enumerate().map(one).collect()
}

/// Texts that do not lie inside of their part of a badge, or of the picture, or that run into
/// each other.
const OUTSIDE: &str = "(() => {
    const found = [];
    for (const picture of document.querySelectorAll('figure > svg')) {
        const frame = picture.getBoundingClientRect();
        const parts = [...picture.querySelectorAll(':scope > path')];
        const texts = [...picture.querySelectorAll('text')];
        const boxes = texts.map((text) => text.getBoundingClientRect());
        const within = (box, shape) => box.left >= shape.left - 0.5 && box.right <= shape.right + 0.5
            && box.top >= shape.top - 0.5 && box.bottom <= shape.bottom + 0.5;
        const apart = (one, other) => one.right <= other.left + 1 || other.right <= one.left + 1
            || one.bottom <= other.top + 3 || other.bottom <= one.top + 3;
        boxes.forEach((box, at) => {
            const text = texts[at].textContent;
            if (!within(box, frame)) found.push('picture: ' + text);
            const part = parts.length === texts.length ? parts[at].getBoundingClientRect() : frame;
            if (!within(box, part)) found.push('part: ' + text);
            if (boxes.some((other, its) => its > at && !apart(box, other))) found.push('over: ' + text);
        });
    }
    return found;
})()";

fn sheet(pictures: &[String], theme: Theme) -> String {
    let paper = match theme {
        Theme::Light => "#fff",
        Theme::Dark => "#0d1117",
    };
    let figures: Vec<_> = pictures
        .iter()
        .map(|picture| {
            let inline = picture
                .split_once("?>")
                .map_or(&picture[..], |(_, rest)| rest);
            format!("<figure>{inline}</figure>")
        })
        .collect();
    format!(
        "<!doctype html><html lang=en><meta charset=utf-8><title>badges</title>\
         <style>body{{background:{paper};margin:16px}}figure{{margin:0 0 8px}}</style>{}",
        figures.join("\n")
    )
}

/// Shows pictures of one theme on one sheet, each of which must hold its texts.
fn measure(browser: &mut Browser, folder: &Path, name: &str, pictures: &[String], theme: Theme) {
    let file = folder.join("sheet.html");
    std::fs::write(&file, sheet(pictures, theme)).unwrap();
    for scale in [1, 2] {
        let view = View {
            dark: theme == Theme::Dark,
            scale,
            ..View::LIGHT
        };
        browser.open(&super::address(&file), view);
        let name = format!("{name}-{}-{scale}x.png", theme.as_str());
        browser.keep(&name);
        assert_eq!(browser.evaluate(OUTSIDE), json!([]), "{name}");
        let drawn = browser.evaluate("document.querySelectorAll('figure > svg text').length");
        assert!(
            drawn.as_u64() >= Some(pictures.len() as u64),
            "{name}: {drawn}"
        );
        assert_eq!(browser.evaluate("document.title"), "badges", "{name}");
        assert_eq!(browser.complaints(), Vec::<String>::new(), "{name}");
        let asked = browser.requests();
        assert!(
            asked.iter().all(|one| one.starts_with("file:")),
            "{asked:?}"
        );
    }
}

#[test]
fn every_badge_holds_its_texts_in_every_style_and_theme() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let folder = TempDir::new().unwrap();
    for (what, records) in [("usual", usual()), ("hostile", hostile())] {
        let all = shown(folder.path(), &records);
        for style in Style::ALL {
            for theme in Theme::ALL {
                let look = Look {
                    style,
                    theme,
                    label: Label::Title,
                };
                let pictures: Vec<_> = all.iter().map(|shown| svg(shown, look)).collect();
                let name = format!("badge-{what}-{}", style.as_str());
                measure(&mut browser, folder.path(), &name, &pictures, theme);
            }
        }
    }
}

#[test]
fn every_card_holds_its_texts_in_both_themes() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let folder = TempDir::new().unwrap();
    for (what, records) in [("usual", usual()), ("hostile", hostile())] {
        let all = shown(folder.path(), &records);
        for theme in Theme::ALL {
            let pictures: Vec<_> = all.iter().map(|shown| card(shown, theme)).collect();
            let name = format!("card-{what}");
            measure(&mut browser, folder.path(), &name, &pictures, theme);
        }
    }
}

/// A badge on its own, as a page shows it that embeds it: nothing runs, nothing is asked.
#[test]
fn a_badge_opened_by_itself_says_what_it_is() {
    let (Some(axe), Some(mut browser)) = (super::axe(), Browser::start()) else {
        return;
    };
    let folder = TempDir::new().unwrap();
    for (at, shown) in shown(folder.path(), &hostile()).iter().enumerate() {
        let file = folder.path().join(format!("{at}.svg"));
        std::fs::write(&file, svg(shown, Look::default())).unwrap();
        browser.open(&super::address(&file), View::LIGHT);
        assert_eq!(browser.complaints(), Vec::<String>::new());
        assert_eq!(browser.requests().len(), 1);
        assert_eq!(browser.evaluate("document.scripts?.length ?? 0"), 0);
        let role = browser.evaluate("document.documentElement.getAttribute('role')");
        assert_eq!(role, "img");
    }
    let file = folder.path().join("sheet.html");
    let pictures: Vec<_> = shown(folder.path(), &usual())
        .iter()
        .map(|shown| svg(shown, Look::default()))
        .collect();
    let sheet = sheet(&pictures, Theme::Light).replace("<figure>", "<main><h1>b</h1><figure>");
    std::fs::write(&file, sheet).unwrap();
    browser.open(&super::address(&file), View::LIGHT);
    browser.evaluate(&format!("{axe};1"));
    let found = browser.evaluate(
        "axe.run({runOnly: ['svg-img-alt', 'color-contrast', 'duplicate-id-aria']})
            .then((said) => said.violations.map((one) => one.id))",
    );
    assert_eq!(found, json!([]));
}
