//! Whom to call.

use super::sources::called;
use crate::{
    answer::{Answer, Concern, Referral, Smalltalk, Status},
    channels::{deployment::Deployment, hotlines::Number},
};

/// The numbers that a reply names to be called, the most important first; channels make them
/// tappable.
#[must_use]
pub fn numbers(answer: &Answer, deployment: &Deployment) -> Vec<Number> {
    match (&answer.referral, answer.smalltalk) {
        (Some(referral), _) => deployment.numbers(referral.concern),
        (None, Some(Smalltalk::Human | Smalltalk::Complaint | Smalltalk::Phone)) => {
            vec![deployment.hotline_number()]
        }
        _ => Vec::new(),
    }
}

/// Whom to call for what the message tells of; `None` when nobody has to be called first.
#[must_use]
pub fn referral(answer: &Answer, deployment: &Deployment) -> Option<String> {
    let Referral { concern, .. } = answer.referral.as_ref()?;
    let numbers = deployment.numbers(*concern);
    let (first, others) = numbers.split_first()?;
    let others: Vec<String> = others.iter().map(ToString::to_string).collect();
    let others = others.join("、");
    let also = match others.as_str() {
        "" => String::new(),
        others => format!("，也可以拨打 {others}"),
    };
    Some(match concern {
        Concern::Crime => {
            format!("请马上拨打 {first}{also}。先到安全的地方；有人受伤、走失，越早打越好。")
        }
        Concern::Fire => format!("请马上拨打 {first}{also}。先离开危险的地方，不要回去取东西。"),
        Concern::Medical => {
            format!("请马上拨打 {first}{also}。说清在哪里、什么情况，按接线人员说的做。")
        }
        Concern::Despair => {
            let also = match others.as_str() {
                "" => String::new(),
                others => format!("；眼下有危险，请马上拨打 {others}"),
            };
            format!("请拨打 {first}，有人听您说{also}。您不用一个人扛着。")
        }
        Concern::Fraud => format!("请马上拨打 {first}{also}。先不要再转钱，留好转账和聊天记录。"),
        Concern::Corruption => {
            format!("请拨打 {first}{also}，或者向当地纪委监委反映；说清什么人、什么事、什么时候。")
        }
        Concern::Wages => {
            format!("请拨打 {first}{also}，或者找当地劳动监察大队；带上合同、考勤、欠条这些凭据。")
        }
        Concern::Hazard => {
            let also = match others.as_str() {
                "" => String::new(),
                others => format!("；眼下有危险，先离远些，马上拨打 {others}"),
            };
            format!("请拨打 {first} 反映{also}。")
        }
        Concern::PowerCut | Concern::TrafficLight | Concern::Fault => {
            format!("这类问题请拨打 {first} 反映，会转给管这件事的单位{also}。")
        }
    })
}

/// What the report has to do with it, said after the numbers; `None` when it has nothing to do with it.
#[must_use]
pub(super) fn beside(answer: &Answer) -> Option<String> {
    let referral = answer.referral.as_ref()?;
    match answer.status {
        _ if referral.concern.is_urgent() => None,
        Status::Partial => Some(format!(
            "{}不处理单个情况，相关的原文是：",
            called(answer.sources)
        )),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        answer::AnswerKind,
        channels::{
            fixtures::{answered, citation, deployment},
            wording::opening,
        },
        corpus::Period,
    };

    fn told(concern: Concern, matter: &str, status: Status) -> Answer {
        let referral = Some(Referral {
            concern,
            matter: matter.to_owned(),
        });
        let quoted = status == Status::Partial;
        let quote = quoted.then(|| citation(Period::Planned(2024), "新装路灯200盏。"));
        Answer {
            status,
            kind: AnswerKind::Passage,
            referral,
            ..answered(quote.into_iter().collect())
        }
    }

    fn said(answer: &Answer) -> String {
        opening(answer, &deployment()).unwrap_or_default()
    }

    #[test]
    fn the_right_number_comes_first_for_every_concern() {
        for (concern, number) in [
            (Concern::Crime, "110"),
            (Concern::Fire, "119"),
            (Concern::Medical, "120"),
            (Concern::Despair, "12356"),
            (Concern::Fraud, "110"),
            (Concern::Corruption, "12388"),
            (Concern::Wages, "12333"),
            (Concern::PowerCut, "12345"),
            (Concern::TrafficLight, "12345"),
            (Concern::Hazard, "12345"),
            (Concern::Fault, "12345"),
        ] {
            let answer = told(concern, "", Status::Smalltalk);
            let first = numbers(&answer, &deployment()).remove(0);
            assert_eq!(first.number, number, "{concern:?}");
            let said = said(&answer);
            let digits = said.find(|c: char| c.is_ascii_digit()).expect("a number");
            assert!(said[digits..].starts_with(number), "{said}");
        }
    }

    #[test]
    fn a_fault_is_referred_first_and_then_the_report_is_spoken_of() {
        assert_eq!(
            said(&told(Concern::Fault, "路灯", Status::Partial)),
            "这类问题请拨打 12345 反映，会转给管这件事的单位。\n报告不处理单个情况，相关的原文是："
        );
        assert_eq!(
            said(&told(Concern::TrafficLight, "红绿灯", Status::NotFound)),
            "这类问题请拨打 12345 反映，会转给管这件事的单位，也可以拨打 122（交警）。"
        );
    }

    #[test]
    fn a_line_of_the_places_own_comes_before_all_others_for_who_is_in_despair() {
        let own = Deployment {
            crisis_line: "0932-5550000（县心理援助）".into(),
            ..deployment()
        };
        let answer = told(Concern::Despair, "", Status::Smalltalk);
        let said = opening(&answer, &own).unwrap_or_default();
        let at = |number| said.find(number);
        assert!(at("0932-5550000（县心理援助）") < at("12356") && at("12356") < at("110"));
        let fire = told(Concern::Fire, "", Status::Smalltalk);
        assert!(!opening(&fire, &own).unwrap_or_default().contains("0932"));
    }

    #[test]
    fn the_hotline_is_said_once() {
        let own = Deployment {
            texts: crate::staff::OfficeTexts::with_hotline("12333"),
            ..deployment()
        };
        let wages = told(Concern::Wages, "", Status::NotFound);
        assert_eq!(numbers(&wages, &own).len(), 1);
    }
}
