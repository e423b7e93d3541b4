//! The fields of a record while they are collected, and the choice among several values.

use std::collections::BTreeSet;

use crate::format::forms::format_of;
use crate::format::statement::partial;
use crate::model::{DateStatement, Number, Record, Relation, Stated, Status};
use crate::syntax::Document;
use crate::text::{Source, Spanned};

/// The fields of a record while they are collected.
#[derive(Default)]
pub(crate) struct RecordFields {
    pub number: Option<Stated<Number>>,
    pub heading_number: Option<Spanned<Number>>,
    pub id: Option<Stated<String>>,
    pub title: Option<Stated<String>>,
    pub statuses: Vec<Stated<Status>>,
    pub dates: Vec<RankedDate>,
    pub review: Option<Stated<DateStatement>>,
    pub relations: Vec<Relation>,
    pub tags: Vec<Spanned<String>>,
    pub deciders: Vec<Spanned<String>>,
    pub consulted: Vec<Spanned<String>>,
    pub informed: Vec<Spanned<String>>,
}

/// A date with the rank of its key; 0 is the best.
pub(crate) struct RankedDate {
    pub rank: usize,
    pub date: Stated<DateStatement>,
}

impl RecordFields {
    /// The record with the best value of each field.
    pub(crate) fn into_record(mut self, source: Source, document: Document, file: &str) -> Record {
        self.statuses.sort_by_key(|stated| stated.layout);
        self.dates.sort_by_key(|one| (uncertainty(one.date.value), one.rank, one.date.layout));
        self.relations.sort_by_key(|relation| relation.reference.span);
        // Of several readings of one place the first counts: keys are read before prose.
        self.relations.dedup_by(|a, b| {
            a.reference.span == b.reference.span && partial(a.kind) == partial(b.kind)
        });
        for list in [&mut self.tags, &mut self.deciders, &mut self.consulted, &mut self.informed] {
            if list.len() > 1 {
                let mut seen_items = BTreeSet::new();
                list.retain(|item| seen_items.insert(item.value.clone()));
            }
            list.shrink_to_fit();
        }
        // A log has many records, and each field few values.
        self.statuses.shrink_to_fit();
        self.relations.shrink_to_fit();
        let format = format_of(&document, source.text());
        Record {
            source,
            file: file.to_owned(),
            document,
            roles: vec![],
            format,
            number: self.number,
            heading_number: self.heading_number,
            id: self.id,
            title: self.title,
            statuses: self.statuses,
            date: self.dates.into_iter().next().map(|best| best.date),
            review: self.review,
            relations: self.relations,
            tags: self.tags,
            decision_makers: self.deciders,
            consulted: self.consulted,
            informed: self.informed,
        }
    }
}

/// How uncertain a date is; 0 is certain.
fn uncertainty(date: DateStatement) -> u8 {
    match date {
        DateStatement::Date(_) | DateStatement::InOrder { .. } => 0,
        DateStatement::Ambiguous { .. } => 1,
        _ => 2,
    }
}
