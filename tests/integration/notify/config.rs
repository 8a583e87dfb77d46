//! Channels in the configuration file, as its reader meets them.

use tempfile::TempDir;

use crate::harness::{Ran, bonafide, finish};

fn with(config: &str) -> Ran {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("config.toml");
    std::fs::write(&path, config).unwrap();
    finish(bonafide().args(["inspect", "x", "--config"]).arg(path))
}

#[test]
fn every_kind_is_taken() {
    let ran = with(
        r#"
color = "never"

[channel.mail]
kind = "smtp"
host = "smtp.example.com"
tls = "starttls"
username = "certs"
password = { env = "SMTP_PASSWORD" }
from = "Certifications <certs@example.com>"
reply-to = "hr@example.com"
timeout = "30s"

[channel.team]
kind = "teams"
url = { file = "teams.url" }

[channel.dev]
kind = "slack"
url = { command = ["pass", "show", "slack"] }

[channel.phone]
kind = "ntfy"
topic = { env = "NTFY_TOPIC" }
token = { env = "NTFY_TOKEN" }

[channel.hook]
kind = "webhook"
url = { env = "HOOK" }
secret = { env = "HOOK_SECRET" }

[channel.own]
kind = "command"
command = ["notify-send", "Certifications"]

[channel.out]
kind = "stdout"
"#,
    );
    assert_eq!(ran.code, 1, "{}", ran.stderr);
}

#[test]
fn every_sample_of_the_documents_is_taken() {
    for document in ["docs/channels.md", "docs/guide.md"] {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(document);
        let text = std::fs::read_to_string(path).unwrap();
        let blocks = text.split("```toml\n").skip(1);
        let blocks = blocks.map(|block| block.split("```").next().unwrap());
        let samples: String = blocks.filter(|block| block.contains("[channel.")).collect();
        assert!(samples.contains("[channel.mail]"), "{document}");
        let ran = with(&samples);
        assert_eq!(ran.code, 1, "{document}: {}", ran.stderr);
    }
}

#[test]
fn what_is_wrong_is_said_with_its_line_and_what_was_meant() {
    let cases = [
        (
            "[channel.a]\nkind = \"smpt\"\n",
            "line 2 (kind): unknown variant `smpt`, expected one of `smtp`, `teams`, `slack`, `ntfy`, \
             `webhook`, `command`, `stdout`; did you mean `smtp`?",
        ),
        (
            "[channel.a]\nkind = \"slack\"\nulr = { env = \"A\" }\n",
            "line 3 (ulr): unknown field `ulr`, expected one of `url`, `ca-file`, `timeout`; did you mean \
             `url`?",
        ),
        (
            "[channel.a]\nhost = \"x\"\n",
            "line 1: missing field `kind`",
        ),
        ("[channel.a]\nkind = \"slack\"\n", "missing field `url`"),
        (
            "[chanel.a]\nkind = \"slack\"\n",
            "line 1: unknown field `chanel`",
        ),
        ("[chanel.a]\nkind = \"slack\"\n", "did you mean `channel`?"),
        ("channel = 3\n", "expected tables such as [channel.mail]"),
        (
            "channel.a = 3\n",
            "expected a table [channel.a] with its kind",
        ),
        (
            "[channel.a]\nkind = \"command\"\ncommand = \"echo hi\"\n",
            "line 3 (command): invalid type",
        ),
        (
            "[channel.a]\nkind = \"command\"\ncommand = [\"a\"]\ntimeout = \"soon\"\n",
            "line 4 (timeout): expected a time such as 30s or 2m",
        ),
        (
            "[channel.a]\nkind = \"smtp\"\nhost = \"mail.example\"\nfrom = \"a@example.com\"\ntls = \"none\"\n",
            "channel a: expected tls = \"implicit\" or \"starttls\"",
        ),
        (
            "[channel.a]\nkind = \"smtp\"\nhost = \"mail.example\"\nfrom = \"nobody\"\n",
            "channel a: expected a mail address as from",
        ),
        (
            "[channel.a]\nkind = \"smtp\"\nhost = \"h\"\nfrom = \"a@example.com\"\nusername = \"u\"\n",
            "channel a: expected a password beside username",
        ),
    ];
    for (config, said) in cases {
        let ran = with(config);
        assert_eq!(ran.code, 2, "{config}");
        assert!(ran.stderr.contains(said), "{config}\n{}", ran.stderr);
    }
}

#[test]
fn a_secret_in_the_file_is_refused_without_showing_it() {
    let plain = "expected where the secret is kept, not the secret itself";
    let cases = [
        (
            "[channel.a]\nkind = \"slack\"\nurl = \"https://hooks.example/MARKED-SECRET\"\n",
            plain,
        ),
        (
            "[channel.a]\nkind = \"slack\"\nurl = { plain = \"MARKED-SECRET\" }\n",
            plain,
        ),
        (
            "[channel.a]\nkind = \"slack\"\nurl = { env = [\"MARKED-SECRET\"] }\n",
            plain,
        ),
        (
            "[channel.a]\nkind = \"slack\"\nurl = [\"MARKED-SECRET\"]\n",
            "line 3",
        ),
        ("channel = \"MARKED-SECRET\"\n", "expected tables"),
        ("channel.a = \"MARKED-SECRET\"\n", "expected a table"),
        ("[channel.a]\nkind = \"slack\"\nurl = 20261122\n", plain),
        (
            "[channel.a]\nkind = \"slack\"\npasword = \"MARKED-SECRET\"\n",
            "line 3 (pasword): unknown field",
        ),
        (
            "[channel.a]\nkind = \"slack\"\nurl = \"MARKED-SECRET\n",
            "line 3",
        ),
    ];
    for (config, said) in cases {
        let ran = with(config);
        assert_eq!(ran.code, 2, "{config}");
        assert!(ran.stderr.contains(said), "{config}\n{}", ran.stderr);
        assert!(!ran.stderr.contains("MARKED"), "{}", ran.stderr);
    }
}
