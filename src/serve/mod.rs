//! A server for one person: HTTP on the loopback interface, and pages that load themselves anew.
//! Knows neither logs nor sites: what is asked for goes to whoever called, as a [`Question`].
//!
//! It trusts nobody but the person at this machine. Any page in their browser can send requests
//! here, so a request has to name this machine as its host (a name of somebody else's can be made
//! to lead here), scripts and pictures of ours are for pages of ours alone, and nobody may put a
//! page of ours into a frame.

mod answer;
mod listen;
mod page;
mod request;

pub use answer::{Answer, content_type};
pub use listen::{About, Question, Server, listen};
pub use page::{error_page, own, with_reload};
