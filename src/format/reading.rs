//! All that is read of a record, as one value that can be compared: whoever changes a record is told
//! which facts may differ, and nothing else may.

use std::collections::{BTreeMap, BTreeSet};

use crate::format::words::Field;
use crate::model::{DateStatement, Record, Role, Stated};
use crate::syntax::{Entry, LinkKind, NodeKind, code, comments, links};
use crate::text::{Cover, Span, Spanned};

/// A part of what is read of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fact {
    /// Every status that is stated.
    Status,
    /// What is decided.
    Title,
    /// The number, in the name of the file and in the heading.
    Number,
    /// The id as written.
    Id,
    /// The date of the decision.
    Date,
    /// The date by which to look at it again.
    Review,
    /// Words to find it by.
    Tags,
    /// Who decided.
    DecisionMakers,
    /// Who was asked.
    Consulted,
    /// Who was told.
    Informed,
    /// What it says about other records.
    Relations,
    /// What was weighed.
    Options,
    /// The other headings.
    Sections,
    /// The destinations of links and images.
    Links,
    /// Code in the text.
    Code,
    /// Comments in the text and in the front matter.
    Comments,
    /// The other keys of the front matter.
    Keys,
}

impl Fact {
    /// All facts.
    pub const ALL: [Self; 17] = [
        Self::Status,
        Self::Title,
        Self::Number,
        Self::Id,
        Self::Date,
        Self::Review,
        Self::Tags,
        Self::DecisionMakers,
        Self::Consulted,
        Self::Informed,
        Self::Relations,
        Self::Options,
        Self::Sections,
        Self::Links,
        Self::Code,
        Self::Comments,
        Self::Keys,
    ];

    /// The facts that front matter may state.
    pub const FIELDS: [Self; 12] = [
        Self::Status,
        Self::Title,
        Self::Number,
        Self::Id,
        Self::Date,
        Self::Review,
        Self::Tags,
        Self::DecisionMakers,
        Self::Consulted,
        Self::Informed,
        Self::Relations,
        Self::Keys,
    ];

    /// As messages name it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Title => "title",
            Self::Number => "number",
            Self::Id => "id",
            Self::Date => "date",
            Self::Review => "review date",
            Self::Tags => "tags",
            Self::DecisionMakers => "decision makers",
            Self::Consulted => "people consulted",
            Self::Informed => "people informed",
            Self::Relations => "relations",
            Self::Options => "options",
            Self::Sections => "headings",
            Self::Links => "links",
            Self::Code => "code",
            Self::Comments => "comments",
            Self::Keys => "other front matter",
        }
    }
}

impl From<Field> for Fact {
    fn from(field: Field) -> Self {
        match field {
            Field::Status => Self::Status,
            Field::Date => Self::Date,
            Field::Review => Self::Review,
            Field::Tags => Self::Tags,
            Field::Deciders => Self::DecisionMakers,
            Field::Consulted => Self::Consulted,
            Field::Informed => Self::Informed,
            Field::Title => Self::Title,
            Field::Id => Self::Id,
        }
    }
}

/// All that is read of a record, in the order of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading(BTreeMap<Fact, Vec<String>>);

impl Reading {
    /// What is read of `record`, whose outline is there.
    pub fn of(record: &Record) -> Self {
        let text = record.text();
        // What the title holds is part of the title.
        let title = record.title.as_ref().and_then(|title| title.span).unwrap_or_default();
        let links = links(&record.document, text).into_iter();
        let links = links.filter(|link| !title.contains(link.span)).map(|link| match link.kind {
            LinkKind::Link => link.destination,
            LinkKind::Image => format!("!{}", link.destination),
        });
        let code = if may_hold_code(text) { code(&record.document, text) } else { vec![] };
        let code = code.into_iter().filter(|code| !title.contains(*code));
        let code = code.map(|span| span.of(text).to_owned());
        let has_comments = text.contains("<!--");
        let comments = if has_comments { comments(&record.document, text) } else { vec![] };
        let comments = comments.into_iter().map(|one| one.span);
        let comments = yaml_comments(record).into_iter().chain(comments);
        Self(BTreeMap::from([
            (Fact::Status, statuses(record)),
            (Fact::Title, record.title.iter().map(|title| title.value.clone()).collect()),
            (Fact::Number, numbers(record)),
            (Fact::Id, record.id.iter().map(|id| id.value.clone()).collect()),
            (Fact::Date, date(record, record.date.as_ref())),
            (Fact::Review, date(record, record.review.as_ref())),
            (Fact::Tags, values(&record.tags)),
            (Fact::DecisionMakers, values(&record.decision_makers)),
            (Fact::Consulted, values(&record.consulted)),
            (Fact::Informed, values(&record.informed)),
            (Fact::Relations, relations(record)),
            (Fact::Options, options(record)),
            (Fact::Sections, sections(record)),
            (Fact::Links, links.collect()),
            (Fact::Code, code.collect()),
            (Fact::Comments, comments.map(|span| span.of(text).to_owned()).collect()),
            (Fact::Keys, keys(record)),
        ]))
    }

