//! The browser of the person at the terminal.

use std::process::{Command, Stdio};

/// The program that opens an address with whatever the system has for it, and what comes before the
/// address.
#[cfg(target_os = "macos")]
const OPENER: (&str, &[&str]) = ("open", &[]);
#[cfg(windows)]
const OPENER: (&str, &[&str]) = ("rundll32", &["url.dll,FileProtocolHandler"]);
#[cfg(not(any(target_os = "macos", windows)))]
const OPENER: (&str, &[&str]) = ("xdg-open", &[]);

/// Opens `address`, which is one of ours, and does not wait. Whether that could be begun.
pub(super) fn open(address: &str) -> bool {
    let (program, first) = OPENER;
    #[expect(clippy::disallowed_methods, reason = "the browser of the user")]
    let mut command = Command::new(program);
    command.args(first).arg(address);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().is_ok()
}
