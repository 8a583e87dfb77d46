//! The formats of a list, by name and by a file's extension.

use std::path::Path;

/// A format of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SheetFormat {
    /// A table for people, fitted to a terminal.
    Human,
    /// Comma-separated values (RFC 4180).
    Csv,
    /// One JSON object a line.
    Jsonl,
    /// One JSON document.
    Json,
    /// A workbook of Excel and `LibreOffice`.
    Xlsx,
    /// A page to print and to sort.
    Html,
    /// A table of GitHub's Markdown.
    Markdown,
    /// A report of a test run, for CI.
    Junit,
}

impl SheetFormat {
    /// Every format, in the order of the documentation.
    pub const ALL: [Self; 8] = [
        Self::Human,
        Self::Csv,
        Self::Jsonl,
        Self::Json,
        Self::Xlsx,
        Self::Html,
        Self::Markdown,
        Self::Junit,
    ];

    /// Its name on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Human => "human",
            Self::Csv => "csv",
            Self::Jsonl => "jsonl",
            Self::Json => "json",
            Self::Xlsx => "xlsx",
            Self::Html => "html",
            Self::Markdown => "markdown",
            Self::Junit => "junit",
        }
    }

    /// The format of that name.
    ///
    /// ```
    /// use bonafide::report::sheet::SheetFormat;
    ///
    /// assert_eq!(SheetFormat::parse("jsonl"), Some(SheetFormat::Jsonl));
    /// assert_eq!(SheetFormat::parse("pdf"), None);
    /// ```
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.as_str() == name)
    }

    /// The format that a file's extension asks for, in any case. `.txt` is the form for
    /// people; `.tsv` is none of ours, because what is written is separated by commas.
    ///
    /// ```
    /// use std::path::Path;
    /// use bonafide::report::sheet::SheetFormat;
    ///
    /// let of = |name: &str| SheetFormat::of_extension(Path::new(name));
    /// assert_eq!(of("out/Checked.XLSX"), Some(SheetFormat::Xlsx));
    /// assert_eq!(of("report.xml"), Some(SheetFormat::Junit));
    /// assert_eq!(of("list.tsv"), None);
    /// ```
    pub fn of_extension(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        Some(match extension.as_str() {
            "csv" => Self::Csv,
            "jsonl" | "ndjson" => Self::Jsonl,
            "json" => Self::Json,
            "xlsx" => Self::Xlsx,
            "html" | "htm" => Self::Html,
            "md" | "markdown" => Self::Markdown,
            "xml" | "junit" => Self::Junit,
            "txt" => Self::Human,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_found_by_its_own_name() {
        for format in SheetFormat::ALL {
            assert_eq!(SheetFormat::parse(format.as_str()), Some(format));
        }
    }

    #[test]
    fn an_extension_decides_and_none_is_guessed() {
        for (name, format) in [
            ("a.csv", Some("csv")),
            ("a.b.jsonl", Some("jsonl")),
            ("a.ndjson", Some("jsonl")),
            ("a.json", Some("json")),
            ("A.XLSX", Some("xlsx")),
            ("a.html", Some("html")),
            ("a.htm", Some("html")),
            ("a.md", Some("markdown")),
            ("a.markdown", Some("markdown")),
            ("a.xml", Some("junit")),
            ("a.txt", Some("human")),
            ("a.xls", None),
            ("a.tsv", None),
            ("a.pdf", None),
            ("csv", None),
            (".csv", None),
            ("", None),
        ] {
            let found = SheetFormat::of_extension(Path::new(name));
            assert_eq!(found.map(SheetFormat::as_str), format, "{name}");
        }
    }
}
