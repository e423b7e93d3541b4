//! Changes to real records: the requested change is read back, nothing else changes, and repeating the
//! request changes nothing more.

#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a panic fails the test")]

mod logs;

use std::collections::{BTreeMap, BTreeSet};

use rationale::author::{
    Amendment, Content, NewRecord, RelationClaim, RelationEnd, Renumbering, RequestedFields,
    Revisions, Rules, Scheme, TEMPLATES, Template, amend, create, next_number, renumber, unlink,
};
use rationale::format::{Fact, Field, Reading, Recognised, Words, obstacle, places, recognise};
use rationale::model::{Date, Layout, Lifecycle, Log, Record, RecordId, RelationKind};
use rationale::project::{Project, Request};
use rationale::syntax::links;
use rationale::text::{Change, Source, apply};

/// The results of the changes.
#[derive(Default)]
struct Tally {
    done: usize,
    refused: Vec<String>,
    wrong: Vec<String>,
}

impl Tally {
    /// Counts a refused change. Refusing is correct for a record that cannot be changed safely, and must
    /// otherwise be rare.
    fn refuse(&mut self, record: &Record, what: String) {
        if obstacle(record).is_none() {
            self.refused.push(what);
        }
    }
}

fn rules(words: &Words) -> Rules<'_> {
    Rules { words, transitions: None, date: Date::day(2026, 3, 1).unwrap() }
}

/// Whether the request was refused, which is required for a record with a successor.
fn is_refused(log: &Log, id: RecordId, asked: &rationale::Result<()>) -> bool {
    let has_successor = log.record(id).is(Lifecycle::Superseded) && !log.successors(id).is_empty();
    assert_eq!(asked.is_err(), has_successor, "{}", log.record(id).file);
    has_successor
}

/// The text of a record after the `changes` to it.
fn after(record: &Record, changes: &[Change]) -> String {
    let mine = changes.iter().filter_map(|change| match change {
        Change::Edit { path, edits } if path == record.source.path() => Some(edits),
        _ => None,
    });
    mine.fold(record.text().to_owned(), |text, edits| apply(&text, edits).unwrap())
}

fn reread(record: &Record, text: String, words: &Words) -> Option<Record> {
    match recognise(Source::new(record.source.path(), text), &record.file, words) {
        Recognised::Record(mut read) => {
            // The other records determine whether the day or the month comes first.
            if let Some(date) = &mut read.date {
                date.value = date.value.settled_as(record.date());
            }
            Some(read)
        }
        Recognised::Skipped(_) => None,
    }
}

/// The log after all `changes`.
fn with(log: &Log, changes: &[Change], words: &Words) -> Log {
    let again = |record: &Record| reread(record, after(record, changes), words);
    Log::new(log.records().iter().filter_map(again).collect(), log.skipped().to_vec())
}

/// The number of added and removed lines.
fn changed_lines(before: &str, after: &str) -> usize {
    let diff = similar::TextDiff::from_lines(before, after);
    diff.iter_all_changes().filter(|line| line.tag() != similar::ChangeTag::Equal).count()
}

#[test]
fn a_status_is_changed_wherever_it_stands_and_nothing_else() {
    let words = Words::new(std::iter::empty());
    let mut tally = Tally::default();
    let logs = logs::logs(&["ours", "foreign"]);
    for folder in logs.folders() {
        let log = Project::open(&Request { dir: Some(folder), ..Request::default() }).unwrap().log;
        for (id, _) in log.iter() {
            for state in [Lifecycle::Accepted, Lifecycle::Deprecated] {
                let mut revisions = Revisions::default();
                if is_refused(&log, id, &revisions.status(&log, id, &state.into(), &rules(&words)))
                {
                    continue;
                }
                let says = |after: &Record| after.is(state);
                check((&log, id), revisions, (&STATUS, &says), &words, &mut tally);
            }
        }
    }
    report(&tally);
}

