//! 明年 after a result: who asks 今年修了多少，明年修多少 speaks at the end of the year that the report
//! reviews, and asks for what is planned in the report's own year.

use crate::{
    retrieval::{Message, Retriever},
    text::Pattern,
};

/// A result, then 明年.
static AFTER_A_RESULT: Pattern = Pattern::new(
    "(去年|年时|上年|今年|现在|目前|了多少|了几|多少了|完成|实绩|成果|成效).*(?P<next>明年|来年|來年)",
);
/// Words for the year before the one that somebody speaks in.
static LAST_YEAR: Pattern = Pattern::new("去年|年时|年時|上年");

/// The message with years in figures, and what year each word was taken for; `None` for one that does
/// not ask for next year after a result, and where no report is loaded.
pub(super) fn read(
    retriever: &Retriever,
    message: &Message,
) -> Option<(Message, Vec<(&'static str, i32)>)> {
    let text = message.text();
    let found = AFTER_A_RESULT.captures(text)?;
    let next = found.name("next")?;
    let years = retriever.understand_message(message, None).scope().base;
    if years.plan == 0 {
        return None;
    }
    let mut told = text.to_owned();
    told.replace_range(next.range(), &format!("{}年", years.plan));
    let mut words = vec![("明年", years.plan)];
    if text[..next.start()].contains("今年") && !LAST_YEAR.is_match(text) {
        told = told.replacen("今年", &format!("{}年", years.review), 1);
        words.insert(0, ("今年", years.review));
    }
    Some((Message::new(told), words))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::town::{Report, Town};

    #[test]
    fn next_year_after_a_result_is_the_year_that_is_planned() {
        let town = Town::of(&[Report::new("石门县", 2024)
            .done("新建村道12公里。")
            .planned("计划新建村道30公里。")]);
        let read = |text: &str| {
            let read = read(&town.retriever, &Message::new(text));
            read.map(|(message, _)| message.text().to_owned())
        };
        let told = |text: &str| Some(text.to_owned());
        assert_eq!(
            read("村道去年修了多少，明年修多少"),
            told("村道去年修了多少，2024年修多少")
        );
        assert_eq!(
            read("村道今年修了多少公里 明年打算修多少"),
            told("村道2023年修了多少公里 2024年打算修多少")
        );
        assert_eq!(read("明年修多少公里村道"), None, "no report tells it");
        assert_eq!(read("村道今年修多少"), None);
    }
}
