//! A headless Chromium, steered over its own debugging protocol.
//!
//! One tab at a time. Nothing it may ask for resolves to anything but loopback.

use std::io::ErrorKind;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use tempfile::TempDir;
use tungstenite::{Error, Message, WebSocket};

/// The longest that one step of the browser may take, on a machine that is busy.
const PATIENCE: Duration = Duration::from_mins(3);

/// The longest that its start may take before it is started again, and how often it is.
const START: Duration = Duration::from_mins(1);
const STARTS: u32 = 3;

/// Flags without which a headless browser reaches out, asks or waits.
const FLAGS: [&str; 16] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-breakpad",
    "--disable-sync",
    "--disable-quic",
    "--hide-scrollbars",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--remote-debugging-port=0",
];

/// One browser at a time: several of them slow each other down past their patience.
static ONE: Mutex<()> = Mutex::new(());

/// How a page is looked at.
#[derive(Debug, Clone, Copy)]
pub(super) struct View {
    pub(super) dark: bool,
    pub(super) width: u32,
    pub(super) scale: u32,
    pub(super) script: bool,
    /// The reader's clock.
    pub(super) now: Option<&'static str>,
}

impl View {
    pub(super) const LIGHT: Self = Self {
        dark: false,
        width: 1200,
        scale: 1,
        script: true,
        now: None,
    };

    pub(super) const DARK: Self = Self {
        dark: true,
        ..Self::LIGHT
    };
}

/// A running browser with one tab.
pub(super) struct Browser {
    child: Child,
    socket: WebSocket<TcpStream>,
    session: Option<String>,
    asked: u64,
    events: Vec<Value>,
    _profile: TempDir,
    _alone: MutexGuard<'static, ()>,
}

