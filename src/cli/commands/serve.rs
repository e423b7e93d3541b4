//! `adr serve`

use std::hash::Hash as _;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::mpsc::RecvTimeoutError;
use std::time::{Duration, Instant};

use crate::cli::session::{Outcome, Session};
use crate::cli::site_plan::{HistoryCache, SitePlan, SiteRequest};
use crate::cli::terminal::{ErrorReport, open_in_browser};
use crate::project::{DiskState, LogLocation, read_picture};
use crate::serve::{
    Question, QuestionSubject, Response, Server, content_type, error_page, listen, with_reload,
};
use crate::site::Site;
use crate::template::counted;
use crate::text::Fingerprint;
use crate::{Error, Result};

/// Preview the site while you write
///
/// Prints a local address, which other machines cannot reach, and serves there what `adr build` would
/// write. Open pages reload when a record, a template or adr.toml is saved, and show the error if
/// the site cannot be built. Writes no files. Press Ctrl-C to stop.
#[derive(clap::Args)]
#[command(before_long_help = "Examples:
  adr serve
  adr serve --open
  adr serve --port 8080 --dir vendor/lib/docs/adr")]
pub(crate) struct Args {
    /// Port to listen on, 0 for any [default: 2011, or the next free one]
    #[arg(long, value_name = "N")]
    port: Option<u16>,

    /// Open the site in the browser
    #[arg(long)]
    open: bool,
}

pub(crate) fn run(args: &Args, session: &mut Session<'_>) -> Result<Outcome> {
    // An error at the start, such as a wrong folder, is reported here rather than by a page.
    let cache = HistoryCache::default();
    let plan = SitePlan::read(&SiteRequest::default(), &cache, session)?;
    plan.site()?;
    let server = listen(args.port)?;
    let address = format!("http://127.0.0.1:{}/", server.port);
    session.ui.line(&address)?;
    let record_count = u64::try_from(plan.project.log.records().len()).unwrap_or(u64::MAX);
    let records = counted("{n} record|{n} records", record_count);
    session.ui.remark(&format!("{records}; pages reload after every change, Ctrl-C stops"));
    session.ui.flush()?;
    if session.ui.is_closed {
        // The address was not printed, so no one can open it.
        return Ok(Outcome::Done);
    }
    if args.open && !open_in_browser(&address) {
        session.ui.note("cannot open a browser; open the address yourself");
    }
    let (place, pictures) = (plan.project.place.clone(), plan.pictures().cloned().collect());
    drop(plan);
    SiteServer { server, waiting: Vec::new(), postponed: None, place, pictures, cache }
        .run(session);
    Ok(Outcome::Done)
}

/// Answers requests, one after the other, from the files on disk at that time.
struct SiteServer {
    server: Server,
    /// The pages that wait for a change.
    waiting: Vec<WaitingPage>,
    /// A request that arrived when the site had changed. The next version answers it.
    postponed: Option<Question>,
    /// The last known place of the log.
    place: LogLocation,
    /// The pictures of the last version.
    pictures: Vec<PathBuf>,
    cache: HistoryCache,
}

/// An open page that waits for a change.
struct WaitingPage {
    /// The version that the page shows.
    version: String,
    deadline: Instant,
    question: Question,
}

/// One version of the site, which is served until a file changes.
struct SiteVersion<'p> {
    /// A fingerprint of the site or of its error.
    version: String,
    site: std::result::Result<Site<'p>, ErrorReport>,
}

/// How long a page waits for a change before it has to ask again. Closed pages are forgotten then.
const MAX_WAIT: Duration = Duration::from_secs(25);

/// The shortest pause between two looks at the disk.
const MIN_PAUSE: Duration = Duration::from_millis(20);

/// The pause between two looks at the disk, as a multiple of the time that one takes. An open page uses at
/// most a twentieth of a core.
const PAUSE_FACTOR: u32 = 20;

impl SiteServer {
    /// Serves one version of the site after the other.
    fn run(mut self, session: &mut Session<'_>) {
        // The version of the error that was last reported on the terminal.
        let mut reported_version = None;
        loop {
            // Taken before anything is read, so that no later change is missed.
            let files = self.glance(session);
            let plan = SitePlan::read(&SiteRequest::default(), &self.cache, session);
            if let Ok(plan) = &plan {
                self.place = plan.project.place.clone();
                self.pictures = plan.pictures().cloned().collect();
            }
            let current = SiteVersion::of(plan.as_ref());
            match &current.site {
                Err(report) if reported_version.as_ref() != Some(&current.version) => {
                    session.ui.error_report(report, session.global.json);
                    reported_version = Some(current.version.clone());
                }
                Ok(_) if reported_version.take().is_some() => {
                    session.ui.remark("the site can be built again");
                }
                _ => {}
            }
            if self.serve(&current, &files, session).is_break() {
                return;
            }
        }
    }