    /// The facts that differ.
    pub fn differences(&self, other: &Self) -> BTreeSet<Fact> {
        self.0
            .iter()
            .filter(|(fact, values)| other.values(**fact) != *values)
            .map(|(fact, _)| *fact)
            .collect()
    }

    /// The facts of which something is no longer there in `other`; what is new there does not count.
    pub fn losses(&self, other: &Self) -> BTreeSet<Fact> {
        let is_lost = |fact: Fact, values: &[String]| {
            let mut there: Vec<&String> = other.values(fact).iter().collect();
            values.iter().any(|value| {
                let at = there.iter().position(|one| *one == value);
                at.map(|at| there.swap_remove(at)).is_none()
            })
        };
        self.0
            .iter()
            .filter(|(fact, values)| is_lost(**fact, values))
            .map(|(fact, _)| *fact)
            .collect()
    }

    /// The same with one mark for every number: what a change of numbers alone leaves as it was.
    #[must_use]
    pub fn without_numbers(&self) -> Self {
        let without = |value: &String| {
            let mut out = String::with_capacity(value.len());
            for c in value.chars() {
                if !c.is_ascii_digit() {
                    out.push(c);
                } else if !out.ends_with('#') {
                    out.push('#');
                }
            }
            out
        };
        let all = self.0.iter().map(|(fact, values)| (*fact, values.iter().map(without).collect()));
        Self(all.collect())
    }

    fn values(&self, fact: Fact) -> &[String] {
        self.0.get(&fact).map(Vec::as_slice).unwrap_or_default()
    }
}

/// Whether it is worth while to look for code.
fn may_hold_code(text: &str) -> bool {
    text.contains(['`', '~', '\t']) || text.contains("    ")
}

fn statuses(record: &Record) -> Vec<String> {
    let one = |stated: &Stated<_>| format!("{:?} {}", stated.layout, stated.value);
    record.statuses.iter().map(one).collect()
}

fn numbers(record: &Record) -> Vec<String> {
    let own = record.number.as_ref().map(|number| number.value.value);
    let heading = record.heading_number.as_ref().map(|number| number.value.value);
    [own, heading]
        .into_iter()
        .map(|number| number.map_or_else(String::new, |number| number.to_string()))
        .collect()
}

/// The date; what is none, as it is written.
fn date(record: &Record, stated: Option<&Stated<DateStatement>>) -> Vec<String> {
    let written = |stated: &Stated<DateStatement>| match (stated.value.date(), stated.span) {
        (Some(date), _) => date.to_string(),
        (None, Some(span)) => span.of(record.text()).to_owned(),
        (None, None) => String::new(),
    };
    stated.into_iter().map(written).collect()
}

fn values(list: &[Spanned<String>]) -> Vec<String> {
    list.iter().map(|one| one.value.clone()).collect()
}

fn relations(record: &Record) -> Vec<String> {
    let one = |relation: &crate::model::Relation| {
        let to = relation.reference.destination.as_deref().unwrap_or_default();
        format!("{} {} {to}", relation.kind, relation.reference.text)
    };
    record.relations.iter().map(one).collect()
}

fn options(record: &Record) -> Vec<String> {
    let sections = record.document.sections.iter().zip(&record.roles);
    let lists = sections.filter(|(_, role)| **role == Some(Role::Options));
    lists
        .map(|(section, _)| section.content().trim(record.text()).of(record.text()).to_owned())
        .collect()
}

/// The headings with their levels, but for the title.
fn sections(record: &Record) -> Vec<String> {
    let title = record.title.as_ref().and_then(|title| title.span);
    let first = record.document.sections.first().filter(|first| first.level == 1);
    let is_title = |span: Span| {
        Some(span) == first.map(|first| first.title_span)
            || title.is_some_and(|title| span.contains(title))
    };
    let others = record.document.sections.iter().filter(|one| !is_title(one.title_span));
    others.map(|one| format!("{} {}", one.level, one.title)).collect()
}

/// The keys of the front matter that state none of the fields, with their values; those that wait for a
/// value do not count.
fn keys(record: &Record) -> Vec<String> {
    let text = record.text();
    let Some(front) = &record.document.front_matter else { return vec![] };
    let lists = [&record.tags, &record.decision_makers, &record.consulted, &record.informed];
    let values = lists.into_iter().flatten().map(|one| one.span);
    let relations = record.relations.iter().flat_map(|one| [one.span, one.reference.span]);
    let statuses = record.statuses.iter().filter_map(|one| one.span);
    let dates = [&record.date, &record.review].into_iter().flatten().filter_map(|one| one.span);
    let names = [
        record.title.as_ref().and_then(|one| one.span),
        record.number.as_ref().and_then(|one| one.span),
        record.id.as_ref().and_then(|one| one.span),
    ];
    let stated = values.chain(relations).chain(statuses).chain(dates);
    let stated = Cover::new(stated.chain(names.into_iter().flatten()));
    let is_other = |entry: &&Entry| {
        let written = entry.value.span.of(text).trim();
        let is_empty = ["", "[]", "~", "null", "\"\"", "''"].contains(&written);
        !is_empty
            && !stated.overlaps(entry.value.span)
            && !entry.key.value.eq_ignore_ascii_case("title")
    };
    let others = front.entries.iter().filter(is_other);
    others.map(|one| format!("{}: {}", one.key.value, one.value.span.of(text))).collect()
}

