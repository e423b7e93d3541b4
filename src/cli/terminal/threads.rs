//! The threads that read files: as many as the system grants, at least the current one.

use std::num::NonZero;
use std::sync::mpsc::{Sender, channel};
use std::{io, thread};

use rayon::{ThreadBuilder, ThreadPoolBuilder};

use super::Environment;

/// Starts the threads of the global pool. Without this, rayon starts them at the first use and panics
/// if the system refuses one. A pool that is already running is kept.
pub(crate) fn start_threads(environment: &Environment) {
    let configured = environment.variable("RAYON_NUM_THREADS").and_then(|count| count.parse().ok());
    let processors = || thread::available_parallelism().map_or(1, NonZero::get);
    let thread_count = configured.filter(|count| *count > 0).unwrap_or_else(processors);
    // The threads exist before the pool is built: it can be built only once, and fails if it does not
    // get every thread that it asks for.
    let mut waiting_threads: Vec<Sender<ThreadBuilder>> =
        (0..thread_count).map_while(|_| waiting_thread()).collect();
    let pool = ThreadPoolBuilder::new();
    let built_pool = if waiting_threads.is_empty() {
        pool.num_threads(1).use_current_thread().build_global()
    } else {
        let pool = pool.num_threads(waiting_threads.len());
        let assign = |work| {
            let thread = waiting_threads.pop().ok_or(io::ErrorKind::NotFound)?;
            thread.send(work).map_err(|_| io::ErrorKind::NotFound.into())
        };
        pool.spawn_handler(assign).build_global()
    };
    drop(built_pool);
}

/// Starts a thread that waits for its work; `None` if the system refuses.
fn waiting_thread() -> Option<Sender<ThreadBuilder>> {
    let (sender, receiver) = channel::<ThreadBuilder>();
    let wait = move || {
        if let Ok(work) = receiver.recv() {
            work.run();
        }
    };
    thread::Builder::new().spawn(wait).ok().map(|_| sender)
}
