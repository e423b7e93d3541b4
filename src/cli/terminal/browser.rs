//! Opens the user's browser.

use std::process::{Command, Stdio};

/// The system's program that opens an address, and its arguments before the address.
#[cfg(target_os = "macos")]
const OPENER: (&str, &[&str]) = ("open", &[]);
#[cfg(windows)]
const OPENER: (&str, &[&str]) = ("rundll32", &["url.dll,FileProtocolHandler"]);
#[cfg(not(any(target_os = "macos", windows)))]
const OPENER: (&str, &[&str]) = ("xdg-open", &[]);

/// Opens `address`, which must be one of our own, without waiting for the browser. Returns whether the
/// opener could be started.
pub(crate) fn open_in_browser(address: &str) -> bool {
    let (program, first_arguments) = OPENER;
    #[expect(clippy::disallowed_methods, reason = "starts the user's browser")]
    let mut command = Command::new(program);
    command.args(first_arguments).arg(address);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().is_ok()
}