#[test]
fn a_reason_is_given_beside_the_status_and_changes_nothing_that_is_read() {
    let words = Words::new(std::iter::empty());
    let mut tally = Tally::default();
    let reasons =
        ["It costs more: see the \"budget\".", "Superseded by events, accepted by nobody"];
    let logs = logs::logs(&["ours", "foreign"]);
    for folder in logs.folders() {
        let log = Project::open(&Request { dir: Some(folder), ..Request::default() }).unwrap().log;
        for (at, (id, record)) in log.iter().enumerate() {
            let reason = reasons[at % 2];
            let ask = |log: &Log, id: RecordId| {
                let mut revisions = Revisions::default();
                revisions.status(log, id, &Lifecycle::Rejected.into(), &rules(&words)).unwrap();
                revisions.reason(id, reason).unwrap();
                revisions
            };
            if record.is(Lifecycle::Superseded) {
                continue;
            }
            let says = |after: &Record| {
                after.is(Lifecycle::Rejected) && after.relations.len() <= record.relations.len()
            };
            check((&log, id), ask(&log, id), (&STATUS, &says), &words, &mut tally);
            let Ok(changes) = ask(&log, id).changes(&log, &rules(&words)) else { continue };
            let once = alone(record, after(record, &changes), &words);
            let (id, read) = once.iter().next().unwrap();
            assert_eq!(
                ask(&once, id).changes(&once, &rules(&words)).unwrap(),
                [],
                "{}",
                read.text()
            );
        }
    }
    report(&tally);
}

#[test]
fn a_relation_is_added_in_the_style_of_the_record() {
    let words = Words::new(std::iter::empty());
    let mut tally = Tally::default();
    let logs = logs::logs(&["ours", "foreign"]);
    for folder in logs.folders() {
        let log = Project::open(&Request { dir: Some(folder), ..Request::default() }).unwrap().log;
        let ids: Vec<RecordId> = log.iter().map(|(id, _)| id).collect();
        for pair in ids.windows(2) {
            let (old, new) = (pair[0], pair[1]);
            // Both ends are written; if one cannot be changed, the whole change is refused.
            if [old, new].into_iter().any(|id| obstacle(log.record(id)).is_some()) {
                continue;
            }
            for kind in [RelationKind::Amends, RelationKind::RelatesTo, RelationKind::Supersedes] {
                let mut revisions = Revisions::default();
                let (claim, reverse) = (RelationClaim::of(kind), RelationClaim::of(kind.inverse()));
                revisions.relate(&log, end(new, &claim), end(old, &reverse)).unwrap();
                // Links to names without a number are only read as supersessions.
                let read = kind == RelationKind::Supersedes
                    || log.record(old).file.contains(|c: char| c.is_ascii_digit());
                let says =
                    |after: &Record| !read || after.relations.iter().any(|one| one.kind == kind);
                check((&log, new), revisions, (&RELATION, &says), &words, &mut tally);
            }
            let mut revisions = Revisions::default();
            if revisions.supersede(&log, old, new, &rules(&words)).is_err() {
                // The relation would be circular.
                assert!(log.successors(new).contains(&old) || log.current(new).is_empty());
                continue;
            }
            let superseded = |after: &Record| after.is(Lifecycle::Superseded);
            check((&log, old), revisions, (&STATUS, &superseded), &words, &mut tally);
        }
    }
    report(&tally);
}

#[test]
fn a_relation_that_is_taken_back_leaves_the_bytes_that_were_there_before() {
    let words = Words::new(std::iter::empty());
    let mut tally = Tally::default();
    let logs = logs::logs(&["ours", "foreign"]);
    for folder in logs.folders() {
        let log = Project::open(&Request { dir: Some(folder), ..Request::default() }).unwrap().log;
        let ids: Vec<RecordId> = log.iter().map(|(id, _)| id).collect();
        for (at, pair) in ids.windows(2).enumerate() {
            let (old, new) = (pair[0], pair[1]);
            let kinds = [RelationKind::Amends, RelationKind::RelatesTo, RelationKind::Other];
            let kind = kinds[at % 3];
            let (mut claim, mut reverse) =
                (RelationClaim::of(kind), RelationClaim::of(kind.inverse()));
            if kind == RelationKind::Other {
                claim = RelationClaim::in_words("Fulfils", &words);
                reverse = RelationClaim::in_words("Fulfilled by", &words);
            }
            // If a record already has the relation, taking it back removes more than was added.
            let says = |id, other, kind| {
                log.relations(id).any(|(one, to)| one.kind == kind && to == Some(other))
            };
            // An empty key is removed together with the value that was added to it.
            let waits = |id| {
                let record: &Record = log.record(id);
                let entries = record.document.front_matter.iter().flat_map(|front| &front.entries);
                let mut keys = entries.filter(|one| words.relation(&one.key.value).is_some());
                keys.any(|one| one.value.span.of(record.text()).trim().is_empty())
            };
            if says(new, old, kind) || says(old, new, kind.inverse()) || waits(new) || waits(old) {
                continue;
            }
            taken_back(&log, end(new, &claim), end(old, &reverse), &words, &mut tally);
        }
    }
    report(&tally);
}

