//! The words that put a badge into a document, linked to the credential's page.
//!
//! Titles are strangers' text: each format escapes them for itself, so that none becomes a
//! link, an element or a directive.

mod asciidoc;
mod html;
mod markdown;
mod rst;
#[cfg(test)]
pub(crate) mod tests;

/// The languages of documents that a badge can be put into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Markup {
    /// `CommonMark`, and GitHub's.
    Markdown,
    /// HTML.
    Html,
    /// Asciidoctor's.
    AsciiDoc,
    /// reStructuredText.
    Rst,
}

impl Markup {
    /// Every markup.
    pub const ALL: [Self; 4] = [Self::Markdown, Self::Html, Self::AsciiDoc, Self::Rst];

    /// The markup that a file with this extension is written in.
    pub fn of_extension(extension: &str) -> Option<Self> {
        Some(match extension.to_ascii_lowercase().as_str() {
            "md" | "markdown" | "mdown" | "mkd" => Self::Markdown,
            "html" | "htm" => Self::Html,
            "adoc" | "asciidoc" | "asc" => Self::AsciiDoc,
            "rst" | "rest" => Self::Rst,
            _ => return None,
        })
    }

    /// Whether it can show one picture on a light page and another on a dark one.
    pub const fn has_themes(self) -> bool {
        matches!(self, Self::Markdown | Self::Html)
    }

    /// What stands between two badges.
    pub const fn between(self) -> &'static str {
        match self {
            Self::Markdown | Self::Html | Self::AsciiDoc => "\n",
            Self::Rst => "\n\n",
        }
    }
}

/// A picture of a badge, and where it leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Its address, percent-encoded.
    pub address: String,
    /// The address of its form for dark pages, where there is one.
    pub dark: Option<String>,
    /// What it says to those who cannot see it.
    pub said: String,
    /// The credential's page, where there is a public one.
    pub link: Option<String>,
}

impl Picture {
    /// Puts it into words of a markup, without a line break at the end.
    pub fn write(&self, markup: Markup) -> String {
        match markup {
            Markup::Markdown if self.dark.is_none() => markdown::write(self),
            Markup::Markdown | Markup::Html => html::write(self),
            Markup::AsciiDoc => asciidoc::write(self),
            Markup::Rst => rst::write(self),
        }
    }
}
