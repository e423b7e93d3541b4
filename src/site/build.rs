//! All files of a site at once. The text of a record goes onto its own page, onto one to be printed, and into
//! the search: it is read once for all of them, and forgotten before the next.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use rayon::slice::ParallelSlice;

use super::page::Fill;
use super::pages::{Printed, Sheet, printed, search_files, search_pieces, sheets};
use super::search::Reads;
use super::{Site, Values, address};
use crate::Result;
use crate::model::RecordId;

/// Takes a file: its place in [`Site::paths`], and what it holds, in pieces. Called from many threads.
pub type Put<'p> = dyn Fn(usize, &[&str]) -> Result<()> + Sync + 'p;

/// How many records of a page to be printed are made one after the other.
const ROW: usize = 20;

impl Site<'_> {
    /// Makes all files, in no order, and gives each to `put`.
    ///
    /// # Errors
    ///
    /// As [`render`](Self::render), and as `put`.
    pub fn build(&self, put: &Put<'_>) -> Result<()> {
        let made: Vec<AtomicBool> = self.files.iter().map(|_| AtomicBool::new(false)).collect();
        let places = self.files.iter().enumerate().map(|(at, (file, _))| (file.path.as_str(), at));
        let places = places.collect();
        let pass = Pass { site: self, places, made: &made, put, reads: Reads::default() };
        sheets(self).iter().try_for_each(|sheet| pass.sheet(sheet))?;
        pass.search()?;
        made.par_iter()
            .enumerate()
            .filter(|(_, made)| !made.load(Ordering::Relaxed))
            .try_for_each(|(at, _)| self.made(at, |pieces| put(at, pieces))?)
    }
}

/// One pass over the texts of all records.
struct Pass<'p> {
    site: &'p Site<'p>,
    /// The places of files, by their paths.
    places: HashMap<&'p str, usize>,
    /// What has been made, by the same places.
    made: &'p [AtomicBool],
    put: &'p Put<'p>,
    reads: Reads,
}

impl Pass<'_> {
    /// Makes a page to be printed, and the pages of its records.
    fn sheet(&self, sheet: &Sheet) -> Result<()> {
        let rows = sheet.records.par_chunks(ROW);
        let rows = rows.map(|row| {
            let printed =
                row.iter().map(|id| self.record(*id)).collect::<Result<Vec<Printed<'_>>>>()?;
            sheet.together(self.site, printed.into_iter())
        });
        let rows = rows.collect::<Result<Vec<Vec<String>>>>()?;
        let values = sheet.filled(self.site, rows.into_iter().flatten().collect())?;
        self.page(&sheet.file.path, |fill| match fill {
            Fill::Long(name, _) => Some((name, values)),
            _ => None,
        })
    }

    /// Makes the page of a record, and what else is made of its text.
    fn record(&self, id: RecordId) -> Result<Printed<'_>> {
        self.site.read(id, |reading| {
            self.reads.add(self.site, reading);
            self.page(self.site.url(id), |fill| match fill {
                Fill::Record(name, values) => Some((name, values(self.site, reading).into())),
                _ => None,
            })?;
            Ok(printed(self.site, reading))
        })
    }

    /// Makes the page at `path` with the template and the values that it `is` to be filled from.
    fn page<'f>(
        &self,
        path: &str,
        is: impl FnOnce(&'f Fill) -> Option<(&'f str, Values)>,
    ) -> Result<()> {
        let Some(at) = self.places.get(path) else { return Ok(()) };
        let Some((file, page)) = self.site.files.get(*at) else { return Ok(()) };
        let Some(filling) = is(&page.fill) else { return Ok(()) };
        let put = |pieces: &[&str]| self.put(*at, pieces);
        self.site.finish((file, address::root(path)), filling, put)?
    }

    /// Makes the files with the search index, which is forgotten with what was read for it.
    fn search(&self) -> Result<()> {
        let index = self.reads.index(self.site);
        search_files(self.site).par_iter().try_for_each(|file| {
            let pieces = search_pieces(&index, file);
            let pieces: Vec<&str> = pieces.iter().map(String::as_str).collect();
            self.places.get(file.path.as_str()).map_or(Ok(()), |at| self.put(*at, &pieces))
        })
    }

    fn put(&self, at: usize, pieces: &[&str]) -> Result<()> {
        (self.put)(at, pieces)?;
        if let Some(made) = self.made.get(at) {
            made.store(true, Ordering::Relaxed);
        }
        Ok(())
    }
}
