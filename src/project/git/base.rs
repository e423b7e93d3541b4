//! Which commit a change is compared with: the one answer for all commands that compare.

use super::objects::Object;
use super::repository::Repository;
use crate::text::shell_word;
use crate::{Error, Result};

/// A base that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseRequest {
    /// A branch, a tag or a commit, as it was given.
    pub name: String,
    /// Whether a branch of that name is meant as the remote has it, and not the local one.
    pub of_remote: bool,
    /// Whether it is the very commit where the change began.
    pub is_start: bool,
}

impl BaseRequest {
    /// What has this name here, else at the remote.
    pub fn named(name: &str) -> Self {
        Self { name: name.to_owned(), of_remote: false, is_start: false }
    }
}

/// A base that is in the repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResolvedBase {
    /// What was asked for.
    pub request: BaseRequest,
    /// The commit that it means, by its full name.
    pub tip: String,
    /// The commit that is checked out, with the names of its parents.
    head: Option<(String, Vec<String>)>,
}

impl ResolvedBase {
    /// Whether the change began at the tip: HEAD is the tip, or a merge of it, or was said to have begun there.
    fn is_start(&self) -> bool {
        let is_near = |(head, parents): &(String, Vec<String>)| {
            *head == self.tip || parents.contains(&self.tip)
        };
        self.request.is_start || self.head.as_ref().is_some_and(is_near)
    }
}

impl Repository {
    /// The base that was asked for.
    ///
    /// # Errors
    ///
    /// [`Error::NoBase`] if it is not in the repository.
    pub fn resolve(&self, request: &BaseRequest) -> Result<ResolvedBase> {
        let name = request.name.as_str();
        let short = name.strip_prefix("refs/heads/").unwrap_or(name);
        let at_remote = |remote: &str| format!("refs/remotes/{remote}/{short}");
        let at_origin = at_remote("origin");
        let names = if request.of_remote { [&at_origin, name] } else { [name, &at_origin] };
        let [head, first, second] = self.commits(["HEAD", names[0], names[1]])?;
        let found = match (first, second) {
            (Some(first), _) => Some(first),
            // Most remotes are called `origin`, so that git is seldom asked for their names.
            (None, second) => match self.remote().filter(|remote| remote != "origin") {
                Some(remote) => {
                    let [other] = self.commits([&at_remote(&remote)])?;
                    if request.of_remote { other.or(second) } else { other }
                }
                None => second,
            },
        };
        let no_base = || Error::NoBase { base: request.name.clone(), fetch: self.fetch(name) };
        let tip = found.ok_or_else(no_base)?.name;
        let head = head.map(|head| (head.name.clone(), parents(&head)));
        Ok(ResolvedBase { request: request.clone(), tip, head })
    }

    fn commits<const N: usize>(&self, names: [&str; N]) -> Result<[Option<Object>; N]> {
        let names = names.map(|name| format!("{name}^{{commit}}"));
        let mut commits = self.objects(&names.each_ref().map(String::as_str))?.into_iter();
        Ok(std::array::from_fn(|_| commits.next().flatten()))
    }

    /// Where HEAD left the base.
    ///
    /// # Errors
    ///
    /// [`Error::NoMergeBase`] if that commit is not in the repository.
    pub(super) fn start(&self, base: &ResolvedBase) -> Result<String> {
        if base.is_start() {
            return Ok(base.tip.clone());
        }
        let start = self.text(&["merge-base", &base.tip, "HEAD"]).unwrap_or_default();
        match start.trim() {
            "" => {
                let name = &base.request.name;
                Err(Error::NoMergeBase { base: name.clone(), fetch: self.deepen(name) })
            }
            start => Ok(start.to_owned()),
        }
    }

    /// The branch that the one of HEAD follows, by its name at the remote.
    pub fn upstream(&self) -> Option<BaseRequest> {
        let args = ["rev-parse", "--abbrev-ref", "--symbolic-full-name", "@{upstream}"];
        let name = self.text(&args)?.trim().to_owned();
        (!name.is_empty()).then(|| BaseRequest::named(&name))
    }

    /// Whether there is a repository that it was cloned from, or is pushed to.
    pub fn has_remote(&self) -> bool {
        !self.remotes().is_empty()
    }

    /// The remote that branches come from: `origin`, else the first.
    fn remote(&self) -> Option<String> {
        let remotes = self.remotes();
        let origin = remotes.iter().find(|remote| *remote == "origin");
        origin.or(remotes.first()).cloned()
    }

