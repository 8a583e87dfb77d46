use proptest::prelude::*;

use super::*;
use crate::lifecycle::RenewalState;
use crate::notify::message::Message;
use crate::notify::words::Words;
use crate::notify::{Digest, Item, Key, Occasion, Reader, Recipient, Step};
use crate::report::request::Language;

fn item(step: Step, title: &str) -> Item {
    let day = |text: &str| text.parse().ok();
    Item {
        holder: Some("Jane Doe".to_owned()),
        title: Some(title.to_owned()),
        link: Some("https://learn.microsoft.com/api/credentials/E2F6B0935C4D718A".to_owned()),
        renewal: RenewalState::Open,
        opens_on: day("2026-11-14"),
        deadline: day("2026-11-30"),
        expires_on: day("2027-05-14"),
        retires_on: day("2026-11-30"),
        renewal_url: Some(
            "https://learn.microsoft.com/credentials/certifications/m365-administrator-expert/renew/"
                .to_owned(),
        ),
        successor: Some("Microsoft Certified: Another".to_owned()),
        ..Item::new(step, "E2F6B0935C4D718A")
    }
}

fn digest(language: Language, reader: Reader) -> Digest {
    let administrator = "Microsoft 365 Certified: Administrator Expert";
    let ended = Item {
        renewal: RenewalState::Closed,
        expires_on: "2026-11-21".parse().ok(),
        renewal_url: None,
        link: None,
        ..item(
            Step::Expired,
            "Microsoft Certified: Azure AI Engineer Associate",
        )
    };
    Digest {
        key: Key::of(&["example"]),
        recipient: Recipient {
            name: Some("Robin Example".to_owned()),
            addresses: vec!["robin@example.com".to_owned()],
        },
        reader,
        language,
        day: "2026-11-23".parse().unwrap(),
        occasion: Occasion::Due,
        items: vec![
            ended,
            item(Step::DaysLeft(7), administrator),
            Item::new(Step::Renewed, "1"),
        ],
    }
}

fn message(digest: &Digest) -> Message {
    Message::of(digest, "mail")
}

/// The digests that one message takes each.
fn parts(digest: &Digest, counts: &[usize]) -> Vec<Digest> {
    let mut items = digest.items.clone().into_iter();
    let part = |count: &usize| Digest {
        items: items.by_ref().take(*count).collect(),
        ..digest.clone()
    };
    let parts = counts.iter().map(part).collect();
    assert_eq!(items.len(), 0);
    parts
}

fn push(digest: &Digest, topic: &str) -> String {
    let words = Words::of(digest.language);
    ntfy::write(&message(digest), words, topic, &digest.key).unwrap()
}

const ALL: [(&str, Language, Reader); 2] = [
    ("english-holder", Language::English, Reader::Holder),
    ("german-lead", Language::German, Reader::TeamLead),
];

#[test]
fn a_message_is_written_as_text() {
    for (name, language, reader) in ALL {
        let message = message(&digest(language, reader));
        let text = text::write(&message, Words::of(language), true);
        assert!(
            text.lines()
                .all(|line| line.len() <= 76 || line.contains("://"))
        );
        insta::assert_snapshot!(
            format!("text-{name}"),
            format!("Subject: {}\n\n{text}", message.subject)
        );
    }
}

#[test]
fn a_message_is_written_as_html() {
    for (name, language, reader) in ALL {
        let html = html::write(&message(&digest(language, reader)), language, true).unwrap();
        insta::assert_snapshot!(format!("html-{name}"), html);
    }
}

#[test]
fn a_message_is_written_for_chats() {
    let (_, language, reader) = ALL[1];
    let digest = digest(language, reader);
    let words = Words::of(language);
    let pushes = parts(&digest, &ntfy::split(&digest)).into_iter();
    let pushes = pushes.map(|part| push(&part, "certifications"));
    let forms = [
        ("teams", vec![teams::write(&message(&digest), language)]),
        ("slack", vec![slack::write(&message(&digest), words)]),
        ("ntfy", pushes.collect()),
    ];
    for (name, posts) in forms {
        let posts: Vec<serde_json::Value> = posts
            .iter()
            .map(|post| serde_json::from_str(post).unwrap())
            .collect();
        insta::assert_snapshot!(name, serde_json::to_string_pretty(&posts).unwrap());
    }
}

#[test]
fn every_step_says_its_days_and_what_to_do() {
    use std::fmt::Write as _;
    let steps = [
        Step::WindowOpen,
        Step::DaysLeft(30),
        Step::DaysLeft(1),
        Step::LastDay,
        Step::Expired,
        Step::RetirementAnnounced,
        Step::Retired,
        Step::NeverRenewableAgain,
        Step::Renewed,
        Step::Revoked,
        Step::NotVerifiable,
        Step::LastKnownEnd,
    ];
    let since = "2026-10-03".parse().ok();
    for (language, unverified_since) in Language::ALL
        .iter()
        .flat_map(|one| [(one, None), (one, since)])
    {
        let mut said = String::new();
        for step in steps {
            for reader in [Reader::Holder, Reader::TeamLead] {
                let digest = Digest {
                    items: vec![Item {
                        unverified_since,
                        ..item(step, "Title")
                    }],
                    ..digest(*language, reader)
                };
                let section = &message(&digest).sections[0];
                assert!(!section.todo.is_empty() && !section.fact.is_empty());
                let _ = writeln!(
                    said,
                    "{step} {}\n  {}\n  {}\n  {}",
                    reader.as_str(),
                    section.headline,
                    section.fact,
                    section.todo
                );
            }
        }
        let name = match unverified_since {
            None => format!("steps-{language}"),
            Some(_) => format!("steps-unverified-{language}"),
        };
        insta::assert_snapshot!(name, said);
    }
}

