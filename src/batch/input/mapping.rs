//! What `--map` says: which column is which field.

use std::str::FromStr;

use super::names::Field;

/// One `FIELD=HEADER` or `FIELD=#3`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    pub(super) field: Field,
    pub(super) column: Chosen,
}

/// The column that a mapping chooses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Chosen {
    Header(String),
    /// The first is 1.
    Position(usize),
}

/// A text that is no mapping.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MappingError {
    /// It has no `=` with something on both sides.
    #[error("expected FIELD=HEADER or FIELD=#NUMBER, such as link=\"Share link\" or link=#3")]
    NotAPair,
    /// There is no such field.
    #[error("no field is called {0:?}; there are link, name, certification, email, id and role")]
    NoSuchField(String),
    /// Columns are counted from 1.
    #[error("columns are counted from #1; found #{0}")]
    NotAPosition(String),
}

impl FromStr for Mapping {
    type Err = MappingError;

    fn from_str(text: &str) -> Result<Self, MappingError> {
        let (field, column) = text.split_once('=').ok_or(MappingError::NotAPair)?;
        let column = column.trim();
        if column.is_empty() || field.trim().is_empty() {
            return Err(MappingError::NotAPair);
        }
        Ok(Self {
            field: field
                .parse()
                .map_err(|()| MappingError::NoSuchField(field.trim().to_owned()))?,
            column: column.parse()?,
        })
    }
}

impl FromStr for Chosen {
    type Err = MappingError;

    fn from_str(column: &str) -> Result<Self, MappingError> {
        let Some(position) = column.strip_prefix('#') else {
            return Ok(Self::Header(column.to_owned()));
        };
        match position.parse() {
            Ok(position) if position > 0 => Ok(Self::Position(position)),
            _ => Err(MappingError::NotAPosition(position.to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mapping_names_a_header_or_a_position() {
        let header = Chosen::Header("Share link".into());
        for (text, field, column) in [
            ("link=Share link", Field::Link, header.clone()),
            (" Link = Share link ", Field::Link, header),
            ("link=#3", Field::Link, Chosen::Position(3)),
            (
                "exam=a=b",
                Field::Certification,
                Chosen::Header("a=b".into()),
            ),
        ] {
            assert_eq!(text.parse(), Ok(Mapping { field, column }), "{text}");
        }
    }

    #[test]
    fn what_is_no_mapping_says_what_was_expected() {
        for text in ["", "link", "link=", "=x", "link=  "] {
            assert_eq!(
                text.parse::<Mapping>(),
                Err(MappingError::NotAPair),
                "{text}"
            );
        }
        for text in ["link=#0", "link=#x", "link=#", "link=#-1"] {
            assert!(
                matches!(text.parse::<Mapping>(), Err(MappingError::NotAPosition(_))),
                "{text}"
            );
        }
        let error = "phone=x".parse::<Mapping>().unwrap_err();
        assert!(error.to_string().contains("certification"), "{error}");
    }
}
