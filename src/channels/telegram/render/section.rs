//! 查看整节: a section, page by page.

use super::{Rendered, SOURCE, button, shortened};
use crate::{
    answer::Script,
    assistant::Snapshot,
    channels::{
        telegram::{
            callback::Action,
            text::{LIMIT, bold, cost, cut, escape, units},
            wording as words,
        },
        wording::{self, in_script},
    },
    corpus::PassageId,
};

/// 查看整节: one page of the section a passage stands in, the passage in bold; without a `page`, the
/// one where the passage begins. `None` when there is no such passage (any more).
pub(in super::super) fn section(
    snapshot: &Snapshot,
    id: &PassageId,
    page: Option<usize>,
    script: Script,
) -> Option<Rendered> {
    let (document, section, passages) = snapshot.section(id)?;
    let (_, cited) = snapshot.passage(id)?;
    let label = wording::period_label(cited.period);
    let label = if label.is_empty() {
        String::new()
    } else {
        format!("【{label}】")
    };
    let head = format!(
        "{label}《{}》{}",
        document.meta.title,
        section.path.join(" › ")
    );
    let head = shortened(&in_script(&head, script), SOURCE);
    // （9999/9999） and the blank line take 13 units more, the marks for bold 7.
    let room = LIMIT - cost(&head) - 20;
    let texts = passages
        .iter()
        .map(|passage| (in_script(&passage.text, script), passage.id == *id));
    let (pages, first) = pages(texts, room);
    let page = page.unwrap_or(first).min(pages.len() - 1);
    let (place, keyboard) = if pages.len() > 1 {
        let turn = |label, to| button(label, Action::Page(to), id, script);
        let back = (page > 0).then(|| turn(words::BACK, page - 1));
        let on = (page + 1 < pages.len()).then(|| turn(words::ON, page + 1));
        (
            format!("（{}/{}）", page + 1, pages.len()),
            vec![back.into_iter().chain(on).collect()],
        )
    } else {
        (String::new(), Vec::new())
    };
    Some(Rendered {
        html: format!("{}\n\n{}", bold(&format!("{head}{place}")), pages[page]),
        keyboard,
    })
}

/// Packs texts into pages of at most `room` units, the text marked `true` in bold; at least one
/// page. A text that fits on a page is not split. Also gives the page where the bold one begins.
pub(super) fn pages<T: AsRef<str>>(
    texts: impl Iterator<Item = (T, bool)>,
    room: usize,
) -> (Vec<String>, usize) {
    let mut pages = vec![String::new()];
    let mut first = 0;
    for (text, cited) in texts {
        let frame = if cited { units("<b></b>") } else { 0 };
        let mut rest = text.as_ref().trim();
        let mut begins = true;
        while !rest.is_empty() {
            let page = pages.last_mut().expect("there is always one");
            let gap = if page.is_empty() { "" } else { "\n\n" };
            let left = room.saturating_sub(units(page) + gap.len() + frame);
            let fits = cost(rest) <= left;
            if !fits && !page.is_empty() && (cost(rest) <= room - frame || left < room / 4) {
                pages.push(String::new());
                continue;
            }
            let mut piece = cut(rest, left);
            if piece.is_empty() {
                // One endless figure: split it rather than stop.
                piece = forced(rest, left);
            }
            if cited && begins {
                first = pages.len() - 1;
            }
            begins = false;
            let piece_html = if cited { bold(piece) } else { escape(piece) };
            let page = pages.last_mut().expect("there is always one");
            page.push_str(gap);
            page.push_str(&piece_html);
            rest = rest[piece.len()..].trim_start();
            if !rest.is_empty() {
                pages.push(String::new());
            }
        }
    }
    if pages.len() > 1 && pages.last().is_some_and(String::is_empty) {
        pages.pop();
    }
    (pages, first)
}

/// At least one character, else as many as cost `budget`.
fn forced(text: &str, budget: usize) -> &str {
    let mut end = text.chars().next().map_or(0, char::len_utf8);
    for (at, c) in text.char_indices() {
        let next = at + c.len_utf8();
        if cost(&text[..next]) > budget {
            break;
        }
        end = next;
    }
    &text[..end]
}