fn end(record: RecordId, claim: &RelationClaim) -> RelationEnd<'_> {
    RelationEnd { record, claim }
}

/// Relates two records, alone in a log, and takes the relation back.
fn taken_back(
    log: &Log,
    new: RelationEnd<'_>,
    old: RelationEnd<'_>,
    words: &Words,
    tally: &mut Tally,
) {
    let both = [log.record(old.record), log.record(new.record)];
    let again = |text: &dyn Fn(&Record) -> String| {
        let read = both.iter().filter_map(|record| reread(record, text(record), words));
        Log::new(read.collect(), vec![])
    };
    let ends = |log: &Log| {
        let id = |file: &str| log.iter().find(|(_, one)| one.file == file).unwrap().0;
        (id(&both[1].file), id(&both[0].file))
    };
    let path = both[1].source.path().display().to_string();
    let two = again(&|record| record.text().to_owned());
    let (from, to) = ends(&two);
    let mut revisions = Revisions::default();
    revisions.relate(&two, end(from, new.claim), end(to, old.claim)).unwrap();
    let Ok(changes) = revisions.changes(&two, &rules(words)) else { return };
    let related = again(&|record| after(record, &changes));
    let (from, to) = ends(&related);
    let Ok(changes) = unlink(&related, end(from, new.claim), end(to, old.claim), words) else {
        tally.refused.push(path);
        return;
    };
    for (_, record) in related.iter() {
        let text = after(record, &changes);
        let before = both.iter().find(|one| one.file == record.file).unwrap().text();
        // A single value becomes a list of two, and then a list of one.
        let alone = text.lines().filter(|line| line.contains(": [")).count()
            > before.lines().filter(|line| line.contains(": [")).count();
        if text != before && !alone {
            tally.wrong.push(format!("{path}: {}", record.file));
        } else {
            tally.done += 1;
        }
    }
}

#[test]
fn asking_twice_changes_nothing_more() {
    let words = Words::new(std::iter::empty());
    let logs = logs::logs(&["ours", "foreign"]);
    for folder in logs.folders() {
        let log = Project::open(&Request { dir: Some(folder), ..Request::default() }).unwrap().log;
        let ask = |log: &Log| {
            let ids: Vec<RecordId> = log.iter().map(|(id, _)| id).collect();
            let mut changes = Vec::new();
            for pair in ids.chunks_exact(2) {
                let mut revisions = Revisions::default();
                let (old, new) = (pair[0], pair[1]);
                if revisions.supersede(log, old, new, &rules(&words)).is_err()
                    || revisions
                        .status(log, new, &Lifecycle::Rejected.into(), &rules(&words))
                        .is_err()
                {
                    continue;
                }
                changes.extend(revisions.changes(log, &rules(&words)).unwrap_or_default());
            }
            changes
        };
        let once = with(&log, &ask(&log), &words);
        assert_eq!(ask(&once), [], "{}", folder.display());
    }
}

/// The logs that are small enough to renumber each of their records.
const SMALL: usize = 25;

#[test]
fn a_record_that_is_renumbered_is_followed_by_all_that_speaks_of_it() {
    let words = Words::new(std::iter::empty());
    let mut tally = Tally::default();
    let logs = logs::logs(&["ours", "foreign"]);
    for folder in logs.folders() {
        let log = Project::open(&Request { dir: Some(folder), ..Request::default() }).unwrap().log;
        if log.records().len() > SMALL {
            continue;
        }
        for (id, _) in log.iter().filter(|(_, record)| record.number.is_some()) {
            renumbered((&log, id), &words, &mut tally);
        }
    }
    report(&tally);
}

