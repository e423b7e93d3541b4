//! Converts HTML labels, as Mermaid writes them into a `foreignObject`, to SVG text: plain words in the middle of the
//! label's area.

use super::reader::{DrawingEvent, Element, Namespace};
use super::refused::Refused;
use super::writer;

/// Elements that only change how words look.
const INLINE: [&str; 20] = [
    "a", "b", "big", "body", "center", "code", "em", "font", "html", "i", "kbd", "label", "mark",
    "s", "small", "span", "strong", "sub", "sup", "u",
];

/// Elements that start a line.
const BLOCKS: [&str; 15] =
    ["br", "div", "dd", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ol", "p", "ul"];

/// Elements that are not visible.
const INVISIBLE: [&str; 5] = ["head", "script", "style", "template", "title"];

/// The height of a line and the width of a letter in the usual fonts and sizes of such labels, in pixels.
const LINE_HEIGHT: f64 = 24.0;
const LETTER_WIDTH: f64 = 8.0;

/// How many lines a label may have. Each line becomes an element.
const MAX_LINES: usize = 100;

/// A label that is being read.
#[derive(Default)]
pub(super) struct HtmlLabel {
    /// `x`, `y`, `width` and `height`; `None` for values that are not numbers.
    area: [Option<f64>; 4],
    lines: Vec<String>,
    /// For each open element, whether it is a block.
    open_blocks: Vec<bool>,
    /// How many ignored elements are open.
    skipped_depth: usize,
    has_unknown_elements: bool,
}

impl HtmlLabel {
    /// A label in the area of `element`.
    pub(super) fn new(element: &Element) -> Self {
        let number = |name: &str| {
            let Some(text) = element.attribute(name) else { return Some(0.0) };
            let text = text.trim_ascii();
            let digits = text.strip_suffix("px").unwrap_or(text);
            digits.parse().ok().filter(|number: &f64| number.is_finite())
        };
        Self { area: ["x", "y", "width", "height"].map(number), ..Self::default() }
    }

    /// Handles an event within the label. Returns whether it was the end of the label.
    pub(super) fn handle(&mut self, event: DrawingEvent) -> bool {
        match event {
            DrawingEvent::Start(element) => self.start(&element),
            DrawingEvent::Text(words) if self.skipped_depth == 0 => match self.lines.last_mut() {
                Some(line) => line.push_str(&words),
                None => self.lines.push(words),
            },
            DrawingEvent::Text(_) => {}
            DrawingEvent::End if self.skipped_depth > 0 => self.skipped_depth -= 1,
            DrawingEvent::End => match self.open_blocks.pop() {
                None => return true,
                Some(true) => self.lines.push(String::new()),
                Some(false) => {}
            },
        }
        false
    }

    fn start(&mut self, element: &Element) {
        let name = element.name.to_ascii_lowercase();
        let is_html = matches!(element.namespace, Namespace::Html | Namespace::None);
        let is_one_of = |names: &[&str]| is_html && names.contains(&name.as_str());
        if self.skipped_depth > 0 || is_one_of(&INVISIBLE) {
            self.skipped_depth += 1;
        } else if is_one_of(&BLOCKS) {
            self.lines.push(String::new());
            self.open_blocks.push(true);
        } else if is_one_of(&INLINE) {
            self.open_blocks.push(false);
        } else {
            self.has_unknown_elements = true;
            self.skipped_depth += 1;
        }
    }

    /// Returns the label as an SVG element; empty without words.
    ///
    /// # Errors
    ///
    /// [`Refused::Labels`] if the label contains more than words, has too many lines, or its area is not in numbers.
    pub(super) fn into_svg(self) -> Result<String, Refused> {
        let single_spaced =
            self.lines.iter().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
        let lines: Vec<String> = single_spaced.filter(|line| !line.is_empty()).collect();
        if self.has_unknown_elements {
            return Err(Refused::Labels);
        }
        if lines.is_empty() {
            return Ok(String::new());
        }
        let [Some(left), Some(top), Some(width), Some(height)] = self.area else {
            return Err(Refused::Labels);
        };
        let lines = wrapped(lines, width, height);
        if lines.len() > MAX_LINES {
            return Err(Refused::Labels);
        }
        let center_x = format!("{}", left + width / 2.0);
        let center_y = format!("{}", top + height / 2.0);
        let mut element = String::from("<text");
        for (name, value) in [("x", center_x.as_str()), ("y", &center_y), ("text-anchor", "middle")]
        {
            writer::attribute(&mut element, name, value);
        }
        writer::attribute(&mut element, "dominant-baseline", "central");
        element.push('>');
        // Lines are 1.2em apart, so the first one is half the height of the others above the center.
        let first_offset = 0.6 - 0.6 * as_float(lines.len());
        for (index, line) in lines.iter().enumerate() {
            let offset =
                if index == 0 { format!("{first_offset:.1}em") } else { "1.2em".to_owned() };
            element.push_str("<tspan");
            writer::attribute(&mut element, "x", &center_x);
            writer::attribute(&mut element, "dy", &offset);
            element.push('>');
            writer::text(&mut element, line);
            element.push_str("</tspan>");
        }
        element.push_str("</text>");
        Ok(element)
    }
}

/// Breaks the lines as a browser would, as long as the area has room for more lines.
fn wrapped(lines: Vec<String>, width: f64, height: f64) -> Vec<String> {
    let mut free_lines = height / LINE_HEIGHT - as_float(lines.len());
    let letters = |text: &str| as_float(text.chars().count());
    let mut wrapped_lines: Vec<String> = Vec::new();
    for line in lines {
        let mut current_line = String::new();
        for word in line.split(' ') {
            let new_width = (letters(&current_line) + 1.0 + letters(word)) * LETTER_WIDTH;
            let is_full = !current_line.is_empty() && new_width > width;
            if is_full && free_lines >= 0.5 {
                free_lines -= 1.0;
                wrapped_lines.push(std::mem::take(&mut current_line));
            } else if !current_line.is_empty() {
                current_line.push(' ');
            }
            current_line.push_str(word);
        }
        wrapped_lines.push(current_line);
    }
    wrapped_lines
}

fn as_float(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}
