//! Listens for connections, and passes their requests to the thread that answers them.

use std::io::{self, Read as _};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use super::reload::{CHANGED_PATH, own_file};
use super::request::{HttpRequest, read_request};
use super::response::{Response, content_type};
use crate::{Error, Refusal, Result};

/// The first port to try: the year in which decision records were proposed. Always the same, so that open tabs work
/// again after a restart.
const FIRST_PORT: u16 = 2011;

/// The last port to try, if the ones before it are taken.
const LAST_PORT: u16 = 2030;

/// The time limit for reading a request, and for sending an answer.
const TIMEOUT: Duration = Duration::from_secs(10);

/// The number of simultaneous connections: each has a thread.
const MAX_CONNECTIONS: usize = 256;

/// The time limit for a request that is refused because there are too many.
const REFUSAL_TIMEOUT: Duration = Duration::from_millis(50);

/// A server that runs until the program ends.
#[derive(Debug)]
pub struct Server {
    /// The port it listens on.
    pub port: u16,
    /// The questions, in the order of arrival.
    pub questions: Receiver<Question>,
}

/// A request that waits for an answer.
#[derive(Debug)]
pub struct Question {
    /// The subject.
    pub about: QuestionSubject,
    reply: Sender<Response>,
}

/// The subject of a question.
#[derive(Debug, PartialEq, Eq)]
pub enum QuestionSubject {
    /// The file at a path relative to the root, without a `/` at its start.
    File(String),
    /// Notification when the site is newer than this version, by any answer with status 200.
    Change(String),
}

impl Question {
    /// Answers the question. It is not an error if the client has disconnected.
    pub fn answer(self, response: Response) {
        drop(self.reply.send(response));
    }
}

/// Listens on `port` of the loopback interface, with IPv4 and IPv6. Without a port, uses the first free one of a few; for
/// 0, any free one.
///
/// # Errors
///
/// If the port is taken, or listening is not permitted.
pub fn listen(port: Option<u16>) -> Result<Server> {
    let ports = port.map_or(FIRST_PORT..=LAST_PORT, |port| port..=port);
    for port in ports {
        match bind(port) {
            Ok((port, listeners)) => {
                let (sender, questions) = channel();
                let open_connections = Arc::new(());
                for listener in listeners {
                    let (sender, open) = (sender.clone(), Arc::clone(&open_connections));
                    let builder = thread::Builder::new();
                    builder.spawn(move || accept(&listener, &sender, &open)).map_err(|error| {
                        listen_error("a thread for connections".to_owned(), &error.to_string())
                    })?;
                }
                return Ok(Server { port, questions });
            }
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {}
            Err(error) => return Err(listen_error(format!("port {port}"), &error.to_string())),
        }
    }
    Err(match port {
        Some(port) => listen_error(
            format!("port {port}"),
            "another program uses it; omit `--port` to use the next free one",
        ),
        None => listen_error(
            format!("any port from {FIRST_PORT} to {LAST_PORT}"),
            "other programs use them; use `--port 0` for any free port",
        ),
    })
}

fn listen_error(what: String, reason: &str) -> Error {
    Refusal::BadInput { what, reason: reason.to_owned() }.into()
}

/// Both sockets of a port. For `localhost`, a browser may use either, so another program on one of them could answer
/// instead of us.
fn bind(port: u16) -> io::Result<(u16, Vec<TcpListener>)> {
    let first = TcpListener::bind((IpAddr::from(Ipv4Addr::LOCALHOST), port))?;
    let port = first.local_addr()?.port();
    match TcpListener::bind((IpAddr::from(Ipv6Addr::LOCALHOST), port)) {
        Ok(second) => Ok((port, vec![first, second])),
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => Err(error),
        // Not every machine has IPv6.
        Err(_) => Ok((port, vec![first])),
    }
}

/// Starts a thread for each connection, because most of them wait. Each thread holds a copy of `open_connections`, which
/// counts them.
fn accept(listener: &TcpListener, sender: &Sender<Question>, open_connections: &Arc<()>) {
    for stream in listener.incoming() {
        let Ok(stream) = stream else {
            // Usually too many files are open, which is temporary.
            thread::sleep(Duration::from_millis(50));
            continue;
        };
        let stream = Arc::new(stream);
        let has_thread = Arc::strong_count(open_connections) < MAX_CONNECTIONS;
        let is_handled = has_thread && {
            let (sender, stream) = (sender.clone(), Arc::clone(&stream));
            let open_connections = Arc::clone(open_connections);
            let handle = move || {
                handle(&stream, &sender);
                drop(open_connections);
            };
            thread::Builder::new().spawn(handle).is_ok()
        };
        if !is_handled {
            refuse(&stream);
        }
    }
}

/// Answers a connection that gets no thread, almost without waiting for its request.
fn refuse(mut stream: &TcpStream) {
    let limits = [
        stream.set_read_timeout(Some(REFUSAL_TIMEOUT)),
        stream.set_write_timeout(Some(REFUSAL_TIMEOUT)),
    ];
    if limits.iter().all(std::result::Result::is_ok) {
        // The system discards the response if the request was not read.
        drop(stream.read(&mut [0; 4096]));
        drop(Response::text(503, "too many connections are open").send(false, &mut stream));
        drop(stream.shutdown(Shutdown::Write));
    }
}

/// Reads one request and sends one answer.
fn handle(mut stream: &TcpStream, sender: &Sender<Question>) {
    let limits = [stream.set_read_timeout(Some(TIMEOUT)), stream.set_write_timeout(Some(TIMEOUT))];
    if limits.iter().any(std::result::Result::is_err) {
        return;
    }
    let deadline = Instant::now() + TIMEOUT;
    let Some(request) = read_request(&mut stream, || Instant::now() < deadline) else { return };
    let is_head = request.as_ref().is_ok_and(|request| request.is_head);
    let response = request.map_or_else(|refusal| refusal, |request| response_to(request, sender));
    if response.send(is_head, &mut stream).is_ok() && stream.shutdown(Shutdown::Write).is_ok() {
        // The system discards the response if part of the request was not read.
        drop(stream.take(64 * 1024).read_to_end(&mut Vec::new()));
    }
}

/// The response to a request: a file of the server itself, or the answer of the receiver of questions.
fn response_to(request: HttpRequest, sender: &Sender<Question>) -> Response {
    if let Some(body) = own_file(&request.path) {
        let content_type = content_type(&request.path);
        return Response { status: 200, content_type, body: body.as_bytes().to_vec() };
    }
    let about = if request.path == CHANGED_PATH {
        QuestionSubject::Change(request.query)
    } else {
        QuestionSubject::File(request.path.strip_prefix('/').unwrap_or_default().to_owned())
    };
    let (reply, responses) = channel();
    let sent = sender.send(Question { about, reply });
    let response = sent.ok().and_then(|()| responses.recv().ok());
    response.unwrap_or_else(|| Response::text(500, "the server is shutting down"))
}
