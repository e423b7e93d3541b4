//! Any bytes under any name: the result is a record or a reason, and the span of every field points to it.

#![no_main]

use libfuzzer_sys::fuzz_target;
use rationale::export::RecordJson;
use rationale::format::{Recognised, Words, recognise};
use rationale::model::{Log, Record};
use rationale::text::Source;

thread_local! {
    static WORDS: Words = Words::new(std::iter::empty());
}

fuzz_target!(|data: (&str, &[u8])| {
    let (name, bytes) = data;
    let file = if name.is_empty() { "0001-x.md" } else { name };
    let source = Source::decode(file, bytes.to_vec());
    let read = WORDS.with(|words| recognise(source, file, words));
    let Recognised::Record(record) = read else { return };
    check(&record);
    let log = Log::new(vec![record], vec![]);
    for (id, _) in log.iter() {
        RecordJson::new(&log, id);
    }
});

fn check(record: &Record) {
    let text = record.text();
    let statuses = record.statuses.iter().filter_map(|stated| stated.span);
    let title = record.title.iter().filter_map(|stated| stated.span);
    let date = record.date.iter().filter_map(|stated| stated.span);
    let relations = record.relations.iter().flat_map(|one| [one.span, one.reference.span]);
    let lists = [&record.tags, &record.decision_makers, &record.consulted, &record.informed];
    let lists = lists.into_iter().flatten().map(|item| item.span);
    for span in statuses.chain(title).chain(date).chain(relations).chain(lists) {
        assert!(text.get(span.range()).is_some(), "{span:?} in {record:?}");
    }
}
