//! What differs between the pages that show a text: the way to other pages, what ids begin with, how deep
//! headings lie. A text is written once, with slots for these, which are filled in for each page.

use std::borrow::Cow;

use crate::text::{Span, escape};

/// A page that shows a text.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Host<'h> {
    /// That of the record itself.
    Own,
    /// One at the root of the site, with other records.
    Together {
        /// The address of the record's own page from there.
        page: &'h str,
        /// The name of that page, with which the ids of its text begin here.
        name: &'h str,
        /// Whether all records of the log are on it.
        is_whole: bool,
    },
    /// Something elsewhere, such as a reader of feeds.
    Elsewhere {
        /// The address of the root of the site.
        root: &'h str,
        /// The address of the record's own page.
        page: &'h str,
        /// The name of that page, with which the ids of its text begin here.
        name: &'h str,
    },
}

/// The address of what stands above a text, on its own page.
pub(super) const HEAD: &str = "#Content";

/// How the address of the root of the site begins on the page of a record.
pub(in crate::site) const ROOT: &str = "../";

impl Host<'_> {
    /// The address on this page of what has the address `own` on the record's own page.
    pub(super) fn address<'a>(&self, own: &'a str) -> Cow<'a, str> {
        let beside = |page: &str, other: &str| {
            let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
            format!("{folder}/{other}")
        };
        match (self, own.strip_prefix(ROOT), own.strip_prefix('#')) {
            (Self::Own, ..) => own.into(),
            (Self::Elsewhere { root, .. }, Some(path), _) => [root, path].concat().into(),
            (Self::Elsewhere { page, .. }, None, Some(_)) => [page, own].concat().into(),
            (Self::Elsewhere { page, .. }, None, None) => beside(page, own).into(),
            (Self::Together { .. }, Some(path), _) => ["./", path].concat().into(),
            (Self::Together { name, .. }, None, Some(_)) if own == HEAD => record(name).into(),
            (Self::Together { name, .. }, None, Some(id)) => format!("#{name}-{id}").into(),
            (Self::Together { page, is_whole, .. }, None, None) => {
                let other = own.split('#').next().unwrap_or_default();
                let name = other.strip_suffix(".html").unwrap_or(other);
                if *is_whole { record(name).into() } else { beside(page, other).into() }
            }
        }
    }

    /// What ids begin with.
    pub(super) fn prefix(&self) -> Cow<'_, str> {
        match self {
            Self::Together { name, .. } | Self::Elsewhere { name, .. } => {
                [name, "-"].concat().into()
            }
            Self::Own => "".into(),
        }
    }

    /// The level of a heading that has the level `own` on the record's own page.
    fn level(&self, own: u8) -> u8 {
        // Here the title of the record has the level that its sections have there; HTML has six.
        let deeper = u8::from(matches!(self, Self::Together { .. }));
        (own + deeper).min(6)
    }

    /// `written` as it stands on this page.
    pub(super) fn fill(&self, written: &str) -> String {
        let mut out = String::with_capacity(written.len());
        let mut marks = memchr::memchr_iter(MARK, written.as_bytes());
        let mut done = 0;
        while let Some((from, to)) = marks.next().zip(marks.next()) {
            out.push_str(Span::new(done, from).of(written));
            match Slot::read(Span::new(from + 1, to).of(written)) {
                Slot::Address(own) => out.push_str(&self.address(own)),
                Slot::Prefix => out.push_str(&self.prefix()),
                Slot::Level(own) => out.push(digit(self.level(own))),
            }
            done = to + 1;
        }
        out.push_str(Span::new(done, written.len()).of(written));
        out
    }
}

/// The place of a record on a page with all of them.
fn record(name: &str) -> String {
    format!("#Record-{name}")
}

/// What differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slot<'t> {
    /// An address, as on the record's own page.
    Address(&'t str),
    /// What ids begin with.
    Prefix,
    /// The level of a heading, as on the record's own page: one digit.
    Level(u8),
}

/// What stands before and behind a slot. No page can hold it: it is no character of HTML, and what is escaped
/// goes without it.
const MARK: u8 = b'\0';
const ADDRESS: &str = "a";
const PREFIX: &str = "p";

impl<'t> Slot<'t> {
    /// Appends the slot to a text; an address is fit for attributes wherever it is filled in.
    pub(super) fn write(self, out: &mut String) {
        out.push(char::from(MARK));
        match self {
            Self::Address(own) => {
                out.push_str(ADDRESS);
                escape(out, own);
            }
            Self::Prefix => out.push_str(PREFIX),
            Self::Level(level) => out.push(digit(level)),
        }
        out.push(char::from(MARK));
    }

    /// What was written between two marks.
    fn read(slot: &'t str) -> Self {
        match (slot.strip_prefix(ADDRESS), slot.parse()) {
            (Some(own), _) => Self::Address(own),
            (None, Ok(level)) => Self::Level(level),
            (None, Err(_)) => Self::Prefix,
        }
    }
}

fn digit(level: u8) -> char {
    char::from(b'0' + level % 10)
}

#[cfg(test)]
mod tests {
    use super::{HEAD, Host, Slot};

    /// What stands on a page in the places of addresses, ids and headings.
    fn on(host: Host<'_>) -> String {
        let mut written = String::new();
        for own in ["../picture/a.png", "#b&c", HEAD, "0002.html#d"] {
            Slot::Address(own).write(&mut written);
            written.push(' ');
        }
        for slot in [Slot::Prefix, Slot::Level(2), Slot::Level(6)] {
            slot.write(&mut written);
            written.push('|');
        }
        host.fill(&written)
    }

    #[test]
    fn every_page_has_addresses_of_its_own() {
        assert_eq!(on(Host::Own), "../picture/a.png #b&amp;c #Content 0002.html#d |2|6|");
        let page = "https://a.example/decisions/0001.html";
        assert_eq!(
            on(Host::Elsewhere { root: "https://a.example/", page, name: "0001" }),
            "https://a.example/picture/a.png https://a.example/decisions/0001.html#b&amp;c \
             https://a.example/decisions/0001.html#Content \
             https://a.example/decisions/0002.html#d 0001-|2|6|"
        );
        let together =
            |is_whole| on(Host::Together { page: "decisions/0001.html", name: "0001", is_whole });
        assert_eq!(
            together(true),
            "./picture/a.png #0001-b&amp;c #Record-0001 #Record-0002 0001-|3|6|"
        );
        assert_eq!(
            together(false),
            "./picture/a.png #0001-b&amp;c #Record-0001 decisions/0002.html 0001-|3|6|"
        );
    }
}