/// Gives a record a free number, and compares the whole log before and after.
fn renumbered((log, id): (&Log, RecordId), words: &Words, tally: &mut Tally) {
    let record = log.record(id);
    let path = record.source.path().display().to_string();
    let number = next_number(log, std::iter::empty());
    let plan = |id| vec![Renumbering { id, number, followers: BTreeSet::new().into() }];
    let Ok(changes) = renumber(log, &plan(id), &[], words) else {
        tally.refused.push(path);
        return;
    };
    let (after, names) = moved(log, &changes, words);
    // Every record still exists, and has relations to the same records.
    let name = |file: &str| names.get(file).map_or(file, String::as_str).to_owned();
    let mut wrong = Vec::new();
    for (one, old) in log.iter() {
        let found = after.iter().find(|(_, new)| new.file == name(&old.file));
        let Some((new_id, new)) = found else {
            wrong.push(format!("{path}: {} is lost", old.file));
            continue;
        };
        let targets = |log: &Log, id: RecordId| -> Vec<_> {
            let target = |(relation, to): (&rationale::model::Relation, Option<RecordId>)| {
                (relation.kind, to.map(|to| log.record(to).file.clone()))
            };
            log.relations(id).map(target).collect()
        };
        let expected: Vec<_> = targets(log, one)
            .into_iter()
            .map(|(kind, to)| (kind, to.map(|to| name(&to))))
            .collect();
        if targets(&after, new_id) != expected {
            wrong.push(format!("{path}: relations of {}", old.file));
        }
        let dangling = |log: &Log, id: RecordId, record: &Record| {
            let links = links(&record.document, record.text()).into_iter();
            // An absolute address may belong to another log, so it is kept.
            let links = links.map(|link| link.destination).filter(|to| !to.contains("://"));
            links.filter(|to| log.linked(id, to).is_none()).count()
        };
        if dangling(&after, new_id, new) > dangling(log, one, old) {
            wrong.push(format!("{path}: links of {}", old.file));
        }
        let numbers = |record: &Record| Reading::of(record).without_numbers();
        if !numbers(old).differences(&numbers(new)).is_subset(&BTreeSet::from([Fact::Number])) {
            wrong.push(format!("{path}: more than numbers differ in {}", old.file));
        }
        // Only digits differ: those of the number, wherever it occurs.
        let rest = |text: &str| text.replace(|c: char| c.is_ascii_digit(), "");
        if rest(new.text()) != rest(old.text()) {
            wrong.push(format!("{path}: more than digits differ in {}", old.file));
        }
    }
    let new_id = after.iter().find(|(_, new)| new.file == name(&record.file)).map(|(id, _)| id);
    match new_id {
        Some(id) if !renumber(&after, &plan(id), &[], words).unwrap().is_empty() => {
            wrong.push(format!("{path}: the second run changed more"));
        }
        _ => {}
    }
    tally.done += usize::from(wrong.is_empty());
    tally.wrong.extend(wrong);
}

/// The log after `changes`, and the new names of renamed files.
fn moved(log: &Log, changes: &[Change], words: &Words) -> (Log, BTreeMap<String, String>) {
    let mut names = BTreeMap::new();
    let mut records = Vec::new();
    for record in log.records() {
        let path = record.source.path();
        let mut to = path.to_owned();
        let mut text = record.text().to_owned();
        for change in changes {
            match change {
                Change::Edit { path: edited, edits } if edited == path => {
                    text = apply(&text, edits).unwrap();
                }
                Change::Move { path: from, to: new, edits } if from == path => {
                    text = apply(&text, edits).unwrap();
                    new.clone_into(&mut to);
                }
                Change::MoveFolder { from, to: new } => {
                    to = to.strip_prefix(from).map_or(to.clone(), |rest| new.join(rest));
                }
                _ => {}
            }
        }
        let depth = record.file.split('/').count();
        let parts: Vec<_> = to.iter().map(|part| part.to_string_lossy().into_owned()).collect();
        let file = parts.get(parts.len() - depth..).unwrap().join("/");
        names.insert(record.file.clone(), file.clone());
        if let Recognised::Record(read) = recognise(Source::new(&to, text), &file, words) {
            records.push(read);
        }
    }
    (Log::new(records, log.skipped().to_vec()), names)
}

