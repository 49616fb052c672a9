//! Recognises the lead sentence of a paragraph: 加快健康通渭建设。持续深化…

use wenzheng_text::Pattern;

use super::heading;
use crate::paragraph::{Paragraph, chars};

/// Sentences that open a paragraph without naming its topic.
static NO_TOPIC: Pattern =
    Pattern::new("^(?:各位|现在|同时|对此|让我们|为此|以上)|(?:之年|[一五]年|时期)。$");
/// A number in front of a lead sentence.
static LEAD_MARK: Pattern = Pattern::new("^(?:[0-9０-９]{1,2}[.．、]|（[0-9０-９]{1,2}）|[①-⑳])");

/// Longest lead sentence, in chars.
const LEAD: usize = 32;
/// Longest lead sentence that is bold, in chars.
const BOLD_LEAD: usize = 60;

/// Length in bytes of the lead sentence: bold, or short and without figures, with more text after it;
/// 0 if there is none.
pub(crate) fn lead(paragraph: &Paragraph) -> usize {
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

    #[track_caller]
    fn leads(line: &str, expected: &str) {
        let paragraph = Paragraph::marked(line);
        assert_eq!(&paragraph.text[..lead(&paragraph)], expected, "{line}");
    }

    #[test]
    fn a_bold_opening_leads_whatever_its_mark_unless_it_is_damaged_or_everything() {
        leads("**新增就业2085人，**支持就业。", "新增就业2085人，");
        leads("**推进□水，**支持就业。", "");
        leads("**支持就业。**", "");
    }

    #[test]
    fn a_short_first_sentence_leads_unless_it_states_a_figure_or_names_no_topic() {
        leads("加快建设。持续深化改革。", "加快建设。");
        leads("（1）加快建设。持续深化改革。", "（1）加快建设。");
        leads("投资5亿元。持续深化改革。", "");
        leads("让我们行动。持续深化改革。", "");
        leads("加快建设！持续深化改革。", "");
        leads("加快。持续深化改革。", "");
        leads("加快建设。", "");
        let long = format!("{}。持续深化改革。", "建".repeat(LEAD));
        leads(&long, "");
    }
}
