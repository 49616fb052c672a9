//! A whole report on one line, without even spaces where paragraphs ended.
//!
//! What is left of the layout are the numbers: `…审议。一、2019年工作回顾刚刚过去的一年，…`.

use std::sync::LazyLock;

use regex::Regex;

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the patterns of this file are tested")
}

/// Longer lines are more than one paragraph, in chars.
const LONG: usize = 3000;

/// Where a paragraph begins after the end of a sentence.
static BEGINS: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        "(?:会议上.{0,24}?|[。！？：；”）])((?:各位代表[！：:，、]|现在，我|[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|(?:附件[：:]?)?(?:名词|术语|有关用语)(?:解释|说明)|[0-9]{4}年[^，。；：！]{0,12}(?:工作回顾|重点工作|工作安排|主要任务)|“十[一二三四五六]五”时期(?:工作回顾|总体部署)))",
    )
});
/// A heading that ends where its paragraph begins, without a mark.
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        "^(?:[一二三四五六七八九十]{1,3}、)?[^，。；：！]{0,24}?(?:工作回顾|总体要求和(?:主要|预期)目标|(?:主要|预期|奋斗)目标|工作任务|重点工作|主要任务|工作安排|工作部署|自身建设|政府建设|(?:名词|术语)解释|用语说明)[：:]?",
    )
});

/// Title, session and speaker run together before the salutation.
static FRONT: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        "^(.{0,40}?政府工作报告)?(——?[^。，]{6,60}?会议上)?([^。，：]{2,24}?(?:长|主席).{1,6}|.{2,6})?$",
    )
});

/// True for a line that must be a report and not one of its paragraphs.
pub(super) fn is_report(text: &str) -> bool {
    text.chars().nth(LONG).is_some() && BEGINS.find_iter(text).nth(3).is_some()
}

/// The paragraphs of a line; the line itself when it is none that [`is_report`] knows.
pub(super) fn split(text: &str) -> Vec<&str> {
    if !is_report(text) {
        return vec![text];
    }
    let mut pieces = Vec::new();
    let mut from = 0;
    let mut search = 0;
    while let Some(found) = BEGINS.captures_at(text, search).and_then(|c| c.get(1)) {
        let at = found.start();
        // Overlapping marks (：各位代表) are found again from the mark itself.
        search = found.start().max(search + 1);
        while !text.is_char_boundary(search) {
            search += 1;
        }
        if at > from {
            push(&text[from..at], &mut pieces);
            from = at;
        }
        search = search.max(from);
    }
    push(&text[from..], &mut pieces);
    if pieces.len() > 1 && pieces[1].starts_with("各位代表") {
        pieces.splice(..1, front(pieces[0]));
    }
    pieces
}

/// Title, session and speaker, each on its own; the whole when it is anything else.
fn front(text: &str) -> Vec<&str> {
    let Some(found) = FRONT.captures(text) else {
        return vec![text];
    };
    let pieces = found.iter().skip(1).flatten();
    pieces.map(|piece| piece.as_str()).collect()
}

/// Takes the heading off a piece that runs on without a mark.
fn push<'a>(piece: &'a str, pieces: &mut Vec<&'a str>) {
    let salutation = piece
        .starts_with("各位代表：")
        .then_some("各位代表：".len());
    let named = NAMED.find(piece).map(|found| found.end());
    let end = salutation.or(named).filter(|end| *end < piece.len());
    let follows = end.and_then(|end| piece[end..].chars().next());
    match end {
        Some(end) if !follows.is_some_and(|c| "，。；：！、的和及与".contains(c)) => {
            pieces.extend([&piece[..end], &piece[end..]]);
        }
        _ => pieces.push(piece),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_on_one_line_is_cut_at_its_numbers() {
        let long = "坚持稳中求进工作总基调，推动高质量发展。".repeat(60);
        let text = format!(
            "各位代表：现在，我代表市人民政府报告工作。一、2019年工作回顾刚刚过去的一年，{long}（一）脱贫攻坚取得进展。{long}二、2020年工作任务今年，{long}各位代表！让我们团结起来。"
        );
        let pieces = split(&text);
        let starts: Vec<String> = pieces
            .iter()
            .map(|p| p.chars().take(10).collect())
            .collect();
        assert_eq!(
            starts,
            [
                "各位代表：",
                "现在，我代表市人民政",
                "一、2019年工作回",
                "刚刚过去的一年，坚持",
                "（一）脱贫攻坚取得进",
                "二、2020年工作任",
                "今年，坚持稳中求进工",
                "各位代表！让我们团结"
            ]
        );
        assert_eq!(pieces.concat(), text);
    }

    #[test]
    fn a_paragraph_is_left_whole() {
        assert_eq!(split("修路。一、供水。"), ["修路。一、供水。"]);
    }
}
