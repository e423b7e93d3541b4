//! The log as a web site. Writes nothing.

mod config;

pub use config::Config;
