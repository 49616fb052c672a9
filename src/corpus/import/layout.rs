//! What the paragraphs of a report are: title, parts, sections, lead sentences, livelihood list,
//! glossary.
//!
//! | in the source | becomes |
//! |---|---|
//! | 2023年工作回顾 | part: a short line that names a piece of work, `##` |
//! | 一、乡村振兴…推进。坚持… | numbered section that runs into its paragraph, `###` |
//! | （一）… | one level below the 一、 in force, or below the part |
//! | 加快健康通渭建设。持续深化… | a short first sentence without figures: lead sentence |
//! | …十件民生实事：一是…二是… | livelihood list |
//! | 有关用语说明： 1.飞地经济：… | glossary |

use std::sync::LazyLock;

use regex::Regex;

use super::super::BlockKind;

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the patterns of this file are tested")
}

/// 一、 and （一）.
static NUMBERED: LazyLock<Regex> =
    LazyLock::new(|| regex("^(?:([一二三四五六七八九十]{1,3}、)|（[一二三四五六七八九十]{1,3}）)"));
/// What a part without a number is called.
static PART: LazyLock<Regex> = LazyLock::new(|| {
    regex("(?:回顾|工作|安排|任务|建设|目标|思路|要求|打算|部署|开局|展望|规划|举措|情况)$")
});
/// What a glossary is called.
static GLOSSARY: LazyLock<Regex> = LazyLock::new(|| {
    regex("^(?:附件?[：:]?)?.{0,12}(?:用语|名词|术语|词语)(?:的)?(?:说明|解释|注释)?[：:]?$")
});
/// The number of a glossary entry.
static ENTRY_NUMBER: LazyLock<Regex> = LazyLock::new(|| regex(r"^\d{1,3}[.．、]\s*"));
/// The sentence that opens a livelihood list.
static LIVELIHOOD: LazyLock<Regex> = LazyLock::new(|| regex("实事[^。！？]{0,20}[：:]"));
/// Sentences that open a paragraph without naming its topic.
static NO_TOPIC: LazyLock<Regex> =
    LazyLock::new(|| regex("^(?:各位|现在|同时|对此|让我们|为此|以上)|(?:之年|[一五]年|时期)。$"));

/// Longest heading that stands alone, in chars.
const HEADING: usize = 40;
/// Longest heading that runs into its paragraph, in chars.
const RUN_IN: usize = 50;
/// Longest part heading without a number, in chars.
const PART_CHARS: usize = 25;
/// Longest lead sentence, in chars.
const LEAD: usize = 32;

/// A block and the paragraph it was made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Placed {
    pub(super) kind: BlockKind,
    /// Index into the paragraphs given.
    pub(super) paragraph: usize,
}

/// The blocks of a report's paragraphs, which are clean text; the title, when the text has none of
/// its own, is not among them. Joined again, the blocks give the paragraphs, but for the numbers
/// of glossary entries.
pub(super) fn recognise(paragraphs: &[String], preamble: usize) -> Vec<Placed> {
    let mut layout = Layout::default();
    for (n, text) in paragraphs.iter().enumerate() {
        layout.paragraph = n;
        if n < preamble {
            layout.preamble(n, text);
        } else {
            layout.paragraph(text);
        }
    }
    layout.blocks
}

/// True for the name of the report: …政府工作报告.
pub(super) fn is_title(text: &str) -> bool {
    text.contains("政府工作报告") && text.chars().count() <= HEADING && !text.contains('。')
}

#[derive(Default)]
struct Layout {
    blocks: Vec<Placed>,
    paragraph: usize,
    /// A part without a number is in force.
    in_part: bool,
    /// Level of the 一、 in force; 0 when none is.
    section: u8,
    in_glossary: bool,
    /// The next text continues a heading of the same paragraph.
    after_heading: bool,
}

impl Layout {
    fn push(&mut self, kind: BlockKind) {
        self.blocks.push(Placed {
            kind,
            paragraph: self.paragraph,
        });
    }

    fn push_text(&mut self, text: &str, lead: usize, continues: bool) {
        self.push(BlockKind::Paragraph {
            text: text.to_owned(),
            lead,
            continues,
            period: None,
        });
    }

    fn push_heading(&mut self, level: u8, text: &str) {
        self.push(BlockKind::Heading {
            level,
            text: text.to_owned(),
            period: None,
        });
    }

    fn preamble(&mut self, n: usize, text: &str) {
        if n == 0 && is_title(text) {
            self.push(BlockKind::Title(text.to_owned()));
        } else {
            self.push_text(text, 0, false);
        }
    }

