//! Names, and the records that have them. A sorted list, which takes less than half the memory of a table with
//! a list for each name: nearly every name is that of one record.

use std::borrow::Borrow;

use super::RecordId;

/// Names of records; a name may be that of several, and a record may have several.
#[derive(Debug)]
pub(super) struct Names<N>(Box<[(N, RecordId)]>);

impl<N: Ord> Names<N> {
    /// Sorts the names; the same one of the same record counts once.
    pub(super) fn new(mut names: Vec<(N, RecordId)>) -> Self {
        names.sort();
        names.dedup();
        Self(names.into())
    }

    /// The records with this name, in log order.
    pub(super) fn of<'n, Q: Ord + ?Sized>(
        &'n self,
        name: &Q,
    ) -> impl DoubleEndedIterator<Item = RecordId> + use<'n, N, Q>
    where
        N: Borrow<Q>,
    {
        let from = self.0.get(self.before(name)..).unwrap_or_default();
        let count = from.partition_point(|(one, _)| one.borrow() == name);
        from.iter().take(count).map(|(_, id)| *id)
    }

    /// The record with this name, where there is only one.
    pub(super) fn only<Q: Ord + ?Sized>(&self, name: &Q) -> Option<RecordId>
    where
        N: Borrow<Q>,
    {
        let mut all = self.of(name);
        all.next().filter(|_| all.next().is_none())
    }

    /// Whether any record has this name.
    pub(super) fn has<Q: Ord + ?Sized>(&self, name: &Q) -> bool
    where
        N: Borrow<Q>,
    {
        self.of(name).next().is_some()
    }

    /// The first name that is not before this one.
    pub(super) fn next<Q: Ord + ?Sized>(&self, name: &Q) -> Option<&N>
    where
        N: Borrow<Q>,
    {
        self.0.get(self.before(name)).map(|(one, _)| one)
    }

    /// How many names come before this one.
    fn before<Q: Ord + ?Sized>(&self, name: &Q) -> usize
    where
        N: Borrow<Q>,
    {
        self.0.partition_point(|(one, _)| one.borrow() < name)
    }
}

#[cfg(test)]
mod tests {
    use super::Names;
    use crate::model::RecordId;

    #[test]
    fn a_name_leads_to_all_records_that_have_it() {
        let all = [("b", 2), ("a", 1), ("b", 0), ("b", 2), ("d", 3)];
        let names = Names::new(all.map(|(name, at)| (name, RecordId(at))).into());
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
