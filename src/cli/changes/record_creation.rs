//! Creates a record, for `adr new`, `adr supersede --title` and `adr init`.

use super::edit_session::EditSession;
use super::template_choice::choose_template;
use super::written::{preview, report_written};
use crate::author::{
    self, Content, NewRecord, RecordDraft, RequestedFields, Scheme, is_record, status_named,
};
use crate::cli::args::{BasePurpose, Comparison};
use crate::cli::session::{Outcome, Session};
use crate::cli::terminal::open_in_editor;
use crate::model::Lifecycle;
use crate::project::Project;
use crate::text::Change;
use crate::{Refusal, Result};

/// The record to create.
pub(crate) struct RecordRequest<'m> {
    pub title: String,
    pub template: Option<&'m str>,
    /// The status as given; `None` if it was not.
    pub status: Option<&'m str>,
    /// The status to use if none was given.
    pub default_status: &'m str,
    /// Whether the date was given.
    pub is_dated: bool,
    pub content: &'m Content,
    /// The branch whose numbers also count as used.
    pub base: Option<&'m str>,
}

/// How to finish the creation of a record.
#[derive(Clone, Copy)]
pub(crate) struct FinishOptions {
    /// Show the changes instead of writing them.
    pub dry_run: bool,
    /// Open the editor on a terminal.
    pub edit: bool,
}

/// Returns the draft of the requested record, with the next number.
pub(crate) fn draft_record(
    session: &mut Session<'_>,
    editing: &EditSession,
    request: &RecordRequest<'_>,
) -> Result<RecordDraft> {
    let EditSession { project, words, .. } = editing;
    let body_is_record = request.content.body.as_deref().is_some_and(|body| is_record(body, words));
    if request.template.is_some() && body_is_record {
        let reason = "the given text is a complete record".to_owned();
        return Err(Refusal::NoUse { option: "--template", reason, instead: None }.into());
    }
    let chosen = choose_template(session, project, request.template)?;
    let configured_words = project.config.status.words.keys().map(String::as_str);
    let given_status = request.status.unwrap_or(request.default_status);
    let status = status_named(given_status, configured_words, words)?;
    if status.status.is(Lifecycle::Superseded) {
        let reason = "a new record cannot have a successor".to_owned();
        let instead = Some("adr supersede OLD --by NEW".to_owned());
        return Err(Refusal::NoUse { option: "--status superseded", reason, instead }.into());
    }
    let new_record = NewRecord {
        title: &request.title,
        number: next_number(session, project, request.base)?,
        date: editing.date,
        status: &status.word,
        requested: RequestedFields { status: request.status.is_some(), date: request.is_dated },
        content: request.content,
    };
    let folder = &project.place.folder;
    let scheme = file_name_scheme(project);
    let draft = author::create(&new_record, folder, &scheme, &chosen.template(), words)?;
    if body_is_record {
        return Ok(draft);
    }
    let draft = draft.with_line_ends_of(&project.log);
    if chosen.is_built_in { draft.with_heading_style_of(&project.log, words) } else { Ok(draft) }
}

/// Returns the number after the highest one on any branch.
fn next_number(session: &mut Session<'_>, project: &Project, base: Option<&str>) -> Result<u32> {
    let comparison = Comparison::find(base, BasePurpose::Numbers, project, session)?;
    session.ui.remarks(&comparison.notes);
    let branches = comparison.branches();
    Ok(author::next_number(&project.log, branches.all.iter().map(String::as_str)))
}

/// Returns how the log names its files: as configured, else like its newest files.
pub(crate) fn file_name_scheme(project: &Project) -> Scheme {
    // Reading the configuration refuses an invalid scheme.
    let configured = project.config.scheme.as_deref().and_then(Scheme::parse);
    configured.unwrap_or_else(|| Scheme::of(&project.log))
}

/// Writes the changes, of which the first creates the record, opens the editor, and prints only the path
/// of the record. A dry run shows the changes.
pub(crate) fn write_new_record(
    session: &mut Session<'_>,
    mut editing: EditSession,
    changes: &[Change],
    options: FinishOptions,
) -> Result<Outcome> {
    if options.dry_run {
        return preview(session, editing.project.preview(changes)?);
    }
    let paths = editing.project.apply(changes)?;
    // Other commands need not wait while the author writes.
    editing.project.unlock();
    let Some((new_path, other_paths)) = paths.split_first() else { return Ok(Outcome::Done) };
    for path in other_paths {
        session.ui.remark(&format!("changed {}", path.display()));
    }
    if options.edit && session.is_interactive() {
        open_in_editor(session.environment, new_path)?;
    }
    // A script reads one path; a program that reads JSON gets everything that was written.
    let reported_paths =
        if session.global.json { paths.as_slice() } else { std::slice::from_ref(new_path) };
    report_written(session, reported_paths.iter().map(AsRef::as_ref))?;
    Ok(Outcome::Done)
}
