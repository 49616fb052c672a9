//! Splits an entry into name and definition.

use wenzheng_text::Pattern;

use crate::paragraph::chars;

/// Verbs between a name and its definition.
pub(crate) static VERB: Pattern =
    Pattern::new("^(?:，)?(?:主要|一般|通常)?(?:是指|指的是|特指|泛指|系指|即指|指|即|就是|是)");

/// Longest name, in chars.
pub(crate) const NAME: usize = 48;
/// The first quoted phrase: “三抓三促”.
pub(crate) fn quoted(text: &str) -> Option<String> {
    let start = text.find('“')?;
    let end = start + text[start..].find('”')? + '”'.len_utf8();
    (chars(&text[start..end]) <= NAME).then(|| text[start..end].to_owned())
}

/// True if `text` begins with a name and its definition. Only the beginning is examined, since a whole
/// glossary may be one line.
pub(crate) fn opens_entry(text: &str) -> bool {
    let end = text
        .char_indices()
        .nth(NAME * 3)
        .map_or(text.len(), |(end, _)| end);
    name_and_definition(&text[..end]).is_some()
}

/// Splits an entry on one line: after 【…】, at a wide space, at the first ：or dash outside quotes and
/// brackets, else at the verb (是指, 指, 即) or at white space, whichever comes first, else at a single
/// dash.
pub(crate) fn name_and_definition(text: &str) -> Option<(String, String)> {
    let mark = || {
        let mark = at_mark(text);
        let wide = at_wide_space(text);
        let cut = match (mark, wide) {
            (Some(mark), Some(wide)) if wide.0 > mark.0 => Some(mark),
            (mark, wide) => wide.or(mark),
        };
        cut.filter(|cut| is_name(&text[..cut.0]) && !stands_in_definition(text, cut.0))
    };
    let verb = || {
        let verb = at_verb(text);
        let space = at_space(text).or_else(|| at_dash(text));
        match (verb, space) {
            (Some(verb), Some(space)) if space.0 > verb.0 => Some(verb),
            (verb, space) => space.or(verb),
        }
    };
    let cut = at_bracket(text).or_else(mark).or_else(verb)?;
    let name = clean_name(&text[..cut.0]);
    let definition = text[cut.1..].trim();
    let fits = is_name(&name) && !definition.is_empty();
    fits.then(|| (name, definition.to_owned()))
}

/// True for what may be a name.
fn is_name(text: &str) -> bool {
    let name = clean_name(text);
    !name.is_empty() && !name.contains(['。', '；', '\n']) && chars(&name) <= NAME
}

/// Longest part of a name that follows a space within it (PPP 融资模式), in chars.
const PART: usize = 10;

/// True if a mark at `at` belongs to a definition that began after a space: 六保 即：保就业…; what stands
/// between is no part of a name then.
fn stands_in_definition(text: &str, at: usize) -> bool {
    at_space(text).is_some_and(|space| {
        let between = text.get(space.1..at).unwrap_or("");
        space.0 < at
            && (between.contains(['，', '、', '“', '《'])
                || chars(between) > PART
                || VERB.is_match(&text[space.1..]))
    })
}

/// A page reference behind a name: （见报告第5页第3行）, （P3）, (P3-4).
static PAGE_BEHIND: Pattern = Pattern::new(
    "[（(](?:见)?(?:报告)?(?:第[0-9]{1,3}(?:[-—、，,][0-9]{1,3})?页(?:第[0-9]{1,2}行)?|[PpＰ][.．]?\\s*[0-9]{1,3}(?:\\s*[-—~～、，,]\\s*[PpＰ]?[0-9]{1,3}){0,5})[）)]$",
);

pub(crate) fn clean_name(name: &str) -> String {
    let name = name.trim().trim_end_matches(['：', ':', '—', '－']).trim();
    PAGE_BEHIND
        .replace(name, "")
        .trim_matches(['*', ' ', '\u{3000}', '\t'])
        .trim_start_matches('【')
        .trim_end_matches('】')
        .to_owned()
}

/// Characters outside quotes and brackets, with their byte offsets.
fn outside(text: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    let mut depth = 0_i32;
    text.char_indices().filter(move |(_, c)| {
        match c {
            '“' | '（' | '《' | '(' | '‘' | '「' => depth += 1,
            '”' | '）' | '》' | ')' | '’' | '」' => depth -= 1,
            _ => {}
        }
        depth <= 0
    })
}

/// After the 】 of a name in brackets.
fn at_bracket(text: &str) -> Option<(usize, usize)> {
    let end = text.strip_prefix('【')?.find('】')? + '【'.len_utf8();
    let after = end + '】'.len_utf8();
    let rest = text[after..].trim_start_matches(['：', ':', '—', ' ', '\u{3000}']);
    let name = &text['【'.len_utf8()..end];
    (chars(name) >= 2 && !rest.is_empty()).then(|| (after, text.len() - rest.len()))
}

