//! ADR502 `illegal-transition`

use crate::lint::analysis::Pair;
use crate::lint::analysis::status_place;
use crate::lint::{Base, Check, Context, FindingSite, Findings, Level, rule};

rule! {
    /// ## What it checks
    ///
    /// The status of a record went on from that of the base branch in a way that the log allows:
    /// draft to proposed or rejected; proposed to draft, accepted, rejected or superseded; accepted
    /// to deprecated or superseded; rejected to proposed; deprecated to superseded. A word of the
    /// team's own has the ways of its meaning; `[status] transitions` in `adr.toml` sets others.
    ///
    /// ## Why it matters
    ///
    /// A decision that was rejected and reads accepted a week later has skipped the discussion, and
    /// one that was superseded and is proposed again has two lives under one number.
    ///
    /// ## Example
    ///
    /// ADR-0003 is rejected on `main`; a branch sets it to accepted.
    pub(super) static RULE: Rule = {
        code: "ADR502",
        name: "illegal-transition",
        level: Level::Error,
        since: "0.1.0",
        check: Check::Base(check),
    };
}

fn check(base: &Base<'_>, context: &Context<'_>, findings: &mut Findings<'_>) {
    for Pair { old, new } in context.pairs() {
        let Some(id) = new else { continue };
        let record = context.log.record(id);
        let (Some(was), Some(is)) = (old.status(), record.status()) else { continue };
        let (Some(from), Some(to)) = (was.meaning, is.meaning) else { continue };
        if base.transitions.allow(from, to) || !context.is_sound(record) {
            continue;
        }
        let legal: Vec<&str> =
            base.transitions.after(from).iter().map(|state| state.as_str()).collect();
        let help = match legal.as_slice() {
            [] => format!("a {from} record stays so: write a new one", from = from.as_str()),
            legal => format!(
                "from {} it can become {}; for another decision write a new record",
                from.as_str(),
                legal.join(" or ")
            ),
        };
        findings
            .report_at(
                FindingSite::Record(id, status_place(record)),
                format!("{} is {was} on `{}`, and cannot become {is}", record.label(), base.name),
            )
            .help(help);
    }
}
