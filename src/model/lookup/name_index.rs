//! Names and the records that have them, as a sorted list: less than half the memory of a table with a list for each
//! name, because nearly every name belongs to one record.

use std::borrow::Borrow;

use crate::model::RecordId;

/// Names of records. Several records may share a name, and a record may have several.
#[derive(Debug)]
pub(in crate::model) struct NameIndex<N>(Box<[(N, RecordId)]>);

impl<N: Ord> NameIndex<N> {
    /// Collects the names of `records`, which must be in log order.
    pub(super) fn of_records<I: IntoIterator<Item = N>>(records: impl Iterator<Item = I>) -> Self {
        let with_id =
            |(index, names): (usize, I)| names.into_iter().map(move |name| (name, RecordId(index)));
        Self::new(records.enumerate().flat_map(with_id).collect())
    }

    /// Sorts the names and drops duplicates of the same record.
    pub(super) fn new(mut names: Vec<(N, RecordId)>) -> Self {
        names.sort();
        names.dedup();
        Self(names.into())
    }

    /// Returns the records with this name, in log order.
    pub(super) fn of<'n, Q: Ord + ?Sized>(
        &'n self,
        name: &Q,
    ) -> impl DoubleEndedIterator<Item = RecordId> + use<'n, N, Q>
    where
        N: Borrow<Q>,
    {
        let remaining_names = self.0.get(self.before(name)..).unwrap_or_default();
        let match_count = remaining_names.partition_point(|(known, _)| known.borrow() == name);
        remaining_names.iter().take(match_count).map(|(_, id)| *id)
    }

    /// The record with this name, if there is only one.
    pub(super) fn only<Q: Ord + ?Sized>(&self, name: &Q) -> Option<RecordId>
    where
        N: Borrow<Q>,
    {
        let mut matches = self.of(name);
        matches.next().filter(|_| matches.next().is_none())
    }

    /// Whether any record has this name.
    pub(super) fn has<Q: Ord + ?Sized>(&self, name: &Q) -> bool
    where
        N: Borrow<Q>,
    {
        self.of(name).next().is_some()
    }

    /// The first name that does not sort before this one.
    pub(super) fn next<Q: Ord + ?Sized>(&self, name: &Q) -> Option<&N>
    where
        N: Borrow<Q>,
    {
        self.0.get(self.before(name)).map(|(known, _)| known)
    }

    /// The number of names that sort before this one.
    fn before<Q: Ord + ?Sized>(&self, name: &Q) -> usize
    where
        N: Borrow<Q>,
    {
        self.0.partition_point(|(known, _)| known.borrow() < name)
    }
}

#[cfg(test)]
mod tests {
    use super::NameIndex;
    use crate::model::RecordId;

    #[test]
    fn a_name_leads_to_all_records_that_have_it() {
        let all = [("b", 2), ("a", 1), ("b", 0), ("b", 2), ("d", 3)];
        let names = NameIndex::new(all.map(|(name, at)| (name, RecordId(at))).into());
        assert_eq!(names.of("b").collect::<Vec<_>>(), [RecordId(0), RecordId(2)]);
        assert_eq!(names.of("c").count(), 0);
        let only = ["a", "b", "c", "d"].map(|name| names.only(name));
        assert_eq!(only, [Some(RecordId(1)), None, None, Some(RecordId(3))]);
        assert_eq!(
            ["", "c", "e"].map(|name| names.next(name).copied()),
            [Some("a"), Some("d"), None]
        );
    }
}