impl Browser {
    /// Starts the browser if there is one. Where it must be, its absence is a failure.
    pub(super) fn start() -> Option<Self> {
        let program = super::needed(find(), "a Chromium browser", "chromium")?;
        let alone = ONE.lock().unwrap_or_else(PoisonError::into_inner);
        let started = (0..STARTS).find_map(|_| Started::once(&program));
        let Started {
            child,
            profile,
            address,
        } = started.expect("the browser listens");
        let stream = TcpStream::connect(("127.0.0.1", address.0)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let url = format!("ws://127.0.0.1:{}{}", address.0, address.1);
        let (socket, _) = tungstenite::client(url, stream).unwrap();
        Some(Self {
            child,
            socket,
            session: None,
            asked: 0,
            events: Vec::new(),
            _profile: profile,
            _alone: alone,
        })
    }

    /// Opens an address in a new tab, and waits until it is there.
    pub(super) fn open(&mut self, url: &str, view: View) {
        self.session = None;
        let target = self.ask("Target.createTarget", &json!({"url": "about:blank"}));
        let attach = json!({"targetId": target["targetId"], "flatten": true});
        let session = self.ask("Target.attachToTarget", &attach);
        self.session = Some(session["sessionId"].as_str().unwrap().to_owned());
        self.events.clear();
        for domain in ["Page", "Network", "Log", "Runtime"] {
            self.ask(&format!("{domain}.enable"), &json!({}));
        }
        self.look(view);
        self.ask("Page.navigate", &json!({"url": url}));
        self.wait_for("Page.loadEventFired");
    }

    fn look(&mut self, view: View) {
        let scheme = if view.dark { "dark" } else { "light" };
        let feature = json!({"name": "prefers-color-scheme", "value": scheme});
        self.ask(
            "Emulation.setEmulatedMedia",
            &json!({"features": [feature]}),
        );
        let size = json!({"width": view.width, "height": 900, "mobile": false,
            "deviceScaleFactor": view.scale});
        self.ask("Emulation.setDeviceMetricsOverride", &size);
        let script = json!({"value": !view.script});
        self.ask("Emulation.setScriptExecutionDisabled", &script);
        if let Some(now) = view.now {
            let source = format!("Date.now = () => Date.parse('{now}');");
            let script = json!({"source": source});
            self.ask("Page.addScriptToEvaluateOnNewDocument", &script);
        }
    }

    /// What an expression, or the promise that it is, comes to.
    pub(super) fn evaluate(&mut self, expression: &str) -> Value {
        let asked = json!({"expression": expression, "returnByValue": true, "awaitPromise": true});
        let answer = self.ask("Runtime.evaluate", &asked);
        let thrown = &answer["exceptionDetails"];
        assert!(thrown.is_null(), "{thrown}");
        answer["result"]["value"].clone()
    }

    /// The page as it would be printed on A4.
    pub(super) fn print(&mut self) -> Vec<u8> {
        let paper = json!({"paperWidth": 8.27, "paperHeight": 11.69, "printBackground": true,
            "preferCSSPageSize": true});
        let answer = self.ask("Page.printToPDF", &paper);
        STANDARD.decode(answer["data"].as_str().unwrap()).unwrap()
    }

    /// Leaves a picture of the whole page for people to look at, where they want one.
    pub(super) fn keep(&mut self, name: &str) {
        if super::desk::are_pictures_wanted() {
            let picture = self.picture();
            super::desk::keep(name, &picture);
        }
    }

    fn picture(&mut self) -> Vec<u8> {
        let whole = json!({"format": "png", "captureBeyondViewport": true});
        let answer = self.ask("Page.captureScreenshot", &whole);
        STANDARD.decode(answer["data"].as_str().unwrap()).unwrap()
    }

    /// What the console says: errors, warnings, refusals of the policy, exceptions.
    pub(super) fn complaints(&mut self) -> Vec<String> {
        // An answer to something asked comes behind every event before it.
        self.evaluate("1");
        let events = self.events.iter();
        let is_complaint = |event: &&Value| match event["method"].as_str().unwrap_or_default() {
            "Log.entryAdded" => event["params"]["entry"]["level"] != "info",
            "Runtime.consoleAPICalled" | "Runtime.exceptionThrown" => true,
            _ => false,
        };
        events
            .filter(is_complaint)
            .map(|event| event["params"].to_string())
            .collect()
    }

    /// Every address that the page asked for.
    pub(super) fn requests(&self) -> Vec<String> {
        let is_request = |event: &&Value| event["method"] == "Network.requestWillBeSent";
        let address = |event: &Value| {
            event["params"]["request"]["url"]
                .as_str()
                .unwrap()
                .to_owned()
        };
        self.events.iter().filter(is_request).map(address).collect()
    }

    fn wait_for(&mut self, event: &str) {
        let since = Instant::now();
        while !self.events.iter().any(|seen| seen["method"] == event) {
            assert!(since.elapsed() < PATIENCE, "no {event}");
            let message = self.read();
            self.events.push(message);
        }
    }

    /// Asks for something and waits for the answer; what happens meanwhile is kept.
    fn ask(&mut self, method: &str, parameters: &Value) -> Value {
        self.asked += 1;
        let mut message = json!({"id": self.asked, "method": method, "params": parameters});
        if let Some(session) = &self.session {
            message["sessionId"] = json!(session);
        }
        let mut sent = self.socket.send(Message::text(message.to_string()));
        while is_interrupted(&sent) {
            sent = self.socket.flush();
        }
        sent.unwrap();
        loop {
            let answer = self.read();
            if answer["id"] == self.asked {
                assert!(answer["error"].is_null(), "{method}: {}", answer["error"]);
                return answer["result"].clone();
            }
            self.events.push(answer);
        }
    }

    fn read(&mut self) -> Value {
        loop {
            match self.socket.read() {
                Ok(Message::Text(text)) => return serde_json::from_str(&text).unwrap(),
                Err(Error::Io(error)) if error.kind() == ErrorKind::Interrupted => {}
                other => drop(other.unwrap()),
            }
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let close = json!({"id": 0, "method": "Browser.close"});
        let _ = self.socket.send(Message::text(close.to_string()));
        let since = Instant::now();
        while since.elapsed() < Duration::from_secs(5) {
            if let Ok(Some(_)) = self.child.try_wait() {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Whether a signal came between, which says nothing of the browser.
fn is_interrupted(done: &Result<(), Error>) -> bool {
    matches!(done, Err(Error::Io(error)) if error.kind() == ErrorKind::Interrupted)
}

/// A browser that listens.
struct Started {
    child: Child,
    profile: TempDir,
    address: (u16, String),
}

impl Started {
    /// Starts it; `None` where it does not come up.
    fn once(program: &Path) -> Option<Self> {
        let profile = TempDir::new().unwrap();
        let mut child = Command::new(program)
            .args(FLAGS)
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .arg("about:blank")
            .env("HOME", profile.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let since = Instant::now();
        while since.elapsed() < START && child.try_wait().unwrap().is_none() {
            if let Some(address) = address(profile.path()) {
                return Some(Self {
                    child,
                    profile,
                    address,
                });
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        let _ = child.kill();
        let _ = child.wait();
        None
    }
}

/// The port and path that the browser listens on, once it has written them into its profile.
fn address(profile: &Path) -> Option<(u16, String)> {
    let file = std::fs::read_to_string(profile.join("DevToolsActivePort")).ok()?;
    let (port, path) = file.split_once('\n')?;
    let path = path.trim();
    Some((port.parse().ok()?, path.to_owned())).filter(|_| path.contains('/'))
}

/// The browser of `BONAFIDE_TESTS_BROWSER`, else one on the path or in its usual place.
fn find() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("BONAFIDE_TESTS_BROWSER") {
        return Some(named.into());
    }
    let names = ["chromium", "chromium-browser", "google-chrome", "chrome"];
    let folders: Vec<PathBuf> = std::env::var_os("PATH")
        .map(|path| std::env::split_paths(&path).collect())
        .unwrap_or_default();
    let end = std::env::consts::EXE_SUFFIX;
    let on_path = folders
        .iter()
        .flat_map(|folder| names.map(|name| folder.join(format!("{name}{end}"))));
    let usual = [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
    ];
    on_path
        .chain(usual.map(PathBuf::from))
        .find(|path| path.is_file())
}
