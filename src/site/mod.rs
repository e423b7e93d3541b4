//! The log as a web site: plain files that need neither a server nor a script. Writes nothing.
//!
//! Pages are planned first, and each is made when it is asked for: a site never stands in memory.

mod address;
mod asset;
mod banner;
mod build;
mod changes;
mod config;
mod data;
mod fingerprint;
mod forge;
mod frame;
mod group;
mod health;
mod history;
mod lineage;
mod link;
mod markdown;
mod message;
mod outside;
mod page;
mod pages;
mod part;
mod reading;
mod relation;
mod row;
mod said;
mod search;
mod summary;
mod template;
mod view;
mod word;

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::OnceLock;

use tera::{Context, Value};

pub use build::Put;
pub use changes::Changes;
pub use config::{Config, Drafts, ForgeKind};
pub use fingerprint::fingerprint;
pub use outside::{Destinations, destinations};
pub use template::unknown_templates;

use crate::lint::Diagnostic;
use crate::model::{Histories, Log, NamesIn, RecordId, Resolver};
use crate::template::Templates;
use crate::text::url_in_ascii;
use crate::{Error, Result};
use address::Called;
use forge::Forge;
use frame::Frames;
use group::Group;
use markdown::{Places, Words};
use message::Messages;
use page::{File, Fill, Page, Subject};
use part::Values;

/// A site, planned.
pub struct Site<'l> {
    log: &'l Log,
    title: String,
    folder: String,
    /// With a `/` at its end.
    base_url: Option<String>,
    /// The project on its forge.
    forge: Option<Forge>,
    /// The pictures that go with the records, by their paths from the log.
    pictures: BTreeMap<String, PathBuf>,
    /// Where they are on the site.
    places: BTreeMap<String, String>,
    /// The pictures that a reader will not see, and the word for why.
    left_out: Vec<(&'l str, &'static str)>,
    /// Where the links of the records lead, if that is known.
    destinations: Option<&'l Destinations>,
    /// The same as far as the log says.
    resolver: Resolver<'l>,
    /// What the linter says about the log, where it was asked.
    health: Option<Vec<health::Line<'l>>>,
    /// What the repository tells of the records, where there is one.
    histories: Option<&'l Histories>,
    /// What a change does to the log, where that was asked.
    changes: Option<&'l Changes>,
    messages: Messages,
    /// Those of them that texts of records are written with.
    words: Words,
    /// The style of the project, which is sent behind ours.
    extra: Option<&'l str>,
    templates: Templates,
    /// What the records are called, in log order.
    called: Vec<Called>,
    /// The records by status.
    statuses: Vec<Group>,
    /// The status of each record as templates see it, in log order.
    status_values: Vec<Value>,
    /// The records by tag.
    tags: Vec<Group>,
    /// The records by who decided.
    people: Vec<Group>,
    /// The records by their files, for addresses on the forge; none without one.
    by_file: HashMap<&'l str, RecordId>,
    /// Who links to a record in running text.
    mentions: BTreeMap<RecordId, Vec<RecordId>>,
    /// What each decision says, in log order, found when it is first needed: by its page, the search and a list.
    summaries: Vec<OnceLock<String>>,
    /// The places in the text of each record that links can lead to, in log order; found when the first link asks.
    anchors: Vec<OnceLock<Places>>,
    /// The rows of the records, in log order, each made when it is first needed.
    rows: Vec<OnceLock<String>>,
    /// The search index, made when it is first needed.
    index: OnceLock<search::Index>,
    files: Vec<(File, &'static Page)>,
    /// The pages that every page links to: their paths, and the keys of their names in the messages.
    links: Vec<(String, &'static str)>,
    frames: Frames,
}

/// No one may look outside of the log.
const NOWHERE: &NamesIn<'static> = &|_| None;

/// What a site is made from, apart from its log.
#[derive(Debug, Default)]
pub struct Setting<'s> {
    /// What the repository tells of the records.
    pub histories: Option<&'s Histories>,
    /// What a change does to the log; without it there is no page on that.
    pub changes: Option<&'s Changes>,
    /// The name of the log, where the configuration has none.
    pub title: String,
    /// The folder of the log as pages show it.
    pub folder: String,
    /// Templates of the project, which take the place of ours: name and text.
    pub templates: &'s [(String, String)],
    /// Which of the pictures among the [`destinations()`] there are, and where.
    pub pictures: BTreeMap<String, PathBuf>,
    /// The others of them that are there, with the word for why they do not go along.
    pub left_out: Vec<(&'s str, &'static str)>,
    /// Where the links of the records lead; without it only the log says.
    pub destinations: Option<&'s Destinations>,
    /// What the linter found; without it there is no page on that.
    pub findings: Option<&'s [Diagnostic]>,
}

