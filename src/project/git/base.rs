//! Determines the commit that a change is compared with, for all commands that compare.

use super::objects::Object;
use super::repository::Repository;
use crate::text::shell_word;
use crate::{Error, Result};

/// The base that the user or the configuration names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseRequest {
    /// A branch, a tag or a commit, as the user gave it.
    pub name: String,
    /// Whether the branch of the remote is preferred to a local branch of the name.
    pub of_remote: bool,
    /// Whether it is the very commit that the change is based on.
    pub is_start: bool,
}

impl BaseRequest {
    /// The local branch, tag or commit of this name, else the branch of the remote.
    pub fn named(name: &str) -> Self {
        Self { name: name.to_owned(), of_remote: false, is_start: false }
    }
}

/// A base that was found in the repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResolvedBase {
    /// The request that it answers.
    pub request: BaseRequest,
    /// The full name of its commit.
    pub tip: String,
    /// The commit that is checked out, with the names of its parents.
    head: Option<(String, Vec<String>)>,
}

impl ResolvedBase {
    /// Whether the change is based on the tip itself: the request states it, or HEAD is the tip or a merge of it.
    fn is_start(&self) -> bool {
        let is_at_tip = |(head, parents): &(String, Vec<String>)| {
            *head == self.tip || parents.contains(&self.tip)
        };
        self.request.is_start || self.head.as_ref().is_some_and(is_at_tip)
    }
}

impl Repository {
    /// Finds the base.
    ///
    /// # Errors
    ///
    /// [`Error::NoBase`] if it is not in the repository.
    pub fn resolve(&self, request: &BaseRequest) -> Result<ResolvedBase> {
        let name = request.name.as_str();
        let branch_name = name.strip_prefix("refs/heads/").unwrap_or(name);
        let remote_branch = |remote: &str| format!("refs/remotes/{remote}/{branch_name}");
        let origin_branch = remote_branch("origin");
        let [first_name, second_name] =
            if request.of_remote { [&origin_branch, name] } else { [name, &origin_branch] };
        let [head, first, second] = self.commits(["HEAD", first_name, second_name])?;
        let commit = match (first, second) {
            (Some(first), _) => Some(first),
            // Most remotes are called `origin`, so the names of remotes are rarely needed.
            (None, second) => match self.remote().filter(|remote| remote != "origin") {
                Some(remote) => {
                    let [remote_commit] = self.commits([&remote_branch(&remote)])?;
                    if request.of_remote { remote_commit.or(second) } else { remote_commit }
                }
                None => second,
            },
        };
        let no_base = || {
            let fetch = self.fetch_command(name);
            Error::NoBase { base: request.name.clone(), fetch }
        };
        let tip = commit.ok_or_else(no_base)?.name;
        let head = head.map(|head| (head.name.clone(), parents(&head)));
        Ok(ResolvedBase { request: request.clone(), tip, head })
    }

    fn commits<const N: usize>(&self, names: [&str; N]) -> Result<[Option<Object>; N]> {
        let names = names.map(|name| format!("{name}^{{commit}}"));
        let mut commits = self.objects(&names.each_ref().map(String::as_str))?.into_iter();
        Ok(std::array::from_fn(|_| commits.next().flatten()))
    }

    /// The common ancestor of HEAD and the base.
    ///
    /// # Errors
    ///
    /// [`Error::NoMergeBase`] if it is not in the repository.
    pub(super) fn merge_base(&self, base: &ResolvedBase) -> Result<String> {
        if base.is_start() {
            return Ok(base.tip.clone());
        }
        let merge_base = self.text(&["merge-base", &base.tip, "HEAD"]).unwrap_or_default();
        match merge_base.trim() {
            "" => {
                let name = &base.request.name;
                let fetch = self.unshallow_command(name);
                Err(Error::NoMergeBase { base: name.clone(), fetch })
            }
            commit => Ok(commit.to_owned()),
        }
    }

    /// The upstream branch of HEAD, by its name at the remote.
    pub fn upstream(&self) -> Option<BaseRequest> {
        let arguments = ["rev-parse", "--abbrev-ref", "--symbolic-full-name", "@{upstream}"];
        let name = self.text(&arguments)?.trim().to_owned();
        (!name.is_empty()).then(|| BaseRequest::named(&name))
    }

