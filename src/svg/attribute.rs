//! Attributes: which are kept, and with which value.

use super::allowed::{PLAIN, PRESENTATION, TEXTS, find};
use super::css::{declarations, local, value};
use super::reader::{Attribute, Space};
use super::{Refused, sheet::is_base64};

/// An attribute as it is written: its name and its value.
pub(super) type Written = (&'static str, String);

/// What becomes of an attribute of `element`; `None` for one that is dropped.
///
/// # Errors
///
/// [`Refused::Loads`] if something that is not in the drawing would be missing from it.
pub(super) fn kept(element: &str, attribute: &Attribute) -> Result<Option<Written>, Refused> {
    let (name, text) = (attribute.name.as_str(), attribute.value.as_str());
    let written = match (attribute.space, name) {
        (Space::Bare, "href") => address(element, text)?.map(|address| ("href", address)),
        (Space::Xlink, "href") => address(element, text)?.map(|address| ("xlink:href", address)),
        (Space::Xml, "space") => {
            Some(("xml:space", text.to_owned())).filter(|_| matches!(text, "preserve" | "default"))
        }
        (Space::Xml, "lang") => Some(("xml:lang", text.to_owned())).filter(|_| is_plain(text)),
        (Space::Bare, "style") => {
            Some(("style", declarations(text))).filter(|(_, text)| !text.is_empty())
        }
        (Space::Bare, name) => {
            let plain = || find(PLAIN, name).filter(|_| is_plain(text));
            let as_is = find(TEXTS, name).or_else(plain).map(|name| (name, text.to_owned()));
            as_is.or_else(|| find(PRESENTATION, name).zip(value(text)))
        }
        _ => None,
    };
    Ok(written)
}

/// Whether a value is made of numbers, words and functions.
fn is_plain(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_alphanumeric() || " .,+-%()#_*".contains(c))
}

/// Where a reference of `element` leads: within the drawing, or to the data of a picture.
fn address(element: &str, text: &str) -> Result<Option<String>, Refused> {
    let text = text.trim_ascii();
    match element {
        "image" => picture(text).map(Some).ok_or(Refused::Loads),
        "use" if !text.is_empty() && local(text).is_none() => Err(Refused::Loads),
        "use" | "textPath" | "linearGradient" | "radialGradient" | "pattern" | "filter" => {
            Ok(local(text).map(|id| format!("#{id}")))
        }
        _ => Ok(None),
    }
}

/// The address of a picture whose data it holds; one that is no drawing itself.
fn picture(address: &str) -> Option<String> {
    let (kind, data) = address.split_once(',')?;
    let kind = kind.to_ascii_lowercase();
    let kinds = ["data:image/png;base64", "data:image/jpeg;base64", "data:image/gif;base64"];
    let others = ["data:image/webp;base64", "data:image/jpg;base64"];
    let data: String = data.chars().filter(|c| !c.is_ascii_whitespace()).collect();
    let is_known = kinds.iter().chain(&others).any(|known| *known == kind);
    (is_known && is_base64(&data)).then(|| format!("{kind},{data}"))
}
