//! All files of a site at once. The text of a record goes onto its own page, onto one to be printed, and into
//! the search: it is read once for all of them, and forgotten before the next.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use rayon::slice::ParallelSlice;
use tera::Context;

use super::page::Fill;
use super::pages::{Printed, Sheet, printed, sheets};
use super::search::Reads;
use super::{Site, address};
use crate::Result;
use crate::model::RecordId;

/// Takes a file: its place in [`Site::paths`], and what it holds. Called from many threads.
pub type Put<'p> = dyn Fn(usize, &str) -> Result<()> + Sync + 'p;

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
        let (places, reads) = (places.collect(), Reads::default());
        let pass = Pass { site: self, places, made: &made, put, reads: &reads };
        sheets(self).par_iter().try_for_each(|sheet| pass.sheet(sheet))?;
        self.index.get_or_init(|| reads.index(self));
        made.par_iter()
            .enumerate()
            .filter(|(_, made)| !made.load(Ordering::Relaxed))
            .try_for_each(|(at, _)| put(at, &self.render(at)?))
    }
}

/// One pass over the texts of all records.
struct Pass<'p, 's> {
    site: &'s Site<'s>,
    /// The places of files, by their paths.
    places: HashMap<&'p str, usize>,
    /// What has been made, by the same places.
    made: &'p [AtomicBool],
    put: &'p Put<'p>,
    reads: &'p Reads<'s>,
}

impl Pass<'_, '_> {
    /// Makes a page to be printed, and the pages of its records.
    fn sheet(&self, sheet: &Sheet) -> Result<()> {
        let rows = sheet.records.par_chunks(ROW);
        let rows = rows.map(|row| {
            let printed =
                row.iter().map(|id| self.record(*id)).collect::<Result<Vec<Printed>>>()?;
            sheet.together(self.site, printed.into_iter())
        });
        let rows = rows.collect::<Result<Vec<String>>>()?;
        let values = sheet.filled(self.site, &rows.concat())?;
        drop(rows);
        self.page(&sheet.file.path, |fill| match fill {
            Fill::Long(name, _) => Some((name, values)),
            _ => None,
        })
    }

    /// Makes the page of a record, and what else is made of its text.
    fn record(&self, id: RecordId) -> Result<Printed> {
        self.site.read(id, |reading| {
            self.reads.add(self.site, reading);
            self.page(&self.site.url(id), |fill| match fill {
                Fill::Record(name, values) => Some((name, values(self.site, reading))),
                _ => None,
            })?;
            Ok(printed(self.site, reading))
        })
    }

    /// Makes the page at `path` with the template and the values that it `is` to be filled from.
    fn page<'f>(
        &self,
        path: &str,
        is: impl FnOnce(&'f Fill) -> Option<(&'f str, Context)>,
    ) -> Result<()> {
        let Some(at) = self.places.get(path) else { return Ok(()) };
        let Some((file, page)) = self.site.files.get(*at) else { return Ok(()) };
        let Some((name, values)) = is(&page.fill) else { return Ok(()) };
        (self.put)(*at, &self.site.finish(file, address::root(path), name, values)?)?;
        if let Some(made) = self.made.get(*at) {
            made.store(true, Ordering::Relaxed);
        }
        Ok(())
    }
}
