//! Attributes: which of them are kept, and with which value.

use super::allowed::{PLAIN, PRESENTATION, TEXTS, contains, find};
use super::css::{declarations, local_id, value};
use super::reader::{Namespace, XmlAttribute};
use super::refused::Refused;
use super::sheet::is_base64;

/// An attribute to write.
pub(super) struct WrittenAttribute {
    pub name: &'static str,
    pub value: String,
}

/// Returns an attribute of `element` as it is written; `None` if it is dropped.
///
/// # Errors
///
/// [`Refused::Loads`] if the drawing would lack a part that is in another file.
pub(super) fn kept(
    element: &str,
    attribute: &XmlAttribute,
) -> Result<Option<WrittenAttribute>, Refused> {
    let (name, text) = (attribute.name.as_str(), attribute.value.as_str());
    let written = match (attribute.namespace, name) {
        (Namespace::None, "href") => address(element, text)?.map(|address| ("href", address)),
        (Namespace::Xlink, "href") => {
            address(element, text)?.map(|address| ("xlink:href", address))
        }
        (Namespace::Xml, "space") => {
            Some(("xml:space", text.to_owned())).filter(|_| matches!(text, "preserve" | "default"))
        }
        (Namespace::Xml, "lang") => Some(("xml:lang", text.to_owned())).filter(|_| is_plain(text)),
        (Namespace::None, "style") => {
            Some(("style", declarations(text))).filter(|(_, text)| !text.is_empty())
        }
        (Namespace::None, name) => {
            let plain_name = || find(PLAIN, name).filter(|_| is_plain(text));
            let unchanged =
                find(TEXTS, name).or_else(plain_name).map(|name| (name, text.to_owned()));
            unchanged.or_else(|| find(PRESENTATION, name).zip(value(text)))
        }
        _ => None,
    };
    Ok(written.map(|(name, value)| WrittenAttribute { name, value }))
}

/// Whether a value consists of numbers, words and functions.
fn is_plain(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_alphanumeric() || " .,+-%()#_*".contains(c))
}

/// The target of a reference of `element`: a part of the drawing, or the data of an image.
fn address(element: &str, text: &str) -> Result<Option<String>, Refused> {
    let text = text.trim_ascii();
    match element {
        "image" => embedded_image(text).map(Some).ok_or(Refused::Loads),
        "use" if !text.is_empty() && local_id(text).is_none() => Err(Refused::Loads),
        "use" | "textPath" | "linearGradient" | "radialGradient" | "pattern" | "filter" => {
            Ok(local_id(text).map(|id| format!("#{id}")))
        }
        _ => Ok(None),
    }
}

/// The media types of images that may be embedded, in byte order. SVG is not among them: its content is not cleaned.
pub(super) const IMAGE_TYPES: &[&str] = &[
    "data:image/gif;base64",
    "data:image/jpeg;base64",
    "data:image/jpg;base64",
    "data:image/png;base64",
    "data:image/webp;base64",
];

/// The address of an image that contains its data.
fn embedded_image(address: &str) -> Option<String> {
    let (media_type, data) = address.split_once(',')?;
    let media_type = media_type.to_ascii_lowercase();
    let data: String = data.chars().filter(|c| !c.is_ascii_whitespace()).collect();
    let is_allowed = contains(IMAGE_TYPES, &media_type) && is_base64(&data);
    is_allowed.then(|| format!("{media_type},{data}"))
}
