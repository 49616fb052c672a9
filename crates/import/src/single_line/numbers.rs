//! Splits a whole report that arrived on one line without even a space between paragraphs.
//!
//! Section numbers are all that is left of the layout: `…审议。一、2019年工作回顾刚刚过去的一年，…`.

use wenzheng_text::Pattern;

/// Lines longer than this many chars hold more than one paragraph.
const LONG: usize = 3000;

/// Where a paragraph begins after the end of a sentence.
static BEGINS: Pattern = Pattern::new(
    "(?:(?:会议上|政府工作报告).{0,24}?|[。！？：；”）》])((?:各位代表[！：:，、]|现在，我|刚刚过去的|[^。！？；”]{0,24}清醒地?(?:认识|看到)|[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|(?:附件[：:]?)?(?:名词|术语|有关用语)(?:解释|说明)|[0-9]{4}年[^，。；：！]{0,12}(?:工作回顾|重点工作|工作安排|主要任务)|“十[一二三四五六]五”时期(?:工作回顾|总体部署)))",
);
/// A heading that runs into its paragraph without punctuation.
static NAMED: Pattern = Pattern::new(
    "^(?:[一二三四五六七八九十]{1,3}、)?[^，。；：！]{0,24}?(?:工作回顾|总体要求和(?:主要|预期)目标|(?:主要|预期|奋斗)目标|工作任务|重点工作(?:任务)?|主要任务|重点任务|工作安排|工作部署|自身建设|政府建设|(?:名词|术语)解释|用语说明)[：:]?",
);

static NUMBER: Pattern = Pattern::new("^[一二三四五六七八九十]{1,3}、");
/// Openings of the first sentence of a part.
static OPENS: Pattern = Pattern::new(
    "各位代表|过去的?(?:一|五|[0-9]{4})年|刚刚过去|(?:一|两|三|四|五|[0-9])年(?:多)?来|千百年来|[0-9]{4}年(?:是|，|全)|今年(?:是|，|我|政)|今后(?:五|一|几)年|“十[一二三四五六]五”(?:时期)?(?:是|，)|本届政府|我们|面对|根据|按照|当前，|围绕|党的|全(?:省|市|县|州|区)上下|新的一年",
);
/// Weaker openings, which may also occur in the names of parts.
static BEGINS_WEAKLY: Pattern = Pattern::new(
    "^(?:各位|过去|刚刚|[一两三四五0-9]{1,4}年|今|“十|本届|我|面对|根据|按照|当前|围绕|党的|贯彻|坚持|全(?:省|市|县|州|区)|新的|历史|做好|市|县|省|为|在)",
);
/// Words that the names of parts end in.
static PART: Pattern = Pattern::new(
    "回顾|安排|任务|目标|思路|要求|打算|部署|开局|展望|规划|举措|情况|建议|总结|征程|能力|水平|效能|建设|政府|工作",
);

/// Title, session and speaker (or an editor's note), run together before the salutation.
static FRONT: Pattern = Pattern::new("^(.{0,40}?政府工作报告)?(——?[^。，]{6,60}?会议上)?(.+)?$");

/// True for a line that holds a whole report rather than one paragraph.
pub(crate) fn is_report(text: &str) -> bool {
    text.chars().nth(LONG).is_some() && BEGINS.find_iter(text).nth(3).is_some()
}

