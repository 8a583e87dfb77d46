//! Pages made for looking at.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::harness::{DAY, bonafide, finish};
use crate::issuer::{certification, record};

/// A folder with a page of its own.
pub(super) struct Desk {
    folder: TempDir,
}

/// Every sort of standing, eight of them, as many as a sheet of paper should hold.
pub(super) fn usual() -> Vec<Value> {
    let mut other = certification("DevOps Engineer Expert", "2025-08-30", Some("2027-08-30"));
    other["userDisplayName"] = json!("John Smith");
    let mut unnamed = certification(
        "Azure Solutions Architect Expert",
        "2023-03-14",
        Some("2027-03-14"),
    );
    unnamed["userDisplayName"] = Value::Null;
    vec![
        certification(
            "Azure Administrator Associate",
            "2024-09-01",
            Some("2027-09-01"),
        ),
        unnamed,
        certification(
            "Azure AI Engineer Associate",
            "2024-05-14",
            Some("2027-05-14"),
        ),
        certification("Azure Fundamentals", "2021-02-02", None),
        certification("Fabric Data Engineer Associate", "2026-02-11", None),
        other,
        certification(
            "Azure Developer Associate",
            "2022-06-20",
            Some("2025-06-20"),
        ),
        certification(
            "Security Operations Analyst Associate",
            "2025-10-01",
            Some("2026-10-01"),
        ),
    ]
}

/// Eight in force, with as much to say of each as there may be.
pub(super) fn eight() -> Vec<Value> {
    let titles = [
        "Azure AI Engineer Associate",
        "Azure Administrator Associate",
        "Azure Solutions Architect Expert",
        "Azure Network Engineer Associate",
        "Azure Cosmos DB Developer Specialty",
        "DevOps Engineer Expert",
        "Fabric Data Engineer Associate",
        "Security Operations Analyst Associate",
    ];
    let one = |title| certification(title, "2024-05-14", Some("2027-05-14"));
    titles.into_iter().map(one).collect()
}

/// Titles and a holder that try to be more than text.
pub(super) fn hostile() -> Vec<Value> {
    let long = "L\u{f6}ng ".repeat(125);
    let titles = [
        "</text><script>document.title='run'</script>",
        "]]></title></svg><img src=x onerror=document.title='run'>",
        "\"onload=\"document.title='run'",
        "[x](javascript:document.title='run')",
        "\u{202e}etaicossA rotartsinimdA\u{202c} -->",
        "Azure \u{1f469}\u{200d}\u{1f4bb} \u{1f600} Developer",
        "微软认证：Azure 管理员助理 微软认证：Azure 管理员助理 微软认证：Azure 管理员助理",
        "شهادة مسؤول Azure المعتمد من مايكروسوفت",
        long.trim_end(),
    ];
    titles
        .iter()
        .map(|title| {
            json!({"title": title, "awardedOn": "2025-01-01T00:00:00Z",
                "expiresOn": "2027-09-01T23:59:59Z", "userDisplayName": "Jane Doe"})
        })
        .collect()
}

impl Desk {
    pub(super) fn page(records: &[Value], owner: &str) -> Self {
        let desk = Self {
            folder: TempDir::new().unwrap(),
        };
        std::fs::write(desk.folder.path().join("page.toml"), owner).unwrap();
        let files = records
            .iter()
            .enumerate()
            .map(|(at, one)| record(desk.folder.path(), &format!("5D1E0C42A7B39F{at:02}"), one));
        let files: Vec<PathBuf> = files.collect();
        let mut command = bonafide();
        command.current_dir(desk.folder.path());
        command.args(["page", "-o", "site", "--as-of", DAY, "--evidence"]);
        let ran = finish(command.args(files));
        assert_ne!(ran.code, 2, "{}", ran.stderr);
        desk
    }

    pub(super) fn site(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    pub(super) fn address(&self) -> String {
        super::address(&self.site().join("index.html"))
    }
}

pub(super) fn are_pictures_wanted() -> bool {
    std::env::var_os("BONAFIDE_TESTS_PICTURES").is_some()
}

/// Leaves a picture where `BONAFIDE_TESTS_PICTURES` says, for people to look at.
pub(super) fn keep(name: &str, bytes: &[u8]) {
    if let Some(folder) = std::env::var_os("BONAFIDE_TESTS_PICTURES") {
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(Path::new(&folder).join(name), bytes).unwrap();
    }
}
