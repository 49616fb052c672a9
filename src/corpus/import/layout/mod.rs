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
//!
//! `heading` says how deep each heading is, `livelihood` and `glossary` read the two kinds of
//! lists; here they are put together.

mod glossary;
mod heading;
mod livelihood;

use std::sync::LazyLock;

use regex::Regex;

use self::heading::Heading;
pub(super) use self::{heading::numeral, livelihood::ordinal};
use super::{super::BlockKind, paragraphs::Paragraph};

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the patterns of this file are tested")
}

/// Sentences that open a paragraph without naming its topic.
static NO_TOPIC: LazyLock<Regex> =
    LazyLock::new(|| regex("^(?:各位|现在|同时|对此|让我们|为此|以上)|(?:之年|[一五]年|时期)。$"));
/// What may stand before a lead sentence: a number or a dash.
static LEAD_MARK: LazyLock<Regex> =
    LazyLock::new(|| regex("^(?:[0-9０-９]{1,2}[.．、]|（[0-9０-９]{1,2}）|[①-⑳])"));

/// Longest title, in chars.
const TITLE: usize = 40;
/// Longest lead sentence, in chars.
const LEAD: usize = 32;
/// Longest lead sentence that is bold, in chars.
const BOLD_LEAD: usize = 60;

/// A block and the paragraph it was made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Placed {
    pub(super) kind: BlockKind,
    /// Index into the paragraphs given.
    pub(super) paragraph: usize,
}

/// What a report's paragraphs were recognised as.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Recognised {
    pub(super) blocks: Vec<Placed>,
    /// Paragraphs that are not part of the report: sentences that a glossary quotes from it.
    pub(super) left_out: Vec<usize>,
}

/// The blocks of a report's paragraphs, which are clean text; the title, when the text has none of
/// its own, is not among them. Joined again, the blocks give the paragraphs, but for the numbers
/// of glossary entries.
pub(super) fn recognise(paragraphs: &[Paragraph], preamble: usize) -> Recognised {
    let (body, annex) = glossary_range(paragraphs, preamble);
    let report: Vec<Paragraph> = paragraphs[..body].to_vec();
    let outline = heading::outline(&report, preamble);
    let mut layout = Layout {
        paragraphs,
        ..Layout::default()
    };
    let mut at = 0;
    while at < body {
        layout.paragraph = at;
        if at < preamble {
            layout.preamble(at);
            at += 1;
        } else {
            at += layout.body(outline[at], at, body);
        }
    }
    layout.glossary(body, annex);
    layout.annex(annex);
    Recognised {
        blocks: layout.blocks,
        left_out: layout.left_out,
    }
}

/// True for the name of the report: …政府工作报告.
pub(super) fn is_title(text: &str) -> bool {
    (text.contains("政府工作报告") || text.contains("政府工作的报告"))
        && chars(text) <= TITLE
        && !text.contains(['。', '“', '；'])
        // 任振鹤作《政府工作报告》 is the caption of a picture.
        && !["作《", "作政府", "作了"].iter().any(|verb| text.contains(verb))
        && !glossary::is_heading(text)
}

/// Where the glossary begins, heading included, and where an annex after it begins.
fn glossary_range(paragraphs: &[Paragraph], preamble: usize) -> (usize, usize) {
    let end = paragraphs.len();
    let opens = |n: usize| {
        glossary::is_heading(&paragraphs[n].text)
            && paragraphs.get(n + 1..n + 7).is_none_or(|next| {
                let entries = glossary::entries(next, n + 1);
                next.is_empty() || has_entry(&entries)
            })
    };
    // 附件 alone says nothing; the entries below it must.
    let opens_bare = |n: usize| {
        glossary::is_bare_annex(&paragraphs[n].text)
            && paragraphs.get(n + 1..end.min(n + 13)).is_some_and(|next| {
                let entries = glossary::entries(next, n + 1);
                matches!(entries.first(), Some(glossary::Item::Entry { .. }))
                    && count_entries(&entries) >= 3
                    && count_entries(&entries) * 5 >= entries.len() * 3
            })
    };
    let start = (preamble..end)
        .find(|n| opens(*n) || opens_bare(*n))
        .or_else(|| unannounced_glossary(paragraphs, preamble));
    let Some(start) = start else {
        return (end, end);
    };
    let annex = (start + 1..end)
        .find(|n| glossary::is_annex(&paragraphs[*n].text))
        .unwrap_or(end);
    (start, annex)
}

