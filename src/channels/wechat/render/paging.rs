//! What renders for one platform: packs text into numbered pages.

use crate::{
    answer::Script,
    channels::{
        cut::cut_some, deployment::Deployment, wechat::wording as words, wording::in_script,
    },
};

/// Renders for one platform.
#[derive(Debug)]
pub(in crate::channels::wechat) struct Renderer {
    pub(super) bytes: usize,
    pub(super) deployment: Deployment,
}

impl Renderer {
    /// Creates a renderer for replies of at most `bytes`.
    pub(in crate::channels::wechat) const fn new(bytes: usize, deployment: Deployment) -> Self {
        Self { bytes, deployment }
    }

    /// Bytes of a reply at most.
    pub(in crate::channels::wechat) const fn bytes(&self) -> usize {
        self.bytes
    }
}

/// Budget of page number and instructions.
pub(super) const FOOT: usize = 110;

/// Packs `parts` into pages of at most `room` bytes; a part larger than a page is split.
pub(super) fn packed(parts: &[String], between: &str, room: usize) -> Vec<String> {
    let mut pages = vec![String::new()];
    for part in parts {
        let mut rest = part.as_str();
        loop {
            let page = pages.last_mut().expect("there is always one");
            let gap = if page.is_empty() { "" } else { between };
            if page.len() + gap.len() + rest.len() <= room {
                page.push_str(gap);
                page.push_str(rest);
                break;
            }
            if page.is_empty() {
                let piece = cut_some(rest, room, char::len_utf8);
                page.push_str(piece);
                rest = &rest[piece.len()..];
            }
            pages.push(String::new());
        }
    }
    pages.retain(|page| !page.trim().is_empty());
    pages
}

/// Appends page numbers and paging instructions to `pages`, the first of which has the number
/// `first`; `last` is appended to the last one. A single page gets neither.
pub(super) fn number(pages: &mut [String], first: usize, script: Script, more: &str, last: &str) {
    let all = pages.len() + first - 1;
    if all < 2 {
        return;
    }
    for (n, page) in pages.iter_mut().enumerate() {
        let n = n + first;
        let turn = if n == all {
            last
        } else if n == 1 {
            words::MORE
        } else {
            more
        };
        let foot = format!("（{n}/{all}）{turn}");
        page.push_str("\n\n");
        page.push_str(&in_script(&foot, script));
    }
}
