//! One page to print, to file and to sort: no outside resource, and all of it is there
//! without the script.
//!
//! The chart stands above the rows and needs their totals, so the rows wait in the spool.
//! Style and script are allowed by their hashes alone: nothing that a stranger's text might
//! bring along can run.

mod chart;

use std::borrow::Cow;
use std::io::{self, Write};

use askama::Template;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use super::super::json::ResultJson;
use super::super::json::link::FindingJson;
use super::super::neutral;
use super::super::words;
use super::column::{met_by, missing};
use super::note::Notes;
use super::{Closing, Heading, Sheet, SheetRow, Spool, mark, pour};
use chart::Bar;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// The most characters of one stranger's text.
const SHOWN: usize = 1_000;
/// More own columns than this share one cell, so that a page stays wide enough.
const FEW: usize = 4;

#[derive(Template)]
#[template(
    path = "report/sheet/html/head.html",
    config = "src/report/sheet/html/askama.toml"
)]
struct Head<'a> {
    policy: String,
    style: &'static str,
    as_of: &'a str,
    program: &'static str,
    sentence: String,
    bars: Vec<Bar>,
    outcomes: [(&'static str, u64); 3],
    notes: Vec<String>,
    gone: &'a [String],
    own: Option<Vec<Cow<'a, str>>>,
    has_roles: bool,
    has_changes: bool,
}

#[derive(Template)]
#[template(
    path = "report/sheet/html/row.html",
    config = "src/report/sheet/html/askama.toml"
)]
struct Row<'a> {
    number: u64,
    /// The own cells, each in its column, or all in one with their names.
    own: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    is_wide: bool,
    one: Shown<'a>,
    others: Vec<Shown<'a>>,
    has_roles: bool,
    role: Option<Role<'a>>,
    has_changes: bool,
    change: Option<(&'static str, Cow<'a, str>)>,
}

/// A result with its strangers' texts made harmless. Escaping is the template's.
struct Shown<'a> {
    outcome: &'static str,
    verdict: &'static str,
    status: &'static str,
    title: Cow<'a, str>,
    link: Option<&'a str>,
    holder: Cow<'a, str>,
    grade: &'static str,
    earned: Option<&'a str>,
    expires: Option<&'a str>,
    days_left: String,
    next_step: Cow<'a, str>,
    findings: Vec<Told<'a>>,
}

struct Told<'a> {
    severity: &'static str,
    code: &'static str,
    message: Cow<'a, str>,
}

struct Role<'a> {
    name: Cow<'a, str>,
    state: &'static str,
    met_by: String,
    missing: String,
}

pub(super) struct Html<'w, W> {
    out: W,
    spool: Box<dyn Spool + 'w>,
    heading: Heading,
    notes: Notes,
    line: Vec<u8>,
}

impl<'w, W: Write> Html<'w, W> {
    pub(super) fn open(heading: &Heading, out: W, spool: Box<dyn Spool + 'w>) -> Self {
        Self {
            out,
            spool,
            heading: heading.clone(),
            notes: Notes::default(),
            line: Vec::new(),
        }
    }

    fn is_wide(&self) -> bool {
        self.heading.columns.len() > FEW
    }
}

impl<W: Write + Send> Sheet for Html<'_, W> {
    fn row(&mut self, row: &SheetRow<'_>) -> io::Result<()> {
        let names = self.heading.columns.iter();
        let shown = Row {
            number: row.number,
            own: names
                .zip(row.own_cells(self.heading.columns.len()))
                .map(|(name, cell)| (safe(name), safe(cell)))
                .collect(),
            is_wide: self.is_wide(),
            one: Shown::of(row.headline()),
            others: row.others().map(Shown::of).collect(),
            has_roles: self.heading.has_roles,
            role: row.role.map(|role| Role {
                name: safe(&role.name),
                state: role.state,
                met_by: safe(&met_by(role)).into_owned(),
                missing: safe(&missing(role)).into_owned(),
            }),
            has_changes: self.heading.has_changes,
            change: row
                .change
                .map(|change| (change.kind, safe(&change.message))),
        };
        self.line.clear();
        shown.write_into(&mut self.line)?;
        self.line.push(b'\n');
        self.notes.see(row);
        self.spool.write_all(&self.line)
    }

    fn finish(mut self: Box<Self>, closing: &Closing) -> io::Result<()> {
        let as_of = words::instant(self.heading.as_of);
        let own = self.heading.columns.iter().map(|name| safe(name)).collect();
        let head = Head {
            policy: policy(),
            style: STYLE,
            as_of: &as_of,
            program: concat!("bonafide ", env!("CARGO_PKG_VERSION")),
            sentence: closing.in_words(&as_of),
            bars: chart::bars(&closing.totals),
            outcomes: closing.totals.of_outcomes(),
            notes: self.notes.sentences(),
            gone: &closing.gone,
            own: (!self.is_wide()).then_some(own),
            has_roles: self.heading.has_roles,
            has_changes: self.heading.has_changes,
        };
        let mut text = Vec::new();
        head.write_into(&mut text)?;
        text.push(b'\n');
        self.out.write_all(&text)?;
        pour(&mut *self.spool, &mut self.out)?;
        write!(
            self.out,
            "</tbody>\n</table>\n</main>\n<script>{SCRIPT}</script>\n</body>\n</html>\n{}\n",
            mark::comment(&closing.totals)
        )?;
        self.out.flush()
    }
}

impl<'a> Shown<'a> {
    fn of(one: &'a ResultJson) -> Self {
        let credential = &one.credential;
        Self {
            outcome: one.outcome,
            verdict: one.verdict(),
            status: one.status,
            title: credential.title.as_deref().map_or("-".into(), safe),
            link: one.genuine_link(),
            holder: credential.holder.as_deref().map_or("-".into(), safe),
            grade: one.holder_match.grade,
            earned: credential.earned_on.as_deref(),
            expires: credential.expires_on.as_deref(),
            days_left: one.days_left.map_or_else(String::new, days_left),
            next_step: safe(&one.next_step),
            findings: one.findings.iter().map(Told::of).collect(),
        }
    }
}

impl<'a> Told<'a> {
    fn of(finding: &'a FindingJson) -> Self {
        Self {
            severity: finding.severity,
            code: finding.code,
            message: safe(&finding.message),
        }
    }
}

fn days_left(days: i64) -> String {
    if days < 0 {
        format!("{} ago", words::count(-days, "day", "days"))
    } else {
        format!("{} left", words::count(days, "day", "days"))
    }
}

fn safe(text: &str) -> Cow<'_, str> {
    match neutral::document(text) {
        Cow::Borrowed(text) => neutral::shortened(text, SHOWN),
        Cow::Owned(text) => Cow::Owned(neutral::shortened(&text, SHOWN).into_owned()),
    }
}

/// Whether a cell needs room, as a link does.
fn is_long(cell: &str) -> bool {
    cell.len() > 40
}

/// The day of an instant of ours.
fn day(instant: &str) -> &str {
    instant.get(..10).unwrap_or(instant)
}

/// Nothing is loaded, and only this style and this script count.
fn policy() -> String {
    let hash = |text: &str| STANDARD.encode(Sha256::digest(text));
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; \
         form-action 'none'",
        hash(STYLE),
        hash(SCRIPT)
    )
}
