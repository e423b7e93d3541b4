//! ADR501 `decided-text-changed`

use crate::format::Words;
use crate::lint::analysis::{DecisionText, first_difference};
use crate::lint::analysis::{Pair, is_decided, status_word};
use crate::lint::{Base, Check, Context, FindingSite, Findings, Immutability, Level, rule};
use crate::model::{Record, RecordId};
use crate::syntax::Block;
use crate::text::Span;

rule! {
    /// ## What it checks
    ///
    /// The text of a record that was decided on the base branch has not changed since.
    ///
    /// Status, date, relations, tags, people, and the targets of links may always change. Texts are
    /// compared as their blocks are read: other line breaks and other marks for the same list are
    /// no change. `immutability` in `[lint]` of `adr.toml` says what else may change: `strict`
    /// (nothing), `append` (text with a date below a heading *Amendments* or *Changelog*),
    /// `until-implemented` (anything, until the status says that it is done), or `off`.
    ///
    /// ## Why it matters
    ///
    /// People acted on what the record said. A new decision belongs in a new record, so that both
    /// the old reasons and the new ones can be read.
    ///
    /// ## Example
    ///
    /// `main` has ADR-0003, accepted, with "Orders are stored in MySQL". A branch writes
    /// "PostgreSQL" in its place.
    pub(super) static RULE: Rule = {
        code: "ADR501",
        name: "decided-text-changed",
        level: Level::Form,
        since: "0.1.0",
        check: Check::Base(check),
    };
}

fn check(base: &Base<'_>, context: &Context<'_>, findings: &mut Findings<'_>) {
    let mode = context.config.immutability;
    for Pair { old, new } in context.pairs() {
        let Some(id) = new else { continue };
        let new = context.log.record(id);
        if !is_settled(old, mode) || old.text() == new.text() || !context.is_sound(new) {
            continue;
        }
        let Some((span, fault)) = difference((old, new), mode, base.words) else { continue };
        report(context, findings, &Changed { base, old, id, span, fault });
    }
}

/// Whether the text of the record is no longer open.
fn is_settled(old: &Record, mode: Immutability) -> bool {
    const DONE: [&str; 14] = [
        "implemented",
        "done",
        "complete",
        "completed",
        "final",
        "merged",
        "enacted",
        "umgesetzt",
        "mergé",
        "完成",
        "已完成",
        "已实施",
        "完了",
        "実装済み",
    ];
    let word = status_word(old);
    match mode {
        Immutability::Off => false,
        Immutability::Strict | Immutability::Append => is_decided(old),
        Immutability::UntilImplemented => {
            let accepted = old.is(crate::model::Lifecycle::Accepted);
            is_decided(old) && (!accepted || DONE.contains(&word.as_str()))
        }
    }
}

/// Where the records differ in what may not change, and what is wrong with that.
fn difference(
    (old, new): (&Record, &Record),
    mode: Immutability,
    words: &Words,
) -> Option<(Span, &'static str)> {
    const CHANGED: &str = "and its text has changed";
    let [was, is] = [old, new].map(|record| record.title.as_ref().map(|title| &title.value));
    let place = new.title.as_ref().and_then(|title| title.span).unwrap_or_default();
    if was != is {
        return Some((place, "and its title has changed"));
    }
    let (old, new) = (DecisionText::of(old, words), DecisionText::of(new, words));
    if let Some(span) = first_difference(&old.main, &new.main, place) {
        return Some((span, CHANGED));
    }
    let span = first_difference(&old.appendix, &new.appendix, place)?;
    if mode != Immutability::Append {
        return Some((span, CHANGED));
    }
    let mut rest = new.appendix.iter();
    let kept = old.appendix.iter().all(|block| rest.any(|one| one.words == block.words));
    if !kept {
        return Some((span, "and an amendment to it has changed"));
    }
    let known = |block: &&Block| old.appendix.iter().any(|one| one.words == block.words);
    let mut added = new.appendix.iter().filter(|block| !known(block));
    (!added.any(|block| has_date(&block.words))).then_some((span, "and what was added has no date"))
}

/// Whether the text names a day as `YYYY-MM-DD`.
fn has_date(words: &str) -> bool {
    let marks = |c: char| !c.is_ascii_digit() && c != '-';
    words.split(marks).any(|word| crate::model::Date::parse_iso(word.trim_matches('-')).is_some())
}

struct Changed<'a> {
    base: &'a Base<'a>,
    old: &'a Record,
    id: RecordId,
    span: Span,
    fault: &'static str,
}

fn report(context: &Context<'_>, findings: &mut Findings<'_>, changed: &Changed<'_>) {
    let Changed { base, old, id, span, fault } = *changed;
    let label = context.log.record(id).label();
    // The first line is enough to find the place.
    let text = span.of(context.log.record(id).text());
    let span = Span::new(span.start, span.start + text.lines().next().unwrap_or_default().len());
    findings
        .report_at(
            FindingSite::Record(id, span),
            format!("{label} is {} on `{}`, {fault}", status_word(old), base.name),
        )
        .label("differs from here on")
        .help(format!("write a new record that supersedes or amends {label}, or undo the change"));
}
