//! Strangers' text in every file of a page, each held against a parser of its format.

use std::collections::BTreeSet;

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};
use serde_json::{Value, json};

use super::Desk;
use crate::harness::text;

/// Titles and names that try to be more than text, and a part of each that must stay legible.
fn strangers() -> Vec<(String, &'static str)> {
    let long = "Long ".repeat(100);
    [
        (
            "</text><script>alert(1)</script>",
            "</text><script>alert(1)</script>",
        ),
        (
            "</script><script>alert(1)</script>",
            "</script><script>alert(1)",
        ),
        ("]]></summary><x>", "]]></summary><x>"),
        ("\"onload=\"alert(1)", "\"onload=\"alert(1)"),
        ("' onmouseover='alert(1)", "' onmouseover='alert(1)"),
        ("[x](javascript:alert(1))", "[x](javascript:alert(1))"),
        ("<!-- --> {{ 7*7 }} &lt; &#0;", "{{ 7*7 }} &lt;"),
        ("\u{202e}ylnO rotartsinimdA\u{202c}", "ylnO rotartsinimdA"),
        ("a\u{0}b\u{1b}[2J\u{200b}c\u{fffe}", "a b [2Jc"),
        (
            "\u{1f469}\u{200d}\u{1f4bb} \u{1f600}",
            "\u{1f469}\u{200d}\u{1f4bb} \u{1f600}",
        ),
        ("微软认证 管理员", "微软认证 管理员"),
        ("شهادة مسؤول المعتمد", "شهادة مسؤول المعتمد"),
        (long.as_str(), "Long Long Long"),
    ]
    .map(|(text, part)| (text.to_owned(), part))
    .to_vec()
}

fn desk() -> Desk {
    let records: Vec<_> = strangers()
        .into_iter()
        .map(|(title, _)| {
            json!({"title": title, "userDisplayName": title, "awardedOn": "2025-01-01T00:00:00Z",
                "expiresOn": "2027-09-01T23:59:59Z"})
        })
        .collect();
    // The owner is a stranger to whoever looks at the page.
    let owner = "name = \"\"\"Jane </title><script>alert(1)</script> \"Doe\\\" ]]> \\u202e\"\"\"\n\
        headline = \"\\\" onclick=alert(1) <b>\"\n";
    let desk = Desk::with(owner, &records);
    let ran = desk.run();
    assert_ne!(ran.code, 2, "{}", ran.stderr);
    assert!(!ran.stderr.contains('\u{202e}') && !ran.stderr.contains('\u{1b}'));
    desk
}

#[test]
fn the_page_holds_no_element_or_attribute_of_theirs() {
    let page = desk().read("index.html");
    let (mut elements, mut attributes, mut shown) =
        (BTreeSet::new(), BTreeSet::new(), String::new());
    let mut scripts = 0;
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    for token in Tokenizer::new_with_emitter(&page, emitter) {
        match token.unwrap() {
            Token::StartTag(tag) => {
                let name = String::from_utf8(tag.name.to_vec()).unwrap();
                scripts += u32::from(name == "script");
                elements.insert(name);
                for (name, value) in &tag.attributes {
                    let name = String::from_utf8(name.to_vec()).unwrap();
                    let value = String::from_utf8_lossy(value).into_owned();
                    if name == "href" {
                        let is_ours = value.starts_with("https://learn.microsoft.com/")
                            || ["feed.xml", "credentials.json", "favicon.svg"].contains(&&*value)
                            || value.starts_with("badges/");
                        assert!(is_ours, "{value}");
                    }
                    assert!(!value.contains('\u{202e}'), "{value}");
                    attributes.insert(name);
                }
            }
            Token::String(text) => shown.push_str(&String::from_utf8_lossy(&text)),
            Token::Error(error) => panic!("{error:?}"),
            _ => {}
        }
    }
    let known = "a article bdi body circle dd defs desc div dl dt figcaption figure footer \
        foreignobject g h1 h2 h3 head header html li line link main meta p path pattern rect \
        script section span style svg text time title ul";
    let known: BTreeSet<_> = known.split_whitespace().map(str::to_owned).collect();
    let strange: Vec<_> = elements.difference(&known).collect();
    assert_eq!(strange, Vec::<&String>::new());
    assert!(
        attributes
            .iter()
            .all(|name| !name.starts_with("on") && name != "style" && name != "src")
    );
    assert_eq!(scripts, 2);
    for (_, part) in strangers() {
        assert!(shown.contains(part), "{part}");
    }
}

