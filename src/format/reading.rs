//! Everything that is read from a record, as one value that can be compared. A command that changes a record
//! names the facts that may differ, and all others must stay equal.

use std::collections::{BTreeMap, BTreeSet};

use crate::format::fact::Fact;
use crate::model::{DateStatement, Record, Relation, Role, Stated};
use crate::syntax::{Entry, LinkKind, NodeKind, code, comments, links};
use crate::text::{Cover, Span, Spanned};

/// The values of each fact of a record, in the order of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading(BTreeMap<Fact, Vec<String>>);

impl Reading {
    /// Everything that is read from `record`, which must have its outline.
    pub fn of(record: &Record) -> Self {
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
            (Fact::Sections, headings(record)),
            (Fact::Links, link_destinations(record)),
            (Fact::Code, code_texts(record)),
            (Fact::Comments, comment_texts(record)),
            (Fact::Keys, other_keys(record)),
        ]))
    }

    /// The facts that differ.
    pub fn differences(&self, other: &Self) -> BTreeSet<Fact> {
        self.facts_for_which(|fact, values| other.values(fact) != values)
    }

    /// The facts of which `other` lacks a value. Values that only `other` has do not count.
    pub fn losses(&self, other: &Self) -> BTreeSet<Fact> {
        self.facts_for_which(|fact, values| {
            let mut remaining_values: Vec<&String> = other.values(fact).iter().collect();
            values.iter().any(|value| {
                let index = remaining_values.iter().position(|one| *one == value);
                index.map(|index| remaining_values.swap_remove(index)).is_none()
            })
        })
    }

    /// The reading with one mark for every number, to compare records that differ only in numbers.
    #[must_use]
    pub fn without_numbers(&self) -> Self {
        let without_numbers = |value: &String| {
            let mut masked = String::with_capacity(value.len());
            for c in value.chars() {
                if !c.is_ascii_digit() {
                    masked.push(c);
                } else if !masked.ends_with('#') {
                    masked.push('#');
                }
            }
            masked
        };
        let facts = self.0.iter();
        let facts =
            facts.map(|(fact, values)| (*fact, values.iter().map(without_numbers).collect()));
        Self(facts.collect())
    }

    fn facts_for_which(&self, holds: impl Fn(Fact, &[String]) -> bool) -> BTreeSet<Fact> {
        let facts = self.0.iter().filter(|(fact, values)| holds(**fact, values));
        facts.map(|(fact, _)| *fact).collect()
    }

    fn values(&self, fact: Fact) -> &[String] {
        self.0.get(&fact).map(Vec::as_slice).unwrap_or_default()
    }
}

/// The bytes of the title. Links and code in it belong to the title.
fn title_span(record: &Record) -> Span {
    record.title.as_ref().and_then(|title| title.span).unwrap_or_default()
}

fn link_destinations(record: &Record) -> Vec<String> {
    let title = title_span(record);
    let links = links(&record.document, record.text()).into_iter();
    let destinations =
        links.filter(|link| !title.contains(link.span)).map(|link| match link.kind {
            LinkKind::Link => link.destination,
            LinkKind::Image => format!("!{}", link.destination),
        });
    destinations.collect()
}

fn code_texts(record: &Record) -> Vec<String> {
    let text = record.text();
    // Parsing is expensive, and many records have no code.
    if !(text.contains(['`', '~', '\t']) || text.contains("    ")) {
        return vec![];
    }
    let title = title_span(record);
    let code_spans = code(&record.document, text).into_iter();
    let outside_title = code_spans.filter(|code| !title.contains(*code));
    outside_title.map(|code| code.of(text).to_owned()).collect()
}

fn comment_texts(record: &Record) -> Vec<String> {
    let text = record.text();
    let has_comments = text.contains("<!--");
    let comments = if has_comments { comments(&record.document, text) } else { vec![] };
    let comment_spans = comments.into_iter().map(|comment| comment.span);
    let all_comments = yaml_comments(record).into_iter().chain(comment_spans);
    all_comments.map(|comment| comment.of(text).to_owned()).collect()
}

fn statuses(record: &Record) -> Vec<String> {
    let shown = |stated: &Stated<_>| format!("{:?} {}", stated.layout, stated.value);
    record.statuses.iter().map(shown).collect()
}

fn numbers(record: &Record) -> Vec<String> {
    let own_number = record.number.as_ref().map(|number| number.value.value);
    let heading_number = record.heading_number.as_ref().map(|number| number.value.value);
    [own_number, heading_number]
        .into_iter()
        .map(|number| number.map_or_else(String::new, |number| number.to_string()))
        .collect()
}

/// The date, or the text as written if it is not a date.
fn date(record: &Record, stated: Option<&Stated<DateStatement>>) -> Vec<String> {
    let shown = |stated: &Stated<DateStatement>| match (stated.value.date(), stated.span) {
        (Some(date), _) => date.to_string(),
        (None, Some(span)) => span.of(record.text()).to_owned(),
        (None, None) => String::new(),
    };
    stated.into_iter().map(shown).collect()
}

