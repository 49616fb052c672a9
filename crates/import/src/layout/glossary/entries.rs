//! Splits a glossary into entries.

use wenzheng_document::BlockKind;
use wenzheng_text::Pattern;

use super::{
    name::{self, NAME, VERB, clean_name, name_and_definition, opens_entry, quoted},
    number::{Number, Style, number},
};
use crate::{
    layout::livelihood,
    paragraph::{Paragraph, chars},
};

/// Label of a sentence quoted from the report.
static ORIGINAL: Pattern = Pattern::new(
    "^[【\\[（]?(?:政府工作)?(?:报告)?(?:原文|原句|原话|出处|报告表述|报告中表述|报告内容)[】\\]）]?[：:]?\\s*",
);
/// Label of an explanation.
static EXPLANATION: Pattern = Pattern::new(
    "^[【\\[（]?(?:名词|用语|词语|术语)?(?:解释|释义|注释|说明|解读|含义)[】\\]）]?[：:]\\s*|^[【\\[（](?:名词|用语|词语|术语)?(?:解释|释义|注释|说明|解读|含义)[】\\]）]\\s*",
);
/// Label of a name.
static NAME_LABEL: Pattern =
    Pattern::new("^[【\\[（]?(?:名词|术语|用语|词条|词语)[】\\]）]?[：:]\\s*");
/// Page references before a name: （第5页）, 【第5页第3行】, 第5页：, （P3）.
static PAGE_IN_FRONT: Pattern = Pattern::new(
    "^(?:[（(【\\[]?(?:见)?(?:报告)?第[0-9]{1,3}页(?:第[0-9]{1,2}行)?[）)】\\]：:，、]+|[（(【\\[][PpＰ][.．]?[0-9]{1,3}[）)】\\]])\\s*",
);
/// A second entry on the line of an unnumbered one: ….“六有”家庭农场：….
static SECOND: Pattern =
    Pattern::new("[。；]\\s*(“([^“”，。；：]{2,16})”[^“”，。；：、]{0,16})[：:]");
/// Longest line that consists of a name only, in chars.
const NAME_LINE: usize = 32;

/// An item of a glossary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Item {
    /// Index of the paragraph it begins in.
    pub(crate) paragraph: usize,
    /// An entry, or a paragraph where the text is none, for instance before the first one; `None` for
    /// a sentence quoted from the report.
    pub(crate) kind: Option<BlockKind>,
}

impl Item {
    /// True for an entry.
    pub(crate) fn is_entry(&self) -> bool {
        matches!(self.kind, Some(BlockKind::Entry { .. }))
    }
}

/// A piece of a paragraph that may begin an entry.
#[derive(Debug, Clone)]
struct Line {
    paragraph: usize,
    /// Without its number.
    text: String,
    /// Chars of `text` that are bold.
    bold: usize,
    /// True if a number in sequence precedes it.
    numbered: bool,
}

impl Line {
    fn item(&self, kind: Option<BlockKind>) -> Item {
        Item {
            paragraph: self.paragraph,
            kind,
        }
    }
}

/// Returns the items of a glossary; `first` is the index of its first paragraph.
pub(crate) fn entries(paragraphs: &[Paragraph], first: usize) -> Vec<Item> {
    let style = main_style(paragraphs);
    let lines = lines(paragraphs, first, style);
    let numbered = style.is_some();
    let alternate = !numbered && alternates(&lines);
    let mut groups: Vec<Vec<Line>> = Vec::new();
    for (n, line) in lines.iter().enumerate() {
        let begins = if numbered {
            line.numbered
        } else if alternate {
            stands_over_definition(&lines, n)
        } else {
            begins_unnumbered(&lines, n)
        };
        let begins = begins || (numbered && is_category(line));
        match groups.last_mut() {
            Some(group) if !begins => group.push(line.clone()),
            _ => groups.push(vec![line.clone()]),
        }
    }
    let mut items = Vec::new();
    for group in groups {
        if numbered && !group[0].numbered {
            items.extend(group.iter().map(as_text));
        } else {
            entry(&group, alternate, &mut items);
        }
    }
    items
}

