//! The page's colours and its small picture for tabs.

use crate::publish::badge::Colour;
use crate::publish::clean;
use crate::publish::page::{Config, colour};

const STYLE: &str = include_str!("page.css");

/// What every small picture of ours holds.
pub(in crate::publish::page) const FAVICON_MARK: &str = "<desc>bonafide page</desc>";

const BLACK: Colour = Colour::rgb(0);
const WHITE: Colour = Colour::rgb(0xff_ff_ff);

/// The colour of links and marks where the owner names none.
const ACCENT: Colour = Colour::rgb(0x0b_57_a4);

/// What the accent must be readable on: the page and its cards, as in `page.css`.
const LIGHT: [Colour; 2] = [Colour::rgb(0xf6_f7_f9), WHITE];
const DARK: [Colour; 2] = [Colour::rgb(0x14_17_1b), Colour::rgb(0x1c_20_25)];

/// The owner's colour as it is used on light paper: darker where it could not be read.
pub(in crate::publish::page) fn accent(config: &Config) -> Colour {
    colour::readable(config.accent.unwrap_or(ACCENT), BLACK, &LIGHT)
}

/// The style with the colours in front.
pub(super) fn style(config: &Config) -> String {
    let dark = colour::readable(config.accent.unwrap_or(ACCENT), WHITE, &DARK);
    format!(
        ":root{{--accent-light:{};--accent-dark:{dark}}}\n{STYLE}",
        accent(config)
    )
}

/// A small picture for tabs: the first letter of the name. It says nothing of any standing,
/// since browsers keep it for long.
pub(in crate::publish::page) fn favicon(config: &Config) -> String {
    let name = clean::line(&config.name);
    let letter = name.chars().find(|c| c.is_alphanumeric());
    let letter = letter.map_or_else(String::new, |letter| letter.to_uppercase().to_string());
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 32 32\">{FAVICON_MARK}\
         <rect width=\"32\" height=\"32\" rx=\"7\" fill=\"{}\"/>\
         <text x=\"16\" y=\"22.5\" font-family=\"system-ui,sans-serif\" font-size=\"19\" \
         font-weight=\"600\" text-anchor=\"middle\" fill=\"#fff\">{letter}</text></svg>\n",
        accent(config)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_papers_are_those_of_the_style() {
        for paper in LIGHT.iter().chain(&DARK) {
            let short = paper.to_string().replace("#ffffff", "#fff");
            assert!(STYLE.contains(&format!(": {short};")), "{paper}");
        }
    }
}
