//! How a workbook's cells look. Colour only repeats what the word says.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use super::super::super::json::ResultJson;
use super::super::column::Column;
use crate::lifecycle::Status;

/// The formats of cells, made once.
pub(super) struct Styles {
    pub(super) header: Format,
    pub(super) title: Format,
    pub(super) bold: Format,
    pub(super) plain: Format,
    pub(super) wrapped: Format,
    pub(super) quoted: Format,
    pub(super) instant: Format,
    pub(super) day: Format,
    good: Format,
    mind: Format,
    bad: Format,
    open: Format,
}

impl Styles {
    pub(super) fn new() -> Self {
        let plain = Format::new().set_align(FormatAlign::Top);
        let left = plain.clone().set_align(FormatAlign::Left);
        let wrapped = plain.clone().set_text_wrap();
        let tinted = |fill: u32, ink: u32| {
            let format = plain.clone().set_bold();
            format
                .set_background_color(Color::RGB(fill))
                .set_font_color(Color::RGB(ink))
        };
        Self {
            header: Format::new()
                .set_bold()
                .set_align(FormatAlign::Top)
                .set_background_color(Color::RGB(0x00E7_E9ED))
                .set_border_bottom(FormatBorder::Thin)
                .set_quote_prefix(),
            title: Format::new().set_bold().set_font_size(14),
            bold: Format::new().set_bold(),
            quoted: wrapped.clone().set_quote_prefix(),
            instant: left.clone().set_num_format("yyyy-mm-dd hh:mm:ss"),
            day: left.set_num_format("yyyy-mm-dd"),
            good: tinted(0x00E2_F0D9, 0x001E_5C2B),
            mind: tinted(0x00FF_F2CC, 0x0070_4500),
            bad: tinted(0x00F8_D7DA, 0x008B_1A1A),
            open: tinted(0x00E9_DDF3, 0x005B_2C83),
            plain,
            wrapped,
        }
    }

    /// The format of a word of ours.
    pub(super) fn of(&self, column: Column, one: &ResultJson) -> &Format {
        match column {
            Column::Status => self.of_status(one.sort()),
            Column::Outcome => self.of_outcome(one.outcome),
            _ => &self.plain,
        }
    }

    pub(super) fn of_status(&self, status: Status) -> &Format {
        match status {
            Status::Active => &self.good,
            Status::NeedsRenewal | Status::Retired => &self.mind,
            Status::Expired | Status::Revoked => &self.bad,
            Status::Undetermined => &self.open,
        }
    }

    pub(super) fn of_outcome(&self, outcome: &str) -> &Format {
        match outcome {
            "passed" => &self.good,
            "failed" => &self.bad,
            _ => &self.open,
        }
    }
}

/// The width of a column of ours, in characters; room for the filter's button included.
pub(super) const fn width(column: Column) -> usize {
    match column {
        Column::Valid => 8,
        Column::DaysLeft | Column::RoleMet => 12,
        Column::Outcome | Column::OutcomeWord | Column::Status | Column::HolderMatch => 15,
        Column::EarnedOn
        | Column::ExpiresOn
        | Column::CheckedAt
        | Column::RenewalOpensOn
        | Column::Role => 20,
        Column::Holder => 24,
        Column::Findings | Column::RoleMissing => 28,
        Column::Title | Column::RoleMetBy | Column::Change => 40,
        Column::NextStep => 50,
        Column::CredentialId => 18,
        Column::Explanation => 55,
    }
}
