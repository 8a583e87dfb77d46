//! An earlier output as CSV.

use std::io::BufRead;

use super::limit::{Budget, Limited};
use super::{Layout, Named, PastRow, PreviousError, Stop};
use crate::report::sheet::unguarded;

pub(super) fn read<E>(
    mut reader: impl BufRead,
    file: &Named,
    take: &mut impl FnMut(PastRow) -> Result<(), Stop<E>>,
) -> Result<(), Stop<E>> {
    let delimiter = delimiter(&mut reader, file)?;
    let budget = Budget::new();
    let limited = Limited {
        inner: reader,
        budget: budget.clone(),
    };
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .from_reader(limited);
    let headers = reader.headers().map_err(|error| failed(file, 0, error))?;
    let headers = texts(headers);
    let layout = Layout::of(headers, file)?;
    let mut record = csv::StringRecord::new();
    for row in 1.. {
        budget.refill();
        let more = reader.read_record(&mut record);
        if !more.map_err(|error| failed(file, row, error))? {
            break;
        }
        let (found, expected) = (record.len(), layout.headers.len());
        if found != expected {
            let problem = format!("found {found} cells, expected {expected}");
            return Err(file.damaged(row, problem).into());
        }
        let cells = texts(&record);
        take(
            layout
                .row(row, &cells)
                .map_err(|problem| file.damaged(row, problem))?,
        )?;
    }
    Ok(())
}

/// The cells without the mark that keeps spreadsheet programs from running them.
fn texts(record: &csv::StringRecord) -> Vec<String> {
    let texts = record.iter().map(|cell| unguarded(cell).to_owned());
    texts.collect()
}

/// Spreadsheet programs of some countries save with other delimiters.
fn delimiter(reader: &mut impl BufRead, file: &Named) -> Result<u8, PreviousError> {
    let start = reader.fill_buf().map_err(|cause| file.unreadable(cause))?;
    let line = start.split(|byte| *byte == b'\n').next().unwrap_or(start);
    let count = |delimiter: u8| line.split(|byte| *byte == delimiter).count();
    // Of equals the last, which is ours.
    let most = [b'\t', b';', b',']
        .into_iter()
        .max_by_key(|one| count(*one));
    Ok(most.unwrap_or(b','))
}

fn failed(file: &Named, row: u64, error: csv::Error) -> PreviousError {
    match error.into_kind() {
        csv::ErrorKind::Io(cause) if cause.kind() == std::io::ErrorKind::InvalidData => {
            file.damaged(row, cause.to_string())
        }
        csv::ErrorKind::Io(cause) => file.unreadable(cause),
        csv::ErrorKind::Utf8 { .. } => file.damaged(row, "found bytes that are no UTF-8"),
        _ => file.damaged(row, "it cannot be read as CSV"),
    }
}
