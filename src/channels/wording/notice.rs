//! Notices about an answer.

use super::sources::called;
use crate::answer::{Answer, HandOver, Notice, Status};

/// The notices of `answer` that its opening does not say already.
pub fn notices(answer: &Answer) -> impl Iterator<Item = &Notice> {
    let said = not_loaded(answer).is_some();
    let notices = answer.notices.iter();
    notices.filter(move |notice| !said || !matches!(notice, Notice::NotLoaded { .. }))
}

/// The place without a report on account of which `answer` found nothing.
pub(super) fn not_loaded(answer: &Answer) -> Option<&str> {
    answer.notices.iter().find_map(|notice| match notice {
        Notice::NotLoaded { what } if answer.status == Status::NotFound => Some(what.as_str()),
        _ => None,
    })
}

/// The text of a notice.
#[must_use]
pub fn notice(notice: &Notice) -> String {
    match notice {
        Notice::Counted { rows } => format!("表里一共有 {rows} 项，都列在上面了。"),
        Notice::QuestionCut { limit } => format!("问题较长，只看了前 {limit} 个字。"),
        Notice::OlderReport {
            newest,
            year,
            review,
        } => format!(
            "提示：{}是 {year} 年的，文中“今年”指 {year} 年，“去年”指 {review} 年。",
            if *newest {
                "目前最新的报告"
            } else {
                "引用的报告"
            }
        ),
        Notice::YearResolved { word, year } => format!("这里的“{word}”指 {year} 年。"),
        Notice::Corrected(correction) => {
            format!("“{}”按“{}”查找。", correction.typed, correction.searched)
        }
        Notice::FollowUp(follow_up) => {
            let (earlier, read) = (&follow_up.earlier, &follow_up.read);
            format!("这一问接着“{earlier}”，按“{read}”查找。")
        }
        Notice::HandOver(hand_over) => self::hand_over(*hand_over),
        Notice::AskAt { number } => format!("可以打电话问一问：{number}"),
        Notice::NotLoaded { what } => format!("目前没有{what}的报告。"),
        Notice::OthersLoaded {
            sources,
            places,
            count,
            years,
        } => others_loaded(called(*sources), places, *count, years),
    }
}

fn hand_over(hand_over: HandOver) -> String {
    match hand_over {
        HandOver::Offered => {
            "没找到您要的？发送“转人工”，您的问题就转给工作人员，回复会发到这里。".to_owned()
        }
        HandOver::Opened { number, is_masked } => {
            let masked = match is_masked {
                true => {
                    "您写的手机号等号码没有转过去；愿意让工作人员联系您，请发送“转人工 同意”再加上您的问题和电话。"
                }
                false => "",
            };
            format!("您的问题已转给工作人员（第 {number} 号），有回复会发给您。{masked}")
        }
        HandOver::SayWhat => {
            "需要工作人员回答，请发送“转人工”，后面写上您的问题，例如：转人工 我家的低保为什么停了"
                .to_owned()
        }
        HandOver::TooMany => "您已经有几个问题在等工作人员回复，请先等一等。".to_owned(),
        HandOver::Failed => "现在没能转给工作人员，请稍后再试，或拨打热线。".to_owned(),
    }
}

fn others_loaded(called: &str, places: &[String], count: usize, years: &[i32]) -> String {
    let mut others = Vec::new();
    if !years.is_empty() {
        let years: Vec<String> = years.iter().map(ToString::to_string).collect();
        others.push(format!("{} 年的报告", years.join("、")));
    }
    if !places.is_empty() {
        let more = if count > places.len() {
            format!("等 {count} 个地方")
        } else {
            String::new()
        };
        others.push(format!("{}{more}的{called}", places.join("、")));
    }
    format!(
        "还收录了{}；想问别的地方或年份，请在问题里写明。",
        others.join("，以及")
    )
}
