//! Whose CV it is, where that can be told.
//!
//! A wrong guess would make an honest candidate's credential somebody else's, so a line that
//! looks like a name is not enough: something else in the document must say so too.

mod shape;

use shape::{shaped, without_heading};

use super::mail::{Letter, LetterPart, Role};
use super::mention::Mention;
use super::text::Line;
use crate::check::holder::{self, Grade};

/// Whose document it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    told: Result<(String, Basis), &'static str>,
}

/// By what the name was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// A field such as `Name:`.
    Field,
    /// A line at the top that something else in the document agrees with.
    TopLine,
    /// The sender of the mail.
    Sender,
}

impl Basis {
    /// The word used in every output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Field => "name-field",
            Self::TopLine => "top-line",
            Self::Sender => "mail-sender",
        }
    }
}

impl Name {
    /// The name, where it was told.
    pub fn as_str(&self) -> Option<&str> {
        self.told.as_ref().ok().map(|(name, _)| name.as_str())
    }

    /// By what it was told.
    pub fn basis(&self) -> Option<Basis> {
        self.told.as_ref().ok().map(|(_, basis)| *basis)
    }

    /// Why it was not told, in a few words.
    pub fn why_not(&self) -> Option<&'static str> {
        self.told.as_ref().err().copied()
    }
}

/// How far down a name is looked for: among the lines of the top, and as a field.
const TOP: usize = 8;
const FIELDS: usize = 40;

const NO_NAME: &str = "no line at the top reads as a name";
const UNCERTAIN: &str = "a line at the top may be a name, but nothing else in the document agrees";
const SEVERAL: &str = "several names stand there";

/// Tells the name of a document's owner.
pub(super) fn tell(file: &str, letter: &Letter, mentions: &[Mention]) -> Name {
    let users = || mentions.iter().filter_map(|mention| mention.link().user());
    let of_part = |part: &LetterPart| {
        let mut signs: Vec<String> = part.text.described.clone();
        signs.extend(users().map(str::to_owned));
        signs.extend(
            [
                Some(file.to_owned()),
                part.name.clone(),
                letter.sender.clone(),
            ]
            .into_iter()
            .flatten(),
        );
        of_lines(&part.text.lines, signs)
    };
    let documents = letter
        .parts
        .iter()
        .filter(|part| part.role == Role::Document);
    let told: Vec<_> = documents.clone().map(of_part).collect();
    let mut names = told.iter().filter_map(|told| told.as_ref().ok());
    let told = match names.next() {
        Some(first) if names.all(|other| same(&first.0, &other.0)) => Ok(first.clone()),
        Some(_) => Err(SEVERAL),
        None => by_letter(
            letter,
            told.first().and_then(|told| told.as_ref().err()).copied(),
        ),
    };
    Name { told }
}

/// The sender of a mail that brings no other name, if its parts do not speak against it.
fn by_letter(
    letter: &Letter,
    why_not: Option<&'static str>,
) -> Result<(String, Basis), &'static str> {
    let bodies = letter.parts.iter().filter(|part| part.role == Role::Body);
    let mut fields = bodies.filter_map(|part| field(&part.text.lines).transpose());
    if let Some(field) = fields.next() {
        return field.map(|name| (name, Basis::Field));
    }
    let sender = letter
        .sender
        .as_deref()
        .and_then(shaped)
        .ok_or(why_not.unwrap_or(NO_NAME))?;
    let mut documents = letter
        .parts
        .iter()
        .filter(|part| part.role == Role::Document);
    let named = |part: &LetterPart| {
        let top = part.text.lines.iter().take(FIELDS);
        let text: String = top.map(|line| folded(&line.text)).collect();
        parts_of(&sender).all(|word| text.contains(&word))
    };
    if documents.all(named) {
        Ok((sender, Basis::Sender))
    } else {
        Err("the sender of the mail is not named in what is attached")
    }
}

fn of_lines(lines: &[Line], mut signs: Vec<String>) -> Result<(String, Basis), &'static str> {
    if let Some(name) = field(lines)? {
        return Ok((name, Basis::Field));
    }
    signs.extend(contact_words(lines));
    let signs: Vec<String> = signs.iter().map(|sign| folded(sign)).collect();
    let agreed =
        |name: &str| parts_of(name).any(|part| signs.iter().any(|sign| sign.contains(&part)));
    let mut headed = false;
    let mut seen = false;
    for line in lines.iter().take(TOP) {
        let (heading, rest) = without_heading(&line.text);
        headed |= heading;
        let Some(name) = shaped(rest) else { continue };
        if agreed(&name) || headed {
            return Ok((name, Basis::TopLine));
        }
        // Only right behind a heading does a line stand for the name by itself.
        headed = false;
        seen = true;
    }
    Err(if seen { UNCERTAIN } else { NO_NAME })
}