/// True if names and definitions alternate, each on lines of its own.
fn alternates(lines: &[Line]) -> bool {
    let names = (0..lines.len()).filter(|n| stands_over_definition(lines, *n));
    let names = names.count();
    names >= 2 && names * 5 >= lines.len() * 2
}

/// True for a line that can only be a name, above one that ends like a sentence.
fn stands_over_definition(lines: &[Line], n: usize) -> bool {
    let (line, next) = (&lines[n], lines.get(n + 1));
    let open = !line.text.contains(['。', '；', '：', ':']) && !line.text.ends_with(['，', '、']);
    open && chars(&line.text) <= NAME_LINE
        && next.is_some_and(|next| next.text.ends_with(['。', '；', '）', '”']))
        && !ORIGINAL.is_match(&line.text)
        && name::at_dashes(&line.text).is_none()
        && !(line.bold > 0 && line.bold < chars(&line.text))
}

/// True for a category between numbered entries: 二、民生类.
fn is_category(line: &Line) -> bool {
    let style = number(&line.text).map(|number| number.style);
    let heading = matches!(style, Some(Style::Tens | Style::Paren));
    let open = !line.text.contains(['。', '；', '：', '，']);
    !line.numbered && heading && open && chars(&line.text) <= 16
}

fn as_text(line: &Line) -> Item {
    let text = BlockKind::Paragraph {
        text: line.text.clone(),
        lead: 0,
        continues: false,
        period: None,
    };
    line.item(Some(text))
}

/// Returns the numbering style of the entries, if they are numbered.
fn main_style(paragraphs: &[Paragraph]) -> Option<Style> {
    let styles = [
        Style::Dot,
        Style::Square,
        Style::Circled,
        Style::Round,
        Style::Note,
        Style::Tens,
        Style::Paren,
    ];
    // Length of the sequence; numbers before a name with a definition count first, since categories
    // (二、民生类) are numbered as well.
    let run = |style: Style| {
        let (mut expected, mut defined) = (1, 0);
        for paragraph in paragraphs {
            if let Some(number) = number(&paragraph.text)
                && number.style == style
                && number.follows(expected, &paragraph.text)
            {
                expected = number.n + 1;
                let defines = opens_entry(&paragraph.text[number.length..]);
                defined += usize::from(defines);
            }
        }
        (defined, expected - 1)
    };
    let first = paragraphs
        .first()
        .and_then(|p| Some(number(&p.text)?.style));
    let runs = styles
        .iter()
        .map(|s| (*s, run(*s)))
        .filter(|(_, run)| run.1 > 0);
    let (style, (_, length)) = runs.max_by_key(|(style, run)| (*run, first == Some(*style)))?;
    // A single number is enough if one paragraph holds the whole glossary.
    (length >= 2 || first == Some(style)).then_some(style)
}

