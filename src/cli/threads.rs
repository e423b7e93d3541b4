//! The threads that files are read by: as many as the system gives, down to the one we have.

use std::num::NonZero;
use std::sync::mpsc::{Sender, channel};
use std::{io, thread};

use rayon::{ThreadBuilder, ThreadPoolBuilder};

use super::Environment;

/// Starts the threads of the pool that everything uses. Without this, rayon does it at its first
/// use, and panics where the system refuses one. A pool that was started before is kept.
pub(super) fn start(environment: &Environment) {
    let asked = environment.variable("RAYON_NUM_THREADS").and_then(|count| count.parse().ok());
    let processors = || thread::available_parallelism().map_or(1, NonZero::get);
    let wanted = asked.filter(|count| *count > 0).unwrap_or_else(processors);
    // Before the pool is made: it can be made once only, and needs every thread that it asks for.
    let mut waiting: Vec<Sender<ThreadBuilder>> = (0..wanted).map_while(|_| one()).collect();
    let pool = ThreadPoolBuilder::new();
    let made = if waiting.is_empty() {
        pool.num_threads(1).use_current_thread().build_global()
    } else {
        let pool = pool.num_threads(waiting.len());
        let give = |work| {
            let thread = waiting.pop().ok_or(io::ErrorKind::NotFound)?;
            thread.send(work).map_err(|_| io::ErrorKind::NotFound.into())
        };
        pool.spawn_handler(give).build_global()
    };
    drop(made);
}

/// A thread that waits for its work; `None` where the system has none to give.
fn one() -> Option<Sender<ThreadBuilder>> {
    let (sender, work) = channel::<ThreadBuilder>();
    let wait = move || {
        if let Ok(work) = work.recv() {
            work.run();
        }
    };
    thread::Builder::new().spawn(wait).ok().map(|_| sender)
}
