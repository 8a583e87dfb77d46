//! Reads the answer of Microsoft's catalogue as it arrives.
//!
//! The answer is about 13 MB of JSON, of which a few hundred short texts are kept. It is
//! `{"certifications": […], "mergedCertifications": […], "exams": […], …}`, each entry with
//! `uid` and `title`; `certifications` may name `exams` by their uid (Microsoft's reference
//! and copies of answers, read 2026-11-22).

use std::collections::BTreeMap;
use std::fmt;
use std::io;

use serde::de::{DeserializeSeed, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::super::{codes, yours};

/// The most certifications of an answer: many times what there are.
const MOST: usize = 5_000;

/// The longest title: none known is half as long.
const LONGEST: usize = 300;

/// The most exams of one certification.
const MOST_EXAMS: usize = 50;

/// What an answer lists: title and exams by slug.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Read {
    pub(super) certifications: BTreeMap<String, (String, Vec<String>)>,
    /// How many entries were passed over, since they have no usable uid and title.
    pub passed_over: u64,
}

/// Why an answer is no catalogue.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ListingError {
    /// It could not be read to its end.
    #[error("the answer could not be read to its end: {0}")]
    Io(io::Error),
    /// It is a page.
    #[error(
        "expected the catalogue as JSON, found a page (HTML): a sign-in page or a proxy may have \
         answered, or the service was switched off"
    )]
    Page,
    /// It ends early.
    #[error("the answer ends early: it was cut on its way; ask again")]
    Truncated,
    /// It is no JSON.
    #[error("the answer is no JSON: {0}")]
    NotJson(serde_json::Error),
    /// It is JSON of another shape.
    #[error(
        "the answer has another shape than the catalogue had ({0}): look for a newer version of \
         this program"
    )]
    Shape(String),
}

impl Read {
    /// Reads an answer, piece by piece, and keeps what is of use.
    ///
    /// # Errors
    /// When it cannot be read, is no catalogue, or lists no certification.
    pub fn from_json(from: impl io::Read) -> Result<Self, ListingError> {
        let mut from = Sniff { from, start: None };
        let mut read = Self::default();
        let mut json = serde_json::Deserializer::from_reader(io::BufReader::new(&mut from));
        let whole = json
            .deserialize_map(Top(&mut read))
            .and_then(|()| json.end());
        drop(json);
        match whole {
            Err(_) if from.start == Some(b'<') => Err(ListingError::Page),
            Err(error) => Err(why(error)),
            Ok(()) if read.certifications.is_empty() => {
                Err(ListingError::Shape("it lists no certification".to_owned()))
            }
            Ok(()) => Ok(read),
        }
    }

    /// How many certifications it lists.
    pub fn len(&self) -> usize {
        self.certifications.len()
    }

    /// Whether it lists nothing.
    pub fn is_empty(&self) -> bool {
        self.certifications.is_empty()
    }

    fn add(&mut self, entry: Entry) -> Result<(), &'static str> {
        let Some((slug, title)) = entry.named() else {
            self.passed_over += 1;
            return Ok(());
        };
        let exams = entry.exams.0;
        let (_, known) = self
            .certifications
            .entry(slug)
            .or_insert_with(|| (title, Vec::new()));
        for exam in exams {
            if !known.contains(&exam) && known.len() < MOST_EXAMS {
                known.push(exam);
            }
        }
        if self.certifications.len() > MOST {
            return Err("it lists more certifications than there can be");
        }
        Ok(())
    }
}

fn why(error: serde_json::Error) -> ListingError {
    use serde_json::error::Category;
    match error.classify() {
        Category::Eof => ListingError::Truncated,
        Category::Io => ListingError::Io(error.into()),
        Category::Syntax => ListingError::NotJson(error),
        Category::Data => ListingError::Shape(error.to_string()),
    }
}

