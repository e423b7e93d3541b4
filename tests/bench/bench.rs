//! The speed of `adr` on logs of several sizes, compared with other programs.
//!
//! `cargo bench` prints the tables; `cargo bench -- --write` also writes them to `docs/benchmarks.md`;
//! numbers after it select the sizes of the logs. `cargo bench -- --growth` looks for time that grows
//! faster than the input. Whole programs are run as users start them, in turn in every round, so that other
//! load on the machine affects all of them equally. No test depends on time.

#![expect(clippy::disallowed_methods, reason = "a separate program, which writes and reads logs")]
#![expect(clippy::print_stdout, reason = "its output is the result")]
#![expect(clippy::unwrap_used, reason = "without a successful run there is no result")]

mod bare;
mod growth;
mod log;
mod measure;
mod page;
mod peers;
mod record;
mod save;
mod target;
mod work;

use std::env;

/// The default sizes of the logs, in records.
const SIZES: [usize; 4] = [100, 1_000, 10_000, 100_000];

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if bare::run(&arguments) || growth::run(&arguments) {
        return;
    }
    save::saves();
    let mut sizes: Vec<usize> = arguments.iter().filter_map(|word| word.parse().ok()).collect();
    if sizes.is_empty() {
        sizes = SIZES.to_vec();
    }
    let mut text = page::head(&peers::PEERS);
    let mut tables = Vec::new();
    for records in sizes {
        let table = work::table(records);
        println!("{}", page::table(records, &table));
        text += &page::table(records, &table);
        text += &page::targets(&target::reached(records, &table));
        tables.push((records, table));
    }
    text += &page::targets(&target::growth(&tables));
    text += &page::record(&record::times());
    if arguments.iter().any(|word| word == "--write") {
        page::write(&text);
    }
}