    fn remotes(&self) -> Vec<String> {
        let names = self.text(&["remote"]).unwrap_or_default();
        names.lines().map(str::to_owned).collect()
    }

    /// The command that brings the base here; `None` if there is nowhere to get it from.
    fn fetch(&self, base: &str) -> Option<String> {
        if is_expression(base) {
            return None;
        }
        let remotes = self.remotes();
        let usual = self.remote()?;
        // `origin/main` is a branch of `origin`, also before that remote has a name here.
        let mut known = remotes.iter().map(String::as_str).chain([usual.as_str(), "origin"]);
        let named =
            known.find_map(|remote| Some((remote, base.strip_prefix(remote)?.strip_prefix('/')?)));
        let (remote, branch) = named.unwrap_or((&usual, base));
        let branch = branch.strip_prefix("refs/heads/").unwrap_or(branch);
        let depth = if self.git.is_shallow { "--depth=1 " } else { "" };
        // What is named like a branch of the remote is put there by itself.
        let is_kept = || self.follows(remote) || remotes.iter().all(|known| known != remote);
        let place = if is_object(branch) || named.is_some() && is_kept() {
            branch.to_owned()
        } else {
            format!("{branch}:refs/remotes/{remote}/{branch}")
        };
        // Names of a remote and of a branch never begin so, and git would take them for options.
        if remote.starts_with('-') || place.starts_with('-') {
            return None;
        }
        Some(format!("git fetch {depth}{} {}", shell_word(remote), shell_word(&place)))
    }

    /// Whether git keeps the branches of `remote`, all of them, where their names say.
    fn follows(&self, remote: &str) -> bool {
        let all = format!("+refs/heads/*:refs/remotes/{remote}/*");
        let said = self.text(&["config", "--get-all", &format!("remote.{remote}.fetch")]);
        said.is_some_and(|said| said.lines().any(|line| line == all))
    }

    /// The command that brings the history between base and HEAD here.
    fn deepen(&self, base: &str) -> Option<String> {
        if !self.git.is_shallow {
            return None;
        }
        let branch = self.text(&["symbolic-ref", "--quiet", "--short", "HEAD"]);
        let commit = || Some(self.commits(["HEAD"]).ok()?.into_iter().flatten().next()?.name);
        let head = branch.or_else(commit)?;
        let fetch = self.fetch(base)?.replace("--depth=1", "--unshallow");
        Some(format!("{fetch} {}", shell_word(head.trim())))
    }
}

/// The parents of a commit, also those that a shallow clone does not hold.
fn parents(commit: &Object) -> Vec<String> {
    let text = String::from_utf8_lossy(&commit.bytes);
    let header = text.lines().take_while(|line| !line.is_empty());
    header.filter_map(|line| line.strip_prefix("parent ")).map(str::to_owned).collect()
}

/// Whether the name is the full name of an object and not a branch.
fn is_object(name: &str) -> bool {
    matches!(name.len(), 40 | 64) && name.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Whether the name leads to a commit by way of another one, such as `HEAD~2`: no remote has a branch of this name.
fn is_expression(name: &str) -> bool {
    name == "HEAD"
        || name.contains("..")
        || name.contains("@{")
        || name.contains(['~', '^', ':', '?', '*', '[', '\\'])
}

#[cfg(test)]
mod tests {
    use super::{BaseRequest, Object, ResolvedBase, is_expression, parents};

    #[test]
    fn a_change_begins_at_the_tip_if_head_is_the_tip_or_a_merge_of_it() {
        let bytes = b"tree 1\nparent a\nparent b\nauthor x\n\nparent c\n".to_vec();
        let head = Object { name: "h".to_owned(), bytes };
        assert_eq!(parents(&head), ["a", "b"]);
        let base = |tip: &str, is_start| ResolvedBase {
            request: BaseRequest { is_start, ..BaseRequest::named("main") },
            tip: tip.to_owned(),
            head: Some((head.name.clone(), parents(&head))),
        };
        for (tip, is_start, expected) in
            [("h", false, true), ("b", false, true), ("c", false, false), ("c", true, true)]
        {
            assert_eq!(base(tip, is_start).is_start(), expected, "{tip}");
        }
    }

    #[test]
    fn what_leads_to_a_commit_by_way_of_another_is_no_branch() {
        for name in ["HEAD", "HEAD~2", "main^", "main@{1}", "a..b", ":/fix"] {
            assert!(is_expression(name), "{name}");
        }
        for name in ["main", "feature/a-b", "v1.2", "a@b"] {
            assert!(!is_expression(name), "{name}");
        }
    }
}
