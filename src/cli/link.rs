//! `adr link`

use super::desk::{Desk, Write, announce};
use super::reference::find;
use super::{Outcome, Session};
use crate::author::{RelationClaim, RelationEnd, Revisions, unlink};
use crate::format::Words;
use crate::model::{Lifecycle, Log, RecordId, RelationKind};
use crate::text::shell_word;
use crate::{Refusal, Result};

/// Relate two decisions
///
/// Writes both ends: what A says of B, and what B says of A. The counterpart is known for
/// supersedes, amends, extends, clarifies, depends on and relates to; for other words it is given.
/// With --remove both ends go again, and nothing else.
#[derive(clap::Args)]
#[command(before_long_help = "Examples:
  adr link 12 amends 7
  adr link 12 depends on 9
  adr link 12 depends on 9 --remove
  adr link 12 \"Fulfils\" 3 \"Fulfilled by\"")]
pub(super) struct Args {
    /// The record that says something
    #[arg(value_name = "A")]
    from: String,

    /// What it says, the record of which it says so, and what that one says
    #[arg(value_names = ["VERB", "B", "REVERSE"], num_args = 2..=6, required = true)]
    rest: Vec<String>,

    /// Take the relation away, at both ends
    #[arg(long)]
    remove: bool,

    #[command(flatten)]
    write: Write,
}

/// The words of the command line, told apart.
pub(super) struct Typed {
    pub claim: RelationClaim,
    pub to: String,
    reverse: Option<String>,
}

impl Typed {
    /// Whether the counterpart is words, and not a second record.
    ///
    /// # Errors
    ///
    /// If it names a record of `log`.
    fn is_of_words(&self, log: &Log, from: &str) -> Result<()> {
        // A word alone may be one of a title, too.
        let marks = |c: char| c.is_ascii_digit() || matches!(c, '-' | '.' | '@');
        let is_name = |given: &&String| given.contains(marks) && !given.trim().contains(' ');
        let is_name = |given: &&String| is_name(given) && find(log, given).is_ok();
        let Some(given) = self.reverse.as_ref().filter(is_name) else { return Ok(()) };
        let (from, to) = (shell_word(from), shell_word(given));
        let instead =
            format!("adr link {from} {} {to}", shell_word(&self.claim.verb.to_lowercase()));
        Err(Refusal::RecordAsWords { given: given.clone(), instead }.into())
    }

    /// What the other record says: as given, else the known counterpart.
    pub(super) fn reverse(&self, words: &Words) -> RelationClaim {
        match &self.reverse {
            Some(reverse) => RelationClaim::in_words(reverse, words),
            None => RelationClaim::of(self.claim.kind.inverse()),
        }
    }
}

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> Result<Outcome> {
    let desk = Desk::open(session, &args.write)?;
    let log = &desk.project.log;
    let rules = desk.rules(args.write.force);
    let form = if args.remove {
        "adr link A VERB B REVERSE --remove"
    } else {
        "adr link A VERB B REVERSE"
    };
    let typed = typed(&args.rest, &desk.words, form)?;
    let (from, to) = (find(log, &args.from)?, find(log, &typed.to)?);
    typed.is_of_words(log, &args.from)?;
    if args.remove {
        return remove(args, session, &desk, (from, to, &typed));
    }
    let mut revisions = Revisions::default();
    match typed.claim.kind {
        RelationKind::Supersedes => revisions.supersede(log, to, from, &rules)?,
        RelationKind::SupersededBy => revisions.supersede(log, from, to, &rules)?,
        _ => {
            let reverse = typed.reverse(&desk.words);
            let from_end = RelationEnd { record: from, claim: &typed.claim };
            revisions.relate(log, from_end, RelationEnd { record: to, claim: &reverse })?;
        }
    }
    desk.carry_out(session, &revisions.changes(log, &rules)?, &args.write)
}

/// Takes both ends away, and says what is left to be said of a record that nobody supersedes now.
fn remove(
    args: &Args,
    session: &mut Session<'_>,
    desk: &Desk,
    (from, to, typed): (RecordId, RecordId, &Typed),
) -> Result<Outcome> {
    let log = &desk.project.log;
    let reverse = typed.reverse(&desk.words);
    let from_end = RelationEnd { record: from, claim: &typed.claim };
    let to_end = RelationEnd { record: to, claim: &reverse };
    let changes = unlink(log, from_end, to_end, &desk.words)?;
    if changes.is_empty() {
        session.ui.remark("nothing to change: neither of the two says so");
        for (one, other) in [(from, to), (to, from)] {
            let said = log.relations(one).filter(|(_, about)| *about == Some(other));
            for (relation, _) in said {
                let (one, other) = (log.record(one).label(), log.record(other).label());
                let verb = relation.kind.as_str().replace('-', " ");
                session.ui.remark(&format!("what is said is `{one} {verb} {other}`"));
            }
        }
    }
    let old = match typed.claim.kind {
        RelationKind::Supersedes => Some((to, from)),
        RelationKind::SupersededBy => Some((from, to)),
        _ => None,
    };
    if let Some((old, new)) = old
        && log.record(old).is(Lifecycle::Superseded)
        && log.successors(old).iter().all(|other| *other == new)
    {
        let label = log.record(old).label();
        session.ui.remark(&format!(
            "{label} is superseded and names nobody; to bring it back: `adr status {} accepted --force`",
            shell_word(&label)
        ));
    }
    if changes.is_empty() && !args.write.dry_run {
        return announce(session, std::iter::empty()).map(|()| Outcome::Done);
    }
    desk.carry_out(session, &changes, &args.write)
}

/// Tells verb, record and counterpart apart. A known verb may have several words without quotes:
/// then the record is the last word. `form` is how a counterpart that nobody knows is given.
pub(super) fn typed(rest: &[String], words: &Words, form: &'static str) -> Result<Typed> {
    if let Some((to, verb)) = rest.split_last() {
        let verb = verb.join(" ");
        let claim = RelationClaim::in_words(&verb, words);
        if claim.kind != RelationKind::Other {
            return Ok(Typed { claim, to: to.clone(), reverse: None });
        }
    }
    let (verb, to, reverse) = match rest {
        [verb, to] => (verb, to, None),
        [verb, to, reverse] => (verb, to, Some(reverse.clone())),
        _ => return Err(unknown(&rest.join(" "), form)),
    };
    let claim = RelationClaim::in_words(verb, words);
    if claim.kind == RelationKind::Other && reverse.is_none() {
        return Err(unknown(verb, form));
    }
    Ok(Typed { claim, to: to.clone(), reverse })
}

fn unknown(given: &str, form: &'static str) -> crate::Error {
    let names = RelationKind::ALL.into_iter().map(|kind| kind.as_str().replace('-', " "));
    let near = names.map(|name| (strsim::damerau_levenshtein(&given.to_lowercase(), &name), name));
    let nearest = near.filter(|(far, _)| *far <= 3).min().map(|(_, name)| name);
    Refusal::UnknownVerb { given: given.to_owned(), nearest, form }.into()
}