/// The comments in the front matter, from their mark to the end of the line.
fn yaml_comments(record: &Record) -> Vec<Span> {
    let text = record.text();
    let Some(front) = &record.document.front_matter else { return vec![] };
    let leaves = front.entries.iter().flat_map(|entry| {
        let mut spans = vec![entry.key.span];
        leaves(&entry.value.kind, entry.value.span, &mut spans);
        spans
    });
    let words = Cover::new(leaves);
    let comment = |line: Span| {
        let marks = line.of(text).match_indices('#').map(|(at, _)| line.start + at);
        let mut marks = marks.filter(|at| {
            let before = Span::new(line.start, *at).of(text);
            before.is_empty() || before.ends_with([' ', '\t'])
        });
        let start = marks.find(|at| !words.overlaps(Span::new(*at, at + 1)))?;
        Some(Span::new(start, line.end).trim(text))
    };
    front.content.lines(text).filter_map(comment).collect()
}

fn leaves(kind: &NodeKind, span: Span, spans: &mut Vec<Span>) {
    match kind {
        NodeKind::Null | NodeKind::Scalar(_) => spans.push(span),
        NodeKind::List(nodes) => nodes.iter().for_each(|node| leaves(&node.kind, node.span, spans)),
        NodeKind::Map(entries) => {
            for entry in entries {
                spans.push(entry.key.span);
                leaves(&entry.value.kind, entry.value.span, spans);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Fact, Reading};
    use crate::format::{Recognised, Words, recognise};
    use crate::text::Source;

    fn reading(text: &str) -> Reading {
        let words = Words::new(std::iter::empty());
        match recognise(Source::new("0001-a.md", text), "0001-a.md", &words) {
            Recognised::Record(record) => Reading::of(&record),
            Recognised::Skipped(skipped) => panic!("{skipped:?}"),
        }
    }

    const TEXT: &str = "---\nstatus: accepted # c\ndate: 2026-01-02\ntags: [a]\ndeciders: Ann\nconsulted: Bob\n\
                        informed: Cy\nreview-by: 2027-01-01\namends: ADR-2\nx: 1\n---\n\n# A `b`\n\n\
                        ## Considered Options\n\n* O\n\n## More\n\n[l](m.md) `n` <!-- p -->\n";

    #[test]
    fn every_fact_is_told_from_the_others() {
        for (old, new, fact) in [
            ("accepted", "rejected", Fact::Status),
            ("2026-01-02", "2026-01-03", Fact::Date),
            ("[a]", "[a, b]", Fact::Tags),
            ("Ann", "Ann Lee", Fact::DecisionMakers),
            ("Bob", "Bo", Fact::Consulted),
            ("Cy", "Cyd", Fact::Informed),
            ("2027-01-01", "2027-02-01", Fact::Review),
            ("ADR-2", "ADR-3", Fact::Relations),
            ("x: 1", "x: 2", Fact::Keys),
            ("# c", "# d", Fact::Comments),
            ("A `b`", "A `c`", Fact::Title),
            ("* O", "* P", Fact::Options),
            ("## More", "## Less", Fact::Sections),
            ("m.md", "n.md", Fact::Links),
            ("`n`", "`o`", Fact::Code),
            ("<!-- p -->", "<!-- q -->", Fact::Comments),
        ] {
            let differences = reading(TEXT).differences(&reading(&TEXT.replacen(old, new, 1)));
            assert_eq!(differences, BTreeSet::from([fact]), "{old}");
        }
        assert!(reading(TEXT).differences(&reading(&TEXT.replace("* O", "\n* O"))).is_empty());
    }

    #[test]
    fn a_loss_is_told_from_a_difference() {
        let more = TEXT.replace("`n`", "`n` and `o`, [r](s.md)");
        assert!(reading(TEXT).losses(&reading(&more)).is_empty());
        assert_eq!(
            reading(&more).losses(&reading(TEXT)),
            BTreeSet::from([Fact::Code, Fact::Links])
        );
    }

    #[test]
    fn without_numbers_only_words_count() {
        let other = TEXT.replace("ADR-2", "ADR-0012").replace("m.md", "m.md#7");
        let (one, other) = (reading(TEXT).without_numbers(), reading(&other).without_numbers());
        assert_eq!(one.differences(&other), BTreeSet::from([Fact::Links]));
    }
}
