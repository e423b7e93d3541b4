//! The cost of one record, in this process: its headings, and malicious front matter.

use std::hint;
use std::time::Instant;

use pulldown_cmark::{Event, Options, Parser, Tag};
use rationale::format::{Words, recognise};
use rationale::text::Source;

use super::log::{self, Kind};

/// The names of the cases, and their shortest times in seconds.
pub(super) fn times() -> Vec<(String, f64)> {
    let ordinary = log::record(10, Kind::Mixed).text;
    let behind = |front: String| format!("---\n{front}\n---\n\n{ordinary}");
    let aliases = (1..9).map(|n| format!("a{n}: &a{n} [{}]\n", format!("*a{},", n - 1).repeat(9)));
    let bomb = format!("a0: &a0 [x]\n{}", aliases.collect::<String>());
    let deep = format!("a: {}", "[".repeat(10_000));
    let wide = format!("a: [{}]", "x, ".repeat(30_000));
    let line = format!("{ordinary}\nDecision: it{}\n", " · x".repeat(18_000));
    let words = Words::new(std::iter::empty());
    let read = |text: &str| {
        hint::black_box(recognise(Source::new("0001-a.md", text), "0001-a.md", &words));
    };
    let headings = || {
        let events = Parser::new_ext(hint::black_box(&ordinary), Options::ENABLE_TABLES);
        let headings =
            |(event, _): &(Event<'_>, _)| matches!(event, Event::Start(Tag::Heading { .. }));
        hint::black_box(events.into_offset_iter().filter(headings).count());
    };
    vec![
        (format!("recognise a record of {} bytes", ordinary.len()), time(|| read(&ordinary))),
        (
            "outline only".to_owned(),
            time(|| {
                hint::black_box(
                    rationale::syntax::parse(hint::black_box(&ordinary)).sections.len(),
                );
            }),
        ),
        ("headings only, with the Markdown parser".to_owned(), time(headings)),
        ("front matter with aliases that expand to 43 million values".to_owned(), {
            let text = behind(bomb);
            time(|| read(&text))
        }),
        ("front matter with 10,000 brackets".to_owned(), {
            let text = behind(deep);
            time(|| read(&text))
        }),
        ("front matter with a list of 90 KB".to_owned(), {
            let text = behind(wide);
            time(|| read(&text))
        }),
        ("a line of 90 KB with 18,000 marks".to_owned(), time(|| read(&line))),
    ]
}

/// The shortest time of several rounds, for one call.
fn time(work: impl Fn()) -> f64 {
    const TIMES: u32 = 200;
    let round = || {
        let start = Instant::now();
        for _ in 0..TIMES {
            work();
        }
        start.elapsed().as_secs_f64() / f64::from(TIMES)
    };
    (0..9).map(|_| round()).min_by(f64::total_cmp).unwrap()
}
