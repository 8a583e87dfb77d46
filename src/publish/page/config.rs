//! What the owner of a page says of it: a small TOML file.

mod error;

use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue};
use url::Url;

use super::colour;
use crate::check::holder::{self, Grade};
use crate::finding::Finding;
use crate::link::{self, Kind, Link};
use crate::publish::badge::Colour;
use crate::publish::{Language, clean};
pub use error::ConfigError;
use error::Problem;

/// The longest name or headline.
const LONGEST: usize = 300;

/// What the owner of a page says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// Whose credentials these are said to be.
    pub name: String,
    /// What the owner does, in a line.
    pub headline: Option<String>,
    /// The page's language.
    pub language: Language,
    /// What is asked about, in order. A shared transcript stands last.
    pub links: Vec<Link>,
    /// Where the page will be, with a slash at its end.
    pub base_url: Option<Url>,
    /// The colour of links and marks.
    pub accent: Option<Colour>,
}

const KEYS: &[&str] = &[
    "name",
    "headline",
    "language",
    "links",
    "transcript",
    "base_url",
    "colours",
];
const COLOUR_KEYS: &[&str] = &["accent"];

#[derive(Deserialize)]
struct File {
    name: Option<Spanned<String>>,
    headline: Option<Spanned<String>>,
    language: Option<Spanned<String>>,
    #[serde(default)]
    links: Vec<Spanned<String>>,
    transcript: Option<Spanned<String>>,
    base_url: Option<Spanned<String>>,
    #[serde(default)]
    colours: Colours,
}

#[derive(Default, Deserialize)]
struct Colours {
    accent: Option<Spanned<String>>,
}

impl Config {
    /// Reads a configuration.
    ///
    /// # Errors
    /// When it is no TOML, has a key that is not known or a value that cannot be used; the
    /// message names the line.
    ///
    /// ```
    /// use bonafide::publish::page::Config;
    ///
    /// let config = Config::parse("name = \"Jane Doe\"\nlinks = []").unwrap();
    /// assert_eq!(config.name, "Jane Doe");
    /// let error = Config::parse("name = \"Jane Doe\"\nheadlin = \"Azure\"").unwrap_err();
    /// assert_eq!(error.to_string(), "line 2: headlin is no key here; did you mean headline?");
    /// ```
    pub fn parse(text: &str) -> Result<Self, ConfigError> {
        let reader = Reader { text };
        reader.only_known_keys()?;
        let file: File = toml::from_str(text).map_err(|error| reader.no_toml(&error))?;
        let mut seen = Vec::new();
        for link in file.links {
            let link = reader.link(link, &seen)?;
            seen.push(link);
        }
        if let Some(transcript) = file.transcript {
            let transcript = reader.transcript(transcript, &seen)?;
            seen.push(transcript);
        }
        let name = file.name.ok_or(ConfigError {
            line: None,
            problem: Problem::NoName,
        })?;
        let name = reader.name(name)?;
        let headline = file.headline.map(|text| reader.text("headline", text));
        let language = file.language.map(|tag| reader.language(&tag));
        let base_url = file.base_url.map(|text| reader.base_url(&text));
        let accent = file.colours.accent.map(|text| reader.accent(&text));
        Ok(Self {
            name,
            headline: headline.transpose()?,
            language: language.transpose()?.unwrap_or(Language::English),
            links: seen.into_iter().map(|(_, link)| link).collect(),
            base_url: base_url.transpose()?,
            accent: accent.transpose()?,
        })
    }
}

/// Reads the values of a file, and knows their lines.
struct Reader<'t> {
    text: &'t str,
}