/// The linked data of a page, which is what its schema says.
fn linked_data(desk: &Desk) -> Value {
    let schema = schema_of_linked_data();
    let page = desk.read("index.html");
    let data = page
        .split("<script type=\"application/ld+json\">")
        .nth(1)
        .unwrap();
    let data: Value = serde_json::from_str(data.split("</script>").next().unwrap()).unwrap();
    let errors: Vec<_> = schema
        .iter_errors(&data)
        .map(|error| error.to_string())
        .collect();
    assert_eq!(errors, Vec::<String>::new(), "{data}");
    data
}

fn schema_of_linked_data() -> jsonschema::Validator {
    let schema: Value = serde_json::from_str(&text("pages/person.schema.json")).unwrap();
    jsonschema::validator_for(&schema).unwrap()
}

#[test]
fn the_linked_data_is_what_its_schema_says_and_stays_in_its_element() {
    let data = linked_data(&desk());
    assert_eq!(
        data["name"],
        "Jane </title><script>alert(1)</script> \"Doe\" ]]>"
    );
    // The issuer names others as their holders, or a name that cannot be compared.
    assert_eq!(data["hasCredential"], json!([]));
}

#[test]
fn the_linked_data_of_the_persons_own_is_what_its_schema_says() {
    let own = super::administrator();
    let mut strange = own.clone();
    strange["title"] = json!("</script><!-- <script>");
    let past = crate::issuer::certification(
        "Azure Developer Associate",
        "2022-06-20",
        Some("2025-06-20"),
    );
    let unknown = crate::issuer::certification("Azure Administrator Associate", "2022-06-20", None);
    let mut unnamed = own.clone();
    unnamed["userDisplayName"] = Value::Null;
    let desk = Desk::with(super::OWNER, &[own, strange, past, unknown, unnamed]);
    desk.run();
    let data = linked_data(&desk);
    let said = data["hasCredential"].as_array().unwrap();
    let said: Vec<_> = said
        .iter()
        .map(|one| (&one["creativeWorkStatus"], &one["expires"]))
        .collect();
    assert_eq!(
        said,
        [
            (&json!("active"), &json!("2027-09-01")),
            (&json!("active"), &json!("2027-09-01")),
            (&json!("expired"), &json!("2025-06-20")),
        ]
    );
    let mut wrong = data.clone();
    wrong["hasCredential"][0]["creativeWorkStatus"] = json!("unverified");
    assert!(!schema_of_linked_data().is_valid(&wrong));
}

#[test]
fn the_feed_is_a_feed_and_says_what_they_say_as_text() {
    let records: Vec<_> = strangers()
        .into_iter()
        .map(|(title, _)| {
            json!({"title": title, "awardedOn": "2025-01-01T00:00:00Z",
                "expiresOn": "2027-09-01T23:59:59Z"})
        })
        .collect();
    let desk = Desk::with(super::OWNER, &records);
    desk.run();
    let feed: atom_syndication::Feed = desk.read("feed.xml").parse().unwrap();
    assert_eq!(feed.authors()[0].name(), "Jane Doe");
    assert_eq!(feed.entries().len(), strangers().len());
    for (entry, (_, part)) in feed.entries().iter().zip(strangers()) {
        assert!(
            entry.title().value.contains(part),
            "{part}: {}",
            entry.title().value
        );
        assert!(entry.id().starts_with("urn:uuid:"));
        assert!(!entry.title().value.contains('\u{202e}'));
    }
    assert_eq!(
        feed.links()[1].href(),
        "https://jane.example/certs/feed.xml"
    );
}
