//! The sockets: who may connect, and how a question gets to whoever answers it.

use std::io::{self, Read as _};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use super::page::{CHANGED, own};
use super::request::{self, Request};
use super::{Answer, content_type};
use crate::{Error, Refusal, Result};

/// The port that is tried first. A number that stays, so that a tab of yesterday works again; the
/// year in which decision records were proposed.
const FIRST: u16 = 2011;

/// The last port that is tried, where the ones before it are taken.
const LAST: u16 = 2030;

/// How long a browser may take to say what it wants, or to take what it gets.
const PATIENCE: Duration = Duration::from_secs(10);

/// How many connections there may be at once: each has a thread.
const MOST: usize = 256;

/// How long a connection that gets no thread may take to say what it wants.
const REFUSAL: Duration = Duration::from_millis(50);

/// A server that runs until the program ends.
#[derive(Debug)]
pub struct Server {
    /// Where it listens.
    pub port: u16,
    /// What is asked, in the order in which it comes in.
    pub questions: Receiver<Question>,
}

/// What somebody asks, and waits for.
#[derive(Debug)]
pub struct Question {
    /// What is wanted.
    pub about: About,
    reply: Sender<Answer>,
}

/// What can be wanted.
#[derive(Debug, PartialEq, Eq)]
pub enum About {
    /// The file at a path below the root, without a `/` at its beginning.
    File(String),
    /// To be told when the site is no longer of this version. Any answer of status 200 says so.
    Change(String),
}

impl Question {
    /// Answers it. Whoever asked may have gone; that is no fault.
    pub fn answer(self, answer: Answer) {
        drop(self.reply.send(answer));
    }
}

/// Listens on `port` of the loopback interface, in both versions of the protocol; without one, on
/// the first that is free of a few; at 0, on any that is free.
///
/// # Errors
///
/// Where the port is taken, or nobody may listen.
pub fn listen(port: Option<u16>) -> Result<Server> {
    let ports = port.map_or(FIRST..=LAST, |port| port..=port);
    for port in ports {
        match bind(port) {
            Ok((port, listeners)) => {
                let (to_desk, questions) = channel();
                let open = Arc::new(());
                for listener in listeners {
                    let (to_desk, open) = (to_desk.clone(), Arc::clone(&open));
                    let thread = thread::Builder::new();
                    thread.spawn(move || accept(&listener, &to_desk, &open)).map_err(|error| {
                        unusable("a thread for connections".to_owned(), &error.to_string())
                    })?;
                }
                return Ok(Server { port, questions });
            }
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {}
            Err(error) => return Err(unusable(format!("port {port}"), &error.to_string())),
        }
    }
    Err(match port {
        Some(port) => unusable(
            format!("port {port}"),
            "another program has it; without `--port` the next free one is taken",
        ),
        None => unusable(
            format!("any port from {FIRST} to {LAST}"),
            "other programs have them; `--port 0` takes any that is free",
        ),
    })
}

fn unusable(what: String, reason: &str) -> Error {
    Refusal::BadInput { what, reason: reason.to_owned() }.into()
}

/// Both sockets of a port. A browser that is sent to `localhost` may try either: another program on
/// one of them would answer in our place.
fn bind(port: u16) -> io::Result<(u16, Vec<TcpListener>)> {
    let first = TcpListener::bind((IpAddr::from(Ipv4Addr::LOCALHOST), port))?;
    let port = first.local_addr()?.port();
    match TcpListener::bind((IpAddr::from(Ipv6Addr::LOCALHOST), port)) {
        Ok(second) => Ok((port, vec![first, second])),
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => Err(error),
        // Not every machine has the sixth version.
        Err(_) => Ok((port, vec![first])),
    }
}

/// A thread for each connection: most of them wait. Every one holds a copy of `open`.
fn accept(listener: &TcpListener, desk: &Sender<Question>, open: &Arc<()>) {
    for stream in listener.incoming() {
        let Ok(stream) = stream else {
            // Too many files are open, as a rule: it passes.
            thread::sleep(Duration::from_millis(50));
            continue;
        };
        let stream = Arc::new(stream);
        let is_free = Arc::strong_count(open) < MOST;
        let is_attended = is_free && {
            let (desk, stream, open) = (desk.clone(), Arc::clone(&stream), Arc::clone(open));
            let attend = move || {
                attend(&stream, &desk);
                drop(open);
            };
            thread::Builder::new().spawn(attend).is_ok()
        };
        if !is_attended {
            refuse(&stream);
        }
    }
}

/// Answers a connection for which there is no thread, and does not wait for it.
fn refuse(mut stream: &TcpStream) {
    let limits = [stream.set_read_timeout(Some(REFUSAL)), stream.set_write_timeout(Some(REFUSAL))];
    if limits.iter().all(std::result::Result::is_ok) {
        // What is not read would make the system take back the answer.
        drop(stream.read(&mut [0; 4096]));
        drop(Answer::text(503, "too many connections are open").send(false, &mut stream));
        drop(stream.shutdown(Shutdown::Write));
    }
}

/// One request, one answer.
fn attend(mut stream: &TcpStream, desk: &Sender<Question>) {
    let limits =
        [stream.set_read_timeout(Some(PATIENCE)), stream.set_write_timeout(Some(PATIENCE))];
    if limits.iter().any(std::result::Result::is_err) {
        return;
    }
    let until = Instant::now() + PATIENCE;
    let Some(asked) = request::read(&mut stream, || Instant::now() < until) else { return };
    let is_head = asked.as_ref().is_ok_and(|request| request.is_head);
    let answer = asked.map_or_else(|refusal| refusal, |request| find(request, desk));
    if answer.send(is_head, &mut stream).is_ok() && stream.shutdown(Shutdown::Write).is_ok() {
        // What was sent and not read would make the system take back the answer.
        drop(stream.take(64 * 1024).read_to_end(&mut Vec::new()));
    }
}

/// The answer to a request: a file of ours, or what the desk says.
fn find(request: Request, desk: &Sender<Question>) -> Answer {
    if let Some(body) = own(&request.path) {
        let content_type = content_type(&request.path);
        return Answer { status: 200, content_type, body: body.as_bytes().to_vec() };
    }
    let about = if request.path == CHANGED {
        About::Change(request.query)
    } else {
        About::File(request.path.strip_prefix('/').unwrap_or_default().to_owned())
    };
    let (reply, answer) = channel();
    let asked = desk.send(Question { about, reply });
    let answer = asked.ok().and_then(|()| answer.recv().ok());
    answer.unwrap_or_else(|| Answer::text(500, "the server is going down"))
}
