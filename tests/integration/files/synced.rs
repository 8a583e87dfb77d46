//! What must be on the disk before something else happens, as the system saw it.

#![cfg(target_os = "linux")]

use super::*;

/// The calls of a run, in order, with the paths of their files; `None` where they cannot be seen.
#[expect(clippy::print_stderr, reason = "why a test did nothing must be said")]
fn calls(home: &Home, arguments: &[&str]) -> Option<Vec<String>> {
    let trace = home.path("trace");
    let traced = "trace=fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,pwrite64,\
        write,writev,sendto,sendmsg";
    let options = ["-f", "-y", "-s", "16", "-e", traced, "-o"];
    let options = [&options[..], &[trace.to_str().unwrap()]].concat();
    let mut strace = home.within("strace", &options, arguments);
    let ran = strace.status().is_ok_and(|ended| ended.success());
    let needed = std::env::var_os("BONAFIDE_TESTS_NEED_STRACE").is_some();
    assert!(ran || !needed, "strace is needed here, and did not work");
    if !ran {
        eprintln!("SKIPPED: strace does not work (Debian: apt-get install strace)");
        return None;
    }
    let text = std::fs::read_to_string(trace).unwrap();
    Some(text.lines().map(str::to_owned).collect())
}

/// Where the first call is that has all of the words, from a place on.
fn find(calls: &[String], from: usize, words: &[&str]) -> usize {
    let is_it = |call: &String| words.iter().all(|word| call.contains(word));
    let found = calls.iter().skip(from).position(is_it);
    from + found.unwrap_or_else(|| panic!("{words:?} in\n{}", calls[from..].join("\n")))
}

#[test]
fn an_output_is_on_the_disk_by_its_name_before_its_journal_goes() {
    let home = Home::new();
    let Some(calls) = calls(&home, &["batch", "list.csv", "-o", "out.csv"]) else {
        return;
    };
    let folder = home.service.data.path().canonicalize().unwrap();
    let folder = format!("<{}>)", folder.display());
    let synced = find(&calls, 0, &["fsync(", ".bonafide-out.csv-"]);
    let renamed = find(&calls, synced, &["rename", ".part\"", "out.csv\""]);
    let named = find(&calls, renamed, &["fsync(", &folder]);
    find(&calls, named, &["unlink", ".jsonl"]);
}

#[test]
fn a_claim_is_on_the_disk_before_its_message_leaves_and_so_is_what_came_of_it() {
    let home = Home::new();
    home.service.mount(
        Mock::given(method("POST"))
            .and(path("/hook"))
            .respond_with(ResponseTemplate::new(204)),
    );
    assert_eq!(home.run(&["track", "import", "watch.csv"]).code, 0);
    let Some(calls) = calls(&home, &["remind"]) else {
        return;
    };
    let sent = find(&calls, 0, &["POST /hook"]);
    let is_write = |call: &String| call.contains("pwrite64(") && call.contains("watch.sqlite-wal");
    let claimed = calls[..sent].iter().rposition(is_write);
    let claimed = claimed.expect("it was claimed");
    let synced = find(&calls, claimed, &["sync(", "watch.sqlite-wal"]);
    assert!(synced < sent, "{}", calls[claimed..=sent].join("\n"));
    let confirmed = find(&calls, sent, &["pwrite64(", "watch.sqlite-wal"]);
    find(&calls, confirmed, &["sync(", "watch.sqlite-wal"]);
}
