//! Addresses: of the pages of records, of files on a forge, of pictures.

mod destinations;
mod forge;
mod label;
mod page_address;
mod pictures;
mod slug;

pub use destinations::{Destinations, destinations};
pub(super) use forge::ForgeProject;
pub(super) use label::{display_number, label};
pub(super) use page_address::{PageAddress, page_addresses, path_to_root};
pub(super) use pictures::PublishedPictures;
pub(super) use slug::{fnv, slug, slug_of_value};