/// The requested value, as a list of one.
fn one(value: &str) -> Vec<String> {
    vec![value.to_owned()]
}

/// A request for each flag of `adr edit`, and the request that takes it back.
fn amendments() -> Vec<(Amendment, Option<Amendment>)> {
    let none = Amendment::default;
    vec![
        (
            Amendment { add_tags: one("new-tag"), ..none() },
            Some(Amendment { remove_tags: one("New-Tag"), ..none() }),
        ),
        (
            Amendment { add_deciders: one("Grace Hopper"), ..none() },
            Some(Amendment { remove_deciders: one("Grace Hopper"), ..none() }),
        ),
        (
            Amendment { review_by: Date::day(2027, 1, 31), ..none() },
            Some(Amendment { remove_review_by: true, ..none() }),
        ),
        (Amendment { title: Some("Something & <other> *still*".to_owned()), ..none() }, None),
    ]
}

/// Whether the record contains the requested values.
fn says(after: &Record, asked: &Amendment) -> bool {
    let has = |list: &[rationale::text::Spanned<String>], values: &[String]| {
        values.iter().all(|value| list.iter().any(|one| one.value == *value))
    };
    let review = after.review.as_ref().and_then(|stated| stated.value.date());
    has(&after.tags, &asked.add_tags)
        && has(&after.decision_makers, &asked.add_deciders)
        && (asked.review_by.is_none() || review == asked.review_by)
        // Markup is not read in front matter.
        && asked.title.as_ref().is_none_or(|title| {
            [title.as_str(), "Something & <other> still"].contains(&after.title_or_file())
        })
}

#[test]
fn a_field_is_changed_where_it_stands_and_nothing_else() {
    let words = Words::new(std::iter::empty());
    let mut tally = Tally::default();
    let logs = logs::logs(&["ours", "foreign"]);
    for folder in logs.folders() {
        let log = Project::open(&Request { dir: Some(folder), ..Request::default() }).unwrap().log;
        for (id, _) in log.iter() {
            for (asked, back) in amendments() {
                amended((&log, id), (&asked, back.as_ref()), &words, &mut tally);
            }
        }
    }
    report(&tally);
}

/// The facts that the request changes.
fn asked_facts(asked: &Amendment) -> Vec<Fact> {
    let asks = [
        (Fact::Tags, !asked.add_tags.is_empty()),
        (Fact::DecisionMakers, !asked.add_deciders.is_empty()),
        (Fact::Review, asked.review_by.is_some()),
        (Fact::Title, asked.title.is_some()),
    ];
    asks.into_iter().filter(|(_, is_asked)| *is_asked).map(|(fact, _)| fact).collect()
}

/// Changes a record, repeats the change, and takes it back.
fn amended(
    (log, id): (&Log, RecordId),
    (asked, back): (&Amendment, Option<&Amendment>),
    words: &Words,
    tally: &mut Tally,
) {
    let record = log.record(id);
    let path = record.source.path().display();
    let Ok(changes) = amend(log, id, asked, &[], words) else {
        tally.refuse(record, format!("{path}: {asked:?}"));
        return;
    };
    let text = after(record, &changes);
    let once = alone(record, text.clone(), words);
    let (id, read) = once.iter().next().unwrap();
    if !says(read, asked) {
        tally.wrong.push(format!("{path}: not read back: {asked:?}"));
    } else if !others_that_differ(record, read, &asked_facts(asked)).is_empty() {
        tally.wrong.push(format!("{path}: changes more than {asked:?}"));
    } else if changed_lines(record.text(), &text) > 4 {
        tally.wrong.push(format!("{path}: more than one line changed for {asked:?}"));
    } else if !amend(&once, id, asked, &[], words).unwrap().is_empty() {
        tally.wrong.push(format!("{path}: the second run changed more: {asked:?}"));
    } else {
        tally.done += 1;
    }
    let Some(back) = back else { return };
    let Ok(changes) = amend(&once, id, back, &[], words) else {
        tally.refuse(record, format!("{path}: {back:?}"));
        return;
    };
    // A field that was added with its first value stays, empty; a tag that was not in a list has become
    // one.
    let field = if asked.add_tags.is_empty() { Field::Deciders } else { Field::Tags };
    let had = asked.review_by.is_some() && record.review.is_none();
    let had = had
        || asked.review_by.is_none()
            && places(record, field, words).iter().any(|place| {
                let single = field == Field::Tags && place.layout == Layout::FrontMatter;
                place.is_proper() && place.items.len() > usize::from(single)
            });
    let restored = after(read, &changes);
    if had && restored != record.text() {
        tally.wrong.push(format!("{path}: the change was not undone: {asked:?}"));
    }
}

