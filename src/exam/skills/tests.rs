use proptest::prelude::*;

use super::*;

fn ai_102() -> &'static SkillSet {
    let exam = Exam::of_form("AI-102").unwrap();
    SkillSets::embedded().find(&exam).unwrap()
}

const GOOD: &str = r#"[exam.ZZ-900]
as_of = 2026-01-02
[[exam.ZZ-900.area]]
name = "One"
percent = [40, 60]
[[exam.ZZ-900.area]]
name = "Two"
aliases = ["zwei"]
percent = [40, 60]
modules = "https://example.org/two"
"#;

#[test]
fn the_shipped_areas_are_the_study_guides() {
    let areas: Vec<_> = ai_102()
        .areas()
        .iter()
        .map(|area| (area.name(), area.low(), area.high()))
        .collect();
    let expected = [
        ("Plan and manage an Azure AI solution", 20, 25),
        ("Implement generative AI solutions", 15, 20),
        ("Implement an agentic solution", 5, 10),
        ("Implement computer vision solutions", 10, 15),
        ("Implement natural language processing solutions", 15, 20),
        (
            "Implement knowledge mining and information extraction solutions",
            15,
            20,
        ),
    ];
    assert_eq!(areas, expected);
    assert_eq!(ai_102().as_of().to_string(), "2025-12-23");
    assert!(ai_102().areas().iter().all(|area| area.modules().is_some()));
}

#[test]
fn areas_are_found_by_their_words() {
    for (typed, at) in [
        ("Plan and manage an Azure AI solution", 0),
        ("plan", 0),
        ("GENERATIVE AI", 1),
        ("genai", 1),
        ("agentic", 2),
        ("agents", 2),
        ("vision", 3),
        ("nlp", 4),
        ("natural language", 4),
        ("knowledge-mining", 5),
        ("extraction", 5),
    ] {
        assert_eq!(ai_102().find(typed), Ok(at), "{typed}");
    }
}

#[test]
fn an_area_that_is_not_one_is_refused_with_a_suggestion() {
    let error = ai_102().find("visoin").unwrap_err().to_string();
    assert!(
        error.contains("did you mean \"Implement computer vision solutions\"?"),
        "{error}"
    );
    let error = ai_102().find("implement").unwrap_err();
    assert!(matches!(&error, AreaError::Several { areas, .. } if areas.len() == 5));
    for typed in ["", "  ", "=", "cooking", "\u{1b}[31m"] {
        assert!(matches!(
            ai_102().find(typed),
            Err(AreaError::Unknown { .. })
        ));
    }
}

#[test]
fn a_file_of_the_form_is_read() {
    let sets = SkillSets::parse(GOOD).unwrap();
    let set = sets.find(&Exam::of_form("zz900").unwrap()).unwrap();
    assert_eq!(set.find("zwei"), Ok(1));
    assert_eq!(set.areas()[1].modules(), Some("https://example.org/two"));
}

#[test]
fn what_is_wrong_with_a_file_is_said_with_its_line() {
    for (from, to, line, said) in [
        (
            "percent = [40, 60]\n[[",
            "percent = [60, 40]\n[[",
            5,
            "[60, 40]",
        ),
        (
            "percent = [40, 60]\n[[",
            "percent = [40, 160]\n[[",
            5,
            "160",
        ),
        (
            "percent = [40, 60]\n[[",
            "percent = [40]\n[[",
            5,
            "two ends",
        ),
        (
            "percent = [40, 60]\n[[",
            "percent = [4, 6]\n[[",
            1,
            "44 to 66 %",
        ),
        (
            "percent = [40, 60]\n[[",
            "percent = \"40-60\"\n[[",
            5,
            "invalid type",
        ),
        (
            "percent = [40, 60]\n[[",
            "percnt = [40, 60]\n[[",
            5,
            "expected one of",
        ),
        (
            "name = \"One\"",
            "name = \"two\"",
            7,
            "the name of two areas",
        ),
        ("name = \"One\"", "name = \" \"", 4, "no name"),
        ("[\"zwei\"]", "[\"one\"]", 8, "the name of two areas"),
        ("2026-01-02", "2026-01-02T10:00:00", 2, "expected a day"),
        ("2026-01-02", "\"soon\"", 2, "invalid"),
        (
            "https://example.org/two",
            "http://example.org/two",
            10,
            "https://",
        ),
        ("https://example.org/two", "two", 10, "https://"),
        (
            "[[exam.ZZ-900.area]]\nname = \"One\"",
            "[[exam.zz-900.area]]\nname = \"One\"",
            3,
            "as_of",
        ),
        ("as_of = 2026-01-02", "", 1, "as_of"),
        ("as_of", "[[[", 2, ""),
    ] {
        let text = GOOD.replacen(from, to, 1);
        assert_ne!(text, GOOD, "{from}");
        let error = SkillsError::clone(&SkillSets::parse(&text).unwrap_err());
        assert_eq!(error.line(), Some(line), "{to}: {error}");
        assert!(error.to_string().contains(said), "{to}: {error}");
    }
    let unnamed = SkillSets::parse(&GOOD.replace("ZZ-900", "azure")).unwrap_err();
    assert!(
        unnamed
            .to_string()
            .starts_with("line 1: expected the code of an exam")
    );
    for text in ["", "# nothing", "[exam]"] {
        assert!(
            SkillSets::parse(text)
                .unwrap_err()
                .to_string()
                .contains("no exam")
        );
    }
    let html = SkillSets::parse("<!DOCTYPE html>\n<html>").unwrap_err();
    assert_eq!(html.line(), Some(1));
}

proptest! {
    #[test]
    fn no_text_makes_reading_panic(text in ".{0,200}") {
        let _ = SkillSets::parse(&text);
    }

    #[test]
    fn nearly_right_text_does_not_either(at in 0usize..200, with in "[\\[\\]\"=a-z0-9.\\-]{0,4}") {
        let mut text = GOOD.to_owned();
        let at = at.min(text.len());
        text.replace_range(at..(at + 3).min(text.len()), &with);
        let _ = SkillSets::parse(&text);
    }

    #[test]
    fn no_name_makes_looking_panic(typed in ".{0,60}") {
        let _ = ai_102().find(&typed);
    }
}
