//! The minimum cost of this kind of work: modes of this program that only read the files of a folder, or
//! only convert each to HTML, in parallel; and a mode that only builds the record pages of our site.

use std::mem::ManuallyDrop;
use std::path::Path;
use std::{fs, hint};

use pulldown_cmark::{Options, Parser, html};
use rationale::project::{Project, Request};
use rationale::site::{Site, SiteInputs};
use rayon::iter::{
    IndexedParallelIterator, IntoParallelIterator, IntoParallelRefIterator, ParallelIterator,
};

/// The flag for the mode that only reads a folder.
pub(super) const READ: &str = "--plain-read";

/// The flag for the mode that only renders a folder into another.
pub(super) const RENDER: &str = "--plain-render";

/// The flag for the mode that only writes the record pages of a log.
pub(super) const PAGES: &str = "--pages-only";

/// Runs the mode that the arguments select; returns false if there is none.
pub(super) fn run(arguments: &[String]) -> bool {
    match arguments {
        [flag, folder] if flag == READ => {
            hint::black_box(each(folder, |_, text| text.len()));
            true
        }
        [flag, folder, out] if flag == RENDER => {
            fs::create_dir_all(out).unwrap();
            hint::black_box(each(folder, |name, text| render(name, &text, Path::new(out))));
            true
        }
        [flag, folder, out] if flag == PAGES => {
            pages(Path::new(folder), Path::new(out));
            true
        }
        _ => false,
    }
}

/// Writes the page of every record of the log in `folder`, as `adr build` does.
fn pages(folder: &Path, out: &Path) {
    // Like `adr build`, this exits without freeing memory.
    let project = ManuallyDrop::new(
        Project::open(&Request { dir: Some(folder), ..Request::default() }).unwrap(),
    );
    let site = Site::new(&project.log, &project.config.site, SiteInputs::default()).unwrap();
    let site = ManuallyDrop::new(site);
    fs::create_dir_all(out.join("decisions")).unwrap();
    site.paths().par_iter().enumerate().for_each(|(index, path)| {
        let name = path.strip_prefix("decisions/");
        if name.is_some_and(|name| Path::new(name).extension() == Some("html".as_ref())) {
            fs::write(out.join(path), site.render(index).unwrap()).unwrap();
        }
    });
}

/// Reads every file of `folder` in parallel, and adds up the results of `measure`.
fn each(folder: &str, measure: impl Fn(&str, Vec<u8>) -> usize + Sync) -> usize {
    let files: Vec<_> = walkdir::WalkDir::new(folder).into_iter().collect();
    let sizes = files.into_par_iter().map(|entry| {
        let entry = entry.unwrap();
        let name = entry.file_name().to_str().unwrap();
        if entry.file_type().is_file() { measure(name, fs::read(entry.path()).unwrap()) } else { 0 }
    });
    sizes.sum()
}

fn render(name: &str, text: &[u8], out: &Path) -> usize {
    let text = str::from_utf8(text).unwrap();
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut page = String::new();
    html::push_html(&mut page, Parser::new_ext(text, options));
    fs::write(out.join(name).with_extension("html"), &page).unwrap();
    page.len()
}
