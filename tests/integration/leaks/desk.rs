//! A folder in which a command runs with every secret that there is.

use std::path::PathBuf;

use assert_cmd::Command;
use tempfile::TempDir;

use super::marks::SHARING_ID;
use super::service::{Service, Weather};
use crate::harness::{DAY, bonafide};

/// A folder. What stands in `given` was given with its secrets; all else is the program's.
pub(crate) struct Desk {
    pub(crate) folder: TempDir,
    pub(crate) service: Service,
}

const CONFIG: &str = r#"
[channel.mail]
kind = "smtp"
host = "127.0.0.1"
port = SMTP
tls = "none"
username = "reminder"
password = { file = "password" }
from = "a@example.com"
[channel.teams]
kind = "teams"
url = { env = "TEAMS_URL" }
[channel.slack]
kind = "slack"
url = { env = "SLACK_URL" }
[channel.ntfy]
kind = "ntfy"
server = "HTTP"
topic = { file = "topic" }
token = { env = "NTFY_TOKEN" }
[channel.hook]
kind = "webhook"
url = { command = ["/bin/cat", "given/hook"] }
secret = { env = "HOOK_SECRET" }
[channel.own]
kind = "command"
command = ["/bin/sh", "-c", "env | sort | tr '\n' ' ' >&2; exit 1"]
[channel.proxies]
kind = "command"
command = ["/bin/sh", "-c", "env | grep -i -e proxy -e key >&2; exit 1"]
[channel.out]
kind = "stdout"
[remind]
channels = ["mail", "teams", "slack", "ntfy", "hook", "own", "proxies", "out"]
[remind.ping]
start = { env = "PING_START" }
success = { file = "ping-success" }
failure = { env = "PING_FAILURE" }
"#;

/// A credential's link with its holder's key.
pub(crate) fn link(number: usize) -> String {
    format!(
        "https://learn.microsoft.com/api/credentials/share/en-us/JaneDoe-1/{number:016}?sharingId={SHARING_ID}"
    )
}

impl Desk {
    pub(crate) fn new(weather: Weather) -> Self {
        let desk = Self {
            folder: TempDir::new().unwrap(),
            service: Service::open(weather),
        };
        for folder in ["given", "home", "tmp", "cvs", "cvs/given"] {
            std::fs::create_dir(desk.folder.path().join(folder)).unwrap();
        }
        let http = desk.http();
        let config = CONFIG
            .replace("SMTP", &desk.service.smtp.to_string())
            .replace("HTTP", &http);
        desk.give("config.toml", &config);
        desk.give("password", "Mk1/smtp+pass=word");
        desk.give("topic", "Mk6ntfyTopic");
        desk.give("hook", &format!("{http}/Mk4hookPath"));
        desk.give("ping-success", &format!("{http}/Mk9pingSuccess"));
        desk.give(
            "list.csv",
            &format!("name,link\nJane Doe,{}\nJo Doe,{}\n", link(1), link(2)),
        );
        desk.give(
            "track.csv",
            &format!(
                "link,email,note\n{},jane@example.com,{}\n",
                link(1),
                link(1)
            ),
        );
        desk.give(
            "page.toml",
            &format!("name = \"Jane Doe\"\nlinks = [\"{}\"]\n", link(1)),
        );
        desk.give(
            "cv.html",
            &format!("<p>Jane Doe</p><a href=\"{0}\">{0}</a> AZ-104", link(1)),
        );
        desk.give(
            "roles.toml",
            &format!("[role.\"{}\"]\nneeds = 3\n", link(1)),
        );
        desk.give(
            "bad.toml",
            &format!("[channel.a]\nkind = \"slack\"\nurl = \"{http}/Mk3slackServices\"\n"),
        );
        desk.give(
            "worse.toml",
            "[channel.a]\nkind = \"smtp\"\npassword = \"Mk1/smtp+pass=word\n",
        );
        desk.give(
            "learn.toml",
            "learn-url = \"https://jo:Mk12learnUserinfo@mirror.example\"\n",
        );
        desk
    }

    pub(crate) fn http(&self) -> String {
        format!("http://127.0.0.1:{}", self.service.http)
    }

    fn give(&self, name: &str, text: &str) {
        std::fs::write(self.given().join(name), text).unwrap();
    }

    pub(crate) fn given(&self) -> PathBuf {
        self.folder.path().join("given")
    }

    /// The program with every secret in its environment, as talkative as it can be.
    pub(crate) fn program(&self) -> Command {
        let mut command = bonafide();
        let here = self.folder.path();
        let http = self.http();
        command
            .current_dir(here)
            .env("HOME", here.join("home"))
            .env("TMPDIR", here.join("tmp"))
            .env("RUST_BACKTRACE", "full")
            .env("BONAFIDE_DATA_DIR", here.join("data"))
            .env("BONAFIDE_KEY_PASSPHRASE", "Mk14key+passphrase")
            .env("TEAMS_URL", format!("{http}/teams?sig=Mk2teamsSignature"))
            .env("SLACK_URL", format!("{http}/services/Mk3slackServices"))
            .env("NTFY_TOKEN", "tk_Mk7ntfyToken")
            .env("HOOK_SECRET", "Mk5hook+secret/key")
            .env("PING_START", format!("{http}/Mk8pingStart"))
            .env("PING_FAILURE", format!("{http}/Mk10pingFailure"))
            .env("HTTPS_PROXY", "http://jo:Mk11proxyPass@127.0.0.1:9")
            .args(["-vvv", "--as-of", DAY]);
        command
    }
}
