//! Own rows: what they may say, and what is said of those that are wrong.

use proptest::prelude::*;

use super::super::{Catalog, Entry, Expires, RetiresBasis, RowOrigin, State};
use super::Yours;

fn catalog(text: &str) -> Result<Catalog, String> {
    let yours = Yours::parse(text).map_err(|error| error.to_string())?;
    Catalog::with(None, Some(&yours)).map_err(|error| error.to_string())
}

fn row<'c>(catalog: &'c Catalog, slug: &str) -> &'c Entry {
    catalog.find_slug(slug).unwrap().entry
}

#[test]
fn a_row_corrects_what_it_names_and_leaves_the_rest() {
    let catalog = catalog(
        "[certification.azure-administrator]\nas_of = 2026-11-20\nretires_on = 2027-06-30\n",
    )
    .unwrap();
    let shipped = row(Catalog::embedded(), "azure-administrator");
    let own = row(&catalog, "azure-administrator");
    assert_eq!(own.title(), shipped.title());
    assert_eq!(own.exams(), shipped.exams());
    assert_eq!(own.expires(), shipped.expires());
    let last = "2027-06-30".parse().unwrap();
    assert_eq!(own.state_on(last), State::Retiring(Some(last)));
    assert_eq!(own.retires_basis(), RetiresBasis::Certification);
    assert_eq!(own.known_on(), "2026-11-20".parse().unwrap());
    assert_eq!(
        (own.origin(), own.confidence()),
        (RowOrigin::Yours, "yours")
    );
}

#[test]
fn a_row_adds_a_certification() {
    let catalog = catalog(
        r#"
        [certification.azure-wizard]
        title = "Microsoft Certified: Azure Wizard Expert"
        level = "expert"
        exams = "az-999"
        state = "active"
        expires = true
        validity_months = 12
        as_of = "2026-11-20"
        source = "the wizard's own page"
        "#,
    )
    .unwrap();
    let own = catalog.find_exam("AZ-999")[0];
    assert_eq!(own.expires(), Expires::After { months: 12 });
    assert_eq!(own.state_on(own.known_on()), State::Current);
    assert!(catalog.find_title("azure wizard expert").is_some());
    assert_eq!(own.confidence(), "the wizard's own page");
}

#[test]
fn a_new_title_makes_the_old_one_a_former_one() {
    let catalog = catalog(
        "[certification.azure-administrator]\nas_of = 2026-11-20\ntitle = \"Microsoft Certified: Azure Steward Associate\"\n",
    )
    .unwrap();
    let found = catalog.find_title("Azure Administrator Associate").unwrap();
    assert_eq!(
        found.entry.title(),
        "Microsoft Certified: Azure Steward Associate"
    );
    assert_eq!(found.name, super::super::NameUsed::Former);
}

#[test]
fn without_own_rows_nothing_is_beyond_common_knowledge() {
    assert!(catalog("").unwrap().common().is_none());
    let with = catalog("[certification.azure-administrator]\nas_of = 2026-11-20\n").unwrap();
    let shipped: Vec<_> = Catalog::embedded().entries().collect();
    assert_eq!(
        with.common().unwrap().entries().collect::<Vec<_>>(),
        shipped
    );
}

#[test]
fn a_row_says_the_last_day_of_an_exam() {
    let catalog = catalog(
        "[certification.azure-administrator]\nas_of = 2026-11-20\nexams = [\"AZ-105\", \"AZ-104\"]\n\
         exam_retirements = { az-104 = 2026-12-31 }\n",
    )
    .unwrap();
    let own = row(&catalog, "azure-administrator");
    let left = |day: &str| own.exams_left_on(day.parse().unwrap()).count();
    assert_eq!((left("2026-12-31"), left("2027-01-01")), (2, 1));
    // What is known of an exam goes with it, and stays with it.
    let of_developer = |fields: &str| {
        let slug = "power-platform-developer-associate";
        let text = format!("[certification.{slug}]\nas_of = 2026-11-20\n{fields}\n");
        let yours = Yours::parse(&text).unwrap();
        let catalog = Catalog::with(None, Some(&yours)).unwrap();
        row(&catalog, slug).exam_retirements().len()
    };
    assert_eq!(of_developer(""), 1);
    assert_eq!(of_developer("exams = \"AB-400\""), 0);
}