/// The value of a field for the name; none where two differ.
fn field(lines: &[Line]) -> Result<Option<String>, &'static str> {
    const FIELDS_OF_NAMES: [&str; 10] = [
        "name",
        "full name",
        "candidate",
        "candidate name",
        "vor- und nachname",
        "vorname und nachname",
        "vollständiger name",
        "nombre",
        "nombre completo",
        "nom et prénom",
    ];
    let top: Vec<&Line> = lines.iter().take(FIELDS).collect();
    let mut found: Option<String> = None;
    for (at, line) in top.iter().enumerate() {
        let (label, value) = line
            .text
            .split_once([':', '：', '\t'])
            .unwrap_or((&line.text, ""));
        if !FIELDS_OF_NAMES.contains(&label.trim().to_lowercase().as_str()) {
            continue;
        }
        // In a table the value stands in the next cell.
        let next = || {
            top.get(at + 1)
                .filter(|next| next.block == line.block)
                .map(|next| next.text.as_str())
        };
        let value = if value.trim().is_empty() {
            next().unwrap_or("")
        } else {
            value
        };
        let Some(name) = shaped(value) else { continue };
        if found.as_deref().is_some_and(|other| !same(other, &name)) {
            return Err(SEVERAL);
        }
        found = Some(name);
    }
    Ok(found)
}

/// What in a document is made of its owner's name: mail addresses and profiles.
fn contact_words(lines: &[Line]) -> Vec<String> {
    const PROFILES: [&str; 5] = [
        "linkedin.com/in/",
        "github.com/",
        "gitlab.com/",
        "xing.com/profile/",
        "mailto:",
    ];
    let texts = lines.iter().flat_map(|line| {
        let targets = line.anchors.iter().map(|anchor| anchor.target.as_str());
        line.text.split_whitespace().chain(targets)
    });
    let sign = |word: &str| {
        let profile = PROFILES
            .iter()
            .find_map(|start| word.split_once(start))
            .map(|(_, rest)| rest);
        let mail = || word.split_once('@').map(|(local, _)| local);
        profile
            .map(|rest| rest.split('@').next().unwrap_or(rest))
            .or_else(mail)
            .map(str::to_owned)
    };
    texts.filter_map(sign).take(200).collect()
}

/// Whether two names may be one person's.
fn same(one: &str, other: &str) -> bool {
    !matches!(
        holder::compare(one, other).grade(),
        Grade::Different | Grade::NotCompared
    )
}

/// Small Latin letters and digits, nothing else.
fn folded(text: &str) -> String {
    let latin = any_ascii::any_ascii(text);
    latin
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect()
}

/// The parts of a name that are long enough to be recognised elsewhere.
fn parts_of(name: &str) -> impl Iterator<Item = String> + '_ {
    let long = |part: &String| part.len() >= 3;
    name.split_whitespace().map(folded).filter(long)
}

#[cfg(test)]
mod tests {
    use super::super::plain;
    use super::*;

    fn told(file: &str, text: &str) -> Name {
        let letter = Letter::single(plain::read(text.as_bytes()).unwrap());
        tell(file, &letter, &[])
    }

    #[test]
    fn a_name_is_told_where_the_document_agrees_with_itself() {
        for (file, text, expected) in [
            // A mail address, a profile, the file's name, a heading, a field.
            ("cv.txt", "Jane Doe\njane.doe@example.com", Some("Jane Doe")),
            (
                "cv.txt",
                "JANE DOE\nBerlin\nwww.linkedin.com/in/janedoe-1",
                Some("JANE DOE"),
            ),
            (
                "CV_Jane_Doe.txt",
                "Jane Doe\nCloud Engineer",
                Some("Jane Doe"),
            ),
            (
                "cv.txt",
                "Curriculum Vitae\n\nJane Doe\nBerlin",
                Some("Jane Doe"),
            ),
            (
                "cv.txt",
                "Lebenslauf – Jürgen Müller-Lüdenscheidt",
                Some("Jürgen Müller-Lüdenscheidt"),
            ),
            ("cv.txt", "Resume of Jane Q. Doe", Some("Jane Q. Doe")),
            (
                "cv.txt",
                "Application\nName: Jane van der Doe\nPhone: 1",
                Some("Jane van der Doe"),
            ),
            (
                "cv.txt",
                "Cloud Engineer\nJane Doe\njdoe@example.com",
                Some("Jane Doe"),
            ),
            (
                "cv.txt",
                "Jane Doe | Cloud Engineer\njane@example.com",
                Some("Jane Doe"),
            ),
            (
                "cv.txt",
                "Jane Doe, MCSE\njane@example.com",
                Some("Jane Doe"),
            ),
            ("cv.txt", "Doe, Jane\njane@example.com", Some("Doe, Jane")),
            (
                "cv.txt",
                "Łukasz Żółć\nlukasz@example.com",
                Some("Łukasz Żółć"),
            ),
            // Nothing else agrees, or it is no name.
            ("cv.txt", "Jane Doe\nBerlin", None),
            ("cv.txt", "Contoso Residences\njane@example.com", None),
            ("cv.txt", "Cloud Solutions\ncloud@example.com", None),
            ("cv.txt", "Senior Azure Engineer\nsenior@example.com", None),
            ("cv.txt", "J A N E  D O E\njane@example.com", None),
            ("cv.txt", "jane doe\njane@example.com", None),
            ("cv.txt", "Jane\njane@example.com", None),
            ("cv.txt", "Name: Jane Doe\nName: Richard Roe", None),
            ("cv.txt", "Name:\nPhone:", None),
            ("cv.txt", "Profile\nBerlin Germany", None),
            ("cv.txt", "", None),
        ] {
            let name = told(file, text);
            assert_eq!(name.as_str(), expected, "{text:?}: {name:?}");
            assert_eq!(name.why_not().is_none(), expected.is_some());
        }
    }
}