/// At a tab or an ideographic space, which never occur in a name.
fn at_wide_space(text: &str) -> Option<(usize, usize)> {
    let (at, _) = outside(text).find(|(_, c)| matches!(c, '\t' | '\u{3000}'))?;
    let (name, rest) = (&text[..at], text[at..].trim_start());
    let fits = (2..=NAME).contains(&chars(name)) && !name.contains(['，', '。', '；', '：', ':']);
    (fits && chars(rest) >= 2).then(|| (at, text.len() - rest.len()))
}

/// At a single dash, but only between a short name and a typical definition: elsewhere it joins two
/// words (兰州—西宁).
fn at_dash(text: &str) -> Option<(usize, usize)> {
    let (at, dash) = outside(text).find(|(_, c)| matches!(c, '—' | '－' | '–' | '。'))?;
    let (name, rest) = (&text[..at], &text[at + dash.len_utf8()..]);
    let named =
        dash != '。' && chars(name) >= 2 && chars(name) <= 24 && !name.contains(['，', '；']);
    let defines = rest.starts_with('“') || VERB.is_match(rest) || rest.contains(['，', '、', '。']);
    (named && defines).then(|| (at, at + dash.len_utf8()))
}

/// At a double dash.
pub(crate) fn at_dashes(text: &str) -> Option<usize> {
    text.find("——").filter(|at| *at > 0)
}

fn at_mark(text: &str) -> Option<(usize, usize)> {
    for (at, c) in outside(text) {
        match c {
            '：' | ':' => return Some((at, at + c.len_utf8())),
            '—' | '－' | '─' => {
                let rest = text[at..].trim_start_matches(['—', '－', '─']);
                let dashes = text[at..].len() - rest.len();
                // Dashes may join two quoted names: “信用通”——“广融通”平台：.
                if text[..at].ends_with('”') && rest.starts_with('“') && names(rest) {
                    continue;
                }
                // A single dash joins two words: 兰州—西宁.
                if dashes > c.len_utf8() && at > 0 {
                    return Some((at, at + dashes));
                }
            }
            '-' if text[at..].starts_with("--") && at > 0 => {
                let rest = text[at..].trim_start_matches('-');
                return Some((at, text.len() - rest.len()));
            }
            '。' if stops_name(text, at) => return Some((at, at + c.len_utf8())),
            '。' | '；' => return None,
            _ => {}
        }
    }
    None
}

/// True if `text` goes on with a name up to a colon.
fn names(text: &str) -> bool {
    let mark = text.find(['：', ':', '，', '。', '；', '、']);
    mark.is_some_and(|at| text[at..].starts_with(['：', ':']) && chars(&text[..at]) <= NAME)
}

/// True for a 。 after a name, as in `“双碳”。指碳达峰…`.
fn stops_name(text: &str, at: usize) -> bool {
    let (name, rest) = (&text[..at], &text[at + '。'.len_utf8()..]);
    let quoted = name.starts_with('“') && name.find('”') == Some(name.len() - '”'.len_utf8());
    !rest.is_empty() && chars(name) <= 24 && (quoted || VERB.is_match(rest))
}

/// At the verb, which stays with the definition.
fn at_verb(text: &str) -> Option<(usize, usize)> {
    for (at, c) in outside(text) {
        if at > 0 && VERB.is_match(&text[at..]) {
            let name = text[..at].trim_end_matches('，');
            let weak = matches!(c, '是' | '即') || text[at..].starts_with("就是");
            let quoted = name.ends_with(['”', '）']);
            // 指数, 指标 and 指导 are nouns; 是 and 即 count only after a quoted name.
            let word = ["指数", "指标", "指导", "指挥", "指引", "指南", "指定"];
            let part = word.iter().any(|word| text[at..].starts_with(word));
            let verb = !part && (!weak || quoted || text[at..].starts_with("是指"));
            if verb && (2..=NAME).contains(&chars(name)) {
                let start = at + if c == '，' { c.len_utf8() } else { 0 };
                return Some((name.len(), start));
            }
        }
        if matches!(c, '。' | '；') {
            return None;
        }
    }
    None
}

fn at_space(text: &str) -> Option<(usize, usize)> {
    let (at, space) = text
        .char_indices()
        .find(|(_, c)| matches!(c, ' ' | '\u{3000}' | '\t'))?;
    let name = &text[..at];
    let rest = text[at + space.len_utf8()..].trim_start();
    let fits = (2..=24).contains(&chars(name))
        && chars(rest) > chars(name)
        && !name.contains(['，', '。', '；']);
    let chinese = space == '\t' || name.ends_with(|c: char| !c.is_ascii_alphanumeric());
    (fits && chinese).then_some((at, text.len() - rest.len()))
}