impl Reader<'_> {
    /// Serde names an unknown key too, but suggests nothing.
    fn only_known_keys(&self) -> Result<(), ConfigError> {
        let table = DeTable::parse(self.text).map_err(|error| self.no_toml(&error))?;
        self.known(table.get_ref(), KEYS)?;
        match table.get_ref().get("colours").map(Spanned::get_ref) {
            Some(DeValue::Table(colours)) => self.known(colours, COLOUR_KEYS),
            _ => Ok(()),
        }
    }

    fn known(
        &self,
        table: &DeTable<'_>,
        known: &'static [&'static str],
    ) -> Result<(), ConfigError> {
        let mut strange = table
            .keys()
            .filter(|key| !known.contains(&key.get_ref().as_ref()));
        let Some(key) = strange.next() else {
            return Ok(());
        };
        let name = key.get_ref().as_ref();
        let near = known
            .iter()
            .map(|known| (strsim::jaro_winkler(known, name), *known))
            .filter(|(likeness, _)| *likeness > 0.85)
            .max_by(|one, other| one.0.total_cmp(&other.0));
        let problem = Problem::UnknownKey {
            key: name.chars().take(40).collect(),
            meant: near.map(|(_, known)| known),
            known,
        };
        Err(self.error(&key.span(), problem))
    }

    fn no_toml(&self, error: &toml::de::Error) -> ConfigError {
        ConfigError {
            line: error.span().map(|span| self.line(&span)),
            problem: Problem::Toml(error.message().trim().replace('\n', ", ")),
        }
    }

    fn text(&self, key: &'static str, text: Spanned<String>) -> Result<String, ConfigError> {
        let at = text.span();
        let text = text.into_inner().trim().to_owned();
        let found = text.chars().count();
        if clean::line(&text).is_empty() {
            return Err(self.error(&at, Problem::Blank { key }));
        }
        if found > LONGEST {
            return Err(self.error(&at, Problem::TooLong { key, found }));
        }
        Ok(text)
    }

    /// A name that no other could be compared with would let any holder pass.
    fn name(&self, name: Spanned<String>) -> Result<String, ConfigError> {
        let at = name.span();
        let name = self.text("name", name)?;
        let shown = clean::line(&name);
        match holder::compare(&shown, &shown).grade() {
            Grade::NotCompared => Err(self.error(&at, Problem::NoLetter)),
            _ => Ok(name),
        }
    }

    fn language(&self, tag: &Spanned<String>) -> Result<Language, ConfigError> {
        let mut all = Language::ALL.iter().copied();
        all.find(|language| language.as_str() == tag.get_ref())
            .ok_or_else(|| self.error(&tag.span(), Problem::Language(shown(tag.get_ref()))))
    }

    fn link(
        &self,
        text: Spanned<String>,
        seen: &[(usize, Link)],
    ) -> Result<(usize, Link), ConfigError> {
        let at = text.span();
        let link = link::judge(&text.into_inner());
        if !link.is_verifiable() {
            // The worst is the reason; of equals, the first.
            let findings = link.findings().iter().rev();
            let why = findings.max_by_key(|finding| Finding::severity(finding));
            let why = why.map_or("it names nothing that can be asked for", |why| {
                why.message()
            });
            return Err(self.error(&at, Problem::NotVerifiable(why.to_owned())));
        }
        let is_same = |(_, other): &&(usize, Link)| asks_the_same(other, &link);
        if let Some((line, _)) = seen.iter().find(is_same) {
            return Err(self.error(&at, Problem::Twice(*line)));
        }
        Ok((self.line(&at), link))
    }

    fn transcript(
        &self,
        text: Spanned<String>,
        seen: &[(usize, Link)],
    ) -> Result<(usize, Link), ConfigError> {
        let at = text.span();
        let (at_line, link) = self.link(text, seen)?;
        if link.kind() != Kind::Transcript {
            return Err(self.error(&at, Problem::NotATranscript(link.kind().as_str())));
        }
        Ok((at_line, link))
    }

    fn base_url(&self, text: &Spanned<String>) -> Result<Url, ConfigError> {
        let at = text.span();
        let refused = |why: &str| self.error(&at, Problem::BaseUrl(why.to_owned()));
        let mut url = Url::parse(text.get_ref().trim())
            .map_err(|error| refused(&format!("it is no address ({error})")))?;
        if !matches!(url.scheme(), "https" | "http") {
            return Err(refused("it is no web address"));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(refused("it goes on behind the folder, with ? or #"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(refused("it holds a user name or a password"));
        }
        if !url.path().ends_with('/') {
            let path = format!("{}/", url.path());
            url.set_path(&path);
        }
        Ok(url)
    }

    fn accent(&self, text: &Spanned<String>) -> Result<Colour, ConfigError> {
        colour::parse(text.get_ref())
            .ok_or_else(|| self.error(&text.span(), Problem::Accent(shown(text.get_ref()))))
    }

    fn line(&self, span: &Range<usize>) -> usize {
        let before = self.text.as_bytes().iter().take(span.start);
        before.filter(|byte| **byte == b'\n').count() + 1
    }

    fn error(&self, at: &Range<usize>, problem: Problem) -> ConfigError {
        ConfigError {
            line: Some(self.line(at)),
            problem,
        }
    }
}

/// Whether two links are answered by the same.
fn asks_the_same(one: &Link, other: &Link) -> bool {
    let same_credential =
        one.credential_id().is_some() && one.credential_id() == other.credential_id();
    same_credential || (one.canonical().is_some() && one.canonical() == other.canonical())
}

/// A value in quotes, shortened.
fn shown(text: &str) -> String {
    format!("{:?}", text.chars().take(40).collect::<String>())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const LINK: &str = "https://learn.microsoft.com/api/credentials/share/en-us/JaneDoe-1/20170DBC5AC04E38?sharingId=C72B4F60A795D7E4";

    #[test]
    fn a_whole_file_is_read() {
        let text = format!(
            "name = \" Jane Doe \"\nheadline = \"Azure consultant\"\nlanguage = \"de\"\n\
             links = [\"{LINK}\"]\nbase_url = \"https://jane.example/certs\"\n\
             transcript = \"https://learn.microsoft.com/en-us/users/jane-1/transcript/d8k2m4n6p8q0r1s\"\n\
             [colours]\naccent = \"#0b57a4\"\n"
        );
        let config = Config::parse(&text).unwrap();
        assert_eq!(config.name, "Jane Doe");
        assert_eq!(config.language, Language::German);
        assert_eq!(config.links.len(), 2);
        assert_eq!(
            config.base_url.unwrap().as_str(),
            "https://jane.example/certs/"
        );
        assert_eq!(config.accent, colour::parse("#0b57a4"));
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        let cases = [
            ("links = []", "it holds no name; expected whose page it is"),
            (
                "name = \"J\"\n\ncolor = 1",
                "line 3: color is no key here; did you mean colours?",
            ),
            (
                "name = \"J\"\nxyz = 1",
                "line 2: xyz is no key here; expected one of name, ",
            ),
            (
                "name = \"J\"\n[colours]\nacent = \"#fff\"",
                "line 3: acent is no key here; did you mean accent?",
            ),
            ("name = \"J\"\nlinks = [", "line 2: "),
            (
                "name = 5",
                "line 1: invalid type: integer `5`, expected a string",
            ),
            (
                "name = \"J\"\nlanguage = \"fr\"",
                "line 2: language: expected en or de, found \"fr\"",
            ),
            ("name = \"  \"", "line 1: name is blank"),
            ("name = \"\\u200b\"", "line 1: name is blank"),
            ("name = \"007\"", "line 1: name holds no letter"),
            ("name = \".\"", "line 1: name holds no letter"),
            ("\nname = \"\\U0001f389\"", "line 2: name holds no letter"),
            (
                "name = \"J\"\nlinks = [\n\"https://learn.microsoft.com/users/me/credentials\"]",
                "line 3: the link cannot be verified: ",
            ),
            (
                "name = \"J\"\ntranscript = \"https://learn.microsoft.com/api/credentials/20170DBC5AC04E38\"",
                "line 2: transcript: expected the link of a shared transcript",
            ),
            (
                "name = \"J\"\nbase_url = \"ftp://x/\"",
                "line 2: base_url: it is no web address",
            ),
            (
                "name = \"J\"\nbase_url = \"https://x/?a\"",
                "line 2: base_url: it goes on",
            ),
            (
                "name = \"J\"\ncolours.accent = \"red\"",
                "line 2: accent: expected a colour",
            ),
        ];
        for (text, start) in cases {
            let said = Config::parse(text).unwrap_err().to_string();
            assert!(said.starts_with(start), "{text}: {said}");
        }
        let long = format!("name = \"{}\"", "x".repeat(301));
        let said = Config::parse(&long).unwrap_err().to_string();
        assert_eq!(
            said,
            "line 1: name has 301 characters; expected at most 300"
        );
    }

    #[test]
    fn a_credential_that_stands_twice_is_named_by_its_line() {
        let text = format!(
            "name = \"J\"\nlinks = [\n\"{LINK}\",\n\"learn.microsoft.com/api/credentials/20170DBC5AC04E38\"]"
        );
        let said = Config::parse(&text).unwrap_err().to_string();
        assert!(
            said.starts_with("line 4: the same credential stands in line 3"),
            "{said}"
        );
    }

    #[test]
    fn no_message_holds_a_sharing_id() {
        let text = "name = \"J\"\nlinks = [\"https://learn.rnicrosoft.com/api/credentials/share/en-us/a/20170DBC5AC04E38?sharingId=C72B4F60A795D7E4\"]";
        let said = Config::parse(text).unwrap_err().to_string();
        assert!(!said.contains("C72B4F60A795D7E4"), "{said}");
    }

    proptest! {
        #[test]
        fn no_file_makes_the_reader_panic(
            text in "\\PC*|name = \"J\"\\n(links|base_url|language|colours) = \\PC*",
        ) {
            let _ = Config::parse(&text);
        }
    }
}