/// Splits paragraphs at the numbers of the sequence.
fn lines(paragraphs: &[Paragraph], first: usize, style: Option<Style>) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut expected = 1;
    // A number may be on a line of its own above the name.
    let mut number_above = false;
    for (n, paragraph) in paragraphs.iter().enumerate() {
        let mut rest = paragraph.text.as_str();
        let mut bold = paragraph.mark.bold;
        let mut numbered = std::mem::take(&mut number_above);
        if let Some(Number {
            style: found,
            n: number,
            length,
            ..
        }) = number(rest).filter(|number| {
            // Numbers may restart below a heading, but so do lists within a definition.
            let restarts = number.n == 1 && opens_entry(&rest[number.length..]);
            // A bold name may begin with a figure: **2.53项冠军产品**….
            let name = chars(&rest[number.length..]);
            let bold = (chars(&rest[..number.length]) + 2..name).contains(&bold);
            number.follows(expected, rest)
                || (restarts && !number.figure)
                || (number.figure && number.n == expected && bold)
        }) && Some(found) == style
        {
            expected = number + 1;
            bold = bold.saturating_sub(chars(&rest[..length]));
            rest = &rest[length..];
            numbered = true;
        }
        while let Some(style) = style.filter(|_| numbered)
            && let Some((end, next)) = inline(rest, style, expected)
        {
            lines.push(Line {
                paragraph: first + n,
                text: rest[..end].trim().to_owned(),
                bold,
                numbered: true,
            });
            expected += 1;
            rest = &rest[next..];
            bold = 0;
        }
        let mut text = rest
            .trim_start_matches([
                '•', '·', '●', '〇', '◆', '■', '★', '▪', '◎', '※', '△', '*', '○', '◇', '➢', '—',
            ])
            .trim();
        if let Some(page) = PAGE_IN_FRONT.find(text) {
            bold = bold.saturating_sub(chars(page.as_str()));
            text = &text[page.end()..];
        }
        number_above = numbered && text.is_empty();
        let mut ends = if style.is_none() {
            seconds(text)
        } else {
            Vec::new()
        };
        ends.push(text.len());
        let mut from = 0;
        for end in ends {
            lines.push(Line {
                paragraph: first + n,
                text: text[from..end].trim().to_owned(),
                bold,
                numbered,
            });
            (from, bold) = (end, 0);
        }
    }
    lines.retain(|line| !line.text.is_empty());
    lines
}

/// Where further entries begin on a line that begins with one. A definition may explain the parts of its
/// name in the same form (一核三带：…。“一核”：…), and these are no entries: they are words of the name, or
/// quoted without more while the name counts.
fn seconds(text: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    let Some((mut name, definition)) = name_and_definition(text) else {
        return starts;
    };
    if definition.starts_with('“') || definition.contains("包括") {
        return starts;
    }
    for found in SECOND.captures_iter(text) {
        let (Some(whole), Some(inner)) = (found.get(1), found.get(2)) else {
            continue;
        };
        let bare = whole.as_str().ends_with('”');
        if name.contains(inner.as_str()) || (bare && name.contains(counts)) {
            continue;
        }
        starts.push(whole.start());
        whole.as_str().clone_into(&mut name);
    }
    starts
}

/// True for the numerals in names such as 一核三带.
fn counts(c: char) -> bool {
    "一二两三四五六七八九十0123456789".contains(c)
}

/// Finds entry number `n` within `text`: end of the previous entry and start of the name.
fn inline(text: &str, style: Style, n: usize) -> Option<(usize, usize)> {
    let ends = text.match_indices(['。', '；', '！', '”', ' ', '\u{3000}', '\t']);
    ends.map(|(at, mark)| at + mark.len()).find_map(|end| {
        let rest = text[end..].trim_start();
        let number = number(rest)?;
        let start = text.len() - rest.len() + number.length;
        let named = number.style == style && number.n == n && opens_entry(&text[start..]);
        named.then_some((end, start))
    })
}

/// True if an unnumbered entry begins at line `n`.
fn begins_unnumbered(lines: &[Line], n: usize) -> bool {
    let line = &lines[n];
    if ORIGINAL.is_match(&line.text) {
        // 报告原文 begins an entry unless a name precedes it.
        return n == 0 || !is_name_line(lines, n - 1);
    }
    if EXPLANATION.is_match(&line.text) {
        return false;
    }
    is_name_line(lines, n) || split_name(line).is_some()
}

/// True for a short line followed by a definition.
fn is_name_line(lines: &[Line], n: usize) -> bool {
    let line = &lines[n];
    let short = chars(&line.text) <= NAME_LINE && !line.text.contains(['。', '；']);
    let Some(next) = lines.get(n + 1) else {
        return false;
    };
    let labelled = ORIGINAL.is_match(&next.text) || EXPLANATION.is_match(&next.text);
    let ends_open = !line.text.ends_with(['，', '、']);
    short
        && ends_open
        && split_name(line).is_none()
        && (labelled || chars(&next.text) > NAME_LINE || VERB.is_match(&next.text))
        && !ORIGINAL.is_match(&line.text)
}