fn has_entry(items: &[glossary::Item]) -> bool {
    count_entries(items) > 0
}

fn count_entries(items: &[glossary::Item]) -> usize {
    let is_entry = |item: &&glossary::Item| matches!(item, glossary::Item::Entry { .. });
    items.iter().filter(is_entry).count()
}

/// A glossary without a heading: numbered entries after the report's last words.
fn unannounced_glossary(paragraphs: &[Paragraph], preamble: usize) -> Option<usize> {
    let last_words = paragraphs
        .iter()
        .rposition(|p| p.text.contains("让我们") || p.text.starts_with("各位代表"))?;
    let start = last_words + 1;
    let rest = paragraphs.get(start..).filter(|rest| rest.len() >= 3)?;
    let entries = glossary::entries(rest, start);
    let starts = rest[0]
        .text
        .starts_with(|c: char| c.is_ascii_digit() || "①[（【".contains(c));
    (start > preamble && starts && count_entries(&entries) * 3 >= rest.len()).then_some(start)
}

#[derive(Default)]
struct Layout<'a> {
    paragraphs: &'a [Paragraph],
    blocks: Vec<Placed>,
    left_out: Vec<usize>,
    paragraph: usize,
}

impl Layout<'_> {
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

    fn preamble(&mut self, n: usize) {
        let text = &self.paragraphs[n].text;
        let first = !self
            .blocks
            .iter()
            .any(|block| matches!(block.kind, BlockKind::Title(_)));
        if first && is_title(text) {
            self.push(BlockKind::Title(text.clone()));
        } else {
            self.push_text(text, 0, false);
        }
    }

    /// Takes paragraph `at` and those that continue its list; gives how many that were.
    fn body(&mut self, heading: Option<Heading>, at: usize, end: usize) -> usize {
        let paragraph = &self.paragraphs[at];
        let text = paragraph.text.as_str();
        let Some(heading) = heading else {
            self.text(text, lead(paragraph));
            return 1 + self.list_lines(text, at, end);
        };
        let (name, rest) = text.split_at(heading.length);
        let rest = rest.trim_start();
        if rest.is_empty() {
            // The 。 of a heading that stands alone would run it into the next paragraph.
            self.push_heading(heading.level, name.trim_end_matches('。'));
            return 1;
        }
        self.push_heading(heading.level, name);
        self.text(rest, 0);
        1 + self.list_lines(rest, at, end)
    }

    fn text(&mut self, text: &str, lead: usize) {
        let Some(list) = livelihood::within(text) else {
            return self.push_text(text, lead, false);
        };
        self.push_text(list.intro, lead.min(list.intro.len()), false);
        for item in list.items {
            self.push(BlockKind::LivelihoodItem {
                text: item.to_owned(),
            });
        }
        if !list.rest.is_empty() {
            self.push_text(list.rest, 0, true);
        }
    }

    /// The livelihood list with one item a line that `intro` opens; gives its length.
    fn list_lines(&mut self, intro: &str, at: usize, end: usize) -> usize {
        let below = &self.paragraphs[at + 1..end];
        let items = livelihood::lines(intro, below.iter().map(|p| p.text.as_str()));
        for (n, paragraph) in below[..items].iter().enumerate() {
            self.paragraph = at + 1 + n;
            self.push(BlockKind::LivelihoodItem {
                text: paragraph.text.clone(),
            });
        }
        items
    }

    fn glossary(&mut self, start: usize, end: usize) {
        if start >= end {
            return;
        }
        self.paragraph = start;
        let heading = &self.paragraphs[start].text;
        let first = if glossary::is_heading(heading) {
            self.push_heading(1, heading);
            start + 1
        } else if glossary::is_bare_annex(heading) {
            // 附件 alone would not be known again for what it is.
            let name = heading.trim_end_matches(['：', ':']);
            self.push_heading(1, &format!("{name}：名词解释"));
            start + 1
        } else {
            self.push_heading(1, "名词解释");
            start
        };
        for item in glossary::entries(&self.paragraphs[first..end], first) {
            match item {
                glossary::Item::Entry {
                    paragraph,
                    name,
                    definition,
                } => {
                    self.paragraph = paragraph;
                    self.push(BlockKind::Entry {
                        name,
                        definition,
                        aliases: Vec::new(),
                    });
                }
                glossary::Item::Text { paragraph, text } => {
                    self.paragraph = paragraph;
                    self.push_text(&text, 0, false);
                }
                glossary::Item::Quoted { paragraph } => self.left_out.push(paragraph),
            }
        }
    }

    /// Whatever stands after the glossary.
    fn annex(&mut self, start: usize) {
        for (n, paragraph) in self.paragraphs.iter().enumerate().skip(start) {
            self.paragraph = n;
            if glossary::is_annex(&paragraph.text) {
                self.push_heading(1, &paragraph.text);
            } else {
                self.push_text(&paragraph.text, 0, false);
            }
        }
    }
}

