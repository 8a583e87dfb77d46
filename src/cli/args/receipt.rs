//! The arguments of `bonafide receipt`, and of commands that leave receipts.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::Output;

/// What a run leaves behind.
#[derive(Debug, Args)]
#[command(next_help_heading = "What to keep")]
pub(in crate::cli) struct Keep {
    /// Write a receipt of each link into this folder, to be checked and judged again later
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) receipt: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Receipt {
    #[command(subcommand)]
    pub(in crate::cli) command: ReceiptCommands,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum ReceiptCommands {
    /// Sign receipts with an OpenSSH key, each in a file of its own (FILE.sig)
    Sign(ReceiptSign),
    /// Check receipts: whole, signed by whom, and judged the same again
    Check(ReceiptCheck),
}

#[derive(Debug, Args)]
#[command(
    after_help = "A key's passphrase is taken from BONAFIDE_KEY_PASSPHRASE, or asked for on a terminal.\n\n\
    Exit codes: 0 all are signed; 2 one could not be."
)]
pub(in crate::cli) struct ReceiptSign {
    /// A receipt, or a folder of them
    #[arg(required = true, value_name = "FILE")]
    pub(in crate::cli) files: Vec<PathBuf>,
    /// The private key, in OpenSSH's format: Ed25519 or ECDSA
    #[arg(long, value_name = "KEY")]
    pub(in crate::cli) key: PathBuf,
    /// Replace signatures that are there
    #[arg(long)]
    pub(in crate::cli) force: bool,
}

#[derive(Debug, Args)]
#[command(
    after_help = "--as-of is the day that is taken as today, also for the signers' dates; the receipt's own \
    day of judgement stays.\n\n\
    Exit codes: 0 every receipt is sound and its credentials passed, as recorded and as judged again; 1 one is altered, \
    wrongly signed or unsigned where a signature is needed, or its credential failed; 2 wrong usage or a file \
    that is no receipt; 3 none failed, but at least one could not be determined."
)]
pub(in crate::cli) struct ReceiptCheck {
    /// A receipt, or a folder of them
    #[arg(required = true, value_name = "FILE")]
    pub(in crate::cli) files: Vec<PathBuf>,
    /// Whose signatures count: a list as ssh-keygen reads it; a signature is then needed
    #[arg(long, value_name = "FILE", conflicts_with = "public_key")]
    pub(in crate::cli) allowed_signers: Option<PathBuf>,
    /// The one key whose signatures count; a signature is then needed
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) public_key: Option<PathBuf>,
    /// Which of the allowed signers it must be
    #[arg(long, value_name = "PRINCIPAL", requires = "allowed_signers")]
    pub(in crate::cli) identity: Option<String>,
    /// Fail without a signature that counts
    #[arg(long)]
    pub(in crate::cli) require_signature: bool,
    /// The signature, where it does not stand beside its receipt as FILE.sig
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) signature: Option<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) output: Output,
}