/// Makes an entry of a group of lines.
fn entry(group: &[Line], alternate: bool, items: &mut Vec<Item>) {
    if let Some(list) = livelihood_list(group) {
        return items.extend(list);
    }
    let head = &group[0];
    let mut name = String::new();
    let mut definition = String::new();
    let mut body: Vec<&Line> = group[1..].iter().collect();
    if ORIGINAL.is_match(&head.text) {
        items.push(head.item(None));
    } else if EXPLANATION.is_match(&head.text) {
        body.insert(0, head);
    } else {
        let bare = NAME_LABEL.replace(&head.text, "").into_owned();
        let line = Line {
            text: bare.clone(),
            ..head.clone()
        };
        let split = split_name(&line).or_else(|| name_before_stop(&line));
        match split.filter(|_| !alternate) {
            Some((found, rest)) => (name, definition) = (found, rest),
            None if !body.is_empty() && chars(&bare) <= NAME => name = clean_name(&bare),
            None => return items.push(as_text(head)),
        }
    }
    for line in body {
        if ORIGINAL.is_match(&line.text) {
            items.push(line.item(None));
            continue;
        }
        let explanation = EXPLANATION.replace(&line.text, "");
        let mut explanation = explanation.trim();
        if definition.is_empty() && !name.is_empty() {
            explanation = explanation.trim_start_matches(['：', ':']).trim_start();
        }
        definition.push_str(explanation);
    }
    if name.is_empty()
        && let Some((found, rest)) = name_and_definition(&definition)
    {
        (name, definition) = (found, rest);
    }
    if name.is_empty() {
        name = quoted(&definition).unwrap_or_default();
    }
    if name.is_empty() || definition.is_empty() {
        return items.extend(group.iter().map(as_text));
    }
    let is_entry = !is_table_head(&name, &definition);
    items.push(head.item(is_entry.then(|| BlockKind::Entry {
        name,
        definition,
        aliases: Vec::new(),
    })));
}

/// The livelihood list that stands in place of an entry: 23.2020年市定19件民生实事： and below it its items.
fn livelihood_list(group: &[Line]) -> Option<Vec<Item>> {
    let (head, below) = group.split_first()?;
    let texts: Vec<&str> = below.iter().map(|line| line.text.as_str()).collect();
    let list = livelihood::below(&head.text, &texts);
    let whole = list.length > 0 && list.length == below.len();
    let item = |(n, text): (usize, String)| below[n].item(Some(BlockKind::LivelihoodItem { text }));
    whole.then(|| {
        let items = list.items.into_iter().map(item);
        [as_text(head)].into_iter().chain(items).collect()
    })
}

/// True for the header row of a table: 名词, 解释.
fn is_table_head(name: &str, definition: &str) -> bool {
    let names = ["名词", "术语", "用语", "词语", "词条", "名称", "名词术语"];
    let definitions = ["解释", "释义", "说明", "含义", "内容", "注释", "名词解释"];
    names.contains(&name) && definitions.contains(&definition)
}

/// Splits a line into name and definition, using its bold opening if there is one.
fn split_name(line: &Line) -> Option<(String, String)> {
    if (2..=NAME).contains(&line.bold)
        && let Some((end, _)) = line.text.char_indices().nth(line.bold)
    {
        let name = clean_name(&line.text[..end]);
        let rest =
            line.text[end..].trim_start_matches(['：', ':', '—', '－', '-', ' ', '\u{3000}', '\t']);
        if !name.is_empty() && !rest.is_empty() && !name.contains('。') {
            return Some((name, rest.trim().to_owned()));
        }
    }
    name_and_definition(&line.text)
}

/// Splits `1.六稳。稳就业、…`; only numbered lines, since the name looks like a sentence.
fn name_before_stop(line: &Line) -> Option<(String, String)> {
    let (name, definition) = line.text.split_once('。').filter(|_| line.numbered)?;
    let named = (2..=24).contains(&chars(name)) && !name.contains(['，', '；', '：']);
    (named && !definition.is_empty()).then(|| (clean_name(name), definition.trim().to_owned()))
}