fn chars(text: &str) -> usize {
    text.chars().count()
}

/// Length in bytes of the lead sentence: bold, or short and without a figure, and more follows.
fn lead(paragraph: &Paragraph) -> usize {
    let text = paragraph.text.as_str();
    if let Some(length) = heading::bold_prefix(paragraph)
        && paragraph.mark.bold <= BOLD_LEAD
        && !text[..length].contains('□')
        && !text[length..].trim().is_empty()
    {
        return length;
    }
    let Some(end) = text.find(['。', '！', '？', '：', '；']) else {
        return 0;
    };
    let Some(rest) = text[end..].strip_prefix('。') else {
        return 0;
    };
    let first = &text[..text.len() - rest.len()];
    let name = LEAD_MARK.replace(first, "");
    let is_lead = !rest.is_empty()
        && (4..=LEAD).contains(&chars(first))
        && !name.contains(|c: char| c.is_ascii_digit() || c == '□')
        && !NO_TOPIC.is_match(first);
    if is_lead { first.len() } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(lines: &[&str]) -> Vec<BlockKind> {
        let paragraphs: Vec<Paragraph> = lines.iter().map(|line| Paragraph::marked(line)).collect();
        let blocks = recognise(&paragraphs, 0).blocks;
        blocks.into_iter().map(|b| b.kind).collect()
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

    fn item(text: &str) -> BlockKind {
        BlockKind::LivelihoodItem {
            text: text.to_owned(),
        }
    }

    fn entry(name: &str, definition: &str) -> BlockKind {
        BlockKind::Entry {
            name: name.to_owned(),
            definition: definition.to_owned(),
            aliases: Vec::new(),
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
                "**（一）脱贫攻坚取得进展。**全年投入207亿元。"
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
            ("1.加快产业升级。坚持不懈。", "1.加快产业升级。"),
        ] {
            assert_eq!(kinds(&[text]), [paragraph(text, lead)]);
        }
        assert_eq!(
            kinds(&["**新增就业2085人，**支持就业。"]),
            [paragraph("新增就业2085人，支持就业。", "新增就业2085人，")]
        );
    }

    #[test]
    fn livelihood_items_stand_alone() {
        let kinds = kinds(&[
            "办好十件民生实事：一是修路10公里。二是供水。三是供气；增加2.5万户。我们将努力。",
            "办好三件实事：",
            "1.修路；",
            "2.供水；",
            "3.供气。",
        ]);
        let rest = BlockKind::Paragraph {
            text: "我们将努力。".to_owned(),
            lead: 0,
            continues: true,
            period: None,
        };
        assert_eq!(
            kinds,
            [
                paragraph("办好十件民生实事：", ""),
                item("一是修路10公里。"),
                item("二是供水。"),
                item("三是供气；增加2.5万户。"),
                rest,
                paragraph("办好三件实事：", ""),
                item("1.修路；"),
                item("2.供水；"),
                item("3.供气。"),
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
        assert_eq!(
            kinds(&[
                "有关用语说明：",
                "1.“三抓三促”行动：抓学习。",
                "2.“一核”：即兰州。",
                "附件：2024年任务",
                "一、修路。",
            ]),
            [
                heading(1, "有关用语说明："),
                entry("“三抓三促”行动", "抓学习。"),
                entry("“一核”", "即兰州。"),
                heading(1, "附件：2024年任务"),
                paragraph("一、修路。", ""),
            ]
        );
    }

    #[test]
    fn a_glossary_may_come_without_a_heading() {
        let kinds = kinds(&[
            "各位代表！让我们团结起来。",
            "1.“三抓三促”行动：抓学习。",
            "2.“一核”：即兰州。",
            "3.“一带”：即河西。",
        ]);
        assert_eq!(kinds[1], heading(1, "名词解释"));
        assert_eq!(kinds[4], entry("“一带”", "即河西。"));
    }
}
