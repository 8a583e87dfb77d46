//! What fuzzing begins with: the fixtures, and what is made of them.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use bonafide::catalog::Catalog;
use bonafide::check::Expectation;
use bonafide::receipt::Receipt;
use bonafide::source::{Asked, Demo, save};
use bonafide::verify::{AsOf, Terms, gather};
use sha2::{Digest as _, Sha256};

use super::members::unpacked;
use super::promises::now;

/// A credential that is in no fixture of somebody.
pub(crate) const CREDENTIAL: &str = "5D1E0C42A7B39F10";

/// The repository.
pub(crate) fn root() -> PathBuf {
    // The fuzz crate lies two folders below the program's.
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = here
        .ancestors()
        .find(|folder| folder.join("fixtures").is_dir());
    root.expect("a checkout with its fixtures").to_owned()
}

/// The files of a folder with one of these endings, in order.
fn files(folder: &str, endings: &[&str]) -> Vec<Vec<u8>> {
    let folder = root().join(folder);
    let Ok(entries) = std::fs::read_dir(&folder) else {
        return Vec::new();
    };
    let mut paths: Vec<_> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    paths.sort();
    let is_wanted = |path: &PathBuf| {
        let end = path
            .extension()
            .and_then(|end| end.to_str())
            .unwrap_or_default();
        path.is_file() && (endings.is_empty() || endings.contains(&end))
    };
    let read = |path| std::fs::read(path).expect("a fixture");
    paths.into_iter().filter(is_wanted).map(read).collect()
}

/// Inputs that once broke a promise.
pub(crate) fn kept(entry: &str) -> Vec<Vec<u8>> {
    files(&format!("fixtures/fuzz/{entry}"), &[])
}

/// The lines of a table of the fixtures, without its first.
fn lines(table: &str) -> Vec<String> {
    let text = std::fs::read_to_string(root().join(table)).expect("a fixture");
    text.lines().skip(1).map(str::to_owned).collect()
}

fn bytes<const N: usize>(texts: [&str; N]) -> Vec<Vec<u8>> {
    texts.map(|text| text.as_bytes().to_vec()).to_vec()
}

pub(crate) fn links() -> Vec<Vec<u8>> {
    let rows = lines("fixtures/links/links.tsv");
    let mut seeds: Vec<_> = rows
        .iter()
        .filter_map(|row| Some(row.split('\t').next()?.as_bytes().to_vec()))
        .collect();
    seeds.extend(bytes([
        "[AZ-104](https://learn.microsoft.com/api/credentials/share/en-us/jane/20170DBC5AC04E38 \"mine\")",
        "<a href='https://learn.microsoft.com/users/jane/transcript/7abcdefghijklmn?x&amp;y'>learn.microsoft.com</a>",
        "https://www.google.com/url?q=https%3A%2F%2Fwww.credly.com%2Fbadges%2F4b0f8a52-9d13-4c67-a2e8-51c7d0f3b964",
        "https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Flearn.microsoft.com%2Fapi%2Fcredentials%2F20170DBC5AC04E38&data=05",
    ]));
    seeds
}

pub(crate) fn shown() -> Vec<Vec<u8>> {
    let shown = |link: Vec<u8>| {
        [
            b"https://learn.microsoft.com/api/credentials/20170DBC5AC04E38\n",
            link.as_slice(),
        ]
        .concat()
    };
    links().into_iter().step_by(9).map(shown).collect()
}

pub(crate) fn credentials() -> Vec<Vec<u8>> {
    let mut seeds = files("fixtures/learn-credential", &["json"]);
    seeds.extend(files("src/source/demo", &["json"]));
    seeds
}

pub(crate) fn transcripts() -> Vec<Vec<u8>> {
    files("fixtures/learn-transcript", &["json"])
}

pub(crate) fn pages() -> Vec<Vec<u8>> {
    files("fixtures/learn-page", &["html"])
}

pub(crate) fn badges() -> Vec<Vec<u8>> {
    files("fixtures/credly", &["json"])
}