/// A log of one record with this text.
fn alone(record: &Record, text: String, words: &Words) -> Log {
    Log::new(reread(record, text, words).into_iter().collect(), vec![])
}

/// The facts that may differ after a change of status: successors, the date next to it, a badge, a reason.
const STATUS: [Fact; 7] = [
    Fact::Status,
    Fact::Date,
    Fact::Relations,
    Fact::Links,
    Fact::Code,
    Fact::Sections,
    Fact::Keys,
];

/// The facts that may differ after a change of relations.
const RELATION: [Fact; 3] = [Fact::Relations, Fact::Links, Fact::Keys];

/// A condition that the changed record must meet.
type Says<'s> = &'s dyn Fn(&Record) -> bool;

/// The facts that differ although they must not.
fn others_that_differ(before: &Record, after: &Record, may: &[Fact]) -> BTreeSet<Fact> {
    let mut differences = Reading::of(before).differences(&Reading::of(after));
    differences.retain(|fact| !may.contains(fact));
    differences
}

/// Applies `revisions`: the record must meet the condition, and only the given facts may differ.
fn check(
    (log, id): (&Log, RecordId),
    revisions: Revisions,
    (may, says): (&[Fact], Says<'_>),
    words: &Words,
    tally: &mut Tally,
) {
    let record = log.record(id);
    let path = record.source.path().display().to_string();
    let Ok(changes) = revisions.changes(log, &rules(words)) else {
        tally.refuse(record, path);
        return;
    };
    let text = after(record, &changes);
    let read = reread(record, text.clone(), words);
    let others = read.as_ref().map(|after| others_that_differ(record, after, may));
    if breaks(&text) < breaks(record.text()) {
        tally.wrong.push(format!("{path}: a hard line break is lost"));
    }
    if !read.as_ref().is_some_and(says) {
        tally.wrong.push(format!("{path}: not read back"));
    } else if others.as_ref().is_none_or(|others| !others.is_empty()) {
        tally.wrong.push(format!("{path}: changes {others:?}"));
    } else if changed_lines(record.text(), &text) > MOST_LINES {
        tally.wrong.push(format!("{path}: {} lines changed", changed_lines(record.text(), &text)));
    } else {
        tally.done += 1;
    }
}

/// The number of lines that end in two spaces, which are hard line breaks.
fn breaks(text: &str) -> usize {
    text.lines().filter(|line| line.ends_with("  ") && !line.trim().is_empty()).count()
}

#[test]
fn a_new_record_goes_beside_the_others_and_reads_as_it_was_asked_for() {
    let words = Words::new(std::iter::empty());
    let content = Content {
        tags: one("new-tag"),
        deciders: one("Grace Hopper"),
        consulted: one("Ada"),
        informed: one("Alan"),
        ..Content::default()
    };
    let logs = logs::logs(&["ours", "foreign"]);
    for folder in logs.folders() {
        let log = Project::open(&Request { dir: Some(folder), ..Request::default() }).unwrap().log;
        let scheme = Scheme::of(&log);
        for ours in TEMPLATES {
            let number = next_number(&log, std::iter::empty());
            let (title, status) = ("Use something else", "accepted");
            let date = Date::day(2026, 3, 1).unwrap();
            let requested = RequestedFields::default();
            let new = NewRecord { title, number, date, status, requested, content: &content };
            let template = Template { name: ours.name, text: ours.text };
            let mut draft = create(&new, folder, &scheme, &template, &words).unwrap();
            let mut revisions = Revisions::default();
            let old = log.iter().map(|(id, _)| id).last();
            if let Some(old) = old {
                draft.supersede(&log, old, &mut revisions, &words).unwrap();
            }
            let Change::Create { path, text } = draft.into_change(&words).unwrap() else {
                panic!("{}: no file is created", folder.display());
            };
            let file = path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
            assert!(log.records().iter().all(|record| record.file != file), "{file}");
            let read = recognise(Source::new(&path, text.as_str()), &file, &words);
            let Recognised::Record(read) = read else { panic!("{file} is not a record:\n{text}") };
            let about = format!("{}: {file}\n{text}", folder.display());
            assert_eq!(read.title_or_file(), title, "{about}");
            assert!(read.is(Lifecycle::Accepted) && read.date() == Some(date), "{about}");
            if scheme.is_numbered() {
                let read = read.number.as_ref().map(|number| number.value.value);
                assert_eq!(read, Some(number), "{about}");
            }
            for (said, asked) in [
                (&read.tags, &content.tags),
                (&read.decision_makers, &content.deciders),
                (&read.consulted, &content.consulted),
                (&read.informed, &content.informed),
            ] {
                let said: Vec<&String> = said.iter().map(|one| &one.value).collect();
                assert_eq!(said, asked.iter().collect::<Vec<_>>(), "{about}");
            }
            let kinds: Vec<_> = read.relations.iter().map(|one| one.kind).collect();
            assert_eq!(kinds, old.map(|_| RelationKind::Supersedes).as_slice(), "{about}");
        }
    }
}

/// The facts that contain names of other files.
const NAMING: [Fact; 6] =
    [Fact::Links, Fact::Relations, Fact::Code, Fact::Comments, Fact::Options, Fact::Keys];

#[test]
fn a_record_that_is_renamed_is_followed_by_all_links_to_it() {
    let words = Words::new(std::iter::empty());
    let mut tally = Tally::default();
    let title = Some("Something quite different".to_owned());
    let asked = Amendment { title, rename: true, ..Amendment::default() };
    let logs = logs::logs(&["ours", "foreign"]);
    for folder in logs.folders() {
        let log = Project::open(&Request { dir: Some(folder), ..Request::default() }).unwrap().log;
        for (id, record) in log.iter().filter(|_| log.records().len() <= SMALL) {
            let path = record.source.path().display().to_string();
            let Ok(changes) = amend(&log, id, &asked, &[], &words) else {
                tally.refuse(record, path);
                continue;
            };
            let (after, names) = moved(&log, &changes, &words);
            let name = |file: &str| names.get(file).map_or(file, String::as_str).to_owned();
            let targets = |log: &Log, of: RecordId, name: &dyn Fn(&str) -> String| -> Vec<_> {
                let target = |(relation, to): (&rationale::model::Relation, Option<RecordId>)| {
                    (relation.kind, to.map(|to| name(&log.record(to).file)))
                };
                log.relations(of).map(target).collect()
            };
            let mut is_right = true;
            for (one, old) in log.iter() {
                let new = after.iter().find(|(_, new)| new.file == name(&old.file));
                let same = |file: &str| file.to_owned();
                let right = new.is_some_and(|(new_id, new)| {
                    let mut may = NAMING.to_vec();
                    may.extend((one == id).then_some(Fact::Title));
                    targets(&after, new_id, &same) == targets(&log, one, &name)
                        && others_that_differ(old, new, &may).is_empty()
                });
                if !right {
                    tally.wrong.push(format!("{path}: {}", old.file));
                    is_right = false;
                }
            }
            let new = after.iter().find(|(_, new)| new.file == name(&record.file));
            let again = new.map(|(id, _)| amend(&after, id, &asked, &[], &words).unwrap());
            if again.is_some_and(|again| !again.is_empty()) {
                tally.wrong.push(format!("{path}: the second run changed more"));
            } else if is_right {
                tally.done += 1;
            }
        }
    }
    report(&tally);
}

/// A status may be in three places, with a date next to it; a new section has four lines.
const MOST_LINES: usize = 8;

fn report(tally: &Tally) {
    assert_ne!(tally.done, 0, "nothing was tested");
    assert_eq!(tally.wrong, Vec::<String>::new());
    // Refusing is correct for a record that cannot be changed safely, but must be rare.
    assert!(tally.refused.len() * 100 <= tally.done, "refused: {:#?}", tally.refused);
}
