//! Labels in HTML, as Mermaid writes them into a `foreignObject`, as labels of SVG: plain words in the
//! middle of their place.

use super::Refused;
use super::reader::{Attribute, Element, Event, Space};
use super::writer;

/// What only changes how words look.
const INLINE: [&str; 20] = [
    "a", "b", "big", "body", "center", "code", "em", "font", "html", "i", "kbd", "label", "mark",
    "s", "small", "span", "strong", "sub", "sup", "u",
];

/// What begins a line.
const BLOCKS: [&str; 15] =
    ["br", "div", "dd", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ol", "p", "ul"];

/// What is not visible.
const UNSEEN: [&str; 5] = ["head", "script", "style", "template", "title"];

/// The height of a line and the width of a letter in the fonts and sizes of such labels, in pixels.
const LINE: f64 = 24.0;
const LETTER: f64 = 8.0;

/// How many lines a label may have: each is an element of its own.
const MOST_LINES: usize = 100;

#[derive(Default)]
pub(super) struct Label {
    place: [Option<f64>; 4],
    lines: Vec<String>,
    /// For each open element whether it is a block.
    open: Vec<bool>,
    /// How many elements are open of which nothing is read.
    skipped: usize,
    /// Whether something was in it that is not words.
    is_more: bool,
}

impl Label {
    pub(super) fn new(attributes: &[Attribute]) -> Self {
        let number = |name: &str| {
            let found = attributes.iter().find(|one| one.space == Space::Bare && one.name == name);
            let text = found.map(|one| one.value.trim_ascii());
            let text = text.map(|text| text.strip_suffix("px").unwrap_or(text));
            text.map_or(Some(0.0), |text| {
                text.parse().ok().filter(|number: &f64| number.is_finite())
            })
        };
        Self { place: ["x", "y", "width", "height"].map(number), ..Self::default() }
    }

    /// Takes what is in it; whether that was its end.
    pub(super) fn take(&mut self, event: Event) -> bool {
        match event {
            Event::Start(element) => self.start(&element),
            Event::Text(words) if self.skipped == 0 => match self.lines.last_mut() {
                Some(line) => line.push_str(&words),
                None => self.lines.push(words),
            },
            Event::Text(_) => {}
            Event::End if self.skipped > 0 => self.skipped -= 1,
            Event::End => match self.open.pop() {
                None => return true,
                Some(true) => self.lines.push(String::new()),
                Some(false) => {}
            },
        }
        false
    }

    fn start(&mut self, element: &Element) {
        let name = element.name.to_ascii_lowercase();
        let is_html = matches!(element.space, Space::Html | Space::Bare);
        let is = |list: &[&str]| is_html && list.contains(&name.as_str());
        if self.skipped > 0 || is(&UNSEEN) {
            self.skipped += 1;
        } else if is(&BLOCKS) {
            self.lines.push(String::new());
            self.open.push(true);
        } else if is(&INLINE) {
            self.open.push(false);
        } else {
            self.is_more = true;
            self.skipped += 1;
        }
    }

    /// The label as an element; empty for no words.
    ///
    /// # Errors
    ///
    /// [`Refused::Labels`] if there is more in it than words, it is no label by its length, or its place is
    /// not in numbers.
    pub(super) fn drawn(self) -> Result<String, Refused> {
        let words =
            self.lines.iter().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
        let lines: Vec<String> = words.filter(|line| !line.is_empty()).collect();
        if self.is_more {
            return Err(Refused::Labels);
        }
        if lines.is_empty() {
            return Ok(String::new());
        }
        let [Some(x), Some(y), Some(width), Some(height)] = self.place else {
            return Err(Refused::Labels);
        };
        let lines = wrapped(lines, width, height);
        if lines.len() > MOST_LINES {
            return Err(Refused::Labels);
        }
        let x = format!("{}", x + width / 2.0);
        let y = format!("{}", y + height / 2.0);
        let mut out = String::from("<text");
        for (name, value) in [("x", x.as_str()), ("y", &y), ("text-anchor", "middle")] {
            writer::attribute(&mut out, name, value);
        }
        writer::attribute(&mut out, "dominant-baseline", "central");
        out.push('>');
        let first = 0.6 - 0.6 * f64::from(u32::try_from(lines.len()).unwrap_or(u32::MAX));
        for (at, line) in lines.iter().enumerate() {
            let down = if at == 0 { format!("{first:.1}em") } else { "1.2em".to_owned() };
            out.push_str("<tspan");
            writer::attribute(&mut out, "x", &x);
            writer::attribute(&mut out, "dy", &down);
            out.push('>');
            writer::text(&mut out, line);
            out.push_str("</tspan>");
        }
        out.push_str("</text>");
        Ok(out)
    }
}

/// The lines, broken where a browser would break them if the place is high enough for more.
fn wrapped(lines: Vec<String>, width: f64, height: f64) -> Vec<String> {
    let mut room = height / LINE - f64::from(u32::try_from(lines.len()).unwrap_or(u32::MAX));
    let letters = |text: &str| f64::from(u32::try_from(text.chars().count()).unwrap_or(u32::MAX));
    let mut out: Vec<String> = Vec::new();
    for line in lines {
        let mut now = String::new();
        for word in line.split(' ') {
            let is_full = !now.is_empty() && (letters(&now) + 1.0 + letters(word)) * LETTER > width;
            if is_full && room >= 0.5 {
                room -= 1.0;
                out.push(std::mem::take(&mut now));
            } else if !now.is_empty() {
                now.push(' ');
            }
            now.push_str(word);
        }
        out.push(now);
    }
    out
}
