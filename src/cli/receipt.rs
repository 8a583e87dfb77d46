//! `bonafide receipt`: signs and checks what a verification left behind.

use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use secrecy::SecretString;

use super::args::{Format, Receipt, ReceiptCheck, ReceiptCommands, ReceiptSign};
use super::exit::Exit;
use super::output;
use super::settings::Settings;
use crate::receipt::{self, CheckDocument, Entry, Signers, Trial};
use crate::report::{json, neutral};
use crate::source::private::{Existing, write_at};

/// The passphrase of a key, for where nobody can type it.
pub(super) const PASSPHRASE: &str = "BONAFIDE_KEY_PASSPHRASE";

pub(super) fn run(args: &Receipt, settings: &Settings) -> anyhow::Result<Exit> {
    match &args.command {
        ReceiptCommands::Sign(args) => sign(args),
        ReceiptCommands::Check(args) => check(args, settings),
    }
}

fn sign(args: &ReceiptSign) -> anyhow::Result<Exit> {
    let mut files = Vec::new();
    for path in &args.files {
        files.extend(receipt::find(path).with_context(|| path.display().to_string())?);
    }
    // All is looked at before any file is signed.
    let mut receipts = Vec::new();
    for file in &files {
        let name = || file.display().to_string();
        let bytes = receipt::load(file).with_context(name)?;
        receipt::is_intact(&bytes, chrono::Utc::now()).with_context(name)?;
        let path = receipt::signature_path(file);
        if path.exists() && !args.force {
            bail!("{} is there already; --force replaces it", path.display());
        }
        receipts.push((bytes, path));
    }
    let key = private_key(&args.key).with_context(|| format!("the key {}", args.key.display()))?;
    let existing = if args.force {
        Existing::Replaced
    } else {
        Existing::Stays
    };
    for (bytes, path) in receipts {
        let signature = receipt::sign(&bytes, &key)
            .with_context(|| format!("the key {}", args.key.display()))?;
        write_at(&path, signature.as_bytes(), existing)
            .with_context(|| format!("cannot write {}", path.display()))?;
        let shown = neutral::terminal_line(&path.display().to_string());
        output::write(None, format!("{shown}\n").as_bytes())?;
    }
    Ok(Exit::Success)
}

fn private_key(path: &Path) -> anyhow::Result<receipt::PrivateKey> {
    let text = SecretString::from(std::fs::read_to_string(path)?);
    if !receipt::is_encrypted(&text)? {
        return Ok(receipt::read_private(&text, None)?);
    }
    let passphrase = passphrase(path)?;
    Ok(receipt::read_private(&text, Some(&passphrase))?)
}

/// From the environment, or asked on a terminal, which does not show it.
fn passphrase(path: &Path) -> anyhow::Result<SecretString> {
    if let Ok(passphrase) = std::env::var(PASSPHRASE) {
        return Ok(passphrase.into());
    }
    if !std::io::stdin().is_terminal() {
        bail!("it has a passphrase, and nobody can be asked for it here; set {PASSPHRASE}");
    }
    let prompt = format!("Passphrase of {}: ", path.display());
    let typed = rpassword::prompt_password(prompt).context("cannot ask for the passphrase")?;
    Ok(typed.into())
}

fn check(args: &ReceiptCheck, settings: &Settings) -> anyhow::Result<Exit> {
    let signers = signers(args)?;
    // What only one side knows confirms nothing.
    let catalog = settings.catalog()?;
    let trial = Trial {
        catalog: catalog.common().unwrap_or(catalog),
        now: settings.as_of().instant(),
        clock: chrono::Utc::now(),
        signers: signers.as_ref(),
        identity: args.identity.as_deref(),
        // Who says whose signature counts wants one: else taking it away would help.
        require_signature: args.require_signature || signers.is_some(),
    };
    let mut entries = Vec::new();
    for path in &args.files {
        match receipt::find(path) {
            Ok(files) => entries.extend(files.iter().map(|file| one(file, args, &trial))),
            Err(error) => entries.push(unreadable(path, &error.to_string())),
        }
    }
    if args.signature.is_some() && entries.len() != 1 {
        bail!("--signature is of one receipt, found {}", entries.len());
    }
    let document = match args.output.format {
        Format::Human => receipt::human(
            &entries,
            trial.now,
            settings.look(args.output.output.as_deref()),
        ),
        Format::Json => json::text(&CheckDocument::of(&entries, trial.now)),
    };
    output::write(args.output.output.as_deref(), document.as_bytes())?;
    Ok(exit(&entries))
}

fn exit(entries: &[Entry]) -> Exit {
    if entries.iter().any(|entry| entry.checked.is_err()) {
        return Exit::Usage;
    }
    let checked = entries
        .iter()
        .filter_map(|entry| entry.checked.as_ref().ok());
    Exit::of(checked.map(receipt::Checked::outcome))
}

fn signers(args: &ReceiptCheck) -> anyhow::Result<Option<Signers>> {
    let text = |path: &PathBuf| {
        let bytes = receipt::load(path).with_context(|| path.display().to_string())?;
        String::from_utf8(bytes).with_context(|| path.display().to_string())
    };
    Ok(match (&args.allowed_signers, &args.public_key) {
        (Some(path), _) => {
            let signers = Signers::parse(&text(path)?);
            Some(signers.with_context(|| path.display().to_string())?)
        }
        (None, Some(path)) => {
            let key = receipt::read_public(&text(path)?);
            Some(Signers::key(
                key.with_context(|| path.display().to_string())?,
            ))
        }
        (None, None) => None,
    })
}

fn one(file: &Path, args: &ReceiptCheck, trial: &Trial<'_>) -> Entry {
    let bytes = match receipt::load(file) {
        Ok(bytes) => bytes,
        Err(error) => return unreadable(file, &error.to_string()),
    };
    let beside = receipt::signature_path(file);
    let signature = match &args.signature {
        Some(path) => Some(path.as_path()),
        // Also a link that leads nowhere is there, and cannot be read.
        None => beside
            .symlink_metadata()
            .is_ok()
            .then_some(beside.as_path()),
    };
    let signature = signature.map(receipt::load_signature).transpose();
    let signature = match signature {
        Ok(signature) => signature,
        Err(error) => return unreadable(file, &format!("its signature: {error}")),
    };
    match receipt::check(&bytes, signature.as_deref(), trial) {
        Ok(checked) => Entry {
            file: file.display().to_string(),
            checked: Ok(checked),
        },
        Err(error) => unreadable(file, &error.to_string()),
    }
}

fn unreadable(path: &Path, why: &str) -> Entry {
    Entry {
        file: path.display().to_string(),
        checked: Err(why.to_owned()),
    }
}
