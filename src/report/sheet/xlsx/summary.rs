//! The second sheet: what was judged when and by what, how many of what, and what a reader
//! of the whole must know.

use chrono::{DateTime, Utc};
use rust_xlsxwriter::{ExcelDateTime, Format, RowNum, Worksheet, XlsxError};

use super::super::Closing;
use super::short;
use super::style::Styles;
use crate::lifecycle::Status;

/// Writes a sheet from its top to its bottom.
struct Page<'s> {
    sheet: &'s mut Worksheet,
    styles: &'s Styles,
    next: RowNum,
}

pub(super) fn write(
    sheet: &mut Worksheet,
    styles: &Styles,
    as_of: DateTime<Utc>,
    closing: &Closing,
    notes: &[String],
) -> Result<(), XlsxError> {
    sheet
        .set_name("Summary")?
        .set_column_width(0, 30)?
        .set_column_width(1, 22)?
        .set_paper_size(9);
    let mut page = Page {
        sheet,
        styles,
        next: 0,
    };
    page.title("Microsoft certifications, checked")?;
    page.facts(as_of)?;
    page.counts(closing)?;
    page.list("To know", notes)?;
    page.list("No longer in the list", &closing.gone)
}

impl Page<'_> {
    fn title(&mut self, text: &str) -> Result<(), XlsxError> {
        let style = &self.styles.title;
        self.sheet
            .write_string_with_format(self.next, 0, text, style)?;
        self.next += 2;
        Ok(())
    }

    fn facts(&mut self, as_of: DateTime<Utc>) -> Result<(), XlsxError> {
        self.sheet
            .write_string(self.next, 0, "Judged as of (UTC)")?;
        match ExcelDateTime::from_timestamp(as_of.timestamp()) {
            Ok(when) => {
                let style = &self.styles.instant;
                self.sheet
                    .write_datetime_with_format(self.next, 1, &when, style)?
            }
            Err(_) => self.sheet.write_string(self.next, 1, as_of.to_rfc3339())?,
        };
        self.sheet.write_string(self.next + 1, 0, "Program")?;
        let program = concat!("bonafide ", env!("CARGO_PKG_VERSION"));
        self.sheet.write_string(self.next + 1, 1, program)?;
        self.next += 3;
        Ok(())
    }

    fn counts(&mut self, closing: &Closing) -> Result<(), XlsxError> {
        let (totals, styles) = (&closing.totals, self.styles);
        self.count("Rows", totals.total, &styles.bold)?;
        self.next += 1;
        self.heading("Outcome")?;
        for (word, number) in totals.of_outcomes() {
            self.count(word, number, styles.of_outcome(word))?;
        }
        self.next += 1;
        self.heading("Status")?;
        for status in Status::ALL {
            self.count(
                status.as_str(),
                totals.with(status),
                styles.of_status(status),
            )?;
        }
        self.next += 1;
        Ok(())
    }

    fn heading(&mut self, text: &str) -> Result<(), XlsxError> {
        let style = &self.styles.bold;
        self.sheet
            .write_string_with_format(self.next, 0, text, style)?;
        self.next += 1;
        Ok(())
    }

    fn count(&mut self, word: &str, number: u64, style: &Format) -> Result<(), XlsxError> {
        self.sheet
            .write_string_with_format(self.next, 0, word, style)?;
        #[allow(clippy::cast_precision_loss, reason = "no list has 2^53 rows")]
        self.sheet.write_number(self.next, 1, number as f64)?;
        self.next += 1;
        Ok(())
    }

    fn list(&mut self, heading: &str, lines: &[String]) -> Result<(), XlsxError> {
        if lines.is_empty() {
            return Ok(());
        }
        self.heading(heading)?;
        for line in lines {
            self.sheet.write_string(self.next, 0, short(line))?;
            self.next += 1;
        }
        self.next += 1;
        Ok(())
    }
}