pub(crate) fn assertions() -> Vec<Vec<u8>> {
    let mut seeds = badges();
    seeds.extend(bytes([r#"{"type":"Assertion","issuedOn":"2026-01-05T00:00:00Z","expires":"2027-01-05","revoked":false,"badge":{"name":"Microsoft Certified: Azure Fundamentals"}}"#]));
    seeds
}

pub(crate) fn dates() -> Vec<Vec<u8>> {
    let mut seeds = bytes([
        "2027-05-14T23:59:59Z",
        "2027-05-14T23:59:59+00:00\n2026-05-23T16:47:31.1500997+00:00",
        "2027-03-06T00:59:59+01:00\n2026-01-01",
        "2026-12-31T23:59:60Z",
        "2027-09-08\n2027-09-09",
        " 2027-02-28 \n0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59.9999999Z",
        "14.05.2027",
        "2027-05-14T23:59:59-23:59",
    ]);
    let cases = lines("fixtures/lifecycle/cases.tsv");
    let expiry = |row: &String| Some(row.split('\t').nth(1)?.as_bytes().to_vec());
    seeds.extend(cases.iter().filter_map(expiry));
    seeds
}

pub(crate) fn lists() -> Vec<Vec<u8>> {
    let mut seeds = files("fixtures/lists", &["csv", "txt", "jsonl"]);
    seeds.extend(files("fixtures/outputs", &["csv", "jsonl"]));
    seeds
}

pub(crate) fn mappings() -> Vec<Vec<u8>> {
    bytes([
        "link=Share link\nname=#1\nemail=E-Mail\n\nName,Share link,E-Mail\nJane Doe,https://learn.microsoft.com/api/credentials/20170DBC5AC04E38,jane@example.com\n",
        "link=#2\nrole=Stelle\nid=Nr\n\nNr,Nachweis,Stelle,Vorname,Nachname\n1,https://www.credly.com/badges/x,cloud,Jane,Doe\n",
        "certification=Exam\n\nlink,Exam,first name,last name\n",
    ])
}

pub(crate) fn workbooks() -> Vec<Vec<u8>> {
    let files = files("fixtures/lists", &["xlsx"]);
    let is_archive = |file: &&Vec<u8>| file.starts_with(b"PK");
    files
        .iter()
        .filter(is_archive)
        .map(|file| unpacked(file))
        .collect()
}

pub(crate) fn pdfs() -> Vec<Vec<u8>> {
    let mut seeds = files("fixtures/cv", &["pdf"]);
    // A changed byte says nothing inside of a compressed stream.
    let plain = seeds.iter().filter_map(|seed| {
        let mut document = lopdf::Document::load_mem(seed).ok()?;
        document.decompress();
        document.prune_objects();
        let mut plain = Vec::new();
        document.save_to(&mut plain).ok()?;
        Some(plain)
    });
    let plain: Vec<_> = plain.collect();
    seeds.extend(plain);
    seeds
}

pub(crate) fn docx() -> Vec<Vec<u8>> {
    let files = files("fixtures/cv", &["docx"]);
    files.iter().map(|file| unpacked(file)).collect()
}

pub(crate) fn texts() -> Vec<Vec<u8>> {
    files("fixtures/cv", &["eml", "html", "md", "txt"])
}

pub(crate) fn names() -> Vec<Vec<u8>> {
    let pair = |row: &String| {
        let mut cells = row.split('\t');
        Some(format!("{}\n{}", cells.next()?, cells.next()?).into_bytes())
    };
    lines("fixtures/names/pairs.tsv")
        .iter()
        .filter_map(pair)
        .collect()
}

/// The samples of the guides, which are all there is of such files.
fn samples(guide: &str) -> Vec<Vec<u8>> {
    let text = std::fs::read_to_string(root().join(guide)).expect("a guide");
    let blocks = text.split("```toml\n").skip(1);
    let sample = |block: &str| {
        block
            .split("```")
            .next()
            .unwrap_or_default()
            .as_bytes()
            .to_vec()
    };
    blocks.map(sample).collect()
}

/// The program's own configuration.
#[allow(dead_code, reason = "only the smoke run can start the program")]
pub(crate) fn settings() -> Vec<Vec<u8>> {
    let all = [
        samples("docs/guide.md"),
        samples("docs/channels.md"),
        samples("docs/reminders.md"),
    ];
    all.concat()
}

pub(crate) fn configurations() -> Vec<Vec<u8>> {
    let mut seeds = samples("docs/guide.md");
    seeds.extend(samples("docs/exams.md"));
    seeds.extend(files("src/exam", &["toml"]));
    seeds.extend(bytes([
        "jane@example.com,!joe@* namespaces=\"bonafide-receipt\",valid-after=\"20260101Z\" ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILM+rvN+ot98qgEN796jTiQfZfG1KaT0PtFDJ/XFSqti jane\n",
        "[role.cloud-architect]\ntitle = \"Cloud Architect\"\nall_of = [[\"AZ-104\", \"AZ-305\"], \"SC-300\"]\nany_of = [\"AI-102\"]\nmin_days_left = 30\n",
        "name = \"Jane Doe\"\nlinks = [\"https://learn.microsoft.com/api/credentials/20170DBC5AC04E38\"]\nbase_url = \"https://example.com/\"\nlanguage = \"de\"\n[colours]\naccent = \"#0066cc\"\n",
    ]));
    seeds
}

/// A receipt of the demo.
pub(crate) fn receipt() -> &'static str {
    static RECEIPT: OnceLock<String> = OnceLock::new();
    RECEIPT.get_or_init(|| made(SHARE).0)
}

const SHARE: &str = "https://learn.microsoft.com/api/credentials/share/en-us/IngridSolvangReyes-4410/5D1E0C42A7B39F10";

/// The receipt of a link, by the demo, and what was asked for it.
fn made(link: &str) -> (String, Vec<Asked>) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .expect("a runtime");
    let terms = Terms {
        catalog: Catalog::embedded(),
        as_of: AsOf::Clock(now()),
        expected: &Expectation::default(),
    };
    let gathered = runtime.block_on(gather(bonafide::link::judge(link), &Demo));
    let asked: Vec<Asked> = gathered.asked().cloned().collect();
    let trip = gathered.weigh(&terms);
    let text = Receipt::of(&trip, &asked, &terms, now()).to_text(&trip.link);
    (text, asked)
}

pub(crate) fn receipts() -> Vec<Vec<u8>> {
    let others = [
        "https://example.com/",
        "https://learn.microsoft.com/api/credentials/E2F6B0935C4D718A",
    ];
    let mut seeds = vec![receipt().as_bytes().to_vec()];
    seeds.extend(others.map(|link| made(link).0.into_bytes()));
    seeds
}

/// The text with the digest that it asks for, as somebody who forges one would write it.
pub(crate) fn sealed(text: &str) -> String {
    let marker = "\n  \"digest\": \"";
    let Some(at) = text.rfind(marker).map(|at| at + marker.len()) else {
        return text.to_owned();
    };
    let (Some(_), Some(rest)) = (text.get(at..at + 64), text.get(at + 64..)) else {
        return text.to_owned();
    };
    let blank = [&text[..at], &"0".repeat(64), rest].concat();
    [&text[..at], &hex::encode(Sha256::digest(&blank)), rest].concat()
}

pub(crate) fn own_rows() -> Vec<Vec<u8>> {
    let mut seeds = samples("docs/catalog.md");
    seeds.extend(bytes([
        "[certification.azure-administrator]\nas_of = 2026-11-20\nretires_on = 2027-06-30\n",
        "[certification.azure-wizard]\ntitle = \"Microsoft Certified: Azure Wizard Associate\"\nlevel = \"associate\"\nexams = [\"AZ-999\"]\nexpires = \"1y\"\nas_of = 2026-11-20\n",
    ]));
    seeds
}

pub(crate) fn listings() -> Vec<Vec<u8>> {
    let mut seeds = bytes([
        r#"{"certifications":[{"uid":"certification.azure-administrator","title":"Microsoft Certified: Azure Administrator Associate","exams":["exam.az-104"]},{"uid":"certification.azure-wizard","title":"Microsoft Certified: Azure Wizard Associate","exams":[]}],"mergedCertifications":[],"exams":[{"uid":"exam.az-104","title":"AZ-104"}]}"#,
        r#"{"bonafide_catalog":1,"host":"learn.microsoft.com","fetched_at":"2026-11-22T00:00:00Z","sha256":"","certifications":[{"slug":"azure-wizard","title":"Microsoft Certified: Azure Wizard Associate","exams":["AZ-999"],"seen_on":"2026-11-22"}]}"#,
    ]);
    seeds.extend(files("fixtures/catalog", &["json"]));
    seeds
}

pub(crate) fn evidence() -> Vec<Vec<u8>> {
    let mut seeds = [credentials(), transcripts(), badges()].concat();
    let folder = super::promises::scratch("evidence.json", b"{}").with_file_name("saved");
    let (_, asked) = made(SHARE);
    let written = save(
        &folder,
        Some("https://learn.microsoft.com/api/credentials/5D1E0C42A7B39F10"),
        &asked,
        now(),
    );
    seeds.push(std::fs::read(written.expect("a file of evidence")).expect("a file of evidence"));
    let _ = std::fs::remove_dir_all(folder);
    seeds
}