/// What is wrong with a row of the Azure Administrator that was known to be true.
fn of_admin(fields: &str) -> String {
    catalog(&format!(
        "[certification.azure-administrator]\nas_of = 2026-11-20\n{fields}\n"
    ))
    .unwrap_err()
}

#[test]
fn what_is_wrong_is_said_with_its_line_and_what_was_meant() {
    for (fields, said) in [
        (
            "titel = \"x\"",
            "line 3: \"titel\" is not known (did you mean title?)",
        ),
        ("retires-on = 2026-06-30", "(did you mean retires_on?)"),
        (
            "level = \"asociate\"",
            "line 3: level holds \"asociate\" (did you mean associate?)",
        ),
        ("state = \"retierd\"", "(did you mean retired?)"),
        (
            "retires_on = \"soon\"",
            "line 3: retires_on holds \"soon\"; expected a day",
        ),
        ("retires_on = 2026-13-01", "line 3: "),
        (
            "retires_on = 5",
            "retires_on holds a number; expected a day",
        ),
        (
            "exams = [\"AZ-104\", \"exam\"]",
            "line 3: exams: \"exam\" is no code of an exam",
        ),
        (
            "exams = [104]",
            "exams holds a number; expected a list of texts",
        ),
        ("title = \"\"", "line 3: title is empty"),
        ("title = \"a\\u0007b\"", "control character"),
        ("note = 1", "note holds a number; expected a text"),
        ("validity_months = 12", "add expires = true"),
        ("expires = true", "add validity_months"),
        ("expires = false\nvalidity_months = 12", "leave it out"),
        (
            "expires = true\nvalidity_months = 0",
            "validity_months holds 0; expected 1 to 120",
        ),
        (
            "expires = \"sometimes\"",
            "expires holds \"sometimes\"; expected true",
        ),
        (
            "renewable = \"yes\"",
            "renewable holds a text; expected true",
        ),
        (
            "retires_basis = \"rumour\"",
            "expected certification or exam",
        ),
        ("aliases = [\"A B\"]", "is no slug"),
        (
            "replacement = \"azure-adminstrator\"",
            "(did you mean azure-administrator?)",
        ),
        (
            "replacement = \"azure-administrator\"",
            "cannot replace itself",
        ),
        (
            "state = \"renamed\"",
            "replacement names the one that carries on",
        ),
        (
            "aliases = [\"azure-fundamentals\"]",
            "is a certification of its own",
        ),
        (
            "title = \"Microsoft Certified: Azure Fundamentals\"",
            "is the title of azure-fundamentals already",
        ),
        (
            "former_titles = [\"Microsoft Certified: Azure Fundamentals\"]",
            "is the title of azure-fundamentals",
        ),
        (
            "state = \"active\"\nretires_on = 2027-01-01",
            "say state = \"retiring\"",
        ),
        (
            "state = \"retired\"\nretires_on = 2027-01-01",
            "say state = \"retiring\"",
        ),
        (
            "state = \"retiring\"\nretires_on = 2026-01-01",
            "say state = \"retired\"",
        ),
    ] {
        let error = of_admin(fields);
        assert!(error.contains(said), "{fields}\n{error}");
        assert!(error.starts_with("line "), "{fields}\n{error}");
    }
}

#[test]
fn every_problem_of_a_file_is_said_at_once() {
    let error = catalog(
        "[certification.azure-administrator]\ntitel = \"x\"\n\n[certification.Azure-AI]\nas_of = 1\n",
    )
    .unwrap_err();
    let starts: Vec<_> = error.lines().map(|line| &line[..7]).collect();
    assert_eq!(
        starts,
        ["line 1:", "line 2:", "line 4:", "line 5:"],
        "{error}"
    );
}

