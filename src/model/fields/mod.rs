//! The fields of a record as plain data.

mod date;
mod file_name;
mod layout;
mod number;
mod relation;
mod role;
mod status;
mod transitions;

pub use date::{Date, DateOrder, DateStatement};
pub use file_name::{FileName, Stamp, is_index, naming, stem};
pub use layout::{Layout, Stated};
pub use number::Number;
pub use relation::{Reference, Relation, RelationKind};
pub use role::Role;
pub use status::{Lifecycle, Status};
pub use transitions::Transitions;
