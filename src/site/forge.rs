//! The addresses that forges give to the files and commits of a project. Knows no record, asks nobody.

use super::config::ForgeKind;
use crate::text::{url_decoded, url_path};

/// How a kind of forge writes addresses. Each begins behind that of the project.
struct Form {
    kind: ForgeKind,
    /// What the names of hosts of this kind hold.
    hosts: &'static [&'static str],
    /// Before the path of a file, to see it as it is on the main branch.
    see: &'static str,
    /// The same, to change it; `None` where there is no such address.
    edit: Option<&'static str>,
    /// Before the name of a commit.
    commit: &'static str,
    /// Before the name of a branch and the path of a file on it.
    branch: &'static [&'static str],
}

/// Every kind; the first is what an unknown host is taken for, as most forges understand its form.
static FORMS: &[Form] = &[
    Form {
        kind: ForgeKind::GitHub,
        hosts: &["github"],
        see: "/blob/HEAD/",
        edit: Some("/edit/HEAD/"),
        commit: "/commit/",
        branch: &["/blob/", "/raw/", "/edit/", "/blame/"],
    },
    Form {
        kind: ForgeKind::GitLab,
        hosts: &["gitlab"],
        see: "/-/blob/HEAD/",
        edit: Some("/-/edit/HEAD/"),
        commit: "/-/commit/",
        branch: &["/-/blob/", "/-/raw/", "/-/edit/", "/-/blame/", "/blob/"],
    },
    Form {
        kind: ForgeKind::Gitea,
        hosts: &["gitea", "forgejo", "codeberg"],
        // Takes HEAD for the main branch where no branch is called so.
        see: "/src/branch/HEAD/",
        edit: Some("/_edit/HEAD/"),
        commit: "/commit/",
        branch: &["/src/branch/", "/raw/branch/", "/_edit/"],
    },
    Form {
        kind: ForgeKind::Bitbucket,
        hosts: &["bitbucket"],
        see: "/src/HEAD/",
        // Would need the name of the branch.
        edit: None,
        commit: "/commits/",
        branch: &["/src/", "/raw/"],
    },
    Form {
        kind: ForgeKind::Azure,
        hosts: &["dev.azure.com", "visualstudio.com"],
        see: "?path=/",
        edit: None,
        commit: "/commit/",
        branch: &[],
    },
];

/// What an address holds in the place of a branch where it shows the project as it is: anything else may
/// be a tag or a commit, whose text is not that of today.
const MAIN: [&str; 6] = ["HEAD", "main", "master", "trunk", "develop", "default"];

/// A project on its forge.
pub(super) struct Forge {
    /// Without `/` at its end.
    project: String,
    form: &'static Form,
}

impl Forge {
    /// The project at this address, on a forge of this kind; without one its host tells.
    pub(super) fn new(project: &str, kind: Option<ForgeKind>) -> Option<Self> {
        let host = project.split('/').nth(2).unwrap_or_default().to_ascii_lowercase();
        let is_it = |form: &&Form| match kind {
            Some(kind) => form.kind == kind,
            None => form.hosts.iter().any(|name| host.contains(name)),
        };
        let form = FORMS.iter().find(is_it).or(FORMS.first())?;
        Some(Self { project: project.trim_end_matches('/').to_owned(), form })
    }

    /// Where a file of the project is shown; `None` for a path that leads out of it.
    pub(super) fn see(&self, path: &str) -> Option<String> {
        self.file(self.form.see, path)
    }

    /// Where a file of the project can be changed.
    pub(super) fn edit(&self, path: &str) -> Option<String> {
        self.file(self.form.edit?, path)
    }

    fn file(&self, before: &str, path: &str) -> Option<String> {
        Some(format!("{}{before}{}", self.project, url_path(&normal(path)?)))
    }

    /// Where a commit is shown.
    pub(super) fn commit(&self, commit: &str) -> String {
        format!("{}{}{commit}", self.project, self.form.commit)
    }

    /// The path of the file of the project that an address shows as it is today; `None` for any other.
    pub(super) fn shown_at(&self, address: &str) -> Option<String> {
        let bare = |address: &'_ str| address.find("//").map_or(0, |at| at + 2);
        let own = self.project.get(bare(&self.project)..)?;
        let address = address.trim().split('#').next().unwrap_or_default();
        let address = address.get(bare(address)..)?;
        let (before, rest) = address.split_at_checked(own.len())?;
        if !before.eq_ignore_ascii_case(own) {
            return None;
        }
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        if self.form.kind == ForgeKind::Azure {
            let value = |key: &str| query.split('&').find_map(|one| one.strip_prefix(key));
            let is_today = value("version=")
                .is_none_or(|it| it.strip_prefix("GB").is_some_and(|name| MAIN.contains(&name)));
            return normal(&url_decoded(value("path=").filter(|_| is_today)?));
        }
        let behind = self.form.branch.iter().find_map(|form| path.strip_prefix(form))?;
        let (branch, path) = behind.split_once('/')?;
        MAIN.contains(&branch).then(|| normal(&url_decoded(path)))?
    }
}

