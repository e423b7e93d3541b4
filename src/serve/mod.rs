//! An HTTP server for one person, on the loopback interface, with pages that reload themselves. Does not depend on logs
//! or sites: the caller gets each request as a [`Question`].
//!
//! It trusts only the person at this machine. Any page in their browser can send requests here. So a request must name
//! this machine as its host (a foreign name can be made to resolve to it), only our pages may load our scripts and
//! pictures, and no page may put one of ours into a frame.

mod reload;
mod request;
mod response;
mod server;

pub use reload::{error_page, with_reload};
pub use response::{Response, content_type};
pub use server::{Question, QuestionSubject, Server, listen};
