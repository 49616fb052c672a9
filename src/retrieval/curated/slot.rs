//! Kinds of fact that an office is asked for, and that its answers tell in a form of their own: hours, a
//! telephone number, an address, an amount.

use crate::text::Pattern;

static ASKS_PHONE: Pattern = Pattern::new("电话|号码|热线|联系方式|打给谁|给谁打");
static ASKS_PLACE: Pattern = Pattern::new(
    "地址|几楼|位置|在(哪里|哪儿|哪|什么地方|啥地方)[呢啊呀?？]*$|在(哪条|哪个)(路|街|楼)",
);
/// Where something is done: an App will do.
static ASKS_WHERE: Pattern = Pattern::new("[在去到]哪|哪里|哪儿|什么地方|啥地方|哪个窗口|的地方$");
static ASKS_HOUR: Pattern = Pattern::new("几点|几时(开|关|上|下)|(开|关)门时间|上班时间|下班时间");
static ASKS_MONEY: Pattern =
    Pattern::new("多少钱|几块|几个钱|多少元|要钱|收费|花钱|收钱|几百|几千|几万|几十万");

static PHONE: Pattern = Pattern::new(
    r"\d{3,4}-\d{7,8}|(^|\D)1[3-9]\d{9}(\D|$)|(^|[^\d.])(12\d{3}|1[12][0-9]|9[56]\d{3,4})([^\d.%元块万千人户个亩天日年月]|$)|(电话|热线)\D{0,4}\d{7,8}",
);
static ADDRESS: Pattern = Pattern::new(
    "地址|[0-9一二三四五六七八九十]+[楼层]|[路街巷道] ?\\d+ ?号|[东西南北]侧|对面|旁边|位于|[^网]站下车",
);
static OFFICE: Pattern = Pattern::new(
    "窗口|派出所|网点|中心|大厅|车站|医院|学校|乡镇|街道|社区|居委会|村委会|政府|管理部|局窗口|app|小程序|网站|公众号",
);
static HOUR: Pattern = Pattern::new(r"\d{1,2}[:：]\d{2}|\d{1,2}点|小时服务");
static MONEY: Pattern = Pattern::new("元|免费|不收|不要钱|全免|不用|%|免征");

/// Whether an answer tells the kind of fact that a question asks for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Slot {
    /// None in particular is asked for.
    #[default]
    Open,
    /// Hours, a number or an address are told, as asked for.
    OfOffice,
    /// Hours, a number or an address are asked for and not told.
    Lacking,
    /// An amount is asked for and not told.
    LackingAmount,
}

impl Slot {
    /// Of a folded question and a folded answer.
    pub(super) fn of(question: &str, answer: &str) -> Self {
        let facts = [
            (&ASKS_PHONE, &PHONE),
            (&ASKS_HOUR, &HOUR),
            (&ASKS_PLACE, &ADDRESS),
        ];
        let mut asked = facts
            .into_iter()
            .filter(|(asks, _)| asks.is_match(question))
            .peekable();
        if asked.peek().is_some() {
            return match asked.all(|(_, tells)| tells.is_match(answer)) {
                true => Self::OfOffice,
                false => Self::Lacking,
            };
        }
        let lacks = |asks: &Pattern, tells: &[&Pattern]| {
            asks.is_match(question) && !tells.iter().any(|tells| tells.is_match(answer))
        };
        if lacks(&ASKS_WHERE, &[&ADDRESS, &OFFICE]) {
            Self::Lacking
        } else if lacks(&ASKS_MONEY, &[&MONEY]) {
            Self::LackingAmount
        } else {
            Self::Open
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_phones_and_addresses_are_known_by_their_form() {
        for (question, answer, slot) in [
            ("几点上班", "工作日8:30-12:00", Slot::OfOffice),
            ("几点上班", "向街道办申请", Slot::Lacking),
            ("电话多少", "咨询0939-1234567", Slot::OfOffice),
            ("电话多少", "每月120元", Slot::Lacking),
            ("服务站在哪儿", "文昌路18号二楼", Slot::OfOffice),
            ("服务站在哪儿", "东街 15 号", Slot::OfOffice),
            ("服务站在哪儿", "带身份证到乡镇残联", Slot::Lacking),
            ("在哪儿办", "在街道办登记", Slot::Open),
            ("在哪儿办", "每年一次", Slot::Lacking),
            ("要收费吗", "向街道办申请", Slot::LackingAmount),
            ("怎么办", "文昌路18号", Slot::Open),
        ] {
            assert_eq!(Slot::of(question, answer), slot, "{question} {answer}");
        }
    }
}