    /// Serves one version until a file changes. Breaks when the server has stopped.
    fn serve(
        &mut self,
        current: &SiteVersion<'_>,
        files: &DiskState,
        session: &Session<'_>,
    ) -> ControlFlow<()> {
        let mut pause = MIN_PAUSE;
        // A file that is read while an editor writes it may be incomplete, and the change may be too quick for
        // the clock of the file system. So everything is read once more after a quiet pause.
        let mut is_confirmed = false;
        loop {
            self.notify_waiting(&current.version);
            let received = match self.postponed.take() {
                Some(question) => Ok(question),
                None if is_confirmed && self.waiting.is_empty() => {
                    self.server.questions.recv().map_err(|_| RecvTimeoutError::Disconnected)
                }
                None => self.server.questions.recv_timeout(pause),
            };
            let start = Instant::now();
            let has_changed = self.glance(session) != *files;
            pause = MIN_PAUSE.max(start.elapsed() * PAUSE_FACTOR);
            match received {
                Ok(question) if has_changed => self.postponed = Some(question),
                Ok(question) => self.answer(question, current),
                Err(RecvTimeoutError::Disconnected) => return ControlFlow::Break(()),
                Err(RecvTimeoutError::Timeout) if is_confirmed || has_changed => {}
                Err(RecvTimeoutError::Timeout) if current.is_up_to_date(&self.cache, session) => {
                    is_confirmed = true;
                }
                Err(RecvTimeoutError::Timeout) => return ControlFlow::Continue(()),
            }
            if has_changed {
                return ControlFlow::Continue(());
            }
        }
    }

    /// Returns the state of all files that the site depends on.
    fn glance(&self, session: &Session<'_>) -> DiskState {
        let start = session.global.dir.as_deref();
        DiskState::at(start, Some(&self.place), self.pictures.iter())
    }

    /// Answers the waiting pages that show another version or have waited long enough.
    fn notify_waiting(&mut self, version: &str) {
        let now = Instant::now();
        for page in std::mem::take(&mut self.waiting) {
            if page.version != version {
                page.question.answer(Response::text(200, version));
            } else if page.deadline < now {
                page.question.answer(Response::empty());
            } else {
                self.waiting.push(page);
            }
        }
    }

    fn answer(&mut self, question: Question, current: &SiteVersion<'_>) {
        match &question.about {
            // If the version has changed already, the next round answers.
            QuestionSubject::Change(version) => {
                let (version, deadline) = (version.clone(), Instant::now() + MAX_WAIT);
                self.waiting.push(WaitingPage { version, deadline, question });
            }
            QuestionSubject::File(path) => {
                let answer = current.file(path);
                question.answer(answer);
            }
        }
    }
}

impl<'p> SiteVersion<'p> {
    fn of(plan: std::result::Result<&'p SitePlan, &Error>) -> Self {
        let site = match plan {
            Ok(plan) => plan.site().and_then(|site| Ok((site, plan.fingerprint()?))),
            Err(error) => return Self::broken(ErrorReport::of(error)),
        };
        match site {
            Ok((site, fingerprint)) => Self { version: fingerprint.to_string(), site: Ok(site) },
            Err(error) => Self::broken(ErrorReport::of(&error)),
        }
    }

    /// Whether the files on disk still give this version.
    fn is_up_to_date(&self, cache: &HistoryCache, session: &Session<'_>) -> bool {
        let plan = SitePlan::read(&SiteRequest::default(), cache, session);
        match (&self.site, plan) {
            // The fingerprint does not need the site itself.
            (Ok(_), Ok(plan)) => {
                plan.fingerprint().is_ok_and(|fingerprint| fingerprint.to_string() == self.version)
            }
            (_, plan) => SiteVersion::of(plan.as_ref()).version == self.version,
        }
    }

    fn broken(report: ErrorReport) -> Self {
        let mut fingerprint = Fingerprint::default();
        report.hash(&mut fingerprint);
        Self { version: fingerprint.to_string(), site: Err(report) }
    }

    /// Returns the file at `path`, or a page with the error.
    fn file(&self, path: &str) -> Response {
        let path = if path.is_empty() { "index.html" } else { path };
        let answer = match &self.site {
            Ok(site) => self.site_file(site, path).map_err(|error| ErrorReport::of(&error)),
            Err(report) => Err(report.clone()),
        };
        answer.unwrap_or_else(|ErrorReport { message, causes, hint, .. }| {
            if is_page(path) {
                let page = error_page(&message, &causes, hint.as_deref(), &self.version);
                Response::html(500, page)
            } else {
                Response::text(500, &message)
            }
        })
    }

    /// Returns a file of the site. A requested path is only compared with known paths, and never used to open a
    /// file.
    fn site_file(&self, site: &Site<'_>, path: &str) -> Result<Response> {
        let content_type = content_type(path);
        if let Some(index) = site.paths().iter().position(|site_path| *site_path == path) {
            let text = site.render(index)?;
            let text = if is_page(path) { with_reload(&text, &self.version) } else { text };
            return Ok(Response { status: 200, content_type, body: text.into_bytes() });
        }
        if let Some((_, picture)) = site.copies().iter().find(|(copy, _)| *copy == path) {
            return Ok(Response { status: 200, content_type, body: read_picture(picture)? });
        }
        // Browsers request it on their own, and would report it as missing.
        if path == "favicon.ico" {
            return Ok(Response::empty());
        }
        if !is_page(path) {
            return Ok(Response::text(404, "no such file"));
        }
        Ok(Response::html(404, with_reload(&site.not_found()?, &self.version)))
    }
}

/// Whether a browser shows the file as a page.
fn is_page(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.rsplit_once('.').is_none_or(|(_, extension)| extension == "html")
}
