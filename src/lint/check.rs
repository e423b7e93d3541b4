//! How rules find what is wrong, and the macro that declares a rule with its check.

use super::analysis::Base;
use super::context::Context;
use super::finding::Findings;
use super::suppression::IgnoreUsage;
use crate::model::{Checkout, Record};

/// The function that checks a rule, by how much of the log it has to see.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// The fields of each record. Skipped for a record whose fields cannot be read, which ADR110 or ADR201 reports.
    Record(fn(&Record, &Context<'_>, &mut Findings<'_>)),
    /// The text of each record, whatever is wrong with it.
    Text(fn(&Record, &Context<'_>, &mut Findings<'_>)),
    /// All records together. Must not compare every record with every other one.
    Log(fn(&Context<'_>, &mut Findings<'_>)),
    /// The log compared with its state before a change. Skipped if that is unknown.
    Base(fn(&Base<'_>, &Context<'_>, &mut Findings<'_>)),
    /// The files that git tracks around the log. Skipped without git.
    Repository(fn(&Checkout, &Context<'_>, &mut Findings<'_>)),
    /// The comments that suppress findings, after all findings are known.
    Ignores(fn(&IgnoreUsage, &Context<'_>, &mut Findings<'_>)),
}

/// Declares the `RULE` of a file, and its check as `CHECK`. The doc comment before it becomes the rule's page. Fields
/// that few rules set follow the check.
macro_rules! rule {
    (
        $(#[doc = $line:literal])+
        $vis:vis static RULE: Rule = {
            code: $code:expr,
            name: $name:expr,
            level: $level:expr,
            since: $since:expr,
            check: $check:expr
            $(, $field:ident: $value:expr)* $(,)?
        };
    ) => {
        #[doc = concat!($($line, "\n"),+)]
        $vis static RULE: $crate::lint::Rule = $crate::lint::Rule {
            code: $code,
            name: $name,
            level: $level,
            since: $since,
            explanation: concat!($($line, "\n"),+),
            $($field: $value,)*
            ..$crate::lint::Rule::UNSET
        };
        $vis const CHECK: $crate::lint::Check = $check;
    };
}
pub(super) use rule;
