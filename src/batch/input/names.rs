//! Which headers mean what.

use std::fmt;
use std::str::FromStr;

use unicode_normalization::UnicodeNormalization;

/// What a column of a list is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// The link to verify.
    Link,
    /// The candidate's name.
    Name,
    /// The certification that the candidate claims.
    Certification,
    /// The candidate's e-mail address.
    Email,
    /// What the list calls the candidate by.
    Id,
    /// The role that the candidate is held against.
    Role,
}

impl Field {
    /// All fields, in the order in which they are named to people.
    pub const ALL: [Self; 6] = [
        Self::Link,
        Self::Name,
        Self::Certification,
        Self::Email,
        Self::Id,
        Self::Role,
    ];

    /// The field's name, as `--map` takes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Name => "name",
            Self::Certification => "certification",
            Self::Email => "email",
            Self::Id => "id",
            Self::Role => "role",
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}

impl FromStr for Field {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        match meaning(name) {
            Some(Meaning::Field(field)) => Ok(field),
            _ => Err(()),
        }
    }
}

/// What a header says of its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    Field(Field),
    FirstName,
    LastName,
}

/// The headers that are known, in [`canonical`] form: English, and German as in the lists
/// of German recruiters.
const KNOWN: [(Meaning, &[&str]); 8] = [
    (
        Meaning::Field(Field::Link),
        &[
            "link",
            "links",
            "url",
            "uri",
            "credential",
            "credentials",
            "credentiallink",
            "credentialurl",
            "linktocredential",
            "urlofcredential",
            "credentialsharelink",
            "sharelink",
            "shareurl",
            "sharedlink",
            "certificatelink",
            "certificateurl",
            "certificationlink",
            "certificationurl",
            "linktocertificate",
            "linktocertification",
            "verificationlink",
            "verificationurl",
            "verifylink",
            "prooflink",
            "badgelink",
            "badgeurl",
            "transcriptlink",
            "transcripturl",
            "learnlink",
            "mslearnlink",
            "microsoftlearnlink",
            "nachweis",
            "nachweislink",
            "linkzumnachweis",
            "zertifikatslink",
            "zertifikatlink",
            "zertifizierungslink",
            "linkzumzertifikat",
            "linkzurzertifizierung",
            "freigabelink",
            "prüflink",
            "pruefnachweis",
        ],
    ),
    (
        Meaning::Field(Field::Name),
        &[
            "name",
            "names",
            "fullname",
            "candidate",
            "candidatename",
            "nameofcandidate",
            "holder",
            "holdername",
            "nameofholder",
            "person",
            "applicant",
            "applicantname",
            "employee",
            "employeename",
            "kandidat",
            "kandidatin",
            "kandidatname",
            "bewerber",
            "bewerberin",
            "bewerbername",
            "teilnehmer",
            "teilnehmerin",
            "teilnehmende",
            "participant",
            "inhaber",
            "inhaberin",
            "mitarbeiter",
            "mitarbeiterin",
            "vollständigername",
            "vorundnachname",
        ],
    ),
    (
        Meaning::FirstName,
        &["firstname", "givenname", "forename", "vorname", "rufname"],
    ),
    (
        Meaning::LastName,
        &[
            "lastname",
            "surname",
            "familyname",
            "nachname",
            "familienname",
            "zuname",
        ],
    ),
    (
        Meaning::Field(Field::Certification),
        &[
            "certification",
            "certifications",
            "certificationname",
            "certificationtitle",
            "certificate",
            "certificates",
            "exam",
            "exams",
            "claims",
            "examcode",
            "examnumber",
            "claim",
            "claimed",
            "claimedcertification",
            "zertifizierung",
            "zertifizierungen",
            "zertifikat",
            "zertifikate",
            "prüfung",
            "pruefung",
            "prüfungscode",
        ],
    ),
    (
        Meaning::Field(Field::Email),
        &[
            "email",
            "emailaddress",
            "mail",
            "mailaddress",
            "emailadresse",
            "mailadresse",
        ],
    ),
    (
        Meaning::Field(Field::Id),
        &[
            "id",
            "candidateid",
            "applicantid",
            "employeeid",
            "personid",
            "kandidatenid",
            "bewerberid",
            "bewerbernummer",
            "personalnummer",
        ],
    ),
    (
        Meaning::Field(Field::Role),
        &["role", "jobrole", "targetrole", "rolle", "zielrolle"],
    ),
];

/// What a header means, in any case and without regard to spaces, `_`, `-` and other marks.
pub(super) fn meaning(header: &str) -> Option<Meaning> {
    let header = canonical(header);
    KNOWN
        .iter()
        .find(|(_, names)| names.contains(&header.as_str()))
        .map(|(meaning, _)| *meaning)
}

/// A header without the number that tells it from an equal one before it.
pub(super) fn as_written(header: &str) -> &str {
    let number = header
        .strip_suffix(')')
        .and_then(|rest| rest.rsplit_once(" ("));
    match number {
        Some((name, number))
            if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) =>
        {
            name
        }
        _ => header,
    }
}

/// Letters and digits alone, in lower case.
pub(crate) fn canonical(header: &str) -> String {
    as_written(header.trim())
        .nfkc()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_mean_what_people_mean_by_them() {
        let field = |field| Some(Meaning::Field(field));
        for (header, expected) in [
            ("link", field(Field::Link)),
            ("URL", field(Field::Link)),
            ("  Credential Link ", field(Field::Link)),
            ("credential_url", field(Field::Link)),
            ("Link to credential:", field(Field::Link)),
            ("share-link", field(Field::Link)),
            ("Nachweis", field(Field::Link)),
            ("Zertifikatslink", field(Field::Link)),
            ("link (2)", field(Field::Link)),
            ("Candidate", field(Field::Name)),
            ("Name*", field(Field::Name)),
            ("First Name", Some(Meaning::FirstName)),
            ("NACHNAME", Some(Meaning::LastName)),
            ("Exam", field(Field::Certification)),
            ("Pru\u{308}fung", field(Field::Certification)),
            ("E-Mail", field(Field::Email)),
            ("ID", field(Field::Id)),
            ("Rolle", field(Field::Role)),
            ("LinkedIn", None),
            ("Notes", None),
            ("", None),
        ] {
            assert_eq!(meaning(header), expected, "{header}");
        }
    }

    #[test]
    fn no_name_is_listed_twice_or_in_a_form_that_is_never_met() {
        let mut names: Vec<_> = KNOWN.iter().flat_map(|(_, names)| *names).collect();
        for name in &names {
            assert_eq!(canonical(name), **name);
        }
        let all = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), all);
    }

    #[test]
    fn every_field_is_found_by_its_own_name() {
        for field in Field::ALL {
            assert_eq!(field.as_str().parse(), Ok(field));
        }
    }
}