    fn paragraph(&mut self, text: &str) {
        self.after_heading = false;
        if GLOSSARY.is_match(text) {
            self.in_glossary = true;
            self.in_part = true;
            self.section = 0;
            self.push_heading(1, text);
        } else if self.in_glossary {
            self.entry(text);
        } else if let Some(numbered) = NUMBERED.captures(text) {
            self.numbered(text, numbered.get(1).is_some());
        } else if is_part(text) {
            self.in_part = true;
            self.section = 0;
            self.push_heading(1, text);
        } else {
            self.body(text);
        }
    }

    /// `tens` for 一、, else （一）.
    fn numbered(&mut self, text: &str, tens: bool) {
        let part = u8::from(self.in_part);
        let level = if tens {
            part + 1
        } else {
            self.section.max(part) + 1
        };
        let alone = !text.contains(['。', '！', '；', '：']) && chars(text) <= HEADING;
        let run_in = text
            .split_inclusive('。')
            .next()
            .filter(|first| first.ends_with('。') && first.len() < text.len())
            .filter(|first| chars(first) <= RUN_IN);
        if tens && (alone || run_in.is_some()) {
            self.section = level;
        }
        if alone {
            self.push_heading(level, text);
        } else if let Some(first) = run_in {
            self.push_heading(level, first);
            self.after_heading = true;
            self.body(&text[first.len()..]);
        } else {
            self.body(text);
        }
    }

    fn body(&mut self, text: &str) {
        let Some(list) = livelihood(text) else {
            let lead = if self.after_heading { 0 } else { lead(text) };
            self.push_text(text, lead, false);
            return;
        };
        self.push_text(list.intro, 0, false);
        for item in list.items {
            self.push(BlockKind::LivelihoodItem {
                text: item.to_owned(),
            });
        }
        if !list.rest.is_empty() {
            self.push_text(list.rest, 0, true);
        }
    }

    fn entry(&mut self, text: &str) {
        let bare = ENTRY_NUMBER.replace(text, "");
        match name_and_definition(&bare) {
            Some((name, definition)) => self.push(BlockKind::Entry {
                name: name.to_owned(),
                definition: definition.to_owned(),
                aliases: Vec::new(),
            }),
            None => self.push_text(text, 0, false),
        }
    }
}

fn chars(text: &str) -> usize {
    text.chars().count()
}

fn is_part(text: &str) -> bool {
    chars(text) <= PART_CHARS
        && !text.contains(['，', '。', '：', '；', '！', '？'])
        && PART.is_match(text)
}

/// Length in bytes of the lead sentence: short, no figure, more follows.
fn lead(text: &str) -> usize {
    let Some(end) = text.find(['。', '！', '？', '：', '；']) else {
        return 0;
    };
    let Some(rest) = text[end..].strip_prefix('。') else {
        return 0;
    };
    let first = &text[..text.len() - rest.len()];
    let is_lead = !rest.is_empty()
        && (4..=LEAD).contains(&chars(first))
        && !first.contains(|c: char| c.is_ascii_digit() || c == '□')
        && !NO_TOPIC.is_match(first);
    if is_lead { first.len() } else { 0 }
}

/// A livelihood list inside of a paragraph.
struct Livelihood<'a> {
    /// Up to and including the ：.
    intro: &'a str,
    items: Vec<&'a str>,
    /// What follows the last item's sentence.
    rest: &'a str,
}

/// How lists count: 一是, （1）, 1.
const COUNTS: [fn(usize) -> String; 4] = [
    |n| format!("{}是", ordinal(n)),
    |n| format!("（{n}）"),
    |n| format!("{n}."),
    |n| format!("{n}、"),
];

fn ordinal(n: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let tens = match n / 10 {
        0 => String::new(),
        1 => "十".to_owned(),
        tens => format!("{}十", DIGITS[tens % 10]),
    };
    format!("{tens}{}", DIGITS[n % 10])
}

fn livelihood(text: &str) -> Option<Livelihood<'_>> {
    let intro = LIVELIHOOD.find(text)?.end();
    let count = COUNTS
        .iter()
        .find(|count| text[intro..].starts_with(&count(1)))?;
    let mut starts = vec![intro];
    while let Some(last) = starts.last()
        && let Some(next) = next_item(text, *last, &count(starts.len() + 1))
    {
        starts.push(next);
    }
    if starts.len() < 3 {
        return None;
    }
    let last = *starts.last()?;
    let end = text[last..]
        .find('。')
        .map_or(text.len(), |at| last + at + '。'.len_utf8());
    let ends = starts[1..].iter().copied().chain([end]);
    Some(Livelihood {
        intro: &text[..intro],
        items: starts
            .iter()
            .zip(ends)
            .map(|(start, end)| &text[*start..end])
            .collect(),
        rest: &text[end..],
    })
}

/// Where `mark` opens a sentence or clause after `from`.
fn next_item(text: &str, from: usize, mark: &str) -> Option<usize> {
    let body = &text[from..];
    body.match_indices(mark)
        .find(|(at, _)| body[..*at].ends_with(['。', '；']))
        .map(|(at, _)| from + at)
}

