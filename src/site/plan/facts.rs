//! The facts that pages are made from, derived from the inputs.

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use tera::Value;

use super::changes::Changes;
use super::findings::{RuleFindings, findings_by_rule};
use super::groups::{RecordGroup, group_by_status, group_by_values};
use super::inputs::SiteInputs;
use super::project::SiteProject;
use super::status_view::{StatusView, status_values};
use crate::Result;
use crate::model::{Histories, Log, NamesIn, RecordId, Resolver, Status, Target};
use crate::site::Config;
use crate::site::links::{Destinations, PageAddress, PublishedPictures, page_addresses};
use crate::site::markdown::{MarkdownWords, PageAnchors};
use crate::site::render::{
    EXTRA_STYLE, MESSAGES_FILE, Messages, built_in_templates, project_templates,
};
use crate::site::search::SearchIndex;
use crate::template::Templates;

/// The facts about a site, complete before its first page is rendered. The modules above add methods for
/// links, rows, texts, and other views of records.
pub(crate) struct Facts<'l> {
    pub log: &'l Log,
    pub project: SiteProject,
    pub messages: Messages,
    /// The messages that texts of records are written with.
    pub markdown_words: MarkdownWords,
    pub templates: Templates,
    /// The style of the project, which is sent after ours.
    pub extra_style: Option<&'l str>,
    pub pictures: PublishedPictures<'l>,
    /// The findings by rule, if the linter ran.
    pub findings: Option<Vec<RuleFindings<'l>>>,
    /// The history of the records, if there is a repository.
    pub histories: Option<&'l Histories>,
    /// The changes since the base, if one was named.
    pub changes: Option<&'l Changes>,
    /// The records by status.
    pub statuses: Vec<RecordGroup>,
    /// The records by tag.
    pub tags: Vec<RecordGroup>,
    /// The records by decision maker.
    pub people: Vec<RecordGroup>,
    /// The records by their files, to read addresses on the forge; empty without a forge.
    pub records_by_file: HashMap<&'l str, RecordId>,
    /// For each record, the records that mention it in running text.
    pub mentions: BTreeMap<RecordId, Vec<RecordId>>,
    /// The search index, made when it is first needed.
    pub search_index: OnceLock<SearchIndex>,
    pub caches: RecordCaches,
    /// The targets of the links, if the caller resolved them.
    destinations: Option<&'l Destinations>,
    /// Resolves all other links, in the log only.
    resolver: Resolver<'l>,
    /// The pages of the records, in log order.
    addresses: Vec<PageAddress>,
    /// The status of each record as templates see it, in log order.
    status_values: Vec<Value>,
}

/// Values that are computed for each record at most once, on demand; in log order.
pub(crate) struct RecordCaches {
    /// The summaries: for the record's page, the search, and a list.
    pub summaries: Vec<OnceLock<String>>,
    /// The anchors in the texts, for links with a fragment.
    pub anchors: Vec<OnceLock<PageAnchors>>,
    /// The rows of the lists.
    pub rows: Vec<OnceLock<String>>,
}

/// Nothing outside the log is visible.
const NO_FOLDERS: &NamesIn<'static> = &|_| None;

impl<'l> Facts<'l> {
    /// Derives the facts, except the mentions, which the layer of links finds.
    ///
    /// # Errors
    ///
    /// If a template of the project does not compile, or a configured address is not a web address.
    pub(crate) fn new(log: &'l Log, config: &Config, inputs: SiteInputs<'l>) -> Result<Self> {
        let project_file = |wanted: &str| {
            let files = inputs.templates.iter();
            files.clone().find(|(name, _)| name == wanted).map(|(_, text)| text.as_str())
        };
        let messages = Messages::new(project_file(MESSAGES_FILE), config.language.as_deref())?;
        let project = SiteProject::new(config, inputs.title, inputs.folder)?;
        let records_by_file = match &project.forge {
            Some(_) => log.iter().map(|(id, record)| (record.file.as_str(), id)).collect(),
            None => HashMap::new(),
        };
        let templates =
            Templates::new(&built_in_templates(&messages), &project_templates(inputs.templates))?;
        Ok(Self {
            log,
            project,
            markdown_words: messages.markdown_words(),
            templates,
            extra_style: project_file(EXTRA_STYLE),
            pictures: PublishedPictures::new(inputs.pictures, inputs.left_out),
            findings: inputs.findings.map(findings_by_rule),
            histories: inputs.histories,
            changes: inputs.changes,
            statuses: group_by_status(log),
            tags: group_by_values(log, |record| &record.tags),
            people: group_by_values(log, |record| &record.decision_makers),
            records_by_file,
            mentions: BTreeMap::new(),
            search_index: OnceLock::new(),
            caches: RecordCaches::new(log),
            destinations: inputs.destinations,
            resolver: Resolver::new(log, NO_FOLDERS),
            addresses: page_addresses(log),
            status_values: status_values(&messages, log),
            messages,
        })
    }

    /// The address and the label of a record.
    #[expect(
        clippy::indexing_slicing,
        reason = "ids are made by the log, and all its records have an address"
    )]
    pub(crate) fn address(&self, id: RecordId) -> &PageAddress {
        &self.addresses[id.index()]
    }

    /// The address of the page of a record, relative to the root of the site.
    pub(crate) fn url(&self, id: RecordId) -> &str {
        &self.address(id).url
    }

    /// The name of the page of a record, without folder and extension.
    pub(crate) fn page_name(&self, id: RecordId) -> &str {
        self.address(id).name()
    }

    /// The address of another file about a record, relative to the root of the site.
    pub(crate) fn url_with_extension(&self, id: RecordId, extension: &str) -> String {
        self.address(id).with_extension(extension)
    }

    /// The status of a record.
    pub(crate) fn status(&self, id: RecordId) -> StatusView<'_> {
        StatusView::of_record(&self.messages, self.log, id)
    }

    /// A status, or the lack of one.
    pub(crate) fn status_view<'s>(&'s self, status: Option<&'s Status>) -> StatusView<'s> {
        StatusView::new(&self.messages, status)
    }

    /// The status of a record as a value for templates.
    #[expect(
        clippy::indexing_slicing,
        reason = "ids are made by the log, and all its records have a status"
    )]
    pub(crate) fn status_value(&self, id: RecordId) -> &Value {
        &self.status_values[id.index()]
    }

    /// The target of a link in the record `from`.
    pub(crate) fn target(&self, from: RecordId, destination: &str) -> Target {
        let resolved = self.destinations.and_then(|all| all.target(from, destination));
        let in_log = || self.resolver.target(self.log.record(from), destination);
        resolved.cloned().unwrap_or_else(in_log)
    }

    /// The path that a link in the record `from` names, relative to the folder of the log.
    pub(crate) fn linked_path(&self, from: RecordId, destination: &str) -> Option<String> {
        self.resolver.path(self.log.record(from), destination)
    }
}

impl RecordCaches {
    fn new(log: &Log) -> Self {
        let records = || log.records().iter();
        Self {
            summaries: records().map(|_| OnceLock::new()).collect(),
            anchors: records().map(|_| OnceLock::new()).collect(),
            rows: records().map(|_| OnceLock::new()).collect(),
        }
    }
}
