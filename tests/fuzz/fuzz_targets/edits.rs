//! Any text as a record, and commands that edit it: `--dry-run` shows exactly what is written, the
//! requested change is read back, and refused commands change nothing.

#![no_main]

mod program;

use std::fs;
use std::path::Path;

use libfuzzer_sys::fuzz_target;
use program::run;
use rationale::format::{Fact, Reading, Recognised, Words, recognise};
use rationale::text::{Source, unified_diff};

/// The facts that may differ after a change of status.
const STATUS: &[Fact] = &[
    Fact::Status,
    Fact::Date,
    Fact::Relations,
    Fact::Links,
    Fact::Code,
    Fact::Sections,
    Fact::Keys,
];

/// The commands, the value that is read back afterwards, and the facts that may differ.
const COMMANDS: [(&[&str], Option<&str>, &[Fact]); 6] = [
    (&["status", "7", "deprecated", "--force"], Some("deprecated"), STATUS),
    (&["status", "7", "accepted", "--force"], Some("accepted"), STATUS),
    (&["edit", "7", "--title", "Use another title"], Some("Use another title"), &[Fact::Title]),
    (&["edit", "7", "--add-tag", "fuzzed"], Some("fuzzed"), &[Fact::Tags]),
    (
        &["edit", "7", "--add-decider", "Ada Lovelace"],
        Some("Ada Lovelace"),
        &[Fact::DecisionMakers, Fact::Links],
    ),
    (&["lint", "--fix"], None, &Fact::ALL),
];

/// The fields that are read from the file.
fn reading(bytes: &[u8]) -> Option<Reading> {
    let source = Source::decode("0007-x.md", bytes.to_vec());
    match recognise(source, "0007-x.md", &Words::new(std::iter::empty())) {
        Recognised::Record(record) => Some(Reading::of(&record)),
        Recognised::Skipped(_) => None,
    }
}

fuzz_target!(|data: (u8, &[u8])| {
    let (which, bytes) = data;
    let (command, told, may) = COMMANDS[usize::from(which) % COMMANDS.len()];
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("docs/adr");
    fs::create_dir_all(&log).unwrap();
    let file = log.join("0007-x.md");
    fs::write(&file, bytes).unwrap();
    let preview = if command[0] == "lint" { "--diff" } else { "--dry-run" };
    let shown = run(folder.path(), &[command, &[preview]].concat());
    assert_eq!(fs::read(&file).unwrap(), bytes, "{command:?} wrote with {preview}");
    let done = run(folder.path(), command);
    let after = fs::read(&file).unwrap();
    if done.code == 2 {
        assert_eq!(after, bytes, "{command:?} was refused, but wrote");
        assert!(!done.err.is_empty(), "{command:?} was refused without a message");
        return;
    }
    if after != bytes && preview == "--dry-run" {
        let (Ok(before), Ok(after)) = (std::str::from_utf8(bytes), std::str::from_utf8(&after))
        else {
            panic!("{command:?} changed a file that is not text");
        };
        let diff = unified_diff(Path::new("docs/adr/0007-x.md"), Some(before), after);
        assert_eq!(shown.out, diff, "{command:?} wrote something other than it showed");
    }
    if let (Some(before), Some(after)) = (reading(bytes), reading(&after)) {
        let mut differing = before.differences(&after);
        differing.retain(|fact| !may.contains(fact));
        assert!(differing.is_empty(), "{command:?} changed {differing:?}");
    }
    if let Some(told) = told {
        let listed = run(folder.path(), &["list", "--json"]);
        assert!(listed.out.contains(told), "{command:?} is not read back: {}", listed.out);
    }
});
