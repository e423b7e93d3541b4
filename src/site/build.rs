//! Builds all files of a site in one pass over the texts.
//!
//! The text of a record is on its own page, on a page for printing, and in the search index. It is parsed once for
//! all of them, and dropped before the next.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use rayon::slice::ParallelSlice;

use super::Site;
use super::links::path_to_root;
use super::page::PageFill;
use super::pages::{PrintSheet, PrintedRecord, print_sheets, search_file_pieces, search_files};
use super::record::add_to_index;
use super::render::PageValues;
use super::search::IndexBuilder;
use crate::Result;
use crate::model::RecordId;

/// Writes a file: its index in [`Site::paths`], and its content in pieces. Called from many threads.
pub type WriteFile<'p> = dyn Fn(usize, &[&str]) -> Result<()> + Sync + 'p;

/// The number of records on a page for printing that one thread makes.
const CHUNK: usize = 20;

impl Site<'_> {
    /// Makes all files, in any order, and passes each to `write`.
    ///
    /// # Errors
    ///
    /// As [`render`](Self::render), and as `write`.
    pub fn build(&self, write: &WriteFile<'_>) -> Result<()> {
        let is_made: Vec<AtomicBool> = self.files.iter().map(|_| AtomicBool::new(false)).collect();
        let indices = self.files.iter().enumerate();
        let indices = indices.map(|(index, (file, _))| (file.path.as_str(), index)).collect();
        let index_builder = IndexBuilder::default();
        let pass = TextPass { site: self, indices, is_made: &is_made, write, index_builder };
        print_sheets(&self.facts).iter().try_for_each(|sheet| pass.make_sheet(sheet))?;
        pass.make_search_files()?;
        is_made
            .par_iter()
            .enumerate()
            .filter(|(_, is_made)| !is_made.load(Ordering::Relaxed))
            .try_for_each(|(index, _)| self.with_pieces(index, |pieces| write(index, pieces))?)
    }
}

/// One pass over the texts of all records.
struct TextPass<'p> {
    site: &'p Site<'p>,
    /// The indices of the files, by their paths.
    indices: HashMap<&'p str, usize>,
    /// Whether a file has been made, by the same indices.
    is_made: &'p [AtomicBool],
    write: &'p WriteFile<'p>,
    index_builder: IndexBuilder,
}

impl TextPass<'_> {
    /// Makes a page for printing, and the pages of its records.
    fn make_sheet(&self, sheet: &PrintSheet) -> Result<()> {
        let facts = &self.site.facts;
        let chunks = sheet.records.par_chunks(CHUNK);
        let chunks = chunks.map(|ids| {
            let printed = ids.iter().map(|id| self.make_record(*id));
            let printed = printed.collect::<Result<Vec<PrintedRecord<'_>>>>()?;
            sheet.records_html(facts, printed.into_iter())
        });
        let chunks = chunks.collect::<Result<Vec<Vec<String>>>>()?;
        let values = sheet.values(facts, chunks.into_iter().flatten().collect())?;
        self.make_page(&sheet.file.path, |fill| match fill {
            PageFill::Long(name, _) => Some((name, values)),
            _ => None,
        })
    }

    /// Makes the page of a record, and everything else that needs its text.
    fn make_record(&self, id: RecordId) -> Result<PrintedRecord<'_>> {
        let facts = &self.site.facts;
        facts.read(id, |text| {
            add_to_index(&self.index_builder, facts, text);
            self.make_page(facts.url(id), |fill| match fill {
                PageFill::Record(name, values) => Some((name, values(facts, text).into())),
                _ => None,
            })?;
            Ok(PrintedRecord::new(facts, text))
        })
    }

    /// Makes the page at `path`; `filling` returns its template and values.
    fn make_page<'f>(
        &self,
        path: &str,
        filling: impl FnOnce(&'f PageFill) -> Option<(&'f str, PageValues)>,
    ) -> Result<()> {
        let Some(index) = self.indices.get(path) else { return Ok(()) };
        let Some((file, page)) = self.site.files.get(*index) else { return Ok(()) };
        let Some(filling) = filling(&page.fill) else { return Ok(()) };
        let write = |pieces: &[&str]| self.write_file(*index, pieces);
        self.site.finish((file, path_to_root(path)), filling, write)?
    }

    /// Makes the files of the search index, and drops the index.
    fn make_search_files(&self) -> Result<()> {
        let facts = &self.site.facts;
        let search_index = self.index_builder.finish(facts.log);
        search_files(facts).par_iter().try_for_each(|file| {
            let pieces = search_file_pieces(&search_index, file);
            let pieces: Vec<&str> = pieces.iter().map(String::as_str).collect();
            let index = self.indices.get(file.path.as_str());
            index.map_or(Ok(()), |index| self.write_file(*index, &pieces))
        })
    }

    fn write_file(&self, index: usize, pieces: &[&str]) -> Result<()> {
        (self.write)(index, pieces)?;
        if let Some(is_made) = self.is_made.get(index) {
            is_made.store(true, Ordering::Relaxed);
        }
        Ok(())
    }
}