/// Splits a line into paragraphs; a line that fails [`is_report`] is returned whole.
pub(crate) fn split(text: &str) -> Vec<&str> {
    if !is_report(text) {
        return vec![text];
    }
    let mut pieces = Vec::new();
    let mut from = 0;
    let mut search = 0;
    while let Some(found) = BEGINS.captures_at(text, search).and_then(|c| c.get(1)) {
        let at = found.start();
        // Resume at the match itself, since matches may overlap (：各位代表).
        search = found.start().max(search + 1);
        while !text.is_char_boundary(search) {
            search += 1;
        }
        if at > from && !is_count(&text[at..]) {
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

/// True for enumerations such as 一、二、三产业, where the numbers are no section numbers.
fn is_count(text: &str) -> bool {
    let rest = NUMBER.find(text).map_or("", |number| &text[number.end()..]);
    rest.starts_with(|c| "一二三四五六七八九十".contains(c)) && {
        let rest = rest.trim_start_matches(|c| "一二三四五六七八九十".contains(c));
        rest.starts_with(['、', '产', '级', '类', '次', '季'])
    }
}

/// Splits the opening into title, session and speaker; anything else is returned whole.
fn front(text: &str) -> Vec<&str> {
    let Some(found) = FRONT.captures(text) else {
        return vec![text];
    };
    let pieces = found.iter().skip(1).flatten();
    pieces.map(|piece| piece.as_str()).collect()
}

/// Pushes a piece, splitting off a heading that runs into its text without punctuation.
fn push<'a>(piece: &'a str, pieces: &mut Vec<&'a str>) {
    let salutation = piece
        .starts_with("各位代表：")
        .then_some("各位代表：".len());
    let end = salutation.or_else(|| numbered_part(piece)).or_else(|| {
        NAMED
            .find(piece)
            .map(|found| found.end())
            .filter(|end| ends(piece, *end))
    });
    match end.filter(|end| *end < piece.len()) {
        Some(end) => pieces.extend([&piece[..end], &piece[end..]]),
        None => pieces.push(piece),
    }
}

/// True when a name can end here.
fn ends(piece: &str, end: usize) -> bool {
    !piece[end..].starts_with(|c| "，。；：！、的和及与”》".contains(c))
}

/// Longest name of a part, in chars.
const LONGEST: usize = 48;

/// Length in bytes of a part's number and name when its text follows without punctuation.
fn numbered_part(piece: &str) -> Option<usize> {
    let number = NUMBER.find(piece)?.end();
    let limit = piece
        .char_indices()
        .nth(LONGEST)
        .map_or(piece.len(), |(at, _)| at);
    let first = piece[..limit]
        .find(['。', '；', '！', '：'])
        .unwrap_or(limit);
    let name = &piece[number..first];
    let long_enough = |end: &usize| name[..*end].chars().count() >= 4;
    let nouns: Vec<usize> = PART
        .find_iter(name)
        .map(|noun| noun.end())
        .filter(long_enough)
        .filter(|end| ends(name, *end))
        .collect();
    let clause = name.find('，').unwrap_or(name.len());
    let opening = OPENS
        .find_iter(name)
        .map(|opening| opening.start())
        .find(long_enough);
    // In order of preference: a typical ending before a typical opening; a sentence that repeats the
    // last word of its heading (…精彩开局开局关系全局); an opening; a usual name of a part.
    let both = nouns
        .iter()
        .find(|at| BEGINS_WEAKLY.is_match(&name[**at..]));
    let taken_up = nouns.iter().find(|at| {
        let last = name[..**at]
            .char_indices()
            .nth_back(1)
            .map_or(0, |(from, _)| from);
        name[**at..].starts_with(&name[last..**at])
    });
    let named = NAMED
        .find(piece)
        .and_then(|found| found.end().checked_sub(number));
    let named = named.filter(|end| nouns.contains(end));
    let noun = nouns.iter().rev().find(|end| **end <= clause);
    let end = both
        .or(taken_up)
        .copied()
        .or(opening)
        .or(named)
        .or(noun.copied());
    end.map(|end| number + end)
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
    fn a_part_ends_where_its_text_begins() {
        for (name, text) in [
            ("一、2023年工作回顾", "过去一年，面对困难"),
            ("二、2024年重点工作任务", "历史已翻开新的一页"),
            ("三、努力实现“十四五”规划精彩开局", "开局关系全局"),
            ("四、全面提升政府治理能力", "贯彻党的决策"),
            ("五、今后五年追赶发展的目标任务", "各位代表：我们要"),
        ] {
            let piece = format!("{name}{text}");
            assert_eq!(numbered_part(&piece), Some(name.len()), "{piece}");
        }
        assert_eq!(numbered_part("一、修路，供水"), None);
    }

    #[test]
    fn numbers_that_count_open_no_part() {
        let long = "坚持稳中求进工作总基调，推动高质量发展。".repeat(160);
        let count = "一、二、三产业融合发展。";
        let text = format!(
            "各位代表：现在，我报告工作。一、工作回顾过去一年，{long}{count}二、工作安排今年，{long}三、自身建设我们要实干。"
        );
        let pieces = split(&text);
        assert!(
            pieces
                .iter()
                .any(|piece| piece.contains(count) && !piece.starts_with(count))
        );
        assert!(pieces.contains(&"二、工作安排"));
    }

    #[test]
    fn a_paragraph_is_left_whole() {
        assert_eq!(split("修路。一、供水。"), ["修路。一、供水。"]);
    }
}
