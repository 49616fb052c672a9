//! Words and answers of the office's own.

use axum::extract::State;
use maud::{Markup, html};
use serde::Deserialize;

use super::act::carry_out;
use crate::{
    admin::{Command, OwnWords, Relation, WordLine},
    channels::console::{
        layout::{self, Page, token},
        outcome::act,
        sent::Sent,
        state::{Console, Shared},
        trouble::Trouble,
        who::Who,
        wording,
    },
    staff::Role,
};

/// Lines of a list that is put in at once.
const LINES: usize = 2_000;

pub(in crate::channels::console) async fn page(
    State(console): Shared,
    who: Who,
) -> Result<Markup, Trouble> {
    let words = console
        .service
        .with_office(|office| office.own_words())
        .await?;
    let words = words.ok_or(Trouble::NoStore)?;
    let content = html! {
        p { "这里是办公室自己加的词和回答。每次改动都先拿固定问题和程序自带的问题检验，变差就不会生效。" }
        (lines(&console, &who, &words))
        (user_words(&console, &who, &words))
        (answers(&console, &who, &words))
    };
    Ok(layout::page(
        &console,
        &who,
        Page::Words,
        wording::WORDS,
        &content,
    ))
}

fn lines(console: &Console, who: &Who, words: &OwnWords) -> Markup {
    let may = who.role() >= Role::Editor;
    html! {
        section.card {
            h2 { "同义词和简称" }
            @if may {
                form.row method="post" action=(console.path("/admin/words")) {
                    (token(who))
                    input type="hidden" name="what" value="line";
                    label { "大家说 " input name="left" required maxlength="40"; }
                    label { "关系 " select name="relation" { option value="everyday" { "文件里写作" } option value="same" { "是简称，全称是" } } }
                    label { "文件里的词（顿号隔开） " input name="right" required maxlength="200"; }
                    button.button type="submit" { "加上" }
                }
                details {
                    summary { "从表格导入" }
                    form.stack method="post" action=(console.path("/admin/words")) {
                        (token(who))
                        input type="hidden" name="what" value="list";
                        label { "每行一条：大家说的词,文件里的词（几个用顿号隔开）。可以直接从表格里复制两列，或打开 CSV 文件复制。"
                            textarea name="list" rows="8" required {} }
                        button.button type="submit" { "导入" }
                    }
                }
            }
            table {
                thead { tr { th { "大家说" } th { "关系" } th { "文件里" } @if may { th { "操作" } } } }
                tbody {
                    @for line in &words.lines {
                        tr {
                            td { (line.everyday) }
                            td { @match line.relation { Relation::Everyday => { "写作" } Relation::Same => { "全称" } } }
                            td { (line.official.join("、")) }
                            @if may { td { (act(console, who, &format!("/synonym {} =", line.everyday), "删去", false)) } }
                        }
                    }
                }
            }
            @if words.lines.is_empty() { p { "还没有加过。" } }
        }
    }
}

fn user_words(console: &Console, who: &Who, words: &OwnWords) -> Markup {
    let may = who.role() >= Role::Editor;
    html! {
        section.card {
            h2 { "不要拆开的词" }
            p.soft { "本地的地名、项目名，程序可能会从中间断开。" }
            @if may {
                form.row method="post" action=(console.path("/admin/words")) {
                    (token(who))
                    input type="hidden" name="what" value="word";
                    label { "词 " input name="left" required maxlength="20" pattern="\\S+"; }
                    button.button type="submit" { "加上" }
                }
            }
            ul.list {
                @for word in &words.user_words {
                    li.row { span { (word) } @if may { (act(console, who, &format!("/word {word} ="), "删去", false)) } }
                }
            }
            @if words.user_words.is_empty() { p { "还没有加过。" } }
        }
    }
}

fn answers(console: &Console, who: &Who, words: &OwnWords) -> Markup {
    let may = who.role() >= Role::Editor;
    html! {
        section.card {
            h2 { "办公室的回答" }
            @if may {
                form.stack method="post" action=(console.path("/admin/words")) {
                    (token(who))
                    input type="hidden" name="what" value="answer";
                    label { "问题" input name="left" required maxlength="200"; }
                    label { "回答（原样显示，并注明是办公室的解答）" textarea name="right" rows="3" required maxlength="2000" {} }
                    label { "哪个地方（只有一个地方时不用填）" input name="place" maxlength="20"; }
                    button.button type="submit" { "加上" }
                }
            }
            dl.answers {
                @for (place, question, answer) in &words.answers {
                    dt { (question) span.soft { "　" (place) } }
                    dd {
                        p.lines { (answer) }
                        @if may { (act(console, who, &format!("/faq {question} ="), "删去", false)) }
                    }
                }
            }
            @if words.answers.is_empty() { p { "还没有加过。" } }
        }
    }
}

#[derive(Deserialize)]
pub(in crate::channels::console) struct Typed {
    what: String,
    #[serde(default)]
    left: String,
    #[serde(default)]
    right: String,
    #[serde(default)]
    relation: String,
    #[serde(default)]
    place: String,
    #[serde(default)]
    list: String,
}

pub(in crate::channels::console) async fn change(
    State(console): Shared,
    sent: Sent<Typed>,
) -> Result<Markup, Trouble> {
    let Sent { who, form } = sent;
    let command = command(&form).ok_or(Trouble::Unreadable)?;
    carry_out(&console, &who, command, Page::Words).await
}

fn command(form: &Typed) -> Option<Command> {
    let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    Some(match form.what.as_str() {
        "line" => Command::Words(vec![WordLine {
            everyday: some(&form.left)?,
            official: official(&form.right)?,
            relation: match form.relation.as_str() {
                "same" => Relation::Same,
                _ => Relation::Everyday,
            },
        }]),
        "list" => Command::Words(list(&form.list)?),
        "word" => Command::UserWord(some(&form.left)?),
        "answer" => Command::Faq {
            question: some(&form.left)?,
            answer: some(&form.right)?,
            place: some(&form.place),
        },
        _ => return None,
    })
}

fn official(text: &str) -> Option<Vec<String>> {
    let words = text.split(['、', '，', ';', '；']).map(str::trim);
    let words: Vec<String> = words
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    (!words.is_empty()).then_some(words)
}

/// The lines of a table of two columns, by tab or comma; blank ones are passed over. `None` when one has no
/// second column.
fn list(text: &str) -> Option<Vec<WordLine>> {
    let rows = text.trim_start_matches('\u{feff}').lines().map(str::trim);
    let rows = rows.filter(|row| !row.is_empty()).take(LINES);
    let line = |row: &str| {
        let (left, right) = row.split_once(['\t', ',', '，'])?;
        let plain = |cell: &str| cell.trim().trim_matches('"').trim().to_owned();
        let everyday = plain(left);
        (!everyday.is_empty()).then_some(WordLine {
            everyday,
            official: official(&plain(right))?,
            relation: Relation::Everyday,
        })
    };
    let lines: Option<Vec<WordLine>> = rows.map(line).collect();
    lines.filter(|lines| !lines.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_read_by_tab_or_comma() {
        let lines = list("\u{feff}看病,就医、医疗\r\n\"娃上学\"\t入学\n\n").expect("a table");
        let read: Vec<(&str, usize)> = lines
            .iter()
            .map(|line| (line.everyday.as_str(), line.official.len()))
            .collect();
        assert_eq!(read, [("看病", 2), ("娃上学", 1)]);
        assert_eq!(list("看病"), None);
        assert_eq!(list("看病,"), None);
        assert_eq!(list(" "), None);
    }
}
