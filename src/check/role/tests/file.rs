//! What a file of roles may say.

use super::*;

#[test]
fn a_file_says_what_is_wrong_and_where() {
    for (text, expected) in [
        (
            "",
            "the file holds no role: expected a table such as [role.cloud-architect]",
        ),
        (
            "[role]",
            "the file holds no role: expected a table such as [role.cloud-architect]",
        ),
        (
            "[role.a]\n",
            "line 1: role a: it asks for nothing; expected all_of, any_of or both",
        ),
        (
            "[role.a]\nmin_days_left = 9",
            "line 1: role a: it asks for nothing; expected all_of, any_of or both",
        ),
        (
            "[role.a]\nall_of = []",
            "line 2: role a: all_of is empty; expected exams, slugs or titles, or leave it out",
        ),
        (
            "[role.a]\nany_of = [['AZ-104'],\n[]]",
            "line 3: role a: any_of is empty; expected exams, slugs or titles, or leave it out",
        ),
        (
            "[role.a]\nall_of = ['AZ-104', 'azure-administrator']",
            "line 2: role a: all_of asks for azure-administrator again, which AZ-104 (Microsoft Certified: Azure Administrator Associate) stands for already",
        ),
        (
            "[role.a]\nall_of = ['AZ-104']\nany_of = ['SC-300', 'az-104']",
            "line 3: role a: any_of names AZ-104, which all_of asks for already as AZ-104, so that the choice would always be met",
        ),
        (
            "[role.a]\nany_of = ['AZ-104', 7]",
            "line 2: role a: any_of holds 7 (integer); expected a list of texts, or a list of such lists",
        ),
        (
            "[role.a]\nany_of = [['AZ-104'], 'SC-300']",
            "line 2: role a: any_of holds \"SC-300\" (string); expected a list of texts, or a list of such lists",
        ),
        (
            "[role.cloud-admin]\nall_of = ['AZ-104']\n[role.Cloud_Admin]\nall_of = ['AZ-104']",
            "line 3: role Cloud_Admin: cloud-admin is taken",
        ),
        (
            "[role.a]\nall_of = ['AZ-104']\n[role.b]\ntitle = 'A'\nall_of = ['AZ-104']",
            "line 3: role b: a is taken for the same name",
        ),
        (
            "[role.a]\nall_of = ['AZ-104']\n[role.a]\nall_of = ['AZ-104']",
            "line 3: duplicate key",
        ),
        (
            "[role.a]\nanyof = ['AZ-104']",
            "line 2: unknown field `anyof`, expected one of `title`",
        ),
        (
            "[roles.a]\nall_of = ['AZ-104']",
            "line 1: unknown field `roles`, expected `role`",
        ),
        (
            "[role.a]\nall_of = ['AZ-104']\nmin_days_left = -1",
            "line 3: invalid value: integer `-1`",
        ),
        (
            "[role.a]\nall_of = ['AZ-104']\nrequire = 'actve'",
            "line 3: unknown variant `actve`, expected `valid` or `active`",
        ),
        ("[role.a]\nall_of = 'AZ-104'", "line 2: invalid type"),
        (
            "[role.' - ']\nall_of = ['AZ-104']",
            "line 1: a role has no name",
        ),
        ("[role.a\n", "line 1: "),
    ] {
        let error = roles(text).unwrap_err().to_string();
        assert!(error.starts_with(expected), "{text}\n{error}");
    }
}

#[test]
fn an_unknown_certification_comes_with_a_near_one() {
    let error = roles("[role.a]\nall_of = [\n  'AZ-305',\n  'AZ-3004',\n]").unwrap_err();
    let said = error.to_string();
    assert!(
        said.starts_with("line 4: role a: all_of: no certification is known by \"AZ-3004\""),
        "{said}"
    );
    assert!(said.contains("did you mean AZ-"), "{said}");
}

#[test]
fn roles_are_found_as_people_write_them() {
    let roles = roles(
        "[role.cloud-architect]\ntitle = 'Architekt'\nall_of = ['AZ-305']\n[role.admin]\nall_of = ['AZ-104']",
    )
    .unwrap();
    for name in [
        "cloud-architect",
        " Cloud  Architect ",
        "CLOUD_ARCHITECT",
        "architekt",
    ] {
        assert_eq!(
            roles.find(name).unwrap().name(),
            "cloud-architect",
            "{name}"
        );
    }
    let error = roles.find("cloud architct").unwrap_err();
    assert_eq!(
        error.to_string(),
        "no role is called \"cloud architct\": expected admin or cloud-architect; did you mean cloud-architect?"
    );
    assert_eq!(error.finding().code(), Code::RoleUncertain);
    assert!(error.finding().message().starts_with("No role is called"));
    assert_eq!(roles.find("janitor").unwrap_err().suggestion(), None);
}
