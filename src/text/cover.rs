//! Many spans of one text, asked for those that meet or hold another span. Every answer costs the logarithm
//! of their number, where a walk over all of them for each of many questions would be quadratic.

use super::Span;

/// A set of spans.
#[derive(Clone, Debug, Default)]
pub struct Cover {
    /// In order.
    spans: Vec<Span>,
    /// For every span, the greatest end of it and those before it.
    greatest: Vec<usize>,
    /// For every span, the smallest end of it and those behind it.
    smallest: Vec<usize>,
}

impl Cover {
    /// The set of `spans`, in any order.
    pub fn new(spans: impl IntoIterator<Item = Span>) -> Self {
        let mut spans: Vec<Span> = spans.into_iter().collect();
        spans.sort_unstable();
        let running = |most: &mut usize, end: usize| {
            *most = end.max(*most);
            Some(*most)
        };
        let greatest = spans.iter().map(|span| span.end).scan(0, running).collect();
        let falling = |least: &mut usize, end: usize| {
            *least = end.min(*least);
            Some(*least)
        };
        let backwards = spans.iter().rev().map(|span| span.end).scan(usize::MAX, falling);
        let mut smallest: Vec<usize> = backwards.collect();
        smallest.reverse();
        Self { spans, greatest, smallest }
    }

    /// Whether one of the spans has a byte in common with `span`.
    pub fn overlaps(&self, span: Span) -> bool {
        self.reach(|one| one.start < span.end).is_some_and(|end| end > span.start)
    }

    /// Whether one of the spans meets `span` or touches it.
    pub fn touches(&self, span: Span) -> bool {
        self.reach(|one| one.start <= span.end).is_some_and(|end| end >= span.start)
    }

    /// Whether `span` is within one of the spans.
    pub fn holds(&self, span: Span) -> bool {
        self.reach(|one| one.start <= span.start).is_some_and(|end| end >= span.end)
    }

    /// Whether one of the spans is within `span`.
    pub fn has_within(&self, span: Span) -> bool {
        let first = self.spans.partition_point(|one| one.start < span.start);
        self.smallest.get(first).is_some_and(|end| *end <= span.end)
    }

    /// The spans joined where they meet: in order, none empty, none overlapping another.
    pub fn joined(&self) -> Vec<Span> {
        let mut joined: Vec<Span> = Vec::new();
        for span in self.spans.iter().filter(|span| !span.is_empty()) {
            match joined.last_mut() {
                Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
                _ => joined.push(*span),
            }
        }
        joined
    }

    /// The greatest end of the spans for which `begins` is true, which are the first ones.
    fn reach(&self, begins: impl Fn(&Span) -> bool) -> Option<usize> {
        let count = self.spans.partition_point(begins);
        self.greatest.get(count.checked_sub(1)?).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::Cover;
    use crate::text::Span;

    #[test]
    fn answers_are_those_of_a_walk_over_all_spans() {
        for seed in 0..300_usize {
            let place = |at: usize| (seed * 31 + at * at * 17 + at * 7) % 23;
            let spans: Vec<Span> = (0..seed % 7)
                .map(|at| Span::new(place(at), place(at) + place(at + 9) % 6))
                .collect();
            let cover = Cover::new(spans.iter().copied());
            for start in 0..24 {
                for end in start..26 {
                    let asked = Span::new(start, end);
                    let any = |is: &dyn Fn(&Span) -> bool| spans.iter().any(is);
                    let touches = any(&|one| one.start <= end && start <= one.end);
                    assert_eq!(cover.touches(asked), touches, "{spans:?} {asked:?}");
                    assert_eq!(cover.holds(asked), any(&|one| one.contains(asked)), "{spans:?}");
                    assert_eq!(cover.has_within(asked), any(&|one| asked.contains(*one)));
                    if spans.iter().all(|one| !one.is_empty()) && !asked.is_empty() {
                        assert_eq!(cover.overlaps(asked), any(&|one| one.overlaps(asked)));
                    }
                }
            }
        }
    }

    #[test]
    fn joined_spans_cover_the_same_bytes() {
        let spans = [(4, 6), (0, 2), (6, 7), (1, 3), (9, 9), (5, 6)];
        let cover = Cover::new(spans.map(|(start, end)| Span::new(start, end)));
        assert_eq!(cover.joined(), [Span::new(0, 3), Span::new(4, 7)]);
    }
}
