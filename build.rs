//! Says in `ADR_SOURCES` what the program is made from: a site is built anew when that changes, also
//! between two releases. Knows nothing of what it reads.

#![expect(clippy::disallowed_methods, reason = "the sources are read when they are compiled")]

use std::fs;
use std::io;
use std::path::Path;

/// What ends up in the program.
const INPUTS: [&str; 4] = ["src", "templates", "build.rs", "Cargo.lock"];

fn main() -> io::Result<()> {
    let mut hash = 0xCBF2_9CE4_8422_2325;
    for input in INPUTS {
        println!("cargo::rerun-if-changed={input}");
        // A package may come without its lock file.
        if Path::new(input).exists() {
            add(Path::new(input), &mut hash)?;
        }
    }
    println!("cargo::rustc-env=ADR_SOURCES={hash:016x}");
    Ok(())
}

/// Adds the file at `path`, or all files below it by their names: 64-bit FNV-1a.
fn add(path: &Path, hash: &mut u64) -> io::Result<()> {
    if path.is_dir() {
        let mut entries = fs::read_dir(path)?.collect::<io::Result<Vec<_>>>()?;
        entries.sort_by_key(fs::DirEntry::file_name);
        return entries.iter().try_for_each(|entry| add(&entry.path(), hash));
    }
    let name = path.to_string_lossy().replace('\\', "/");
    for byte in name.bytes().chain([0]).chain(fs::read(path)?) {
        *hash = (*hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
    }
    Ok(())
}
