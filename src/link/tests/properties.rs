//! What holds for every text.

use proptest::prelude::*;

use super::{SHARE, codes};
use crate::link::{Link, judge};

/// Hosts whose links may be verifiable.
const GENUINE: &[&str] = &[
    "learn.microsoft.com",
    "www.credly.com",
    "credly.com",
    "api.credly.com",
    "www.youracclaim.com",
    "youracclaim.com",
];

const SECRET: &str = "C72B4F60A795D7E4";

fn path() -> impl Strategy<Value = String> {
    let learn = prop_oneof![
        Just(SHARE.to_owned()),
        "(/[a-z]{2}-[a-z]{2})?/users/[A-Za-z0-9._-]{1,12}(/credentials(/[0-9A-Fa-f]{1,17})?)?/?",
        "(/[a-z]{2}-[a-z]{2})?/[Uu]sers/(me|[a-z-]{1,8})/transcript(/[0-9a-zA-Z]{14,16})?",
        "(/[a-z]{2}-[a-z]{2})?/users/(me|[a-z]{1,8})/credentials/certification(/[a-zA-Z0-9-]{1,9})?",
        "/api/credentials/(share/[a-z]{2}-[a-z]{2}/[A-Za-z0-9-]{1,9}/)?[0-9A-Fa-f]{1,17}",
        "/api/profiles/transcript/share/[0-9a-z]{14,16}",
        "(/api/achievements/share/[a-z]{2}-[a-z]{2}/[a-z]{3}|/training/achievements)/[A-Za-z0-9.]{1,9}",
    ];
    let credly = prop_oneof![
        "/badges/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(/public_url|\\.json)?",
        "(/api)?/v1/obi/v2/badge_assertions/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
        "/users/[a-z.-]{1,9}(/badges)?",
    ];
    prop_oneof![learn, credly]
}

fn genuine() -> impl Strategy<Value = String> {
    (prop::sample::select(GENUINE), path()).prop_map(|(host, path)| format!("https://{host}{path}"))
}

/// Hosts near to genuine ones and far from them, with what may stand around a host.
fn host() -> impl Strategy<Value = String> {
    let label = prop_oneof![
        "(learn|microsoft|credly|www|com|api|evil|example|rnicrosoft|xn--microsft-sbh|micro|soft)",
        "[a-z0-9-]{1,6}",
        "\\PC{1,4}",
    ];
    let dressing = prop_oneof![
        4 => Just(""), 1 => Just("learn.microsoft.com@"), 1 => Just("learn.microsoft.com\\"),
        1 => Just("learn.microsoft.com#"), 1 => Just("a:b@"), 1 => Just("learn.microsoft.com%2F@"),
    ];
    let names = prop_oneof![
        3 => prop::collection::vec(label, 1..5).prop_map(|labels| labels.join(".")),
        1 => prop::sample::select(GENUINE).prop_map(str::to_owned),
        1 => ("([a-z]{1,3}[.-]?)?", prop::sample::select(GENUINE), "([.-]?[a-z]{1,3})?")
            .prop_map(|(before, host, after)| format!("{before}{host}{after}")),
    ];
    (dressing, names, prop::option::of(0_u32..70000)).prop_map(|(dressing, names, port)| {
        let port = port.map_or_else(String::new, |port| format!(":{port}"));
        format!("{dressing}{names}{port}")
    })
}

fn identifiers(link: &Link) -> impl PartialEq + std::fmt::Debug + use<> {
    (
        link.kind(),
        link.canonical().map(str::to_owned),
        link.user().map(str::to_owned),
        link.credential_id().cloned(),
        link.share_id().cloned(),
        link.badge_id().cloned(),
        link.slug().map(str::to_owned),
        link.is_verifiable(),
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_judged(text in any::<String>()) {
        let link = judge(&text);
        prop_assert_eq!(link.input(), &text);
    }

    #[test]
    fn text_of_the_signs_of_links_is_judged(
        text in "(https?:|[/\\\\.@:?#&<>()\\[\\] |%]|learn|microsoft|com|credly|users|me|url=|\u{200b}|é){0,40}",
    ) {
        let link = judge(&text);
        let mut codes = codes(&link);
        codes.sort_unstable();
        let count = codes.len();
        codes.dedup();
        prop_assert_eq!(codes.len(), count, "a code stands twice");
    }

    #[test]
    fn the_canonical_form_is_judged_the_same(text in genuine()) {
        let link = judge(&text);
        if let Some(canonical) = link.canonical() {
            let again = judge(canonical);
            prop_assert_eq!(identifiers(&again), identifiers(&link));
            prop_assert!(codes(&again).iter().all(|code| codes(&link).contains(code)));
        } else {
            prop_assert!(!link.is_verifiable());
        }
    }

    #[test]
    fn only_genuine_hosts_are_verifiable(host in host(), path in path()) {
        let text = format!("https://{host}{path}");
        let link = judge(&text);
        if link.is_verifiable() {
            // What a browser makes of the text once white space is gone.
            let bare: String = text.split_whitespace().collect();
            let url = url::Url::parse(&bare).unwrap();
            let real = url.host_str().unwrap();
            prop_assert!(GENUINE.contains(&real.trim_end_matches('.')), "{} of {}", real, text);
        }
    }

    #[test]
    fn a_genuine_name_with_anything_added_is_not_verifiable(
        before in "([a-z0-9-]{1,4}[.-]?)?",
        host in prop::sample::select(GENUINE),
        after in "([.-]?[a-z0-9]{1,4})?",
    ) {
        let host = format!("{before}{host}{after}");
        prop_assume!(!GENUINE.contains(&host.as_str()));
        let badge = "/badges/3ed06b52-2c42-4696-ae9f-3801940fe2b4";
        for path in [SHARE, badge, &format!("/v1/obi/v2{}", badge.replace("badges", "badge_assertions"))] {
            let link = judge(&format!("https://{host}{path}"));
            prop_assert!(!link.is_verifiable() && link.canonical().is_none(), "{}", host);
        }
    }

    #[test]
    fn wrapping_never_makes_a_link_verifiable(host in host(), path in path()) {
        let text = format!("https://{host}{path}");
        let inner: String = url::form_urlencoded::byte_serialize(text.as_bytes()).collect();
        let wrapped = judge(&format!("https://www.linkedin.com/safety/go/?url={inner}"));
        prop_assert!(!wrapped.is_verifiable() || judge(&text).is_verifiable());
    }

    #[test]
    fn the_sharing_id_is_shown_nowhere(
        host in host(),
        path in path(),
        before in "(see |<|\\[a\\]\\()?",
        name in "(sharingId|SHARINGID|x)",
        after in "( thanks|>|\\)|&a=b| x)?",
    ) {
        for host in [host.as_str(), "learn.microsoft.com", "a@learn.microsoft.com:1"] {
            let text = format!("{before}https://{host}{path}?{name}={SECRET}{after}");
            let link = judge(&text);
            for finding in link.findings() {
                prop_assert!(!finding.message().contains(SECRET));
            }
            let debug = format!("{link:?}");
            prop_assert!(!debug.contains(SECRET));
            prop_assert!(!link.canonical().is_some_and(|canonical| canonical.contains(SECRET)));
        }
    }

    #[test]
    fn junk_around_a_link_changes_nothing_but_its_findings(
        text in genuine(),
        before in "(<|\"|“|- |\\(|see |\u{feff})",
        after in "(>|\"|”|\\.|\\),| or not)",
    ) {
        prop_assert_eq!(identifiers(&judge(&format!("{before}{text}{after}"))), identifiers(&judge(&text)));
    }
}
