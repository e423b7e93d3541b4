//! The stories in `tests/cmd`: commands as they are typed, and all that they print.

#[test]
fn stories() {
    trycmd::TestCases::new()
        .case("tests/cmd/*.md")
        .env("ADR_DATE", "2026-03-01")
        .env("NO_COLOR", "1")
        .env("VISUAL", "")
        .env("EDITOR", "");
}