/// A path without `.` and `..`; `None` for one that leads out of the project.
fn normal(path: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/').filter(|part| !part.is_empty() && *part != ".") {
        if part == ".." {
            parts.pop()?;
        } else {
            parts.push(part);
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::{Forge, ForgeKind};

    #[track_caller]
    fn check(project: &str, kind: Option<ForgeKind>, expected: [Option<&str>; 3]) {
        let forge = Forge::new(project, kind).unwrap();
        let project = project.trim_end_matches('/');
        let behind = |address: String| address.strip_prefix(project).unwrap().to_owned();
        let path = "docs/adr/./x/../1 & a.md";
        let found = [forge.see(path), forge.edit(path), Some(forge.commit("abc"))];
        assert_eq!(found.map(|one| one.map(behind)), expected.map(|one| one.map(str::to_owned)));
    }

    #[test]
    fn every_forge_has_its_own_addresses() {
        let as_github = [
            Some("/blob/HEAD/docs/adr/1%20%26%20a.md"),
            Some("/edit/HEAD/docs/adr/1%20%26%20a.md"),
            Some("/commit/abc"),
        ];
        check("https://github.com/t/p/", None, as_github);
        check("https://forge.example/t/p", None, as_github);
        let as_gitlab = [
            Some("/-/blob/HEAD/docs/adr/1%20%26%20a.md"),
            Some("/-/edit/HEAD/docs/adr/1%20%26%20a.md"),
            Some("/-/commit/abc"),
        ];
        check("https://gitlab.example/t/s/p/", None, as_gitlab);
        check("https://code.example/t/p/", Some(ForgeKind::GitLab), as_gitlab);
        let as_gitea = [
            Some("/src/branch/HEAD/docs/adr/1%20%26%20a.md"),
            Some("/_edit/HEAD/docs/adr/1%20%26%20a.md"),
            Some("/commit/abc"),
        ];
        check("https://Codeberg.org/t/p/", None, as_gitea);
        check("https://git.example/t/p/", Some(ForgeKind::Gitea), as_gitea);
        check(
            "https://bitbucket.org/t/p/",
            None,
            [Some("/src/HEAD/docs/adr/1%20%26%20a.md"), None, Some("/commits/abc")],
        );
        check(
            "https://dev.azure.com/o/p/_git/r/",
            None,
            [Some("?path=/docs/adr/1%20%26%20a.md"), None, Some("/commit/abc")],
        );
    }

    #[test]
    fn a_path_that_leads_out_of_the_project_has_no_address() {
        let forge = Forge::new("https://github.com/t/p/", None).unwrap();
        assert_eq!(forge.see("docs/../../x"), None);
    }

    #[test]
    fn an_address_of_the_main_branch_shows_a_file_of_today() {
        #[track_caller]
        fn check(project: &str, address: &str, expected: Option<&str>) {
            let forge = Forge::new(project, None).unwrap();
            assert_eq!(forge.shown_at(address).as_deref(), expected, "{address}");
        }
        let github = "https://github.com/t/p/";
        check(
            github,
            "https://github.com/t/p/blob/main/docs/a%20b.md?plain=1#x",
            Some("docs/a b.md"),
        );
        check(github, "http://GitHub.com/T/p/blob/HEAD/docs/a.md", Some("docs/a.md"));
        check(github, "//github.com/t/p/edit/master/docs/a.md", Some("docs/a.md"));
        for other in [
            "https://github.com/t/p/blob/v1.2/docs/a.md",
            "https://github.com/t/p/blob/0a1b2c3d/docs/a.md",
            "https://github.com/t/p2/blob/main/docs/a.md",
            "https://github.com/o/p/blob/main/docs/a.md",
            "https://github.com/t/p/issues/1",
            "https://github.com/t/p",
            "https://github.com.evil.example/t/p/blob/main/docs/a.md",
            "docs/a.md",
        ] {
            check(github, other, None);
        }
        let gitlab = "https://gitlab.example/t/p/";
        check(gitlab, "https://gitlab.example/t/p/-/blob/main/a.md", Some("a.md"));
        let gitea = "https://codeberg.org/t/p/";
        check(gitea, "https://codeberg.org/t/p/src/branch/main/a.md", Some("a.md"));
        check(gitea, "https://codeberg.org/t/p/src/commit/abc/a.md", None);
        let azure = "https://dev.azure.com/o/p/_git/r/";
        check(
            azure,
            "https://dev.azure.com/o/p/_git/r?path=/docs/a.md&version=GBmain",
            Some("docs/a.md"),
        );
        check(azure, "https://dev.azure.com/o/p/_git/r?path=/docs/a.md&version=GTv1", None);
    }
}
