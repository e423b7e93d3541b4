//! ADR501 `decided-text-changed`

use crate::format::Words;
use crate::lint::analysis::{DecisionText, first_difference};
use crate::lint::analysis::{Pair, is_decided, status_word};
use crate::lint::{Base, Check, Context, FindingSite, Findings, Immutability, Level, rule};
use crate::model::{Record, RecordId};
use crate::syntax::Block;
use crate::text::Span;

rule! {
    /// Reports changes to the text of records that were already decided.
    ///
    /// Compares each record with its version on the base branch. Status, date, relations, tags, people and
    /// the targets of links may always change. The comparison uses the blocks of the text, so different
    /// line breaks and different markers for the same list do not count as changes.
    ///
    /// ## Why is this bad?
    ///
    /// People acted on the text of the record. A new decision belongs in a new record, so that readers can
    /// see both the old and the new reasons.
    ///
    /// ## Example
    ///
    /// On `main`, ADR-0003 is accepted and states "Orders are stored in MySQL". A branch replaces "MySQL"
    /// with "PostgreSQL".
    ///
    /// ## Use instead
    ///
    /// Write a new record that supersedes ADR-0003.
    ///
    /// ## Options
    ///
    /// `immutability` in the table `[lint]` of `adr.toml` sets what else may change:
    ///
    /// - `strict`: nothing
    /// - `append`: dated text below a heading *Amendments* or *Changelog* may be added
    /// - `until-implemented`: anything, until the status shows that the decision is implemented
    /// - `off`: anything
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
        let Some(record_id) = new else { continue };
        let new_record = context.log.record(record_id);
        if !is_settled(old, mode)
            || old.text() == new_record.text()
            || !context.is_sound(new_record)
        {
            continue;
        }
        let Some((span, change)) = difference((old, new_record), mode, base.words) else {
            continue;
        };
        report(context, findings, &TextChange { base, old, record_id, span, change });
    }
}

/// Returns whether the text of the record may no longer change.
fn is_settled(record: &Record, mode: Immutability) -> bool {
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
    let status = status_word(record);
    match mode {
        Immutability::Off => false,
        Immutability::Strict | Immutability::Append => is_decided(record),
        Immutability::UntilImplemented => {
            let is_accepted = record.is(crate::model::Lifecycle::Accepted);
            is_decided(record) && (!is_accepted || DONE.contains(&status.as_str()))
        }
    }
}

/// Returns the first difference that `mode` does not allow, with a phrase for the message.
fn difference(
    (old, new): (&Record, &Record),
    mode: Immutability,
    words: &Words,
) -> Option<(Span, &'static str)> {
    const CHANGED: &str = "but its text has changed";
    let [old_title, new_title] =
        [old, new].map(|record| record.title.as_ref().map(|title| &title.value));
    let title_span = new.title.as_ref().and_then(|title| title.span).unwrap_or_default();
    if old_title != new_title {
        return Some((title_span, "but its title has changed"));
    }
    let (old_wording, new_wording) = (DecisionText::of(old, words), DecisionText::of(new, words));
    if let Some(span) = first_difference(&old_wording.main, &new_wording.main, title_span) {
        return Some((span, CHANGED));
    }
    let span = first_difference(&old_wording.appendix, &new_wording.appendix, title_span)?;
    if mode != Immutability::Append {
        return Some((span, CHANGED));
    }
    // The old amendments must still be there in the same order.
    let mut remaining_blocks = new_wording.appendix.iter();
    let mut old_blocks = old_wording.appendix.iter();
    if !old_blocks.all(|old| remaining_blocks.any(|new| new.words == old.words)) {
        return Some((span, "but an amendment to it has changed"));
    }
    let is_old = |block: &&Block| old_wording.appendix.iter().any(|old| old.words == block.words);
    let mut added_blocks = new_wording.appendix.iter().filter(|block| !is_old(block));
    (!added_blocks.any(|block| has_date(&block.words)))
        .then_some((span, "but the added text has no date"))
}

/// Returns whether the text contains a date in the form `YYYY-MM-DD`.
fn has_date(words: &str) -> bool {
    let is_separator = |c: char| !c.is_ascii_digit() && c != '-';
    words
        .split(is_separator)
        .any(|word| crate::model::Date::parse_iso(word.trim_matches('-')).is_some())
}

/// A change to the text of a decided record.
struct TextChange<'a> {
    base: &'a Base<'a>,
    old: &'a Record,
    record_id: RecordId,
    span: Span,
    /// The end of the message: `but its text has changed`.
    change: &'static str,
}

fn report(context: &Context<'_>, findings: &mut Findings<'_>, change: &TextChange<'_>) {
    let TextChange { base, old, record_id, span, change } = *change;
    let record = context.log.record(record_id);
    let label = record.label();
    // The first line is enough to find the place.
    let text = span.of(record.text());
    let first_line =
        Span::new(span.start, span.start + text.lines().next().unwrap_or_default().len());
    findings
        .report_at(
            FindingSite::Record(record_id, first_line),
            format!("{label} is {} on `{}`, {change}", status_word(old), base.name),
        )
        .label("changed from here on")
        .help(format!("write a new record that supersedes or amends {label}, or undo the change"));
}
