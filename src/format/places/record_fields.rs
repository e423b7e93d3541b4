//! The fields of a record while they are collected, and how one value is chosen from several.

use std::collections::BTreeSet;

use crate::format::forms::format_of;
use crate::format::statement::partial;
use crate::model::{DateStatement, Number, Record, Relation, Stated, Status};
use crate::syntax::Document;
use crate::text::{Source, Spanned};

/// The fields of a record while they are being collected.
#[derive(Default)]
pub(crate) struct RecordFields {
    pub(crate) number: Option<Stated<Number>>,
    pub(crate) heading_number: Option<Spanned<Number>>,
    pub(crate) id: Option<Stated<String>>,
    pub(crate) title: Option<Stated<String>>,
    pub(crate) statuses: Vec<Stated<Status>>,
    /// With the rank of the key; 0 is the best.
    pub(crate) dates: Vec<(usize, Stated<DateStatement>)>,
    pub(crate) review: Option<Stated<DateStatement>>,
    pub(crate) relations: Vec<Relation>,
    pub(crate) tags: Vec<Spanned<String>>,
    pub(crate) deciders: Vec<Spanned<String>>,
    pub(crate) consulted: Vec<Spanned<String>>,
    pub(crate) informed: Vec<Spanned<String>>,
}

impl RecordFields {
    pub(crate) fn into_record(mut self, source: Source, document: Document, file: &str) -> Record {
        self.statuses.sort_by_key(|stated| stated.layout);
        self.dates.sort_by_key(|(rank, stated)| (unclear(stated.value), *rank, stated.layout));
        self.relations.sort_by_key(|relation| relation.reference.span);
        // Of one place the first reading counts: that of the key, before that of the words.
        self.relations.dedup_by(|a, b| {
            a.reference.span == b.reference.span && partial(a.kind) == partial(b.kind)
        });
        for list in [&mut self.tags, &mut self.deciders, &mut self.consulted, &mut self.informed] {
            if list.len() > 1 {
                let mut seen = BTreeSet::new();
                list.retain(|item| seen.insert(item.value.clone()));
            }
            list.shrink_to_fit();
        }
        // Each field has few values, and a log many records.
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
