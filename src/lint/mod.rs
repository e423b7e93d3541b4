//! What can be wrong with a log. Log in, diagnostics out; knows neither disk nor terminal.

mod base;
mod baseline;
mod chosen;
mod citation;
mod claim;
mod config;
mod context;
mod custom;
mod diagnostic;
mod fix;
mod glob;
mod ignore;
mod mend;
mod near;
mod numbering;
mod place;
mod prose;
mod rule;
pub mod rules;
mod run;
mod side_effect;
mod structure;
#[cfg(test)]
mod testing;
mod wording;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

pub use base::{Base, Pair};
pub use baseline::Baseline;
pub use citation::citation_words;
use config::Selector;
pub use config::{Config, Immutability, LevelSetting, Levels, Preset, unknown_rule};
pub use context::{Answer, Context, Place, Scribe, Wish};
pub use custom::Coverage;
pub use diagnostic::{Diagnostic, Findings, Related, Severity, Site};
pub use fix::{Fix, Safety};
pub use ignore::Used;
use ignore::{Ignore, Scope};
pub use mend::{IsWanted, Mended, Texts};
pub(crate) use rule::rule;
pub use rule::{Check, Level, Rule};
pub use run::{Run, Surroundings};

use crate::Result;
use crate::model::{Record, RecordId};

/// Checks the log against every rule that applies. Ordered by path, line, column and code, so
/// that equal logs give equal reports. What many records have in common is one finding on the log.
pub fn lint(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut found = custom::folded(context, unordered(context), Coverage::Log);
    order(context, &mut found);
    found
}

/// Whether a rule applies that looks at what lies around the log.
///
/// # Errors
///
/// Where `config` names a rule that does not exist.
pub fn needs_checkout(config: &Config) -> Result<bool> {
    let levels = Levels::new(config)?;
    let mut rules = rules::RULES.iter();
    Ok(rules.any(|rule| matches!(rule.check, Check::Repository(_)) && levels.is_on(rule)))
}

/// The same with a finding for every record.
fn each(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut found = unordered(context);
    order(context, &mut found);
    found
}

/// The same in no order, and with a finding for every record.
fn unordered(context: &Context<'_>) -> Vec<Diagnostic> {
    let rules: Vec<&'static Rule> =
        rules::RULES.iter().copied().filter(|rule| context.is_on(rule)).collect();
    let records: Vec<(RecordId, &Record)> = context.log.iter().collect();
    let (mut found, log) = rayon::join(
        || -> Vec<Diagnostic> {
            let each = records.par_iter();
            each.flat_map_iter(|(id, record)| in_record(context, &rules, *id, record)).collect()
        },
        || in_log(context, &rules),
    );
    found.extend(log);
    context.per_file.apply(context, &mut found);
    let used = context.ignores.apply(&mut found);
    found.extend(of_ignores(context, &rules, &used));
    found.retain(|one| is_told(context, one));
    for one in &mut found {
        // Nobody writes into a file that could not be read in full.
        let whole = |fix: &Fix| fix.changes.iter().all(|change| context.is_faithful(change));
        one.fix = one.fix.take().filter(whole);
    }
    found
}

/// Whether the finding is told: of a record with both sides of a merge nothing else is, but for what
/// the name of its file says.
fn is_told(context: &Context<'_>, one: &Diagnostic) -> bool {
    let Site::Record(id, _) = one.site else { return true };
    let of_name = ["ADR101", "ADR102", "ADR103", "ADR111"].contains(&one.rule.code);
    of_name || !context.is_conflicted(context.log.record(id))
}

/// What the rules for single records find in one.
fn in_record(
    context: &Context<'_>,
    rules: &[&'static Rule],
    id: RecordId,
    record: &Record,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let sound = context.is_sound(record);
    for rule in rules {
        let mut findings = Findings::new(rule, &context.levels, Some(id), &mut found);
        match rule.check {
            Check::Record(check) | Check::Presence { check, .. } if sound => {
                check(record, context, &mut findings);
            }
            Check::Text(check) => check(record, context, &mut findings),
            Check::Record(_)
            | Check::Presence { .. }
            | Check::Log(_)
            | Check::Base(_)
            | Check::Repository(_)
            | Check::Ignores(_) => {}
        }
    }
    found
}

/// What the rules for the whole log find.
fn in_log(context: &Context<'_>, rules: &[&'static Rule]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for rule in rules {
        let mut findings = Findings::new(rule, &context.levels, None, &mut found);
        match (rule.check, &context.base, context.checkout) {
            (Check::Log(check), ..) => check(context, &mut findings),
            (Check::Base(check), Some(base), _) => check(base, context, &mut findings),
            (Check::Repository(check), _, Some(all)) => check(all, context, &mut findings),
            _ => {}
        }
    }
    found
}

/// What is wrong with the comments that keep findings away.
fn of_ignores(context: &Context<'_>, rules: &[&'static Rule], used: &Used) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for rule in rules {
        if let Check::Ignores(check) = rule.check {
            check(used, context, &mut Findings::new(rule, &context.levels, None, &mut found));
        }
    }
    found
}

fn order(context: &Context<'_>, found: &mut [Diagnostic]) {
    found.sort_by_cached_key(|one| {
        let place = context.place(&one.site);
        (place.path, place.span, one.rule.code, one.message.clone())
    });
}
