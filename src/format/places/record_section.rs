//! A section of a record, and what its heading says that it is.

use crate::format::words::{Field, ONLY_READ, WordClass, Words};
use crate::model::{RelationKind, Role, Status};
use crate::syntax::Section;

/// A section, and what its heading says that it is.
pub(crate) struct RecordSection<'a> {
    pub(crate) section: &'a Section,
    /// The heading without its number and the marks around it.
    pub(crate) bare: &'a str,
    /// What follows a colon in the heading.
    pub(crate) inline: &'a str,
    pub(crate) field: Option<(Field, usize)>,
    pub(crate) role: Option<Role>,
    /// The status that the heading is.
    pub(crate) state: Option<&'a Status>,
    /// The relation that the heading names.
    pub(crate) relation: Option<RelationKind>,
    /// Whether the section holds statements about the record.
    pub(crate) is_about: bool,
    /// Whether its heading can name a field: it is not below the heading of another matter.
    pub(crate) is_main: bool,
}

impl<'a> RecordSection<'a> {
    pub(crate) fn new(section: &'a Section, words: &'a Words) -> Self {
        let bare = bare_heading(&section.title);
        let known = words.meaning(bare);
        let role = known.and_then(|known| known.role).or_else(|| words.role_within(bare));
        let (field, inline) = match bare.split_once([':', '：']) {
            Some((key, rest)) => (words.field(key), rest.trim()),
            None => (known.and_then(|known| known.field), ""),
        };
        // A heading `State` is about the state of the world.
        let field = field.filter(|(field, rank)| *field != Field::Status || *rank < ONLY_READ);
        let state = known.and_then(|known| known.state.as_ref());
        let relation = known.and_then(|known| known.relation);
        let is_about = known.is_some_and(|known| known.classes.contains(WordClass::About));
        Self { section, bare, inline, field, role, state, relation, is_about, is_main: true }
    }

    /// Whether the heading names a field or a part of a record, and so is no title.
    pub(crate) fn is_named(&self) -> bool {
        let field = self.field.is_some_and(|(field, _)| !matches!(field, Field::Title | Field::Id));
        field || self.role.is_some()
    }
}

/// Tells the parts whose headings can name fields from those that are below the heading of another
/// matter: an option, a phase, the context. Main are those below the title, below a heading for
/// statements about the record, and next to the main parts of a decision, `## Summary` with `### Issue`,
/// `### Decision` and `### Status` in it.
pub(crate) fn mark_main(parts: &mut [RecordSection<'_>]) {
    let mut open: Vec<usize> = Vec::new();
    let mut parents: Vec<Option<usize>> = Vec::with_capacity(parts.len());
    for (index, part) in parts.iter().enumerate() {
        let level = part.section.level;
        let is_above = |at: &usize| parts.get(*at).is_some_and(|above| above.section.level < level);
        while open.last().is_some_and(|at| !is_above(at)) {
            open.pop();
        }
        parents.push(open.last().copied());
        open.push(index);
    }
    let mut holds_decision = vec![false; parts.len()];
    for (part, parent) in parts.iter().zip(&parents) {
        if part.role == Some(Role::Decision)
            && let Some(holds) = parent.and_then(|parent| holds_decision.get_mut(parent))
        {
            *holds = true;
        }
    }
    let mains = parents.iter().map(|parent| {
        let Some(parent) = *parent else { return true };
        let above = parts.get(parent);
        // A title may have any level.
        let is_title = |above: &RecordSection<'_>| {
            above.section.level == 1 || parent == 0 && !above.is_named()
        };
        above.is_none_or(|above| is_title(above) || above.is_about)
            || holds_decision.get(parent) == Some(&true)
    });
    let mains: Vec<bool> = mains.collect();
    for (part, is_main) in parts.iter_mut().zip(mains) {
        part.is_main = is_main;
    }
}

/// A heading without its number and the marks around it.
fn bare_heading(title: &str) -> &str {
    title
        .trim_start_matches(|c: char| !c.is_alphabetic())
        .trim_end_matches(|c: char| !c.is_alphanumeric() && c != ')')
}
