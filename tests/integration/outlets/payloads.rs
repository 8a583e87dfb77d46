//! Texts that mean something to a screen, a program or a format.

use std::sync::LazyLock;

/// Every payload. None is blank once what cannot be seen is taken out of it, so that each
/// can be found again wherever it went.
pub(crate) static PAYLOADS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let groups = [
        SCREEN, HIDDEN, LINES, SHEETS, MARKUP, PROSE, ROOMS, NAMES, WRITING,
    ];
    let mut all: Vec<String> = groups
        .concat()
        .iter()
        .map(|text| (*text).to_owned())
        .collect();
    all.extend([
        format!("long {}", "x".repeat(40_000)),
        format!("words {}end", "Azure ".repeat(8_000)),
        format!("marks e{}", "\u{301}".repeat(20_000)),
        format!("faces {}", "\u{1f600}".repeat(10_000)),
    ]);
    all
});

/// What a terminal obeys.
const SCREEN: &[&str] = &[
    "nul \0 byte",
    "\u{1b}[31mred\u{1b}[0m",
    "\u{1b}[2J\u{1b}[Hcleared",
    "\u{1b}]0;owned\u{7}titled",
    "\u{1b}]8;;https://evil.example/\u{1b}\\click\u{1b}]8;;\u{1b}\\",
    "\u{1b}P+q544e\u{1b}\\dcs \u{1b}_apc\u{1b}\\",
    "\u{9b}31mc1 \u{9d}0;owned\u{9c}",
    "bad\u{8}\u{8}\u{8}good \u{7f}",
    "\u{e}shifted\u{f}",
];

/// What cannot be seen, or turns round what stands beside it.
const HIDDEN: &[&str] = &[
    "\u{202e}detcerid\u{202c} right",
    "\u{202a}a\u{202b}b\u{202d}c",
    "\u{2066}a\u{2067}b\u{2068}c\u{2069}",
    "\u{200e}a\u{200f}b\u{61c}c",
    "Az\u{200b}u\u{2060}r\u{feff}e\u{ad}",
    "tags\u{e0041}\u{e0042}\u{e007f}",
    "private \u{e000} none \u{fffe}\u{ffff} filler \u{3164}\u{115f}",
    "\u{301}\u{20e3}lone marks",
    "glue\u{200d}d \u{200c}apart",
    "selectors\u{fe0f}\u{e0100}",
    "interlinear \u{fff9}a\u{fffa}b\u{fffb}",
];

/// What ends a line, a record or a header.
const LINES: &[&str] = &[
    "a\r\nb\rc\nd",
    "a\u{2028}b\u{2029}c\u{85}d\u{b}e\u{c}f",
    "x\r\nBcc: victim@evil.example\r\n\r\nbody",
    "x\nSubject: =?utf-8?B?b3duZWQ=?= =?utf-8?Q?=0d=0aBcc:_x?=",
    "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:owned",
    "x\\nEND:VEVENT\\r\\n;,:\\;\\,\\\\",
    "ATTENDEE;CN=\"x\":mailto:x@evil.example",
    "x\n# HELP owned\nowned{entry=\"1\"} 1",
    "x\nExecStart=/bin/false\n* * * * * owned",
    "ok\n\nACTIVE  Real\n  passed: it is what was required\n",
];

/// What a spreadsheet runs.
const SHEETS: &[&str] = &[
    "=HYPERLINK(\"https://evil.example\",\"x\")",
    "+1+1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " \u{ff1d}1+1",
    "\u{200b}=1+1",
    "=DDE(\"cmd\";\"/C calc\";\"x\")",
    "'=1+1",
    "\"=1+1\"",
    "x\",\"=1+1",
    "x;=1+1\ty",
    "_x0041_ _x005F_x0041_",
];

