//! A record put together from what its places say.

use super::draft::Draft;
use super::words::Words;
use super::{kind, name, plain};
use crate::model::{DateStatement, Format, Number, Record, Relation, Skipped, Stated, Status};
use crate::syntax::{Document, parse};
use crate::text::{Source, Spanned};

/// What a file turned out to be.
#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "nearly all are records, and there are many")]
pub enum Recognised {
    /// A record, whatever is wrong with it.
    Record(Record),
    /// Something else.
    Skipped(Skipped),
}

/// Reads the fields of the record in `source`, which is `file` of its log. Cannot fail.
pub fn recognise(source: Source, file: &str, words: &Words) -> Recognised {
    let document = parse(source.text());
    let name = name::read(file);
    let roles;
    let fields = {
        let draft = Draft::new(source.text(), &document, &name, words);
        roles = draft.roles();
        draft.read()
    };
    let record = Record { roles, ..fields.into_record(source, document, file) };
    match kind::reason(&record, &name) {
        Some(reason) => Recognised::Skipped(Skipped { file: file.to_owned(), reason }),
        None => Recognised::Record(record),
    }
}

/// The fields of a record while they are being collected.
#[derive(Default)]
pub(super) struct Fields {
    pub(super) format: Option<&'static Format>,
    pub(super) number: Option<Stated<Number>>,
    pub(super) heading_number: Option<Spanned<Number>>,
    pub(super) id: Option<Stated<String>>,
    pub(super) title: Option<Stated<String>>,
    pub(super) statuses: Vec<Stated<Status>>,
    /// With the rank of the key; 0 is the best.
    pub(super) dates: Vec<(usize, Stated<DateStatement>)>,
    pub(super) review: Option<Stated<DateStatement>>,
    pub(super) relations: Vec<Relation>,
    pub(super) tags: Vec<Spanned<String>>,
    pub(super) deciders: Vec<Spanned<String>>,
    pub(super) consulted: Vec<Spanned<String>>,
    pub(super) informed: Vec<Spanned<String>>,
}

impl Fields {
    fn into_record(mut self, source: Source, document: Document, file: &str) -> Record {
        self.statuses.sort_by_key(|stated| stated.layout);
        self.dates.sort_by_key(|(rank, stated)| (unclear(stated.value), *rank, stated.layout));
        self.relations.sort_by_key(|relation| relation.reference.span);
        self.relations.dedup_by(|a, b| a.kind == b.kind && a.reference.span == b.reference.span);
        Record {
            source,
            file: file.to_owned(),
            document,
            roles: vec![],
            format: self.format.unwrap_or(&plain::FORMAT),
            number: self.number,
            heading_number: self.heading_number,
            id: self.id,
            title: self.title,
            statuses: self.statuses,
            date: self.dates.into_iter().next().map(|(_, date)| date),
            review: self.review,
            relations: self.relations,
            tags: self.tags,
            decision_makers: self.deciders,
            consulted: self.consulted,
            informed: self.informed,
        }
    }
}

/// Whether a better date elsewhere should be preferred.
fn unclear(date: DateStatement) -> u8 {
    match date {
        DateStatement::Date(_) | DateStatement::InOrder { .. } => 0,
        DateStatement::Ambiguous { .. } => 1,
        _ => 2,
    }
}
