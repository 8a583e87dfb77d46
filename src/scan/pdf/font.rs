//! Fonts: which letters the codes of a text mean, and how wide they are.

use std::collections::HashMap;

use lopdf::{Dictionary, Document, Encoding, Object};

use super::LARGEST_STREAM;

/// The width of a glyph that no font tells, in thousandths of the size.
const USUAL: f64 = 500.0;

/// The most widths that are kept of a font.
const MOST_WIDTHS: usize = 70_000;

/// A font, as far as reading needs it.
pub(super) struct Font<'a> {
    encoding: Option<Encoding<'a>>,
    code_bytes: usize,
    widths: HashMap<u32, f64>,
    usual: f64,
    known: HashMap<u32, String>,
}

impl<'a> Font<'a> {
    pub(super) fn of(document: &'a Document, font: &'a Dictionary) -> Self {
        let composite = font.get(b"Subtype").and_then(Object::as_name).ok() == Some(b"Type0");
        let (widths, usual) = if composite {
            composite_widths(document, font)
        } else {
            simple_widths(document, font)
        };
        Self {
            encoding: encoding(document, font),
            code_bytes: if composite { 2 } else { 1 },
            widths,
            usual,
            known: HashMap::new(),
        }
    }

    /// The glyphs of a text: what each means, how wide it is in sizes, and its code.
    pub(super) fn glyphs(&mut self, text: &[u8]) -> Vec<(String, f64, u32)> {
        text.chunks(self.code_bytes)
            .map(|bytes| {
                let code = bytes
                    .iter()
                    .fold(0_u32, |code, b| code << 8 | u32::from(*b));
                let width = self.widths.get(&code).copied().unwrap_or(self.usual);
                (self.meaning(code, bytes), width / 1000.0, code)
            })
            .collect()
    }

    fn meaning(&mut self, code: u32, bytes: &[u8]) -> String {
        if let Some(known) = self.known.get(&code) {
            return known.clone();
        }
        let decoded = self
            .encoding
            .as_ref()
            .and_then(|encoding| encoding.bytes_to_string(bytes).ok());
        let text = decoded.map_or_else(
            || '\u{fffd}'.to_string(),
            |text| unicode_ligatures(&text.replace('\0', "")),
        );
        self.known.insert(code, text.clone());
        text
    }
}

/// `ﬁ` and its like are two letters in every address and title.
fn unicode_ligatures(text: &str) -> String {
    let pairs = [
        ('ﬀ', "ff"),
        ('ﬁ', "fi"),
        ('ﬂ', "fl"),
        ('ﬃ', "ffi"),
        ('ﬄ', "ffl"),
        ('ﬅ', "st"),
        ('ﬆ', "st"),
    ];
    let expanded = |c: char| {
        pairs
            .iter()
            .find(|(sign, _)| *sign == c)
            .map(|(_, text)| *text)
    };
    text.chars().fold(String::new(), |mut whole, c| {
        match expanded(c) {
            Some(letters) => whole.push_str(letters),
            None => whole.push(c),
        }
        whole
    })
}

/// What the font says of its letters' meaning wins over how it names its glyphs.
fn encoding<'a>(document: &'a Document, font: &'a Dictionary) -> Option<Encoding<'a>> {
    if let Ok(map) = font.get(b"ToUnicode") {
        let mut alone = Dictionary::new();
        alone.set("Type", Object::Name(b"Font".to_vec()));
        alone.set("ToUnicode", map.clone());
        let own = alone.get_font_encoding_with_limit(document, LARGEST_STREAM);
        if let Ok(Encoding::UnicodeMapEncoding(map)) = own {
            return Some(Encoding::UnicodeMapEncoding(map));
        }
    }
    font.get_font_encoding_with_limit(document, LARGEST_STREAM)
        .ok()
}

fn simple_widths(document: &Document, font: &Dictionary) -> (HashMap<u32, f64>, f64) {
    let first = font
        .get_deref(b"FirstChar", document)
        .and_then(Object::as_i64);
    let first = u32::try_from(first.unwrap_or(0)).unwrap_or(0);
    let list = font
        .get_deref(b"Widths", document)
        .and_then(Object::as_array);
    let list = list.map(Vec::as_slice).unwrap_or_default();
    let widths = list
        .iter()
        .take(256)
        .zip(first..)
        .filter_map(|(width, code)| {
            let width = document.dereference(width).ok()?.1.as_float().ok()?;
            Some((code, f64::from(width)))
        });
    // Type 3 fonts measure in a space of their own.
    let scale = font
        .get_deref(b"FontMatrix", document)
        .and_then(Object::as_array)
        .ok()
        .and_then(|matrix| matrix.first()?.as_float().ok())
        .map_or(1.0, |scale| f64::from(scale) * 1000.0);
    (
        widths.map(|(code, width)| (code, width * scale)).collect(),
        USUAL,
    )
}

/// `[ first [w w w] first last w … ]`
fn composite_widths(document: &Document, font: &Dictionary) -> (HashMap<u32, f64>, f64) {
    let descendant = || {
        let list = font
            .get_deref(b"DescendantFonts", document)
            .ok()?
            .as_array()
            .ok()?;
        document.dereference(list.first()?).ok()?.1.as_dict().ok()
    };
    let Some(descendant) = descendant() else {
        return (HashMap::new(), USUAL);
    };
    let usual = descendant
        .get_deref(b"DW", document)
        .and_then(Object::as_float);
    let usual = usual.map_or(1000.0, f64::from);
    let list = descendant
        .get_deref(b"W", document)
        .and_then(Object::as_array);
    let mut list = list.map(Vec::as_slice).unwrap_or_default().iter();
    let mut widths = HashMap::new();
    let number = |object: &Object| object.as_i64().ok().and_then(|it| u32::try_from(it).ok());
    while let (Some(first), Some(second)) = (list.next(), list.next()) {
        let (Some(first), Ok((_, second))) = (number(first), document.dereference(second)) else {
            break;
        };
        if let Ok(each) = second.as_array() {
            let each = each.iter().zip(first..);
            widths.extend(each.filter_map(|(w, code)| Some((code, f64::from(w.as_float().ok()?)))));
        } else {
            let (Some(end), Some(Ok(width))) = (number(second), list.next().map(Object::as_float))
            else {
                break;
            };
            let codes = (first..=end).take(MOST_WIDTHS);
            widths.extend(codes.map(|code| (code, f64::from(width))));
        }
        if widths.len() > MOST_WIDTHS {
            break;
        }
    }
    (widths, usual)
}
