//! The operations that turn one sequence into another.

use std::ops::Range;

use similar::DiffOp;
use similar::algorithms::{Capture, Compact, Replace, myers};

/// Returns the operations that turn `old` into `new`, in order.
pub(in crate::text) fn diff_ops(old: &[&str], new: &[&str]) -> Vec<DiffOp> {
    let mut captured_ops = Compact::new(Replace::new(Capture::new()), old, new);
    // Capturing cannot fail. The algorithm is called by its name: a choice between algorithms would make
    // the program half a megabyte larger.
    let _ = myers::diff(&mut captured_ops, old, 0..old.len(), new, 0..new.len());
    captured_ops.into_inner().into_inner().into_ops()
}

/// The items in the range of an operation.
pub(super) fn items_in<T>(items: &[T], range: Range<usize>) -> &[T] {
    items.get(range).unwrap_or_default()
}
