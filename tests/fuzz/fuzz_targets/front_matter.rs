//! Any text between the fences: the span of every key and value points to it.

#![no_main]

use libfuzzer_sys::fuzz_target;
use rationale::syntax::{Entry, NodeKind, parse};
use rationale::text::Span;

fuzz_target!(|data: &str| {
    let text = format!("---\n{data}\n---\n# T\n");
    let document = parse(&text);
    if let Some(front) = &document.front_matter {
        assert!(text.get(front.span.range()).is_some());
        assert!(front.span.contains(front.content));
        check(&front.entries, front.content, &text);
    }
});

fn check(entries: &[Entry], within: Span, text: &str) {
    for entry in entries {
        assert!(within.contains(entry.key.span), "{:?} in {within:?}", entry.key);
        assert!(text.get(entry.key.span.range()).is_some());
        assert!(text.get(entry.value.span.range()).is_some(), "{:?}", entry.value);
        assert!(within.contains(entry.value.span), "{:?} in {within:?}", entry.value);
        if let NodeKind::Map(inner) = &entry.value.kind {
            check(inner, within, text);
        }
    }
}
