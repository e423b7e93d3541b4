//! Ways of writing records, and how the fields of one are recognised. Knows no disk, and no other
//! record: what needs the whole log is settled by [`Log`](crate::model::Log).

mod madr;
mod nygard;
mod plain;
mod words;

pub use words::Words;

use crate::model::{Format, Layout, Number, Record, Skipped, Stated};
use crate::syntax::parse;
use crate::text::Source;

/// Every way of writing that we know, the most particular first.
pub static FORMATS: &[&Format] = &[&madr::FORMAT, &nygard::FORMAT, &plain::FORMAT];

/// What a file turned out to be.
#[derive(Debug)]
pub enum Recognised {
    /// A record, whatever is wrong with it.
    Record(Box<Record>),
    /// Something else.
    Skipped(Skipped),
}

/// Reads the fields of the record in `source`, which is `file` of its log.
pub fn recognise(source: Source, file: &str, _words: &Words) -> Recognised {
    let document = parse(source.text());
    let digits: String = file.chars().take_while(char::is_ascii_digit).collect();
    let number = Number::read(&digits);
    let title = document.sections.first().map(|section| Stated {
        value: section.title.clone(),
        span: Some(section.title_span),
        layout: Layout::Title,
    });
    Recognised::Record(Box::new(Record {
        file: file.to_owned(),
        format: FORMATS[0],
        number: number.map(|value| Stated { value, span: None, layout: Layout::FileName }),
        heading_number: None,
        id: None,
        title,
        statuses: vec![],
        date: None,
        relations: vec![],
        tags: vec![],
        decision_makers: vec![],
        consulted: vec![],
        informed: vec![],
        document,
        source,
    }))
}
