//! Runs the stories in `tests/cmd`: commands as typed, with their whole output.

#[test]
fn stories() {
    trycmd::TestCases::new()
        .case("tests/cmd/*.md")
        .case("tests/cmd/*.toml")
        .env("ADR_DATE", "2026-03-01")
        .env("NO_COLOR", "1")
        // If the tests run for a pull request, its base must not affect them.
        .env("GITHUB_BASE_REF", "")
        .env("VISUAL", "")
        .env("EDITOR", "");
}

/// Without this folder, a story runs inside this repository and finds our own log.
#[test]
fn every_story_that_has_a_folder_runs_in_a_copy_of_it() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cmd");
    let stories = walkdir::WalkDir::new(folder).max_depth(1).into_iter();
    let inputs = stories.map(|entry| entry.unwrap().into_path());
    let inputs = inputs.filter(|path| path.extension().is_some_and(|end| end == "in"));
    let lone: Vec<_> = inputs.filter(|path| !path.with_extension("out").is_dir()).collect();
    assert_eq!(
        lone,
        Vec::<std::path::PathBuf>::new(),
        "stories without a folder `.out`, see README.md"
    );
}