#[test]
fn a_step_of_which_nothing_is_known_is_told_without_gaps() {
    for language in Language::ALL {
        for reader in [Reader::Holder, Reader::TeamLead] {
            for step in [
                Step::WindowOpen,
                Step::DaysLeft(30),
                Step::Expired,
                Step::Retired,
            ] {
                let digest = Digest {
                    items: vec![Item::new(step, "1")],
                    ..digest(*language, reader)
                };
                let said = text::write(&message(&digest), Words::of(*language), false);
                assert!(
                    !said.contains(['{', '}']) && !said.contains("  ."),
                    "{said}"
                );
                assert!(!said.contains("None"), "{said}");
            }
        }
    }
}

#[test]
fn a_long_digest_is_split_and_nothing_is_lost() {
    let mut digest = digest(Language::German, Reader::TeamLead);
    digest.items = (0..300)
        .map(|number| {
            item(
                Step::DaysLeft(30),
                &format!("Title {number:03} {}", "ü".repeat(180)),
            )
        })
        .collect();
    let words = Words::of(digest.language);
    let all = |counts: Vec<usize>, form: &dyn Fn(&Digest) -> String| -> Vec<String> {
        parts(&digest, &counts).iter().map(form).collect()
    };
    let cards = all(teams::split(&digest), &|part| {
        teams::write(&message(part), part.language)
    });
    assert!(cards.len() > 5 && cards.iter().all(|card| card.len() <= 28 * 1024));
    let posts = all(slack::split(&digest), &|part| {
        slack::write(&message(part), words)
    });
    for post in &posts {
        let post: serde_json::Value = serde_json::from_str(post).unwrap();
        assert!(post["blocks"].as_array().unwrap().len() <= 50);
    }
    let pushes = all(ntfy::split(&digest), &|part| push(part, "t"));
    assert_eq!(pushes.len(), 300);
    for forms in [cards, posts, pushes] {
        let all = forms.concat();
        for number in 0..300 {
            assert_eq!(
                all.matches(&format!("Title {number:03} ")).count().min(1),
                1
            );
        }
    }
}

#[test]
fn a_digest_of_nothing_is_one_message_and_a_push_of_two_credentials_is_none() {
    let two = digest(Language::English, Reader::Holder);
    let empty = Digest {
        items: Vec::new(),
        ..two.clone()
    };
    for split in [teams::split, slack::split, ntfy::split] {
        assert_eq!(split(&empty), [0]);
    }
    let words = Words::of(two.language);
    assert_eq!(ntfy::write(&message(&two), words, "t", &two.key), None);
}

#[test]
fn a_strangers_title_is_shown_and_never_read() {
    let hostile = "<!channel> [x](https://evil.example) *b* {{DATE(2026-01-01T00:00:00Z)}} <script>\r\nBcc: x@evil.example\u{202e}";
    let mut digest = digest(Language::English, Reader::TeamLead);
    digest.items = vec![Item {
        holder: Some(hostile.to_owned()),
        successor: Some(hostile.to_owned()),
        link: Some("javascript:alert(1)".to_owned()),
        renewal_url: Some("http://evil.example/".to_owned()),
        ..item(Step::Retired, hostile)
    }];
    digest.recipient.name = Some(hostile.to_owned());
    let message = message(&digest);
    assert!(!message.subject.contains(['\r', '\n', '\u{202e}']));
    let words = Words::of(digest.language);
    let html = html::write(&message, digest.language, false).unwrap();
    assert!(!html.contains("<script") && !html.contains("<!channel") && !html.contains("href"));
    let slack = slack::write(&message, words);
    assert!(!slack.contains("<!") && !slack.contains("<http"), "{slack}");
    let teams = teams::write(&message, digest.language);
    assert!(
        !teams.contains("{{") && !teams.contains("\"TextBlock\""),
        "{teams}"
    );
    assert!(!teams.contains("Action.OpenUrl"), "{teams}");
}

proptest! {
    #[test]
    fn no_form_panics_and_every_json_is_whole(
        title in "\\PC{0,300}|[\\x00-\\x1f<>&{}|*_`~@\u{202e}]{0,60}",
        url in "https?://[a-z]{1,5}\\.example/[ -~]{0,30}|\\PC{0,20}",
        step in 0_u16..400,
    ) {
        let mut digest = digest(Language::German, Reader::TeamLead);
        digest.items = vec![Item {
            holder: Some(title.clone()),
            renewal_url: Some(url.clone()),
            link: Some(url),
            ..item(Step::DaysLeft(step), &title)
        }];
        let message = message(&digest);
        let words = Words::of(digest.language);
        prop_assert!(!message.subject.chars().any(char::is_control));
        text::write(&message, words, true);
        html::write(&message, digest.language, true).unwrap();
        for post in [
            teams::write(&message, digest.language),
            slack::write(&message, words),
            push(&digest, "t"),
        ] {
            prop_assert!(serde_json::from_str::<serde_json::Value>(&post).is_ok());
            prop_assert!(post.len() < 28 * 1024);
        }
    }
}
