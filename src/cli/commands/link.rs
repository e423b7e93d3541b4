//! `adr link`

use crate::author::{RelationEnd, Revisions, unlink};
use crate::cli::args::{RelationWords, find_record};
use crate::cli::changes::{EditArgs, EditSession, report_written};
use crate::cli::session::{Outcome, Session};
use crate::model::{Lifecycle, Log, RecordId, RelationKind};
use crate::text::shell_word;
use crate::{Refusal, Result};

/// Relate two decisions
///
/// Writes the relation into both records: VERB into A, and its counterpart into B. The counterparts of
/// supersedes, amends, extends, clarifies, depends on and relates to are known; for other words, give
/// REVERSE. With --remove, removes the relation from both records, and nothing else.
#[derive(clap::Args)]
#[command(before_long_help = "Examples:
  adr link 12 amends 7
  adr link 12 depends on 9
  adr link 12 depends on 9 --remove
  adr link 12 \"Fulfils\" 3 \"Fulfilled by\"")]
pub(crate) struct Args {
    /// Record that states the relation
    #[arg(value_name = "A")]
    from: String,

    /// Relation, record that it refers to, and words of the counterpart
    #[arg(value_names = ["VERB", "B", "REVERSE"], num_args = 2..=6, required = true)]
    relation: Vec<String>,

    /// Remove the relation from both records
    #[arg(long)]
    remove: bool,

    #[command(flatten)]
    edit: EditArgs,
}

/// The two records of a relation, and the words of both ends.
struct RelatedRecords<'a> {
    from: RecordId,
    to: RecordId,
    words: &'a RelationWords,
}

pub(crate) fn run(args: &Args, session: &mut Session<'_>) -> Result<Outcome> {
    let editing = EditSession::open(session, &args.edit)?;
    let log = &editing.project.log;
    let form = if args.remove {
        "adr link A VERB B REVERSE --remove"
    } else {
        "adr link A VERB B REVERSE"
    };
    let words = RelationWords::parse(&args.relation, &editing.words, form)?;
    let (from, to) = (find_record(log, &args.from)?, find_record(log, &words.to)?);
    refuse_third_record(&words, log, &args.from)?;
    let relation = RelatedRecords { from, to, words: &words };
    if args.remove {
        return remove(args, session, &editing, &relation);
    }
    let rules = editing.rules(args.edit.force);
    let mut revisions = Revisions::default();
    match words.claim.kind {
        RelationKind::Supersedes => revisions.supersede(log, to, from, &rules)?,
        RelationKind::SupersededBy => revisions.supersede(log, from, to, &rules)?,
        _ => {
            let counterpart = words.counterpart(&editing.words);
            let from_end = RelationEnd { record: from, claim: &words.claim };
            revisions.relate(log, from_end, RelationEnd { record: to, claim: &counterpart })?;
        }
    }
    editing.apply(session, &revisions.changes(log, &rules)?, &args.edit)
}

/// Refuses a reference to a record that is given as the words of the counterpart.
fn refuse_third_record(words: &RelationWords, log: &Log, from: &str) -> Result<()> {
    // A single word without a digit or a mark may be a word of some title by chance.
    let is_name_char = |c: char| c.is_ascii_digit() || matches!(c, '-' | '.' | '@');
    let is_record = |given: &&String| {
        given.contains(is_name_char)
            && !given.trim().contains(' ')
            && find_record(log, given).is_ok()
    };
    let Some(given) = words.given_counterpart.as_ref().filter(is_record) else { return Ok(()) };
    let verb = shell_word(&words.claim.verb.to_lowercase());
    let instead = format!("adr link {} {verb} {}", shell_word(from), shell_word(given));
    Err(Refusal::RecordAsWords { given: given.clone(), instead }.into())
}

/// Removes the relation from both records. Reports a record that is still superseded without a successor.
fn remove(
    args: &Args,
    session: &mut Session<'_>,
    editing: &EditSession,
    relation: &RelatedRecords<'_>,
) -> Result<Outcome> {
    let log = &editing.project.log;
    let RelatedRecords { from, to, words } = *relation;
    let counterpart = words.counterpart(&editing.words);
    let from_end = RelationEnd { record: from, claim: &words.claim };
    let to_end = RelationEnd { record: to, claim: &counterpart };
    let changes = unlink(log, from_end, to_end, &editing.words)?;
    if changes.is_empty() {
        session.ui.remark("nothing to change: neither record states this relation");
        report_relations_between(log, from, to, session);
    }
    let supersession = match words.claim.kind {
        RelationKind::Supersedes => Some((to, from)),
        RelationKind::SupersededBy => Some((from, to)),
        _ => None,
    };
    if let Some((old, new)) = supersession
        && log.record(old).is(Lifecycle::Superseded)
        && log.successors(old).iter().all(|successor| *successor == new)
    {
        let label = log.record(old).label();
        session.ui.remark(&format!(
            "{label} is superseded and has no successor; to restore it: `adr status {} accepted --force`",
            shell_word(&label)
        ));
    }
    if changes.is_empty() && !args.edit.dry_run {
        return report_written(session, std::iter::empty()).map(|()| Outcome::Done);
    }
    editing.apply(session, &changes, &args.edit)
}

/// Reports the relations that the two records state to each other.
fn report_relations_between(log: &Log, from: RecordId, to: RecordId, session: &mut Session<'_>) {
    for (one, other) in [(from, to), (to, from)] {
        let relations = log.relations(one).filter(|(_, target)| *target == Some(other));
        for (relation, _) in relations {
            let (label, other_label) = (log.record(one).label(), log.record(other).label());
            let verb = relation.kind.as_str().replace('-', " ");
            session.ui.remark(&format!("the log states `{label} {verb} {other_label}`"));
        }
    }
}
