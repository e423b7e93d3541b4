//! The pages that show a text, and the differences between them: addresses, ids, levels of headings.
//!
//! A text is written once, with slots for these, which are filled for each page.

use std::borrow::Cow;

use crate::text::{Span, escape};

/// A page that shows a text.
#[derive(Clone, Copy, Debug)]
pub(crate) enum TargetPage<'h> {
    /// The page of the record itself.
    Own,
    /// A page in the root of the site, with other records.
    Together {
        /// The address of the record's own page, relative to this page.
        page: &'h str,
        /// The name of that page, which is the prefix of the record's ids here.
        name: &'h str,
        /// Whether all records of the log are on this page.
        is_whole: bool,
    },
    /// A document outside the site, such as a feed.
    Outside {
        /// The address of the root of the site.
        root: &'h str,
        /// The address of the record's own page.
        page: &'h str,
        /// The name of that page, which is the prefix of the record's ids here.
        name: &'h str,
    },
}

/// The address of the content above the text, on the record's own page.
pub(super) const TOP: &str = "#Content";

/// The address of the root of the site, relative to the page of a record.
pub(crate) const SITE_ROOT: &str = "../";

impl TargetPage<'_> {
    /// Converts an address that is relative to the record's own page to one that is relative to this page.
    pub(super) fn address<'a>(&self, own: &'a str) -> Cow<'a, str> {
        let sibling = |page: &str, other: &str| {
            let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
            format!("{folder}/{other}")
        };
        match (self, own.strip_prefix(SITE_ROOT), own.strip_prefix('#')) {
            (Self::Own, ..) => own.into(),
            (Self::Outside { root, .. }, Some(path), _) => [root, path].concat().into(),
            (Self::Outside { page, .. }, None, Some(_)) => [page, own].concat().into(),
            (Self::Outside { page, .. }, None, None) => sibling(page, own).into(),
            (Self::Together { .. }, Some(path), _) => ["./", path].concat().into(),
            (Self::Together { name, .. }, None, Some(_)) if own == TOP => record_id(name).into(),
            (Self::Together { name, .. }, None, Some(id)) => format!("#{name}-{id}").into(),
            (Self::Together { page, is_whole, .. }, None, None) => {
                let path = own.split('#').next().unwrap_or_default();
                let name = path.strip_suffix(".html").unwrap_or(path);
                if *is_whole { record_id(name).into() } else { sibling(page, path).into() }
            }
        }
    }

    /// The prefix of ids.
    pub(super) fn id_prefix(&self) -> Cow<'_, str> {
        match self {
            Self::Together { name, .. } | Self::Outside { name, .. } => [name, "-"].concat().into(),
            Self::Own => "".into(),
        }
    }

    /// The level of a heading that has the level `own` on the record's own page.
    fn level(&self, own: u8) -> u8 {
        // Together with other records, the title of a record has level 2; HTML has six levels.
        let shift = u8::from(matches!(self, Self::Together { .. }));
        (own + shift).min(6)
    }

    /// Fills the slots of a `written` text.
    pub(super) fn fill(&self, written: &str) -> String {
        let mut filled = String::with_capacity(written.len());
        let mut marks = memchr::memchr_iter(MARK, written.as_bytes());
        let mut copied_to = 0;
        while let Some((opening, closing)) = marks.next().zip(marks.next()) {
            filled.push_str(Span::new(copied_to, opening).of(written));
            match PageSlot::parse(Span::new(opening + 1, closing).of(written)) {
                PageSlot::Address(own) => filled.push_str(&self.address(own)),
                PageSlot::Prefix => filled.push_str(&self.id_prefix()),
                PageSlot::Level(own) => filled.push(digit(self.level(own))),
            }
            copied_to = closing + 1;
        }
        filled.push_str(Span::new(copied_to, written.len()).of(written));
        filled
    }
}

/// The address of a record on a page with several records.
fn record_id(name: &str) -> String {
    format!("#Record-{name}")
}

/// A value that differs between pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PageSlot<'t> {
    /// An address, as on the record's own page.
    Address(&'t str),
    /// The prefix of ids.
    Prefix,
    /// The level of a heading, as on the record's own page: one digit.
    Level(u8),
}

/// Encloses a slot. No page can contain it: it is not allowed in HTML, and escaping removes it.
const MARK: u8 = b'\0';
const ADDRESS: &str = "a";
const PREFIX: &str = "p";

impl<'t> PageSlot<'t> {
    /// Writes the slot. The address is escaped, so that it can be filled into an attribute.
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

    /// Parses the text between two marks.
    fn parse(slot: &'t str) -> Self {
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
    use super::{PageSlot, TOP, TargetPage};

    /// Fills addresses, the prefix of ids, and levels of headings for a page.
    fn filled(page: TargetPage<'_>) -> String {
        let mut written = String::new();
        for own in ["../picture/a.png", "#b&c", TOP, "0002.html#d"] {
            PageSlot::Address(own).write(&mut written);
            written.push(' ');
        }
        for slot in [PageSlot::Prefix, PageSlot::Level(2), PageSlot::Level(6)] {
            slot.write(&mut written);
            written.push('|');
        }
        page.fill(&written)
    }

    #[test]
    fn every_page_has_its_own_addresses() {
        assert_eq!(filled(TargetPage::Own), "../picture/a.png #b&amp;c #Content 0002.html#d |2|6|");
        let page = "https://a.example/decisions/0001.html";
        assert_eq!(
            filled(TargetPage::Outside { root: "https://a.example/", page, name: "0001" }),
            "https://a.example/picture/a.png https://a.example/decisions/0001.html#b&amp;c \
             https://a.example/decisions/0001.html#Content \
             https://a.example/decisions/0002.html#d 0001-|2|6|"
        );
        let together = |is_whole| {
            filled(TargetPage::Together { page: "decisions/0001.html", name: "0001", is_whole })
        };
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
