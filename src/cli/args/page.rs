//! What `bonafide page` takes.

use std::path::PathBuf;

use clap::Args;

use super::Fetch;

#[derive(Debug, Args)]
#[command(
    after_help = "Example: bonafide page page.toml -o site, with this page.toml:\n\n  \
    name = \"Jane Doe\"\n  headline = \"Azure consultant\"\n  links = [\"LINK\", \"LINK\"]\n\n\
    Exit codes: 0 every credential is shown as in force; 1 at least one is not; 2 wrong usage or \
    the run could not be carried out; 3 none failed, but at least one could not be determined. \
    The page is written for 0, 1 and 3, and says the same."
)]
pub(in crate::cli) struct Page {
    /// What the owner says: name, headline, links, transcript, language, colours, address
    #[arg(value_name = "CONFIG.toml", default_value = "page.toml")]
    pub(in crate::cli) owner: PathBuf,
    /// Write the page into this folder; files in it that are not the page's stay
    #[arg(short, long, value_name = "FOLDER")]
    pub(in crate::cli) output: PathBuf,
    /// Show saved evidence instead of asking about the links
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with = "save_evidence")]
    pub(in crate::cli) evidence: Vec<PathBuf>,
    /// Where the service gives no answer, keep what the last run found, with its day
    #[arg(long)]
    pub(in crate::cli) keep_on_error: bool,
    #[command(flatten)]
    pub(in crate::cli) fetch: Fetch,
}
