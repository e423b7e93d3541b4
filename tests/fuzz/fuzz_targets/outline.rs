//! Any text: sections are in order, properly nested, and cover whole characters.

#![no_main]

use libfuzzer_sys::fuzz_target;
use rationale::syntax::{anchors, links, parse, statements};

fuzz_target!(|text: &str| {
    let document = parse(text);
    let mut last = document.preamble.end;
    for section in &document.sections {
        for span in [section.heading, section.title_span, section.body, section.content()] {
            assert!(text.get(span.range()).is_some(), "{section:?}");
        }
        assert!(section.heading.start >= last, "{section:?} starts before {last}");
        assert!(section.heading.contains(section.title_span), "{section:?}");
        assert!(section.end >= section.body.end, "{section:?}");
        last = section.body.end;
    }
    for statement in statements(text, document.body) {
        assert!(text.get(statement.key.span.range()).is_some(), "{statement:?}");
        assert!(text.get(statement.value.range()).is_some(), "{statement:?}");
    }
    for link in links(&document, text) {
        assert!(text.get(link.destination_span.range()).is_some(), "{link:?}");
    }
    anchors(&document);
});