    /// Whether the repository has a remote.
    pub fn has_remote(&self) -> bool {
        !self.remotes().is_empty()
    }

    /// The default remote: `origin`, else the first one.
    fn remote(&self) -> Option<String> {
        let remotes = self.remotes();
        let origin = remotes.iter().find(|remote| *remote == "origin");
        origin.or(remotes.first()).cloned()
    }

    fn remotes(&self) -> Vec<String> {
        let names = self.text(&["remote"]).unwrap_or_default();
        names.lines().map(str::to_owned).collect()
    }

    /// The command that fetches the base; `None` if no remote can have it.
    fn fetch_command(&self, base: &str) -> Option<String> {
        if is_expression(base) {
            return None;
        }
        let remotes = self.remotes();
        let default_remote = self.remote()?;
        // `origin/main` is a branch of `origin`, even if this clone has no remote of that name.
        let mut known_remotes =
            remotes.iter().map(String::as_str).chain([default_remote.as_str(), "origin"]);
        let remote_and_branch = known_remotes
            .find_map(|remote| Some((remote, base.strip_prefix(remote)?.strip_prefix('/')?)));
        let (remote, branch) = remote_and_branch.unwrap_or((&default_remote, base));
        let branch = branch.strip_prefix("refs/heads/").unwrap_or(branch);
        let depth = if self.git.is_shallow { "--depth=1 " } else { "" };
        // If the remote's branches are tracked, `git fetch` stores the branch under the name of the base by itself.
        let is_stored =
            || self.tracks_all_branches(remote) || remotes.iter().all(|known| known != remote);
        let refspec = if is_object_name(branch) || remote_and_branch.is_some() && is_stored() {
            branch.to_owned()
        } else {
            format!("{branch}:refs/remotes/{remote}/{branch}")
        };
        // No remote or branch has such a name, and git would read it as an option.
        if remote.starts_with('-') || refspec.starts_with('-') {
            return None;
        }
        Some(format!("git fetch {depth}{} {}", shell_word(remote), shell_word(&refspec)))
    }

    /// Whether the configuration tracks all branches of `remote` under their usual names.
    fn tracks_all_branches(&self, remote: &str) -> bool {
        let all_branches = format!("+refs/heads/*:refs/remotes/{remote}/*");
        let refspecs = self.text(&["config", "--get-all", &format!("remote.{remote}.fetch")]);
        refspecs.is_some_and(|refspecs| refspecs.lines().any(|refspec| refspec == all_branches))
    }

    /// The command that fetches the history between base and HEAD.
    fn unshallow_command(&self, base: &str) -> Option<String> {
        if !self.git.is_shallow {
            return None;
        }
        let branch = self.text(&["symbolic-ref", "--quiet", "--short", "HEAD"]);
        let commit = || Some(self.commits(["HEAD"]).ok()?.into_iter().flatten().next()?.name);
        let head = branch.or_else(commit)?;
        let fetch_command = self.fetch_command(base)?.replace("--depth=1", "--unshallow");
        Some(format!("{fetch_command} {}", shell_word(head.trim())))
    }
}

/// The parents of a commit, including those that a shallow clone does not hold.
fn parents(commit: &Object) -> Vec<String> {
    let text = String::from_utf8_lossy(&commit.bytes);
    let header_lines = text.lines().take_while(|line| !line.is_empty());
    header_lines.filter_map(|line| line.strip_prefix("parent ")).map(str::to_owned).collect()
}

/// Whether the name is the full name of an object and not a branch.
fn is_object_name(name: &str) -> bool {
    matches!(name.len(), 40 | 64) && name.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Whether the name is an expression such as `HEAD~2`, which cannot be the name of a branch.
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
    fn an_expression_is_not_a_branch() {
        for name in ["HEAD", "HEAD~2", "main^", "main@{1}", "a..b", ":/fix"] {
            assert!(is_expression(name), "{name}");
        }
        for name in ["main", "feature/a-b", "v1.2", "a@b"] {
            assert!(!is_expression(name), "{name}");
        }
    }
}