impl<'l> Site<'l> {
    /// Plans the site of `log`.
    ///
    /// # Errors
    ///
    /// Where a template of the project does not compile.
    pub fn new(log: &'l Log, config: &Config, setting: Setting<'l>) -> Result<Self> {
        let own = setting.templates.iter().find(|(name, _)| name == message::FILE);
        let language = config.language.as_deref();
        let messages = Messages::new(own.map(|(_, text)| text.as_str()), language)?;
        let mut site = Self {
            log,
            title: config.title.clone().unwrap_or(setting.title),
            folder: setting.folder,
            base_url: base_url(config)?,
            forge: project(config)?,
            places: outside::places(&setting.pictures),
            pictures: setting.pictures,
            left_out: setting.left_out,
            destinations: setting.destinations,
            resolver: Resolver::new(log, NOWHERE),
            health: setting.findings.map(health::lines),
            histories: setting.histories,
            changes: setting.changes,
            words: messages.words(),
            extra: setting
                .templates
                .iter()
                .find(|(name, _)| name == template::EXTRA)
                .map(|(_, text)| text.as_str()),
            templates: Templates::new(
                &template::worded(&messages),
                &template::below(setting.templates),
            )?,
            messages,
            called: address::called(log),
            statuses: group::by_status(log),
            status_values: Vec::new(),
            tags: group::by_values(log, |record| &record.tags),
            people: group::by_values(log, |record| &record.decision_makers),
            by_file: HashMap::new(),
            mentions: BTreeMap::new(),
            summaries: log.records().iter().map(|_| OnceLock::new()).collect(),
            anchors: log.records().iter().map(|_| OnceLock::new()).collect(),
            rows: log.records().iter().map(|_| OnceLock::new()).collect(),
            index: OnceLock::new(),
            files: Vec::new(),
            links: Vec::new(),
            frames: Frames::default(),
        };
        if site.forge.is_some() {
            site.by_file = log.iter().map(|(id, record)| (record.file.as_str(), id)).collect();
        }
        site.status_values = site.status_values();
        site.mentions = link::mentions(&site);
        for page in pages::PAGES {
            let files = (page.files)(&site);
            let first = files.first().zip(page.nav);
            site.links.extend(first.map(|(first, name)| (first.path.clone(), name)));
            site.files.extend(files.into_iter().map(|file| (file, *page)));
        }
        let global = site.global();
        site.templates.global(global);
        Ok(site)
    }

    /// The paths of all files, below the root of the site and with `/` as separator.
    pub fn paths(&self) -> Vec<&str> {
        self.files.iter().map(|(file, _)| file.path.as_str()).collect()
    }

    /// The content of the file that is the `index`th of [`paths`](Self::paths); empty beyond them.
    ///
    /// # Errors
    ///
    /// Where a template asks for something that is not there.
    pub fn render(&self, index: usize) -> Result<String> {
        self.made(index, |pieces| pieces.concat())
    }

    /// What `give` makes of the pieces of that file.
    fn made<T>(&self, index: usize, give: impl FnOnce(&[&str]) -> T) -> Result<T> {
        let Some((file, page)) = self.files.get(index) else { return Ok(give(&[])) };
        // A page for what is not there is shown at any address.
        let base = self.base_url.as_deref().filter(|_| file.path == pages::NOT_FOUND);
        let anywhere = base.map(path_of);
        self.fill(file, page, anywhere.unwrap_or(address::root(&file.path)), give)
    }

    /// The page for what is not there, on a server that has the site at `/`.
    ///
    /// # Errors
    ///
    /// As [`render`](Self::render).
    pub fn not_found(&self) -> Result<String> {
        let found = self.files.iter().find(|(file, _)| file.path == pages::NOT_FOUND);
        let Some((file, page)) = found else { return Ok(String::new()) };
        self.fill(file, page, "/", |pieces| pieces.concat())
    }