#[test]
fn a_slip_in_a_slug_is_no_new_certification() {
    let error = catalog("[certification.azure-adminstrator]\nas_of = 2026-11-20\n").unwrap_err();
    assert!(
        error.contains("(did you mean azure-administrator?)"),
        "{error}"
    );
    assert!(
        error.contains("to add one takes title and level"),
        "{error}"
    );
}

#[test]
fn what_is_no_such_file_is_refused() {
    for (text, said) in [
        ("slug,title\na,b\n", "line 1:"),
        ("[certifications.x]\n", "unknown field `certifications`"),
        ("certification = 1", "line 1:"),
        ("[certification]\nx = 1", "line 2:"),
        ("[certification.x", "line 1:"),
    ] {
        let error = catalog(text).unwrap_err();
        assert!(error.contains(said), "{text}: {error}");
    }
}

#[test]
fn taking_a_day_of_retirement_back_takes_saying_so() {
    let back = "[certification.azure-ai-engineer]\nas_of = 2026-11-20\nstate = \"active\"\n";
    assert!(catalog(back).unwrap_err().contains("retires_on = \"\""));
    let catalog = catalog(&format!("{back}retires_on = \"\"\n")).unwrap();
    let own = row(&catalog, "azure-ai-engineer");
    assert_eq!(own.state_on(own.known_on()), State::Current);
}

#[test]
fn what_is_wrong_with_the_last_day_of_an_exam_is_said() {
    for (fields, said) in [
        (
            "exam_retirements = 2026-12-31",
            "line 3: exam_retirements holds an instant; expected the last day of each exam",
        ),
        (
            "exam_retirements = { AZ-104 = \"soon\" }",
            "line 3: exam_retirements: \"AZ-104\" holds \"soon\"; expected a day",
        ),
        (
            "exam_retirements = { AZ-999 = 2026-12-31 }",
            "AZ-999 is not among its exams",
        ),
        (
            "exam_retirements = { x = 2026-12-31 }",
            "\"x\" is no code of an exam",
        ),
    ] {
        let found = of_admin(fields);
        assert!(found.contains(said), "{fields}: {found}");
    }
}

#[test]
fn names_that_lead_round_in_a_circle_are_refused() {
    let rows = |last: &str| {
        let row = |slug: &str, to: &str| {
            format!(
                "[certification.{slug}]\ntitle = \"Azure {slug} Expert\"\nlevel = \"expert\"\n\
                 state = \"renamed\"\nreplacement = \"{to}\"\nas_of = 2026-01-01\n"
            )
        };
        catalog(&[row("one", "two"), row("two", "three"), row("three", last)].concat())
    };
    let said = rows("one").unwrap_err();
    assert!(
        said.starts_with("line 1: one: what it was renamed to leads round"),
        "{said}"
    );
    assert!(rows("azure-administrator").is_ok());
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in r#"([a-z_]{1,12}|\[certification\.|\]|=|"|\n|,|[0-9-]{1,10}|true|\PC){0,40}"#) {
        let _ = catalog(&text);
    }

    #[test]
    fn any_fields_are_read_or_refused_with_a_line(
        name in prop::sample::select(&["title", "exams", "level", "expires", "retires_on", "aliases"][..]),
        value in r#""\PC{0,20}"|[0-9]{1,3}|\[("[a-zA-Z0-9 -]{0,9}",?){0,3}\]|true|[0-9]{4}-[0-9]{2}-[0-9]{2}"#,
    ) {
        let text = format!("[certification.azure-administrator]\nas_of = 2026-11-20\n{name} = {value}\n");
        if let Err(error) = catalog(&text) {
            prop_assert!(error.starts_with("line "), "{}", error);
        }
    }
}
