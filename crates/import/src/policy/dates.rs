//! Dates of a document: of its text, from which day, until which day.

use time::{Date, Month};
use wenzheng_text::{Pattern, normalize::narrow_digits, numerals};

static DAY: Pattern = Pattern::new(
    "((?:19|20)[0-9]{2}|[一二][〇○零Ｏ0一二三四五六七八九]{3})\\s*年\\s*([0-9]{1,2}|[一二三四五六七八九十]{1,3})\\s*月\\s*([0-9]{1,2}|[一二三四五六七八九十]{1,3})\\s*日",
);
static FROM: Pattern = Pattern::new("(?:自|从|于)\\s*$");
static HOLDS: Pattern = Pattern::new("^\\s*(?:起|开始)?\\s*(?:正式)?(?:施行|实施|执行|生效)");
static TO: Pattern = Pattern::new(
    "(?:有效|执行|实施|试行|施行|延长|延续|延期)[^。；]{0,40}?(?:至|到|截至|截止到?)\\s*$",
);
static ON_PRINTING: Pattern = Pattern::new(
    "自(?:本(?:办法|通知|方案|细则|规定|意见))?(?:印发|发布|公布|下发|发文)之日起(?:\\s*[0-9]+日后)?\\s*(?:正式)?(?:施行|实施|执行|生效)",
);
static YEARS: Pattern = Pattern::new(
    "(?:有效期|试行期?|执行期|有效期限|试行期限)(?:限)?(?:为|是|：|:)?\\s*([0-9]{1,2}|[一二两三四五六七八九十]{1,3})\\s*年(?:[^度]|$)",
);

/// A day within a text, with what stands before and behind it.
struct Within<'a> {
    day: Date,
    before: &'a str,
    after: &'a str,
}

fn days(text: &str) -> impl Iterator<Item = Within<'_>> {
    DAY.captures_iter(text).filter_map(|found| {
        let whole = found.get(0)?;
        Some(Within {
            day: day([&found[1], &found[2], &found[3]])?,
            before: &text[..whole.start()],
            after: &text[whole.end()..],
        })
    })
}

/// A day that `text` is, and nothing else.
pub(super) fn alone(text: &str) -> Option<Date> {
    let text = narrow_digits(text.trim());
    let only = days(&text).next()?;
    let bare = |text: &str| text.trim_matches(['（', '）', '(', ')', ' ']).is_empty();
    (bare(only.before) && bare(only.after)).then_some(only.day)
}

/// The day from which a document holds.
pub(super) fn effective(text: &str) -> Option<Date> {
    let text = narrow_digits(text);
    let from = |day: &Within<'_>| FROM.is_match(day.before) && HOLDS.is_match(day.after);
    days(&text).find(from).map(|found| found.day)
}

/// True for 自印发之日起施行: a day that nobody can read off the text.
pub(super) fn holds_from_printing(text: &str) -> bool {
    ON_PRINTING.is_match(text)
}

/// The last day on which a document holds.
pub(super) fn until(text: &str) -> Option<Date> {
    let text = narrow_digits(text);
    days(&text)
        .find(|day| TO.is_match(day.before))
        .map(|found| found.day)
}

/// For how many years a document holds.
pub(super) fn years(text: &str) -> Option<u8> {
    let text = narrow_digits(text);
    let found = YEARS.captures(&text)?;
    let years = found[1].replace('两', "二");
    let years = years.parse().ok().or_else(|| numerals::parse(&years))?;
    u8::try_from(years).ok().filter(|years| *years > 0)
}

fn day([year, month, day]: [&str; 3]) -> Option<Date> {
    let year: usize = year.parse().ok().or_else(|| numerals::parse_digits(year))?;
    let number = |text: &str| text.parse().ok().or_else(|| numerals::parse(text));
    let month = Month::try_from(u8::try_from(number(month)?).ok()?).ok()?;
    let day = u8::try_from(number(day)?).ok()?;
    Date::from_calendar_date(i32::try_from(year).ok()?, month, day).ok()
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn a_day_alone_is_read_in_figures_and_in_characters() {
        for text in [
            "2025年3月20日",
            "2025 年 3 月 20 日",
            "二〇二五年三月二十日",
            "２０２５年３月２０日",
        ] {
            assert_eq!(alone(text), Some(date!(2025 - 03 - 20)), "{text}");
        }
        assert_eq!(alone("2025年3月20日印发"), None);
        assert_eq!(alone("2025年2月30日"), None);
    }

    #[test]
    fn from_which_day_until_which_day_and_for_how_long() {
        let text = "本办法自2025年4月1日起施行，有效期5年。";
        assert_eq!(
            (effective(text), years(text)),
            (Some(date!(2025 - 04 - 01)), Some(5))
        );
        assert_eq!(years("试行两年"), Some(2));
        assert_eq!(years("有效期五年。"), Some(5));
        assert_eq!(until("有效期至2027年12月31日"), Some(date!(2027 - 12 - 31)));
        assert_eq!(
            until("有效期自2025年1月1日起至2027年12月31日止"),
            Some(date!(2027 - 12 - 31))
        );
        assert_eq!(
            until("有效期延长至2028年6月30日"),
            Some(date!(2028 - 06 - 30))
        );
        assert!(holds_from_printing("本通知自印发之日起施行。"));
        assert_eq!(effective("本通知自印发之日起施行。"), None);
        assert_eq!(years("2025年度有效"), None);
    }
}