    /// What `give` makes of the pieces of a file; `root` leads from it to the root of the site.
    fn fill<T>(
        &self,
        file: &File,
        page: &Page,
        root: &str,
        give: impl FnOnce(&[&str]) -> T,
    ) -> Result<T> {
        let filling = match (&page.fill, file.subject) {
            (Fill::Text(make), _) => return Ok(give(&[&make(self, file)])),
            (Fill::LongText(make), _) => {
                let pieces = make(self, file);
                return Ok(give(&pieces.iter().map(String::as_str).collect::<Vec<_>>()));
            }
            (Fill::Template(name, values), _) => (*name, values(self, file).into()),
            (Fill::Long(name, values), _) => (*name, values(self, file)?),
            (Fill::Record(name, values), Subject::Record(id)) => {
                (*name, self.read(id, |reading| values(self, reading)).into())
            }
            (Fill::Record(..), _) => return Ok(give(&[])),
        };
        self.finish((file, root), filling, give)
    }

    /// What `give` makes of the template `name` with its values, and those that every file has.
    fn finish<T>(
        &self,
        (file, root): (&File, &str),
        (name, mut values): (&str, Values),
        give: impl FnOnce(&[&str]) -> T,
    ) -> Result<T> {
        values.context.insert("path", &file.path);
        values.context.insert("root", root);
        values.context.insert_value("frame", self.frame(&file.path, root)?);
        Ok(give(&values.pieces(&self.templates.render(name, &values.context)?)))
    }

    /// What every template sees.
    fn global(&self) -> Context {
        let links = self.links.iter().map(|(path, name)| (path, self.messages.get(name)));
        let mut global = Context::new();
        global.insert("t", self.messages.all());
        global.insert("title", &self.title);
        // A log that is its project's root is called by its name.
        let folder = if self.folder == "." { &self.title } else { &self.folder };
        global.insert("folder", folder);
        global.insert("nav", &links.collect::<Vec<_>>());
        global.insert("base_url", &self.base_url);
        global.insert("health", &self.health.as_ref().map(|_| pages::HEALTH));
        global.insert("print", pages::PRINT);
        global.insert("script", &pages::script_path());
        global.insert("list_script", &pages::list_script_path());
        global.insert("search_data", pages::SEARCH_DATA);
        global.insert("extra", &pages::extra_path(self));
        global.insert("style", &pages::style_path());
        global
    }
}

/// Where the site will be, as feeds and sitemaps hold it.
///
/// # Errors
///
/// Where the address is none.
fn base_url(config: &Config) -> Result<Option<String>> {
    let Some(given) = config.base_url.as_deref() else { return Ok(None) };
    Ok(Some(url_in_ascii(&address("base-url", given)?)))
}

/// The project on its forge; the address for cloning is understood.
///
/// # Errors
///
/// Where the address is none.
fn project(config: &Config) -> Result<Option<Forge>> {
    let Some(given) = config.repository.as_deref() else { return Ok(None) };
    let address = address("repository", given.strip_suffix(".git").unwrap_or(given))?;
    Ok(Forge::new(&address, config.forge))
}

/// The path of an address: the same on every host.
fn path_of(address: &str) -> &str {
    let host = address.find("//").map_or(0, |at| at + 2);
    let path = address.get(host..).and_then(|rest| rest.find('/'));
    path.and_then(|at| address.get(host + at..)).unwrap_or("/")
}

/// An address of the web that the setting `key` has, with a `/` at its end.
///
/// # Errors
///
/// Where it is none.
fn address(key: &str, given: &str) -> Result<String> {
    let rest = ["https://", "http://"].iter().find_map(|scheme| given.strip_prefix(scheme));
    let is_address = |rest: &str| {
        rest.starts_with(|c: char| c.is_alphanumeric() || c == '[')
            && !rest.contains(|c: char| c.is_whitespace() || c.is_control() || "\"<>#?".contains(c))
    };
    if rest.is_some_and(is_address) {
        Ok(format!("{}/", given.trim_end_matches('/')))
    } else {
        let reason =
            format!("{key} is `{given}`, which is no address like `https://example.org/adr/`");
        Err(Error::Config { path: PathBuf::from("[site]"), reason, nearest: None })
    }
}
