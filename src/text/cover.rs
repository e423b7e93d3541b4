//! Answers whether any of many spans overlaps or contains another span, in logarithmic time. Checking all of them
//! for each of many questions would be quadratic.

use super::Span;

/// A set of spans.
#[derive(Clone, Debug, Default)]
pub struct Cover {
    /// Sorted.
    spans: Vec<Span>,
    /// For every span, the greatest end of it and the spans before it.
    max_ends: Vec<usize>,
    /// For every span, the smallest end of it and the spans after it.
    min_ends: Vec<usize>,
}

impl Cover {
    /// The set of `spans`, in any order.
    pub fn new(spans: impl IntoIterator<Item = Span>) -> Self {
        let mut spans: Vec<Span> = spans.into_iter().collect();
        spans.sort_unstable();
        let running_max = |max: &mut usize, end: usize| {
            *max = end.max(*max);
            Some(*max)
        };
        let max_ends = spans.iter().map(|span| span.end).scan(0, running_max).collect();
        let running_min = |min: &mut usize, end: usize| {
            *min = end.min(*min);
            Some(*min)
        };
        let falling_ends = spans.iter().rev().map(|span| span.end).scan(usize::MAX, running_min);
        let mut min_ends: Vec<usize> = falling_ends.collect();
        min_ends.reverse();
        Self { spans, max_ends, min_ends }
    }

    /// Whether one of the spans has a byte in common with `span`.
    pub fn overlaps(&self, span: Span) -> bool {
        self.reach(|known| known.start < span.end).is_some_and(|end| end > span.start)
    }

    /// Whether one of the spans overlaps or touches `span`.
    pub fn touches(&self, span: Span) -> bool {
        self.reach(|known| known.start <= span.end).is_some_and(|end| end >= span.start)
    }

    /// Whether `span` is within one of the spans.
    pub fn holds(&self, span: Span) -> bool {
        self.reach(|known| known.start <= span.start).is_some_and(|end| end >= span.end)
    }

    /// Whether one of the spans is within `span`.
    pub fn has_within(&self, span: Span) -> bool {
        let first_inside = self.spans.partition_point(|known| known.start < span.start);
        self.min_ends.get(first_inside).is_some_and(|end| *end <= span.end)
    }

    /// The spans, joined if they overlap or touch: in order, none empty.
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

    /// The greatest end of the spans that `begins` accepts, which must be the first ones.
    fn reach(&self, begins: impl Fn(&Span) -> bool) -> Option<usize> {
        let count = self.spans.partition_point(begins);
        self.max_ends.get(count.checked_sub(1)?).copied()
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
