//! Makes text safe for the place where it is written: HTML, Markdown, addresses, shells, terminals, CI logs.

mod ci_commands;
mod html;
mod markup;
mod shell;
mod url;
mod visible;

pub use ci_commands::{json_without_commands, without_commands, xml_without_commands};
pub use html::{escape, escaped};
pub use markup::{entity, link_words};
pub use shell::{shell_path, shell_word};
pub use url::{link_address, link_path, url_address, url_decoded, url_in_ascii, url_path};
pub use visible::{
    breaks_line, visible, visible_json, visible_lines, visible_name, visible_source,
};
