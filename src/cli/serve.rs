//! `adr serve`

use std::hash::Hash as _;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::mpsc::RecvTimeoutError;
use std::time::{Duration, Instant};

use super::fault::Fault;
use super::plan::{Known, Plan, Wish};
use super::{Outcome, Session, browser};
use crate::project::{DiskState, LogLocation, read_picture};
use crate::serve::{
    Question, QuestionSubject, Response, Server, content_type, error_page, listen, with_reload,
};
use crate::site::Site;
use crate::template::counted;
use crate::text::Fingerprint;
use crate::{Error, Result};

/// Show the site while you write
///
/// Prints an address of this machine, which nobody else can reach, and shows there what `adr build` would
/// write. A page loads itself anew when a record, a template or adr.toml is saved, and says what is
/// wrong where the site cannot be built. Nothing is written. Ctrl-C ends it.
#[derive(clap::Args)]
#[command(before_long_help = "Examples:
  adr serve
  adr serve --open
  adr serve --port 8080 --dir vendor/lib/docs/adr")]
pub(super) struct Args {
    /// The port to listen on, 0 for any; without it 2011, or the next that is free
    #[arg(long, value_name = "N")]
    port: Option<u16>,

    /// Open the browser
    #[arg(long)]
    open: bool,
}

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> Result<Outcome> {
    // Whoever starts it in the wrong folder is told so here, and not by a page.
    let known = Known::default();
    let plan = Plan::gather(&Wish::default(), &known, session)?;
    plan.site()?;
    let server = listen(args.port)?;
    let address = format!("http://127.0.0.1:{}/", server.port);
    session.ui.line(&address)?;
    let records = u64::try_from(plan.project.log.records().len()).unwrap_or(u64::MAX);
    let what = counted("{n} record|{n} records", records);
    session.ui.remark(&format!("{what}; a saved change shows at once, Ctrl-C stops"));
    session.ui.flush()?;
    if session.ui.is_closed {
        // No one knows the address yet.
        return Ok(Outcome::Done);
    }
    if args.open && !browser::open(&address) {
        session.ui.note("no browser could be opened; open the address yourself");
    }
    let (place, pictures) = (plan.project.place.clone(), plan.pictures().cloned().collect());
    drop(plan);
    Desk { server, waiting: Vec::new(), kept: None, place, pictures, known }.attend(session);
    Ok(Outcome::Done)
}

/// Answers questions, one after the other, from what is on the disk when they are asked.
struct Desk {
    server: Server,
    /// Who wants to know of a change, from which version, and until when they wait.
    waiting: Vec<(String, Instant, Question)>,
    /// A question that came when the site had changed: the next site answers it.
    kept: Option<Question>,
    /// Where the log was when it was last found.
    place: LogLocation,
    /// The pictures that it had.
    pictures: Vec<PathBuf>,
    /// The history of the log.
    known: Known,
}

/// What there is to show, until it changes.
struct Shown<'p> {
    /// The same for the same site, or the same fault.
    version: String,
    site: std::result::Result<Site<'p>, Fault>,
}

/// How long somebody waits for a change before they have to ask again: whoever went away is
/// forgotten then.
const PATIENCE: Duration = Duration::from_secs(25);

/// How long the disk is left alone at least, and how many times as long as it took to look at it:
/// a page that is open takes a twentieth of a core at most.
const PAUSE: (Duration, u32) = (Duration::from_millis(20), 20);

impl Desk {
    /// One site after the other.
    fn attend(mut self, session: &mut Session<'_>) {
        // The version of the fault that the person at the terminal knows of.
        let mut fault_told = None;
        loop {
            // Before anything is read, so that no change after it is lost.
            let seen = self.glance(session);
            let plan = Plan::gather(&Wish::default(), &self.known, session);
            if let Ok(plan) = &plan {
                self.place = plan.project.place.clone();
                self.pictures = plan.pictures().cloned().collect();
            }
            let shown = Shown::of(plan.as_ref());
            match &shown.site {
                Err(fault) if fault_told.as_ref() != Some(&shown.version) => {
                    session.ui.fault(fault, session.global.json);
                    fault_told = Some(shown.version.clone());
                }
                Ok(_) if fault_told.take().is_some() => {
                    session.ui.remark("the site can be built again");
                }
                _ => {}
            }
            if self.show(&shown, &seen, session).is_break() {
                return;
            }
        }
    }