fn values(list: &[Spanned<String>]) -> Vec<String> {
    list.iter().map(|item| item.value.clone()).collect()
}

fn relations(record: &Record) -> Vec<String> {
    let shown = |relation: &Relation| {
        let reference = &relation.reference;
        let destination = reference.destination.as_deref().unwrap_or_default();
        format!("{} {} {destination}", relation.kind, reference.text)
    };
    record.relations.iter().map(shown).collect()
}

fn options(record: &Record) -> Vec<String> {
    let sections = record.document.sections.iter().zip(&record.roles);
    let option_sections = sections.filter(|(_, role)| **role == Some(Role::Options));
    option_sections
        .map(|(section, _)| section.content().trim(record.text()).of(record.text()).to_owned())
        .collect()
}

/// The headings with their levels, without the title.
fn headings(record: &Record) -> Vec<String> {
    let sections = &record.document.sections;
    let title = record.title.as_ref().and_then(|title| title.span);
    let first_heading = sections.first().filter(|first| first.level == 1);
    let is_title = |heading: Span| {
        Some(heading) == first_heading.map(|first| first.title_span)
            || title.is_some_and(|title| heading.contains(title))
    };
    let other_sections = sections.iter().filter(|section| !is_title(section.title_span));
    other_sections.map(|section| format!("{} {}", section.level, section.title)).collect()
}

/// The keys of the front matter that state none of the fields, with their values. Keys without a value do not
/// count.
fn other_keys(record: &Record) -> Vec<String> {
    const EMPTY_VALUES: [&str; 6] = ["", "[]", "~", "null", "\"\"", "''"];
    let text = record.text();
    let Some(front_matter) = &record.document.front_matter else { return vec![] };
    let field_spans = Cover::new(field_spans(record));
    let is_other = |entry: &&Entry| {
        let written = entry.value.span.of(text).trim();
        !EMPTY_VALUES.contains(&written)
            && !field_spans.overlaps(entry.value.span)
            && !entry.key.value.eq_ignore_ascii_case("title")
    };
    let other_entries = front_matter.entries.iter().filter(is_other);
    other_entries
        .map(|entry| format!("{}: {}", entry.key.value, entry.value.span.of(text)))
        .collect()
}

/// The bytes of all fields of a record.
fn field_spans(record: &Record) -> impl Iterator<Item = Span> {
    let lists = [&record.tags, &record.decision_makers, &record.consulted, &record.informed];
    let items = lists.into_iter().flatten().map(|item| item.span);
    let relations =
        record.relations.iter().flat_map(|relation| [relation.span, relation.reference.span]);
    let statuses = record.statuses.iter().filter_map(|status| status.span);
    let dates = [&record.date, &record.review].into_iter().flatten().filter_map(|date| date.span);
    let names = [
        record.title.as_ref().and_then(|title| title.span),
        record.number.as_ref().and_then(|number| number.span),
        record.id.as_ref().and_then(|id| id.span),
    ];
    items.chain(relations).chain(statuses).chain(dates).chain(names.into_iter().flatten())
}

/// The comments in the front matter, from `#` to the end of the line.
fn yaml_comments(record: &Record) -> Vec<Span> {
    let text = record.text();
    let Some(front_matter) = &record.document.front_matter else { return vec![] };
    let scalars = front_matter.entries.iter().flat_map(|entry| {
        let mut spans = vec![entry.key.span];
        push_scalars(&entry.value.kind, entry.value.span, &mut spans);
        spans
    });
    let scalars = Cover::new(scalars);
    let comment_on = |line: Span| {
        let offsets = line.of(text).match_indices('#').map(|(offset, _)| line.start + offset);
        // A comment begins after white space, and a `#` within a scalar does not begin one.
        let mut word_starts = offsets.filter(|offset| {
            let text_before = Span::new(line.start, *offset).of(text);
            text_before.is_empty() || text_before.ends_with([' ', '\t'])
        });
        let start = word_starts.find(|start| !scalars.overlaps(Span::new(*start, start + 1)))?;
        Some(Span::new(start, line.end).trim(text))
    };
    front_matter.content.lines(text).filter_map(comment_on).collect()
}

/// Adds the bytes of all keys and scalars in a node.
fn push_scalars(kind: &NodeKind, span: Span, spans: &mut Vec<Span>) {
    match kind {
        NodeKind::Null | NodeKind::Scalar(_) => spans.push(span),
        NodeKind::List(nodes) => {
            for node in nodes {
                push_scalars(&node.kind, node.span, spans);
            }
        }
        NodeKind::Map(entries) => {
            for entry in entries {
                spans.push(entry.key.span);
                push_scalars(&entry.value.kind, entry.value.span, spans);
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
    fn every_fact_is_distinguished_from_the_others() {
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
    fn a_loss_is_distinguished_from_a_difference() {
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