/// What a reader of HTML, SVG or XML takes for mark-up.
const MARKUP: &[&str] = &[
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><a xlink:href=\"javascript:alert(1)\">x</a></svg>",
    "x\" onload=\"alert(1)",
    "x' onmouseover='alert(1)",
    "x` onclick=alert(1) ",
    "]]><x/><![CDATA[",
    "<!-- x --> <!--",
    "--><b>bold</b>",
    "</title></style></textarea></svg></text><b>",
    "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY y SYSTEM \"file:///etc/passwd\">]>&y;",
    "&lt;b&gt; &amp;amp; &#60;b&#62; &#x0; &nosuch;",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "url(https://evil.example/x.png) expression(alert(1))",
];

/// What a reader of prose takes for a link, a picture or a directive.
const PROSE: &[&str] = &[
    "[x](javascript:alert(1)) [y](https://evil.example)",
    "![x](https://evil.example/x.png)",
    "](https://evil.example) **bold** `code` ~~x~~ a|b",
    "<https://evil.example> [x]: https://evil.example",
    "https://evil.example/ www.evil.example jo@evil.example",
    "# head > quote - item ``` 1. one $x$ [^1] :tada: #1 @octocat",
    "a|b\\|c`d|e` \\",
    "image:x[y,link=javascript:alert(1)] {attr} +++<b>+++ include::x[]",
    ".. raw:: html :alt: x `y <https://evil.example>`_ |s| x_",
    "<!-- bonafide:certs --> <!-- /bonafide:certs -->",
];

/// What a room of people, or a template, reads as its own.
const ROOMS: &[&str] = &[
    "<!channel> <!here> <@U123> <#C1> <!subteam^S1>",
    "<https://evil.example|click> <mailto:x@evil.example|x>",
    "*bold* _it_ ~gone~ `code` > quote &lt;!channel&gt;",
    "<at>everyone</at> @everyone @channel",
    "{{DATE(2026-01-01,SHORT)}} ${x} {{{{x}}}}",
    "${{ secrets.SMTP_PASSWORD }} {{ 7*7 }} {% raw %} {# c #} <%= 1 %>",
    "{title} {count} {holder} {subject} {name} {day} {key} {url} {} {0}",
    "%s %n %x %1$s %PATH% %%",
    "$(id) `id` $HOME ;id |id &&id !! ~root *",
    "\\u{1b} \\u001b \\x1b \\e \\033 \\0 \\",
];

/// What a file system, a shell or a parser of addresses takes for more than a name.
const NAMES: &[&str] = &[
    "../../../etc/passwd",
    "..\\..\\windows\\win.ini",
    "/etc/passwd",
    "C:\\x:stream",
    "CON",
    "nul.txt",
    "aux. ",
    ".hidden",
    "-rf --output=/tmp/x",
    "file:///etc/passwd",
    "https://user:pw@evil.example/?ref=0123456789ABCDEF",
];

/// What is only writing, and must come out as it went in.
const WRITING: &[&str] = &[
    "O'Brien \"Jay\" \u{201e}M\u{fc}ller\u{201c} \u{ab}x\u{bb}",
    "\u{5fae}\u{8edf}\u{8a8d}\u{8b49}\u{ff1a}\u{7ba1}\u{7406}\u{54e1}",
    "\u{634}\u{647}\u{627}\u{62f}\u{629} \u{645}\u{627}\u{64a}\u{643}\u{631}\u{648}\u{633}\u{648}\u{641}\u{62a}",
    "\u{5ea}\u{5e2}\u{5d5}\u{5d3}\u{5d4} (1) abc",
    "\u{1f469}\u{200d}\u{1f4bb} \u{1f3f4}\u{e0067}\u{e0062}\u{e007f} \u{1f44d}\u{1f3fd}",
    "e\u{301} \u{e9} \u{fb01} \u{212b} \u{130}\u{131} \u{1e9e}",
    "\u{645}\u{6cc}\u{200c}\u{62e}\u{648}\u{627}\u{647}\u{645}",
];
