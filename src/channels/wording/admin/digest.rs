//! What owners are told of the week before.

use super::figures::{lines, spelled};
use crate::admin::Digest;

/// The week before, in words.
#[must_use]
pub fn digest(digest: &Digest) -> String {
    let figures = &digest.figures;
    let period = figures.chosen.period;
    let mut told = vec![format!(
        "上周小结（{}至{}）",
        spelled(period.first()),
        spelled(period.last())
    )];
    told.extend(lines(figures, "再前一周"));
    told.push(match digest.open_topics {
        0 => "没答好的问题：都处理了".to_owned(),
        open => format!("没答好的问题：有 {open} 类等待处理"),
    });
    told.push(match digest.open_tickets {
        0 => "转人工的问题：都回复了".to_owned(),
        open => format!("转人工的问题：有 {open} 个等待回复"),
    });
    if let Some((row, chain)) = &digest.audit {
        let head = chain.get(..16).unwrap_or(chain);
        told.push(format!(
            "操作记录到第 {row} 条，校验码 {head}（请留存，以后可以核对记录有没有被改动）"
        ));
    }
    told.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        channels::wording::admin::figures::tests::week,
        statistics::{Figures, Totals},
    };

    #[test]
    fn owners_read_the_week_in_figures_and_what_waits() {
        let told = digest(&Digest {
            figures: week(),
            open_topics: 12,
            open_tickets: 0,
            audit: Some((123, "0123456789abcdef0123456789abcdef".into())),
        });
        assert!(told.starts_with("上周小结（11月24日至11月30日）\n提问 123 次（比再前一周 +23）"));
        assert!(told.contains("\n没答好的问题：有 12 类等待处理\n转人工的问题：都回复了\n"));
        assert!(told.contains("第 123 条，校验码 0123456789abcdef（"));
    }

    #[test]
    fn a_week_without_questions_is_told_too() {
        let figures = Figures {
            total: Totals::default(),
            before: Totals::default(),
            topics: Vec::new(),
            channels: Vec::new(),
            ..week()
        };
        let told = digest(&Digest {
            figures,
            open_topics: 0,
            open_tickets: 2,
            audit: None,
        });
        assert!(told.contains("没有人提问"));
        assert!(told.ends_with("转人工的问题：有 2 个等待回复"));
    }
}
