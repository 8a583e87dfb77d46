//! A report of a test run (the XML of `JUnit`), so that CI shows a list like tests.
//!
//! A row that failed is a failure. One that is undetermined is an error, never `skipped`:
//! many programs show a run of skipped tests as green. The root says how many there are,
//! and stands before the rows, which therefore wait in the spool.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::super::json::ResultJson;
use super::super::neutral;
use super::super::words::rfc3339_second;
use super::column::{met_by, missing};
use super::label::Label;
use super::note::Notes;
use super::{Closing, Heading, Sheet, SheetRow, Spool, mark, pour};

/// The most characters of one text.
const SHOWN: usize = 1_000;

pub(super) struct Junit<'w, W> {
    out: W,
    spool: Box<dyn Spool + 'w>,
    label: Label,
    as_of: String,
    notes: Notes,
    tests: u64,
    failures: u64,
    errors: u64,
}

impl<'w, W: Write> Junit<'w, W> {
    pub(super) fn open(heading: &Heading, out: W, spool: Box<dyn Spool + 'w>) -> Self {
        Self {
            out,
            spool,
            label: Label::of(heading),
            as_of: rfc3339_second(heading.as_of),
            notes: Notes::default(),
            tests: 0,
            failures: 0,
            errors: 0,
        }
    }

    fn head(&self) -> io::Result<Vec<u8>> {
        let mut xml = Writer::new(Vec::new());
        xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        let counts = [
            ("tests", self.tests),
            ("failures", self.failures),
            ("errors", self.errors),
            ("skipped", 0),
        ]
        .map(|(name, number)| (name, number.to_string()));
        let counts = || {
            let counts = counts.iter();
            counts.map(|(name, number)| (*name, number.as_str()))
        };
        let suites = BytesStart::new("testsuites").with_attributes([("name", "bonafide")]);
        line(&mut xml)?;
        xml.write_event(Event::Start(suites.with_attributes(counts())))?;
        line(&mut xml)?;
        let suite = BytesStart::new("testsuite").with_attributes([("name", "bonafide")]);
        xml.write_event(Event::Start(suite.with_attributes(counts())))?;
        line(&mut xml)?;
        xml.create_element("properties")
            .write_inner_content(|xml| {
                for (name, value) in [
                    ("as-of", self.as_of.as_str()),
                    ("program", concat!("bonafide ", env!("CARGO_PKG_VERSION"))),
                ] {
                    xml.create_element("property")
                        .with_attributes([("name", name), ("value", value)])
                        .write_empty()?;
                }
                Ok(())
            })?;
        line(&mut xml)?;
        Ok(xml.into_inner())
    }
}

impl<W: Write + Send> Sheet for Junit<'_, W> {
    fn row(&mut self, row: &SheetRow<'_>) -> io::Result<()> {
        let one = row.headline();
        let mut xml = Writer::new(Vec::new());
        let case = xml
            .create_element("testcase")
            .with_attribute(("classname", "bonafide"))
            .with_attribute(("name", name(&self.label, row).as_str()));
        self.tests += 1;
        match one.outcome {
            "passed" => case.write_inner_content(|xml| beside(xml, "system-out", row))?,
            "failed" => {
                self.failures += 1;
                case.write_inner_content(|xml| problem(xml, "failure", row))?
            }
            _ => {
                self.errors += 1;
                case.write_inner_content(|xml| problem(xml, "error", row))?
            }
        };
        line(&mut xml)?;
        self.notes.see(row);
        self.spool.write_all(&xml.into_inner())
    }

    fn finish(mut self: Box<Self>, closing: &Closing) -> io::Result<()> {
        let head = self.head()?;
        self.out.write_all(&head)?;
        pour(&mut *self.spool, &mut self.out)?;
        let mut xml = Writer::new(Vec::new());
        let gone = closing.gone.iter().map(|gone| format!("Gone: {gone}"));
        let notes: Vec<_> = self.notes.sentences().into_iter().chain(gone).collect();
        if !notes.is_empty() {
            let text = shown(&notes.join("\n"), usize::MAX);
            xml.create_element("system-out")
                .write_text_content(BytesText::new(&text))?;
            line(&mut xml)?;
        }
        xml.write_event(Event::End(BytesEnd::new("testsuite")))?;
        line(&mut xml)?;
        xml.write_event(Event::End(BytesEnd::new("testsuites")))?;
        line(&mut xml)?;
        self.out.write_all(&xml.into_inner())?;
        writeln!(self.out, "{}", mark::comment(&closing.totals))?;
        self.out.flush()
    }
}

/// A line break between elements, so that a person can read the file.
fn line(xml: &mut Writer<Vec<u8>>) -> io::Result<()> {
    xml.write_event(Event::Text(BytesText::from_escaped("\n")))
}

/// Harmless and without the characters that XML 1.0 does not know.
fn shown(text: &str, limit: usize) -> String {
    neutral::shortened(&neutral::document(text), limit).into_owned()
}

/// A name that is the same in every run of one list.
fn name(label: &Label, row: &SheetRow<'_>) -> String {
    match label.find(row) {
        "" => format!("row {}", row.number),
        label => {
            let label = shown(label, SHOWN).replace(['\n', '\t'], " ");
            format!("row {}: {label}", row.number)
        }
    }
}

fn problem(xml: &mut Writer<Vec<u8>>, sort: &str, row: &SheetRow<'_>) -> io::Result<()> {
    let one = row.headline();
    let codes: Vec<_> = one.findings.iter().map(|finding| finding.code).collect();
    let message = match codes.as_slice() {
        [] => one.status.to_owned(),
        codes => format!("{}: {}", one.status, codes.join(", ")),
    };
    let text = shown(&told(row), usize::MAX);
    xml.create_element(sort)
        .with_attributes([("type", one.outcome), ("message", message.as_str())])
        .write_text_content(BytesText::new(&text))?;
    Ok(())
}

fn beside(xml: &mut Writer<Vec<u8>>, element: &str, row: &SheetRow<'_>) -> io::Result<()> {
    let text = shown(&told(row), usize::MAX);
    xml.create_element(element)
        .write_text_content(BytesText::new(&text))?;
    Ok(())
}

/// What was found out, a line for each.
fn told(row: &SheetRow<'_>) -> String {
    let one = row.headline();
    let mut lines = vec![in_a_line(one)];
    for finding in &one.findings {
        lines.push(format!(
            "{} {}: {}",
            finding.severity, finding.code, finding.message
        ));
    }
    lines.push(format!("next step: {}", one.next_step));
    if let Some(role) = row.role {
        lines.push(format!("role {}: {}", role.name, role.state));
        lines.push(format!("role met by: {}", met_by(role)));
        lines.push(format!("role missing: {}", missing(role)));
    }
    if let Some(change) = row.change {
        lines.push(format!("change: {} {}", change.kind, change.message));
    }
    lines.extend(
        row.others()
            .map(|other| format!("also: {}", in_a_line(other))),
    );
    lines.join("\n")
}

fn in_a_line(one: &ResultJson) -> String {
    let title = one.credential.title.as_deref().unwrap_or("no title");
    let holder = one.credential.holder.as_deref().unwrap_or("not named");
    let until = one.credential.expires_on.as_deref().unwrap_or("none given");
    format!(
        "{}, {}: {}; holder {} ({}); expires {until}",
        one.verdict(),
        one.status,
        shown(title, SHOWN),
        shown(holder, SHOWN),
        one.holder_match.grade,
    )
}
