//! Checks a log against all rules: runs their checks, then removes the findings that are suppressed.

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::check::Check;
use super::config::{Config, RuleLevels};
use super::context::{CheckSettings, Context};
use super::finding::{Coverage, Diagnostic, FindingSite, Findings, Fix, summarized};
use super::rule::Rule;
use super::rules::{RULES, RULES_WITH_CHECKS};
use super::suppression::IgnoreUsage;
use crate::Result;
use crate::model::{Log, Record, RecordId};

type CheckedRule = (&'static Rule, Check);

/// Prepares the check of `log` against all rules.
///
/// # Errors
///
/// If the configuration names a rule that does not exist.
pub fn prepare<'a>(log: &'a Log, settings: CheckSettings<'a>) -> Result<Context<'a>> {
    Context::new(log, settings, RULES)
}

/// Checks the log against every rule that applies. The findings are ordered by path, position and code, so that equal
/// logs give equal reports. Findings that many records share are replaced by summary findings.
pub fn lint(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut diagnostics = summarized(context, unordered(context), Coverage::Log);
    order(context, &mut diagnostics);
    diagnostics
}

/// Whether a rule applies that needs the files that git tracks around the log.
///
/// # Errors
///
/// If `config` names a rule that does not exist.
pub fn needs_checkout(config: &Config) -> Result<bool> {
    let levels = RuleLevels::new(config, RULES)?;
    let mut rules = RULES_WITH_CHECKS.iter();
    Ok(rules.any(|(rule, check)| matches!(check, Check::Repository(_)) && levels.is_on(rule)))
}

impl Context<'_> {
    /// Whether a rule that needs a base is selected by its code or name.
    pub fn expects_base(&self) -> bool {
        let mut rules = RULES_WITH_CHECKS.iter();
        rules.any(|(rule, check)| {
            matches!(check, Check::Base(_)) && self.levels.is_selected_by_code(rule)
        })
    }
}

/// Like [`lint`], without summary findings.
pub(super) fn one_by_one(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut diagnostics = unordered(context);
    order(context, &mut diagnostics);
    diagnostics
}

/// Like [`lint`], without summary findings, in any order.
pub(super) fn unordered(context: &Context<'_>) -> Vec<Diagnostic> {
    let enabled = RULES_WITH_CHECKS.iter().copied().filter(|(rule, _)| context.is_on(rule));
    let enabled: Vec<CheckedRule> = enabled.collect();
    let records: Vec<(RecordId, &Record)> = context.log.iter().collect();
    let (mut diagnostics, of_log) = rayon::join(
        || -> Vec<Diagnostic> {
            let records = records.par_iter();
            records
                .flat_map_iter(|(id, record)| check_record(context, &enabled, *id, record))
                .collect()
        },
        || check_whole_log(context, &enabled),
    );
    diagnostics.extend(of_log);
    context.ignored_files.apply(context.log, context.checkout, &mut diagnostics);
    let checked = enabled.iter().filter(|(_, check)| can_run(*check, context));
    let checked = checked.map(|(rule, _)| *rule).collect();
    let usage = context.ignore_comments.apply(&mut diagnostics, context.levels.rules(), checked);
    diagnostics.extend(check_ignores(context, &enabled, &usage));
    diagnostics.retain(|one| is_reported(context, one));
    for one in &mut diagnostics {
        let is_possible =
            |fix: &Fix| fix.changes.iter().all(|change| context.is_read_without_loss(change));
        one.fix = one.fix.take().filter(is_possible);
    }
    diagnostics
}

/// Whether what the check needs is known.
fn can_run(check: Check, context: &Context<'_>) -> bool {
    match check {
        Check::Base(_) => context.base.is_some(),
        Check::Repository(_) => context.checkout.is_some(),
        Check::Record(_) | Check::Text(_) | Check::Log(_) | Check::Ignores(_) => true,
    }
}

/// Whether the finding is reported: a record with conflict markers has no other findings but those about its file name.
fn is_reported(context: &Context<'_>, one: &Diagnostic) -> bool {
    let FindingSite::Record(id, _) = one.site else { return true };
    one.rule.reports_conflicted || !context.is_conflicted(context.log.record(id))
}

fn check_record(
    context: &Context<'_>,
    rules: &[CheckedRule],
    id: RecordId,
    record: &Record,
) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let is_sound = context.is_sound(record);
    for (rule, check) in rules {
        let mut findings = Findings::new(rule, &context.levels, Some(id), &mut diagnostics);
        match check {
            Check::Record(check) if is_sound => check(record, context, &mut findings),
            Check::Text(check) => check(record, context, &mut findings),
            Check::Record(_)
            | Check::Log(_)
            | Check::Base(_)
            | Check::Repository(_)
            | Check::Ignores(_) => {}
        }
    }
    diagnostics
}

fn check_whole_log(context: &Context<'_>, rules: &[CheckedRule]) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for (rule, check) in rules {
        let mut findings = Findings::new(rule, &context.levels, None, &mut diagnostics);
        match (check, &context.base, context.checkout) {
            (Check::Log(check), ..) => check(context, &mut findings),
            (Check::Base(check), Some(base), _) => check(base, context, &mut findings),
            (Check::Repository(check), _, Some(checkout)) => {
                check(checkout, context, &mut findings);
            }
            _ => {}
        }
    }
    diagnostics
}

fn check_ignores(
    context: &Context<'_>,
    rules: &[CheckedRule],
    usage: &IgnoreUsage,
) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for (rule, check) in rules {
        if let Check::Ignores(check) = check {
            let mut findings = Findings::new(rule, &context.levels, None, &mut diagnostics);
            check(usage, context, &mut findings);
        }
    }
    diagnostics
}

/// Orders the findings by path, position, code and message.
pub(super) fn order(context: &Context<'_>, diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by_cached_key(|one| {
        let location = context.location(&one.site);
        (location.path, location.span, one.rule.code, one.message.clone())
    });
}
