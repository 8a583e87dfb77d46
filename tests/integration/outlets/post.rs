//! A mail server on loopback that takes everything.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// The server, and what it took.
pub(crate) struct Post {
    port: u16,
    taken: Arc<Mutex<Vec<Vec<u8>>>>,
}

impl Post {
    pub(crate) fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let taken = Arc::new(Mutex::new(Vec::new()));
        let mails = Arc::clone(&taken);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let mails = Arc::clone(&mails);
                std::thread::spawn(move || session(&stream, &mails));
            }
        });
        Self { port, taken }
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// The mails, in the order of their coming.
    pub(crate) fn taken(&self) -> Vec<Vec<u8>> {
        self.taken.lock().unwrap().clone()
    }
}

fn session(stream: &TcpStream, mails: &Mutex<Vec<Vec<u8>>>) {
    stream.set_nodelay(true).unwrap();
    let mut lines = BufReader::new(stream);
    let answer = |text: &str| {
        let mut out = stream;
        let _ = out.write_all(format!("{text}\r\n").as_bytes());
    };
    answer("220 localhost");
    let mut mail: Option<Vec<u8>> = None;
    let mut line = Vec::new();
    while matches!(lines.read_until(b'\n', &mut line), Ok(1..)) {
        match (&mut mail, &line[..]) {
            (Some(octets), b".\r\n") => {
                mails.lock().unwrap().push(std::mem::take(octets));
                mail = None;
                answer("250 taken");
            }
            // A dot at the start of a line is doubled on the way.
            (Some(octets), text) => {
                octets.extend_from_slice(text.strip_prefix(b".").unwrap_or(text));
            }
            (None, [b'D' | b'd', b'A' | b'a', b'T' | b't', ..]) => {
                mail = Some(Vec::new());
                answer("354 go on");
            }
            (None, [b'Q' | b'q', ..]) => return answer("221 bye"),
            (None, _) => answer("250 localhost"),
        }
        line.clear();
    }
}
