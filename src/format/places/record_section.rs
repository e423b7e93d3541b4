//! A section of a record, and what its heading names.

use crate::format::words::{Field, ONLY_READ, WordClass, Words};
use crate::model::{RelationKind, Role, Status};
use crate::syntax::Section;

/// A section, and what its heading names.
pub(crate) struct RecordSection<'a> {
    pub section: &'a Section,
    /// The heading without number and surrounding marks.
    pub heading: &'a str,
    /// The text after a colon in the heading.
    pub inline_value: &'a str,
    /// The field that the heading names, with the rank of its word.
    pub field: Option<(Field, usize)>,
    pub role: Option<Role>,
    /// The status that the heading is.
    pub state: Option<&'a Status>,
    /// The relation that the heading names.
    pub relation: Option<RelationKind>,
    /// Whether the heading announces statements about the record.
    pub holds_statements: bool,
    /// Whether the heading can name a field, because the section is not part of an option, a phase or the like.
    pub is_main: bool,
}

impl<'a> RecordSection<'a> {
    pub(crate) fn new(section: &'a Section, words: &'a Words) -> Self {
        let heading = without_number(&section.title);
        let meaning = words.meaning(heading);
        let role = meaning.and_then(|meaning| meaning.role);
        let (field, inline_value) = match heading.split_once([':', '：']) {
            Some((key, value)) => (words.field(key), value.trim()),
            None => (meaning.and_then(|meaning| meaning.field), ""),
        };
        // A section `State` describes the state of the world.
        let field = field.filter(|(field, rank)| *field != Field::Status || *rank < ONLY_READ);
        Self {
            section,
            heading,
            inline_value,
            field,
            role: role.or_else(|| words.role_within(heading)),
            state: meaning.and_then(|meaning| meaning.state.as_ref()),
            relation: meaning.and_then(|meaning| meaning.relation),
            holds_statements: meaning
                .is_some_and(|meaning| meaning.classes.contains(WordClass::About)),
            is_main: true,
        }
    }

    /// Whether the heading names a field or a role, and so is not a title.
    pub(crate) fn names_field_or_role(&self) -> bool {
        let names_field =
            self.field.is_some_and(|(field, _)| !matches!(field, Field::Title | Field::Id));
        names_field || self.role.is_some()
    }
}

/// Sets `is_main` of all sections. Main sections are those below the title, below a heading for statements
/// about the record, and next to the section of the decision: `## Summary` with `### Issue`,
/// `### Decision` and `### Status` in it. Others are part of an option, a phase or the context.
pub(super) fn mark_main_sections(sections: &mut [RecordSection<'_>]) {
    let parents = parents(sections);
    let mut holds_decision = vec![false; sections.len()];
    for (section, parent) in sections.iter().zip(&parents) {
        if section.role == Some(Role::Decision)
            && let Some(holds) = parent.and_then(|parent| holds_decision.get_mut(parent))
        {
            *holds = true;
        }
    }
    let is_main = parents.iter().map(|parent| {
        let Some(parent_index) = *parent else { return true };
        let Some(parent) = sections.get(parent_index) else { return true };
        // A title may have any level.
        let is_title =
            parent.section.level == 1 || parent_index == 0 && !parent.names_field_or_role();
        is_title || parent.holds_statements || holds_decision.get(parent_index) == Some(&true)
    });
    let is_main: Vec<bool> = is_main.collect();
    for (section, is_main) in sections.iter_mut().zip(is_main) {
        section.is_main = is_main;
    }
}

/// The index of the parent of each section.
fn parents(sections: &[RecordSection<'_>]) -> Vec<Option<usize>> {
    let mut open_sections: Vec<usize> = Vec::new();
    let mut parents: Vec<Option<usize>> = Vec::with_capacity(sections.len());
    for (index, section) in sections.iter().enumerate() {
        let is_above = |other: &usize| {
            sections.get(*other).is_some_and(|other| other.section.level < section.section.level)
        };
        while open_sections.last().is_some_and(|open| !is_above(open)) {
            open_sections.pop();
        }
        parents.push(open_sections.last().copied());
        open_sections.push(index);
    }
    parents
}

/// A heading without number and surrounding marks.
fn without_number(heading: &str) -> &str {
    heading
        .trim_start_matches(|c: char| !c.is_alphabetic())
        .trim_end_matches(|c: char| !c.is_alphanumeric() && c != ')')
}