    /// Answers from one site until it has changed; breaks where nobody can ask any more.
    fn show(
        &mut self,
        shown: &Shown<'_>,
        seen: &DiskState,
        session: &Session<'_>,
    ) -> ControlFlow<()> {
        let mut pause = PAUSE.0;
        // What is read while an editor writes it may be half of it, and look like the whole to a
        // clock that ticks slowly: when it has become quiet, all is read once more.
        let mut is_sure = false;
        loop {
            self.tell(&shown.version);
            let asked = match self.kept.take() {
                Some(question) => Ok(question),
                None if is_sure && self.waiting.is_empty() => {
                    self.server.questions.recv().map_err(|_| RecvTimeoutError::Disconnected)
                }
                None => self.server.questions.recv_timeout(pause),
            };
            let start = Instant::now();
            let has_changed = self.glance(session) != *seen;
            pause = PAUSE.0.max(start.elapsed() * PAUSE.1);
            match asked {
                Ok(question) if has_changed => self.kept = Some(question),
                Ok(question) => self.answer(question, shown),
                Err(RecvTimeoutError::Disconnected) => return ControlFlow::Break(()),
                Err(RecvTimeoutError::Timeout) if is_sure || has_changed => {}
                Err(RecvTimeoutError::Timeout) if shown.is_of_today(&self.known, session) => {
                    is_sure = true;
                }
                Err(RecvTimeoutError::Timeout) => return ControlFlow::Continue(()),
            }
            if has_changed {
                return ControlFlow::Continue(());
            }
        }
    }

    fn glance(&self, session: &Session<'_>) -> DiskState {
        let start = session.global.dir.as_deref();
        DiskState::at(start, Some(&self.place), self.pictures.iter())
    }

    /// Tells those who wait what there is to tell.
    fn tell(&mut self, version: &str) {
        let now = Instant::now();
        for (known, until, question) in std::mem::take(&mut self.waiting) {
            if known != version {
                question.answer(Response::text(200, version));
            } else if until < now {
                question.answer(Response::empty());
            } else {
                self.waiting.push((known, until, question));
            }
        }
    }

    fn answer(&mut self, question: Question, shown: &Shown<'_>) {
        match &question.about {
            // The next turn tells it, if it has changed already.
            QuestionSubject::Change(known) => {
                self.waiting.push((known.clone(), Instant::now() + PATIENCE, question));
            }
            QuestionSubject::File(path) => {
                let answer = shown.file(path);
                question.answer(answer);
            }
        }
    }
}

impl<'p> Shown<'p> {
    fn of(plan: std::result::Result<&'p Plan, &Error>) -> Self {
        let made = match plan {
            Ok(plan) => plan.site().and_then(|site| Ok((site, plan.fingerprint()?))),
            Err(error) => return Self::fault(Fault::of(error)),
        };
        match made {
            Ok((site, fingerprint)) => Self { version: fingerprint.to_string(), site: Ok(site) },
            Err(error) => Self::fault(Fault::of(&error)),
        }
    }

    /// Whether what is on the disk gives the same.
    fn is_of_today(&self, known: &Known, session: &Session<'_>) -> bool {
        let plan = Plan::gather(&Wish::default(), known, session);
        match (&self.site, plan) {
            // No need to plan it.
            (Ok(_), Ok(plan)) => {
                plan.fingerprint().is_ok_and(|fingerprint| fingerprint.to_string() == self.version)
            }
            (_, plan) => Shown::of(plan.as_ref()).version == self.version,
        }
    }

    fn fault(fault: Fault) -> Self {
        let mut version = Fingerprint::default();
        fault.hash(&mut version);
        Self { version: version.to_string(), site: Err(fault) }
    }

    /// The file at `path`, or what stands for it.
    fn file(&self, path: &str) -> Response {
        let path = if path.is_empty() { "index.html" } else { path };
        let found = match &self.site {
            Ok(site) => self.in_site(site, path).map_err(|error| Fault::of(&error)),
            Err(fault) => Err(fault.clone()),
        };
        found.unwrap_or_else(|Fault { message, causes, hint, .. }| {
            if is_page(path) {
                let page = error_page(&message, &causes, hint.as_deref(), &self.version);
                Response::html(500, page)
            } else {
                Response::text(500, &message)
            }
        })
    }

    /// Only what the site has is there; no path that is asked for ever reaches the disk.
    fn in_site(&self, site: &Site<'_>, path: &str) -> Result<Response> {
        let content_type = content_type(path);
        if let Some(at) = site.paths().iter().position(|known| *known == path) {
            let text = site.render(at)?;
            let text = if is_page(path) { with_reload(&text, &self.version) } else { text };
            return Ok(Response { status: 200, content_type, body: text.into_bytes() });
        }
        if let Some((_, from)) = site.copies().iter().find(|(known, _)| *known == path) {
            return Ok(Response { status: 200, content_type, body: read_picture(from)? });
        }
        // Browsers ask for it by themselves, and would report it as missing.
        if path == "favicon.ico" {
            return Ok(Response::empty());
        }
        if !is_page(path) {
            return Ok(Response::text(404, "there is no such file"));
        }
        Ok(Response::html(404, with_reload(&site.not_found()?, &self.version)))
    }
}

/// Whether a browser that asks for it shows it as a page.
fn is_page(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.rsplit_once('.').is_none_or(|(_, extension)| extension == "html")
}
