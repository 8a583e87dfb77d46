//! Follows the instructions of a page as far as they show text.

use std::collections::HashMap;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object};

use super::super::ScanError;
use super::LARGEST_STREAM;
use super::font::Font;
use super::ink::{Glyph, Matrix};
use super::pages::Page;

/// How much all pages of a document together may ask for.
#[derive(Debug)]
pub(super) struct Budget {
    bytes: usize,
    operations: usize,
    glyphs: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            bytes: 48 * 1024 * 1024,
            operations: 4_000_000,
            glyphs: 4_000_000,
        }
    }
}

/// How deep forms may stand inside each other.
const DEEPEST: usize = 8;

/// How many states may be put aside.
const MOST_STATES: usize = 256;

const TOO_MUCH: ScanError = ScanError::Bomb("more drawing than on 500 pages");

/// What one page shows.
pub(super) fn glyphs(
    document: &Document,
    page: &Page<'_>,
    budget: &mut Budget,
) -> Result<Vec<Glyph>, ScanError> {
    let content = content(document, page.dictionary, budget)?;
    let mut show = Show {
        document,
        budget,
        fonts: HashMap::new(),
        glyphs: Vec::new(),
    };
    show.run(&content, page.resources, Matrix::IDENTITY, DEEPEST)?;
    Ok(show.glyphs)
}

/// The instructions of a page, whose streams are one.
fn content(
    document: &Document,
    page: &Dictionary,
    budget: &mut Budget,
) -> Result<Vec<u8>, ScanError> {
    let Ok(contents) = page.get_deref(b"Contents", document) else {
        return Ok(Vec::new());
    };
    let alone = std::slice::from_ref(contents);
    let streams = contents.as_array().map_or(alone, Vec::as_slice);
    let mut whole = Vec::new();
    for stream in streams {
        if let Ok((_, Object::Stream(stream))) = document.dereference(stream) {
            whole.extend(unfold(stream, budget)?);
            whole.push(b'\n');
        }
    }
    Ok(whole)
}

fn unfold(stream: &lopdf::Stream, budget: &mut Budget) -> Result<Vec<u8>, ScanError> {
    let limit = budget.bytes.min(LARGEST_STREAM);
    let bytes = match stream.decompressed_content_with_limit(limit) {
        Ok(bytes) => bytes,
        Err(lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. })) => {
            return Err(TOO_MUCH);
        }
        // A damaged stream shows nothing; what is left of the page may.
        Err(_) => Vec::new(),
    };
    // Also an empty stream costs something, so that no number of them is free.
    budget.bytes = budget.bytes.checked_sub(bytes.len() + 64).ok_or(TOO_MUCH)?;
    Ok(bytes)
}

struct Show<'a, 'b> {
    document: &'a Document,
    budget: &'b mut Budget,
    fonts: HashMap<*const Dictionary, Font<'a>>,
    glyphs: Vec<Glyph>,
}

/// What stays put aside between `q` and `Q`.
#[derive(Clone, Copy)]
struct State<'a> {
    page: Matrix,
    font: Option<&'a Dictionary>,
    size: f64,
    letter_space: f64,
    word_space: f64,
    scale: f64,
    leading: f64,
    rise: f64,
}

/// Where the next glyph goes, and the line it is on.
#[derive(Clone, Copy)]
struct Pen {
    at: Matrix,
    line: Matrix,
}

