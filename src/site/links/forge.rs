//! The addresses of a project's files and commits on its forge. Makes no requests.

use crate::site::ForgeKind;
use crate::text::{url_decoded, url_path};

/// How a kind of forge writes addresses. Each part follows the address of the project.
struct UrlScheme {
    kind: ForgeKind,
    /// Parts of the names of hosts of this kind.
    hosts: &'static [&'static str],
    /// Before the path of a file, to view it on the main branch.
    view: &'static str,
    /// The same, to edit it; `None` if the forge has no such address.
    edit: Option<&'static str>,
    /// Before the hash of a commit.
    commit: &'static str,
    /// Before the name of a branch and the path of a file on it.
    branches: &'static [&'static str],
}

/// Every kind. Unknown hosts use the first, because most forges understand its addresses.
static SCHEMES: &[UrlScheme] = &[
    UrlScheme {
        kind: ForgeKind::GitHub,
        hosts: &["github"],
        view: "/blob/HEAD/",
        edit: Some("/edit/HEAD/"),
        commit: "/commit/",
        branches: &["/blob/", "/raw/", "/edit/", "/blame/"],
    },
    UrlScheme {
        kind: ForgeKind::GitLab,
        hosts: &["gitlab"],
        view: "/-/blob/HEAD/",
        edit: Some("/-/edit/HEAD/"),
        commit: "/-/commit/",
        branches: &["/-/blob/", "/-/raw/", "/-/edit/", "/-/blame/", "/blob/"],
    },
    UrlScheme {
        kind: ForgeKind::Gitea,
        hosts: &["gitea", "forgejo", "codeberg"],
        // Reads HEAD as the main branch if no branch has this name.
        view: "/src/branch/HEAD/",
        edit: Some("/_edit/HEAD/"),
        commit: "/commit/",
        branches: &["/src/branch/", "/raw/branch/", "/_edit/"],
    },
    UrlScheme {
        kind: ForgeKind::Bitbucket,
        hosts: &["bitbucket"],
        view: "/src/HEAD/",
        // Needs the name of the branch.
        edit: None,
        commit: "/commits/",
        branches: &["/src/", "/raw/"],
    },
    UrlScheme {
        kind: ForgeKind::Azure,
        hosts: &["dev.azure.com", "visualstudio.com"],
        view: "?path=/",
        edit: None,
        commit: "/commit/",
        branches: &[],
    },
];

/// Names of main branches in an address. Any other name may be a tag or a commit, which shows an older text.
const MAIN_BRANCHES: [&str; 6] = ["HEAD", "main", "master", "trunk", "develop", "default"];

/// A project on its forge.
pub(crate) struct ForgeProject {
    /// Its address, without a `/` at its end.
    url: String,
    scheme: &'static UrlScheme,
}

impl ForgeProject {
    /// The project at this address; without a `kind`, its host decides.
    pub(crate) fn new(url: &str, kind: Option<ForgeKind>) -> Option<Self> {
        let host = url.split('/').nth(2).unwrap_or_default().to_ascii_lowercase();
        let matches = |scheme: &&UrlScheme| match kind {
            Some(kind) => scheme.kind == kind,
            None => scheme.hosts.iter().any(|name| host.contains(name)),
        };
        let scheme = SCHEMES.iter().find(matches).or(SCHEMES.first())?;
        Some(Self { url: url.trim_end_matches('/').to_owned(), scheme })
    }

    /// The address that shows a file of the project; `None` for a path that leaves the project.
    pub(crate) fn view_url(&self, path: &str) -> Option<String> {
        self.file_url(self.scheme.view, path)
    }

    /// The address for editing a file of the project.
    pub(crate) fn edit_url(&self, path: &str) -> Option<String> {
        self.file_url(self.scheme.edit?, path)
    }

    fn file_url(&self, prefix: &str, path: &str) -> Option<String> {
        Some(format!("{}{prefix}{}", self.url, url_path(&normalized(path)?)))
    }

    /// The address that shows a commit.
    pub(crate) fn commit_url(&self, hash: &str) -> String {
        format!("{}{}{hash}", self.url, self.scheme.commit)
    }

    /// The path of the project's file that an address shows on the main branch; `None` for any other address.
    pub(crate) fn file_at(&self, address: &str) -> Option<String> {
        let host_start = |address: &'_ str| address.find("//").map_or(0, |offset| offset + 2);
        let project = self.url.get(host_start(&self.url)..)?;
        let address = address.trim().split('#').next().unwrap_or_default();
        let address = address.get(host_start(address)..)?;
        let (address_start, remainder) = address.split_at_checked(project.len())?;
        if !address_start.eq_ignore_ascii_case(project) {
            return None;
        }
        let (path, query) = remainder.split_once('?').unwrap_or((remainder, ""));
        if self.scheme.kind == ForgeKind::Azure {
            return azure_file(query);
        }
        let mut prefixes = self.scheme.branches.iter();
        let branch_and_path = prefixes.find_map(|prefix| path.strip_prefix(prefix))?;
        let (branch, path) = branch_and_path.split_once('/')?;
        MAIN_BRANCHES.contains(&branch).then(|| normalized(&url_decoded(path)))?
    }
}

/// The path of the file in the query of an address on Azure, if it shows the main branch.
fn azure_file(query: &str) -> Option<String> {
    let parameter = |key: &str| query.split('&').find_map(|pair| pair.strip_prefix(key));
    // `GB` marks a branch, `GT` a tag.
    let is_main = parameter("version=").is_none_or(|version| {
        version.strip_prefix("GB").is_some_and(|branch| MAIN_BRANCHES.contains(&branch))
    });
    normalized(&url_decoded(parameter("path=").filter(|_| is_main)?))
}

/// A path without `.` and `..`; `None` if it leaves the project.
fn normalized(path: &str) -> Option<String> {
    let mut folders: Vec<&str> = Vec::new();
    for name in path.split('/').filter(|name| !name.is_empty() && *name != ".") {
        if name == ".." {
            folders.pop()?;
        } else {
            folders.push(name);
        }
    }
    Some(folders.join("/"))
}

#[cfg(test)]
mod tests {
    use super::{ForgeKind, ForgeProject};

    #[track_caller]
    fn check(project: &str, kind: Option<ForgeKind>, expected: [Option<&str>; 3]) {
        let forge = ForgeProject::new(project, kind).unwrap();
        let project = project.trim_end_matches('/');
        let after_project = |url: String| url.strip_prefix(project).unwrap().to_owned();
        let path = "docs/adr/./x/../1 & a.md";
        let urls = [forge.view_url(path), forge.edit_url(path), Some(forge.commit_url("abc"))];
        assert_eq!(
            urls.map(|url| url.map(after_project)),
            expected.map(|url| url.map(str::to_owned))
        );
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
        let forge = ForgeProject::new("https://github.com/t/p/", None).unwrap();
        assert_eq!(forge.view_url("docs/../../x"), None);
    }

    #[test]
    fn an_address_of_the_main_branch_shows_a_file_of_today() {
        #[track_caller]
        fn check(project: &str, address: &str, expected: Option<&str>) {
            let forge = ForgeProject::new(project, None).unwrap();
            assert_eq!(forge.file_at(address).as_deref(), expected, "{address}");
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