/// A glossary entry at the first ： outside of quotes and brackets.
fn name_and_definition(text: &str) -> Option<(&str, &str)> {
    let mut depth = 0_i32;
    for (at, c) in text.char_indices() {
        match c {
            '“' | '（' | '《' => depth += 1,
            '”' | '）' | '》' => depth -= 1,
            '：' if depth <= 0 => {
                let (name, definition) = (text[..at].trim(), text[at + c.len_utf8()..].trim());
                let fits = !name.is_empty() && !definition.is_empty() && !name.contains('。');
                return (fits && chars(name) <= HEADING).then_some((name, definition));
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(paragraphs: &[&str]) -> Vec<BlockKind> {
        let paragraphs: Vec<String> = paragraphs.iter().map(|p| (*p).to_owned()).collect();
        recognise(&paragraphs, 0)
            .into_iter()
            .map(|b| b.kind)
            .collect()
    }

    fn heading(level: u8, text: &str) -> BlockKind {
        BlockKind::Heading {
            level,
            text: text.to_owned(),
            period: None,
        }
    }

    fn paragraph(text: &str, lead: &str) -> BlockKind {
        BlockKind::Paragraph {
            text: text.to_owned(),
            lead: lead.len(),
            continues: false,
            period: None,
        }
    }

    #[test]
    fn a_section_runs_into_its_paragraph() {
        assert_eq!(
            kinds(&[
                "2023年工作回顾",
                "一、乡村振兴全面推进。坚持巩固。持续提升。"
            ]),
            [
                heading(1, "2023年工作回顾"),
                heading(2, "一、乡村振兴全面推进。"),
                paragraph("坚持巩固。持续提升。", ""),
            ]
        );
    }

    #[test]
    fn without_parts_a_numbered_line_is_the_part() {
        assert_eq!(
            kinds(&[
                "一、2019年工作回顾",
                "（一）脱贫攻坚取得进展。全年投入207亿元。"
            ]),
            [
                heading(1, "一、2019年工作回顾"),
                heading(2, "（一）脱贫攻坚取得进展。"),
                paragraph("全年投入207亿元。", ""),
            ]
        );
    }

    #[test]
    fn a_short_first_sentence_leads() {
        for (text, lead) in [
            ("加快健康通渭建设。持续深化改革。", "加快健康通渭建设。"),
            (
                "过去一年，我们逆势而进稳增长，经济大盘稳健向好。对标要求。",
                "过去一年，我们逆势而进稳增长，经济大盘稳健向好。",
            ),
            ("2023年是全面贯彻党的二十大精神的开局之年。一年来。", ""),
            ("刚刚过去的一年，是极不平凡的一年。习近平总书记。", ""),
            ("各位代表！艰难方显勇毅，磨砺始得玉成。过去一年。", ""),
            ("新增城镇就业2085人。支持就业。", ""),
            ("重点抓好八个方面的工作：", ""),
        ] {
            assert_eq!(kinds(&[text]), [paragraph(text, lead)]);
        }
    }

    #[test]
    fn livelihood_items_stand_alone() {
        let kinds = kinds(&[
            "办好十件民生实事：一是修路10公里。二是供水。三是供气；增加2.5万户。我们将努力。",
        ]);
        let texts: Vec<&str> = kinds
            .iter()
            .map(|kind| match kind {
                BlockKind::LivelihoodItem { text } | BlockKind::Paragraph { text, .. } => {
                    text.as_str()
                }
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(
            texts,
            [
                "办好十件民生实事：",
                "一是修路10公里。",
                "二是供水。",
                "三是供气；增加2.5万户。",
                "我们将努力。"
            ]
        );
    }

    #[test]
    fn a_list_of_troubles_is_no_livelihood_list() {
        let text = "还存在不少问题：一是实力不强。二是体系不全。三是支撑不牢。";
        assert_eq!(kinds(&[text]), [paragraph(text, "")]);
    }

    #[test]
    fn glossary_entries_lose_their_number() {
        let entry = |name: &str, definition: &str| BlockKind::Entry {
            name: name.to_owned(),
            definition: definition.to_owned(),
            aliases: Vec::new(),
        };
        assert_eq!(
            kinds(&[
                "有关用语说明：",
                "3.“三抓三促”行动：抓学习。",
                "“一核”：即兰州。"
            ]),
            [
                heading(1, "有关用语说明："),
                entry("“三抓三促”行动", "抓学习。"),
                entry("“一核”", "即兰州。"),
            ]
        );
    }

    #[test]
    fn ordinals_go_past_ten() {
        assert_eq!(
            [1, 9, 10, 11, 20, 23].map(ordinal),
            ["一", "九", "十", "十一", "二十", "二十三"]
        );
    }
}