/// Whether a certification can be listed like that.
pub(super) fn is_sound(slug: &str, title: &str, exams: &[String]) -> bool {
    let is_code = |exam: &String| code(exam).as_ref() == Some(exam);
    yours::is_slug(slug) && is_title(title) && exams.iter().all(is_code)
}

fn is_title(title: &str) -> bool {
    let length = title.chars().count();
    (3..=LONGEST).contains(&length) && !title.contains(char::is_control)
}

fn code(text: &str) -> Option<String> {
    match &codes::find(text)[..] {
        [one] if one.range == (0..text.len()) => Some(one.code.clone()),
        _ => None,
    }
}

/// One entry; whatever else it holds is not looked at.
#[derive(Deserialize)]
struct Entry {
    #[serde(default)]
    uid: Text,
    #[serde(default)]
    title: Text,
    #[serde(default)]
    exams: Exams,
}

impl Entry {
    fn named(&self) -> Option<(String, String)> {
        let slug = self.uid.0.strip_prefix("certification.")?;
        let title = self.title.0.trim();
        is_sound(slug, title, &[]).then(|| (slug.to_owned(), title.to_owned()))
    }
}

/// A short text; anything else is passed over.
#[derive(Default)]
struct Text(String);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyText)
    }
}

struct AnyText;

impl<'de> Visitor<'de> for AnyText {
    type Value = Text;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_str<E>(self, text: &str) -> Result<Text, E> {
        let is_short = text.len() <= 4 * LONGEST;
        Ok(Text(if is_short {
            text.to_owned()
        } else {
            String::new()
        }))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Text, E> {
        Ok(Text::default())
    }

    fn visit_i64<E>(self, _: i64) -> Result<Text, E> {
        Ok(Text::default())
    }

    fn visit_u64<E>(self, _: u64) -> Result<Text, E> {
        Ok(Text::default())
    }

    fn visit_f64<E>(self, _: f64) -> Result<Text, E> {
        Ok(Text::default())
    }

    fn visit_unit<E>(self) -> Result<Text, E> {
        Ok(Text::default())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Text, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Text::default())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Text, A::Error> {
        while members.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Text::default())
    }
}

/// The codes of a list of exams' uids, as `exam.az-104`.
#[derive(Default)]
struct Exams(Vec<String>);

impl<'de> Deserialize<'de> for Exams {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct List;
        impl<'de> Visitor<'de> for List {
            type Value = Exams;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of exams")
            }

            fn visit_unit<E>(self) -> Result<Exams, E> {
                Ok(Exams::default())
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Exams, A::Error> {
                let mut exams = Vec::new();
                while let Some(Text(uid)) = list.next_element()? {
                    let code = uid.strip_prefix("exam.").and_then(code);
                    exams.extend(code.filter(|_| exams.len() < MOST_EXAMS));
                }
                Ok(Exams(exams))
            }
        }
        deserializer.deserialize_any(List)
    }
}

/// The members of the whole answer.
struct Top<'r>(&'r mut Read);

impl<'de> Visitor<'de> for Top<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with lists of certifications")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        while let Some(Text(name)) = members.next_key()? {
            match name.as_str() {
                "certifications" | "mergedCertifications" => {
                    members.next_value_seed(List(&mut *self.0))?;
                }
                _ => {
                    members.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

/// A list of entries, each dropped before the next is read.
struct List<'r>(&'r mut Read);

impl<'de> DeserializeSeed<'de> for List<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for List<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of certifications")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(entry) = list.next_element::<Entry>()? {
            self.0.add(entry).map_err(A::Error::custom)?;
        }
        Ok(())
    }
}

/// Remembers the first byte that is no white space.
struct Sniff<R> {
    from: R,
    start: Option<u8>,
}

impl<R: io::Read> io::Read for Sniff<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(into)?;
        if self.start.is_none() {
            let mark = [0xEF, 0xBB, 0xBF];
            let mut bytes = into[..read].iter().copied();
            self.start = bytes.find(|byte| !byte.is_ascii_whitespace() && !mark.contains(byte));
        }
        Ok(read)
    }
}
