//! Columns, counts and schemas.

use schemars::generate::SchemaSettings;

use super::*;

#[test]
fn a_list_without_rows_is_a_whole_document() {
    for format in SheetFormat::ALL {
        let bytes = document(format, &heading(&["name"]), &[]);
        assert!(
            !bytes.is_empty() || format == SheetFormat::Jsonl,
            "{}",
            format.as_str()
        );
    }
    let csv = text(SheetFormat::Csv, &heading(&["name"]), &[]);
    assert_eq!(
        csv,
        "name,status,valid,title,holder,holder_match,earned_on,expires_on,days_left,\
         renewal_opens_on,findings,next_step,checked_at,outcome,credential_id\r\n"
    );
    let json: serde_json::Value =
        serde_json::from_str(&text(SheetFormat::Json, &heading(&[]), &[])).unwrap();
    assert_eq!(json["results"], serde_json::json!([]));
}

#[test]
fn our_own_numbers_and_words_are_not_guarded() {
    let rows = [given(&["Pieter"], vec![result(EXPIRED)])];
    let csv = text(SheetFormat::Csv, &heading(&["name"]), &rows);
    let line = csv.lines().nth(1).unwrap();
    assert!(line.starts_with("Pieter,expired,false,"), "{line}");
    let days = rows[0].1[0].days_left.unwrap();
    assert!(days < 0 && line.contains(&format!(",{days},")), "{line}");
}

#[test]
fn what_is_unknown_is_an_empty_cell() {
    let rows = [given(&[], vec![result(LOOKALIKE)])];
    let csv = text(SheetFormat::Csv, &heading(&["name", "link"]), &rows);
    let line = csv.lines().nth(1).unwrap();
    assert!(
        line.starts_with(",,undetermined,,,,not-compared,,,,,lookalike-host,"),
        "{line}"
    );
}

#[test]
fn a_row_has_one_line_however_many_credentials_a_transcript_holds() {
    let many: Vec<_> = [ACTIVE, EXPIRED, UNDETERMINED].map(result).into();
    let rows = [given(&["Jane"], many)];
    let heading = heading(&["name"]);
    let csv = text(SheetFormat::Csv, &heading, &rows);
    assert_eq!(csv.matches("\r\n").count(), 2);
    assert_eq!(text(SheetFormat::Jsonl, &heading, &rows).lines().count(), 3);
    let xml = text(SheetFormat::Junit, &heading, &rows);
    assert_eq!(xml.matches("<testcase").count(), 1);
    assert_eq!(xml.matches("also: ").count(), 2);
    let page = text(SheetFormat::Html, &heading, &rows);
    assert!(page.contains("Also in the same transcript"));
    let table = text(SheetFormat::Human, &heading, &rows);
    assert!(table.contains("2 more credentials"), "{table}");
}

#[test]
fn roles_and_changes_stand_behind_where_they_are_asked_for() {
    let heading = Heading {
        has_roles: true,
        has_changes: true,
        ..heading(&["name", "role"])
    };
    let role = RoleJson {
        name: "=cloud".to_owned(),
        state: "unmet",
        met_by: vec![MetJson {
            wanted: "AZ-104".to_owned(),
            title: "A | B".to_owned(),
            row: 7,
        }],
        missing: vec!["AZ-305".to_owned()],
        open: vec!["SC-300".to_owned()],
    };
    let change = ChangeJson {
        kind: "newly-expired",
        message: "was active".to_owned(),
    };
    let given = given(&["Jane", "=cloud"], vec![result(ACTIVE)]);
    let row = SheetRow {
        role: Some(&role),
        change: Some(&change),
        ..row(1, &given)
    };
    for format in SheetFormat::ALL {
        let mut bytes = Vec::new();
        let mut sheet = open(format, &heading, outlet(&mut bytes)).unwrap();
        sheet.row(&row).unwrap();
        sheet.row(&super::row(2, &given)).unwrap();
        let closing = Closing {
            gone: vec!["Amara".to_owned()],
            ..Closing::default()
        };
        sheet.finish(&closing).unwrap();
        if format != SheetFormat::Xlsx {
            let text = String::from_utf8(bytes).unwrap();
            for part in ["unmet", "AZ-305", "newly-expired", "was active"] {
                assert!(text.contains(part), "{} lacks {part}", format.as_str());
            }
            let says_gone = !matches!(format, SheetFormat::Csv | SheetFormat::Jsonl);
            assert_eq!(text.contains("Amara"), says_gone, "{}", format.as_str());
        }
        if format == SheetFormat::Csv {
            let text = text_of_csv(&heading, &row);
            assert!(text.starts_with("name,input_role,status,"), "{text}");
            assert!(
                text.ends_with(
                    ",'=cloud,unmet,AZ-104: A | B (row 7),AZ-305; SC-300 (not determined),\
                     newly-expired: was active,passed,5D1E0C42A7B39F10\r\n"
                ),
                "{text}"
            );
        }
    }
}

fn text_of_csv(heading: &Heading, row: &SheetRow<'_>) -> String {
    let mut bytes = Vec::new();
    let mut sheet = open(SheetFormat::Csv, heading, outlet(&mut bytes)).unwrap();
    sheet.row(row).unwrap();
    sheet.finish(&Closing::default()).unwrap();
    String::from_utf8(bytes).unwrap()
}

#[test]
fn json_holds_to_its_schemas() {
    let schema = |generator: schemars::SchemaGenerator, line: bool| {
        let schema = if line {
            generator.into_root_schema_for::<RowResult<'static>>()
        } else {
            generator.into_root_schema_for::<BatchDocument<'static>>()
        };
        jsonschema::validator_for(&serde_json::to_value(schema).unwrap()).unwrap()
    };
    let settings = || {
        SchemaSettings::draft2020_12()
            .for_serialize()
            .into_generator()
    };
    let (whole, line) = (schema(settings(), false), schema(settings(), true));
    let rows: Vec<_> = [ACTIVE, EXPIRED, UNDETERMINED, LOOKALIKE]
        .map(|link| given(&["Jane", link], vec![result(link)]))
        .into();
    let heading = heading(&["name", "link"]);
    let json: serde_json::Value =
        serde_json::from_str(&text(SheetFormat::Json, &heading, &rows)).unwrap();
    let errors: Vec<_> = whole
        .iter_errors(&json)
        .map(|error| error.to_string())
        .collect();
    assert_eq!(errors, [""; 0]);
    assert_eq!(json["summary"]["total"], 4);
    for text in text(SheetFormat::Jsonl, &heading, &rows).lines() {
        let mut json: serde_json::Value = serde_json::from_str(text).unwrap();
        assert!(line.is_valid(&json));
        json["row"]["number"] = 0.into();
        assert!(!line.is_valid(&json));
        json["row"] = serde_json::Value::Null;
        assert!(!line.is_valid(&json));
    }
}
