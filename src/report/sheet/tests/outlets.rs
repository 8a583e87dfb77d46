//! Writers that fail, and lists that are long.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;

/// Fails after some bytes.
struct Closed(usize, io::ErrorKind);

impl Write for Closed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 = self.0.checked_sub(bytes.len()).ok_or(self.1)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Counts what it takes.
struct Counted<'c>(&'c AtomicUsize);

impl Write for Counted<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.fetch_add(bytes.len(), Ordering::Relaxed);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_broken_pipe_comes_out_as_one() {
    let given = given(&["Jane"], vec![result(EXPIRED)]);
    for format in SheetFormat::ALL {
        for kind in [io::ErrorKind::BrokenPipe, io::ErrorKind::StorageFull] {
            for room in [0, 10, 2_000] {
                let run = || {
                    let mut sheet = open(format, &heading(&["name"]), outlet(Closed(room, kind)))?;
                    for number in 1..=500 {
                        sheet.row(&row(number, &given))?;
                    }
                    sheet.finish(&Closing::default())
                };
                let error = run().unwrap_err();
                assert_eq!(error.kind(), kind, "{} {room}", format.as_str());
            }
        }
    }
}

#[test]
fn rows_leave_as_they_come() {
    let given = given(&["Jane"], vec![result(EXPIRED)]);
    for format in SheetFormat::ALL {
        let (out, spool) = (
            AtomicUsize::new(0),
            std::sync::Arc::new(AtomicUsize::new(0)),
        );
        let outlet = Outlet {
            spool: Box::new(Measured {
                inner: Cursor::new(Vec::new()),
                taken: spool.clone(),
            }),
            ..outlet(Counted(&out))
        };
        let mut sheet = open(format, &heading(&["name"]), outlet).unwrap();
        let mut least = usize::MAX;
        let mut before = 0;
        // Its library is slow without optimisation, and its rows are in files of its own.
        let is_held = format == SheetFormat::Xlsx;
        for number in 1..=if is_held { 2_000 } else { 10_000 } {
            sheet.row(&row(number, &given)).unwrap();
            if number % 2_000 == 0 {
                let left = out.load(Ordering::Relaxed) + spool.load(Ordering::Relaxed);
                least = least.min(left - before);
                before = left;
            }
        }
        // Every two thousand rows as many bytes have left the program, but for a buffer.
        assert!(
            is_held || least > 2_000 * 100 - 65_536,
            "{} {least}",
            format.as_str()
        );
        sheet.finish(&Closing::default()).unwrap();
        assert!(out.load(Ordering::Relaxed) > 20_000, "{}", format.as_str());
    }
}

/// A spool that counts what it takes.
struct Measured {
    inner: Cursor<Vec<u8>>,
    taken: std::sync::Arc<AtomicUsize>,
}

impl Write for Measured {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.taken.fetch_add(bytes.len(), Ordering::Relaxed);
        self.inner.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Read for Measured {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        self.inner.read(bytes)
    }
}

impl Seek for Measured {
    fn seek(&mut self, to: io::SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}
