//! The reasons why a drawing cannot be shown.

/// Why a drawing cannot be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Its bytes are not UTF-8, or it declares another encoding.
    Encoding,
    /// It is not well-formed XML.
    Malformed,
    /// It declares entities or attributes.
    Declares,
    /// Its outermost element is not `svg`.
    OtherRoot,
    /// It shows images or parts of other files.
    Loads,
    /// Its labels are HTML with more than plain words.
    Labels,
    /// It has too many elements or attributes, or they are nested too deep or repeated too often.
    Large,
}

impl Refused {
    /// The end of a sentence about the drawing, with a way to fix it.
    pub fn why(self) -> &'static str {
        match self {
            Self::Encoding => "the drawing is not UTF-8; save it as UTF-8",
            Self::Malformed => "the drawing is not well-formed XML; export it again",
            Self::Declares => {
                "the DOCTYPE of the drawing declares entities or attributes; remove it"
            }
            Self::OtherRoot => "the file is not an SVG drawing",
            Self::Loads => "the drawing shows images that are external or SVG; embed them as PNG",
            Self::Labels => {
                "the labels of the drawing are HTML; export it with labels as text \
                 (`htmlLabels: false` in Mermaid)"
            }
            Self::Large => {
                "the drawing has too many elements, or repeats them too often or nests them too deep"
            }
        }
    }
}