impl<'a> Show<'a, '_> {
    fn run(
        &mut self,
        content: &[u8],
        resources: Option<&'a Dictionary>,
        page: Matrix,
        deeper: usize,
    ) -> Result<(), ScanError> {
        let mut state = State {
            page,
            font: None,
            size: 0.0,
            letter_space: 0.0,
            word_space: 0.0,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
        };
        let mut aside = Vec::new();
        let mut pen = Pen {
            at: Matrix::IDENTITY,
            line: Matrix::IDENTITY,
        };
        for operation in Content::decode_iter(content) {
            let Ok(operation) = operation else { break };
            self.budget.operations = self.budget.operations.checked_sub(1).ok_or(TOO_MUCH)?;
            match operation.operator.as_str() {
                "q" if aside.len() < MOST_STATES => aside.push(state),
                "Q" => state = aside.pop().unwrap_or(state),
                "cm" => {
                    if let Some(matrix) = matrix(&operation.operands) {
                        state.page = matrix.then(state.page);
                    }
                }
                "Do" => self.form(&operation, resources, state.page, deeper)?,
                "Tf" => {
                    state.font = self.font(&operation, resources);
                    state.size = number(&operation, 1);
                }
                _ => self.text_operation(&operation, &mut state, &mut pen)?,
            }
        }
        Ok(())
    }

    fn text_operation(
        &mut self,
        operation: &Operation,
        state: &mut State<'a>,
        pen: &mut Pen,
    ) -> Result<(), ScanError> {
        let first = number(operation, 0);
        match operation.operator.as_str() {
            "BT" => pen.set(Matrix::IDENTITY),
            "Tm" => {
                if let Some(matrix) = matrix(&operation.operands) {
                    pen.set(matrix);
                }
            }
            "Td" => pen.shift(first, number(operation, 1)),
            "TD" => {
                state.leading = -number(operation, 1);
                pen.shift(first, number(operation, 1));
            }
            "T*" => pen.shift(0.0, -state.leading),
            "TL" => state.leading = first,
            "Tc" => state.letter_space = first,
            "Tw" => state.word_space = first,
            "Tz" => state.scale = first / 100.0,
            "Ts" => state.rise = first,
            "Tj" => self.string(operation.operands.first(), state, pen)?,
            "'" => {
                pen.shift(0.0, -state.leading);
                self.string(operation.operands.first(), state, pen)?;
            }
            "\"" => {
                state.word_space = first;
                state.letter_space = number(operation, 1);
                pen.shift(0.0, -state.leading);
                self.string(operation.operands.get(2), state, pen)?;
            }
            "TJ" => {
                let pieces = operation.operands.first().map(Object::as_array);
                for piece in pieces.and_then(Result::ok).into_iter().flatten() {
                    match piece.as_float() {
                        Ok(back) => {
                            pen.forward(-f64::from(back) / 1000.0 * state.size * state.scale);
                        }
                        Err(_) => self.string(Some(piece), state, pen)?,
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn string(
        &mut self,
        text: Option<&Object>,
        state: &State<'a>,
        pen: &mut Pen,
    ) -> Result<(), ScanError> {
        let (Some(Object::String(text, _)), Some(dictionary)) = (text, state.font) else {
            return Ok(());
        };
        let document = self.document;
        let font = self
            .fonts
            .entry(std::ptr::from_ref(dictionary))
            .or_insert_with(|| Font::of(document, dictionary));
        for (text, width, code) in font.glyphs(text) {
            self.budget.glyphs = self.budget.glyphs.checked_sub(1).ok_or(TOO_MUCH)?;
            let here = Matrix::shift(0.0, state.rise).then(pen.at).then(state.page);
            let (along, upright) = here.stretch();
            let word = if code == 32 { state.word_space } else { 0.0 };
            let ink = width * state.size * state.scale;
            let (x, y) = here.origin();
            self.glyphs.push(Glyph {
                text,
                x,
                y,
                width: ink * along,
                size: (state.size * upright).abs(),
            });
            pen.forward(ink + (state.letter_space + word) * state.scale);
        }
        Ok(())
    }

    fn font(
        &self,
        operation: &Operation,
        resources: Option<&'a Dictionary>,
    ) -> Option<&'a Dictionary> {
        let name = operation.operands.first()?.as_name().ok()?;
        self.resource(resources?, b"Font", name)?.as_dict().ok()
    }

    fn resource(&self, resources: &'a Dictionary, sort: &[u8], name: &[u8]) -> Option<&'a Object> {
        let all = resources.get_deref(sort, self.document).ok()?;
        all.as_dict().ok()?.get_deref(name, self.document).ok()
    }

    /// A form is a page in the page. One that shows itself ends at the depth.
    fn form(
        &mut self,
        operation: &Operation,
        resources: Option<&'a Dictionary>,
        page: Matrix,
        deeper: usize,
    ) -> Result<(), ScanError> {
        let named = || {
            let name = operation.operands.first()?.as_name().ok()?;
            let Object::Stream(form) = self.resource(resources?, b"XObject", name)? else {
                return None;
            };
            let sort = form.dict.get(b"Subtype").and_then(Object::as_name);
            (deeper > 0 && sort.ok() == Some(b"Form")).then_some(form)
        };
        let Some(form) = named() else {
            return Ok(());
        };
        let content = unfold(form, self.budget)?;
        let own = form.dict.get_deref(b"Resources", self.document);
        let own = own.and_then(Object::as_dict).ok().or(resources);
        let placed = form.dict.get_deref(b"Matrix", self.document);
        let placed = placed.and_then(Object::as_array).ok();
        let placed = placed
            .and_then(|list| matrix(list))
            .unwrap_or(Matrix::IDENTITY);
        self.run(&content, own, placed.then(page), deeper - 1)
    }
}

impl Pen {
    fn set(&mut self, matrix: Matrix) {
        self.at = matrix;
        self.line = matrix;
    }

    fn shift(&mut self, x: f64, y: f64) {
        self.set(Matrix::shift(x, y).then(self.line));
    }

    fn forward(&mut self, x: f64) {
        self.at = Matrix::shift(x, 0.0).then(self.at);
    }
}

fn number(operation: &Operation, at: usize) -> f64 {
    let number = operation.operands.get(at).and_then(|it| it.as_float().ok());
    f64::from(number.unwrap_or(0.0))
}

fn matrix(numbers: &[Object]) -> Option<Matrix> {
    let mut values = [0.0; 6];
    for (value, object) in values.iter_mut().zip(numbers.get(..6)?) {
        *value = f64::from(object.as_float().ok()?);
    }
    Some(Matrix(values))
}
