//! The words of one part: runs into lines, links by relationship and by field code.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::super::ScanError;
use super::super::draft::Draft;
use super::super::text::LineSort;
use super::WHAT;
use super::field::{self, Ended, Fields};
use super::package::{Targets, attribute};

/// Where the reader stands in the part.
struct Words<'a> {
    draft: &'a mut Draft,
    targets: &'a Targets,
    fields: Fields,
    /// How many elements are open whose text is a copy for older programs, or deleted.
    skipped: usize,
    /// How many paragraphs are open inside each other.
    paragraphs: usize,
    text: Inside,
}

/// What text is for, here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Inside {
    Nothing,
    Shown,
    Code,
}

pub(super) fn read(xml: &str, targets: &Targets, draft: &mut Draft) -> Result<(), ScanError> {
    let mut reader = Reader::from_str(xml);
    let mut words = Words {
        draft,
        targets,
        fields: Fields::default(),
        skipped: 0,
        paragraphs: 0,
        text: Inside::Nothing,
    };
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => words.start(&tag),
            Ok(Event::Empty(tag)) => {
                words.start(&tag);
                words.end(tag.local_name().as_ref());
            }
            Ok(Event::End(tag)) => words.end(tag.local_name().as_ref()),
            Ok(Event::Text(text)) => words.text(&text.html_content()),
            Ok(Event::CData(text)) => words.text(&text.html_content()),
            Ok(Event::GeneralRef(name)) => words.reference(&name),
            Ok(Event::Eof) => return Ok(()),
            Ok(_) => {}
            Err(error) => return Err(ScanError::damaged(WHAT, error)),
        }
    }
}

impl Words<'_> {
    fn start(&mut self, tag: &BytesStart<'_>) {
        let name = tag.local_name();
        let name = name.as_ref();
        if self.skipped > 0 || matches!(name, "Fallback" | "del" | "moveFrom") {
            self.skipped += 1;
            return;
        }
        match name {
            "p" => self.begin_paragraph(),
            "pStyle" => self.style(&attribute(tag, "val").unwrap_or_default()),
            "numPr" => self.draft.set_sort(LineSort::Item),
            "t" => self.text = Inside::Shown,
            "instrText" => self.text = Inside::Code,
            "tab" => self.draft.push("\t"),
            "br" | "cr" => self.draft.end_line(),
            "noBreakHyphen" => self.draft.push("-"),
            "tr" => self.draft.begin_row(),
            "tc" => self.draft.push(" "),
            "fldChar" => self.field_mark(&attribute(tag, "fldCharType").unwrap_or_default()),
            "fldSimple" => {
                let code = attribute(tag, "instr").unwrap_or_default();
                if let Some(target) = field::target(&code) {
                    self.draft.open_link(&target);
                }
            }
            "hyperlink" => {
                if let Some(target) = self.target(tag) {
                    self.draft.open_link(&target);
                }
            }
            "hlinkClick" => {
                if let Some(target) = self.target(tag) {
                    self.draft.bare_link(&target);
                }
            }
            // Drawings of older documents keep their link as it is.
            "shape" | "rect" | "group" => {
                if let Some(target) = attribute(tag, "href") {
                    self.draft.bare_link(&target);
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        match name {
            "p" => self.end_paragraph(),
            "t" | "instrText" => self.text = Inside::Nothing,
            "tr" => self.draft.end_row(),
            "fldSimple" | "hyperlink" => self.draft.close_link(),
            _ => {}
        }
    }

    fn begin_paragraph(&mut self) {
        self.paragraphs += 1;
        if self.paragraphs > 1 {
            self.draft.begin_inner();
        }
    }

    fn end_paragraph(&mut self) {
        if self.paragraphs > 1 {
            self.draft.end_inner();
        } else {
            self.draft.end_paragraph();
        }
        self.paragraphs = self.paragraphs.saturating_sub(1);
    }

    fn style(&mut self, style: &str) {
        let lower = style.to_ascii_lowercase();
        if lower.starts_with("heading") || lower.starts_with("berschrift") || lower == "title" {
            self.draft.set_sort(LineSort::Heading);
        } else if lower.starts_with("list") {
            self.draft.set_sort(LineSort::Item);
        }
    }

    fn field_mark(&mut self, sort: &str) {
        match sort {
            "begin" => self.fields.begin(),
            "separate" => {
                if let Some(target) = self.fields.separate() {
                    self.draft.open_link(&target);
                }
            }
            "end" => match self.fields.end() {
                Ended::Link => self.draft.close_link(),
                Ended::Bare(target) => self.draft.bare_link(&target),
                Ended::Other => {}
            },
            _ => {}
        }
    }

    fn target(&self, tag: &BytesStart<'_>) -> Option<String> {
        self.targets.get(&attribute(tag, "id")?).cloned()
    }

    fn text(&mut self, text: &str) {
        match self.text {
            _ if self.skipped > 0 => {}
            Inside::Shown => self.draft.push(text),
            Inside::Code => self.fields.code(text),
            Inside::Nothing => {}
        }
    }

    /// `&amp;` and its like, which come apart from the text around them.
    fn reference(&mut self, name: &quick_xml::events::BytesRef<'_>) {
        let character = name.resolve_char_ref().ok().flatten();
        let named = Some(&**name);
        let named = named.and_then(quick_xml::escape::resolve_predefined_entity);
        let text = character.map(String::from).or(named.map(str::to_owned));
        self.text(&text.unwrap_or_default());
    }
}
