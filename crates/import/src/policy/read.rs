//! Fills in what a policy document says of itself.

use wenzheng_document::{Facet, Policy};
use wenzheng_text::{Pattern, normalize::narrow_digits, sentence};

use super::{dates, number, question::Question, relations};
use crate::paragraph::{Paragraph, Row, chars};

/// Paragraphs of the head that may be the document's number.
const HEAD: usize = 10;
/// Paragraphs at the end that an office and a date are looked for in.
const FOOT: usize = 40;
/// Longest name of an office, in chars.
const OFFICE: usize = 30;

static OFFICES: Pattern = Pattern::new(
    "^[\\p{Han}（）()、 ]{3,}(?:政府|办公室|委员会|局|厅|院|中心|部|总队|支队|大队|组|处|站|会|公司|银行)(?:办公室)?$",
);
/// 2025年度, 2025年……实施方案
static YEAR: Pattern = Pattern::new("((?:19|20)[0-9]{2})年(度)?");
/// 2024—2026年
static YEARS: Pattern = Pattern::new("(?:19|20)[0-9]{2}年?\\s*[—–~～至到-]+\\s*(?:19|20)[0-9]{2}");
static YEARLY: Pattern = Pattern::new("方案|计划|申报|指南|公告|通知|标准");

/// What is read of a document.
pub(crate) struct Read {
    pub(crate) policy: Policy,
    /// 发文机关; empty when the text names none.
    pub(crate) issuer: String,
    pub(crate) questions: Vec<Question>,
}

/// What the text calls the service that it is of, in a field of its own (事项名称); empty without one.
pub(crate) fn name(paragraphs: &[Paragraph]) -> String {
    value(paragraphs, Facet::Name)
}

/// Reads what the document with this title says of itself in `paragraphs`.
pub(crate) fn read(title: &str, paragraphs: &[Paragraph]) -> Read {
    let texts: Vec<&str> = paragraphs.iter().map(|p| p.text.as_str()).collect();
    let mut policy = Policy {
        doc_number: texts
            .iter()
            .take(HEAD)
            .find_map(|text| number::whole(text))
            .unwrap_or_default(),
        for_year: year_of(title),
        department: value(paragraphs, Facet::Department),
        phone: phone(&value(paragraphs, Facet::Phone)),
        ..Policy::default()
    };
    let (issuer, issued_on) = signature(&texts);
    policy.issued_on = issued_on;
    let sentences = || {
        texts
            .iter()
            .flat_map(|text| sentence::split(text).into_iter().map(|span| span.of(text)))
    };
    for sentence in sentences() {
        policy.effective_on = policy.effective_on.or_else(|| dates::effective(sentence));
        policy.valid_years = policy.valid_years.or_else(|| dates::years(sentence));
    }
    let unnamed = relations::read(&mut policy, sentences());
    if policy.extends.is_empty() {
        policy.expires_on = sentences().find_map(dates::until);
    }
    let questions = questions(&policy, &issuer, unnamed, sentences);
    Read {
        policy,
        issuer,
        questions,
    }
}

fn questions<'a, I: Iterator<Item = &'a str>>(
    policy: &Policy,
    issuer: &str,
    unnamed: bool,
    sentences: impl Fn() -> I,
) -> Vec<Question> {
    let says = |word: &str| sentences().any(|sentence| sentence.contains(word));
    let from_printing =
        policy.effective_on.is_none() && sentences().any(dates::holds_from_printing);
    let undated = policy.valid_years.is_some() && policy.begins_on().is_none();
    let open = says("有效期") && policy.valid_years.is_none() && policy.expires_on.is_none();
    let all = [
        (issuer.is_empty(), Question::Issuer),
        (policy.issued_on.is_none(), Question::IssuedOn),
        (from_printing, Question::EffectiveOn),
        (open, Question::Validity),
        (undated && !from_printing, Question::ValidityFrom),
        (unnamed, Question::Repeals),
    ];
    all.into_iter()
        .filter(|(open, _)| *open)
        .map(|(_, question)| question)
        .collect()
}

/// The year that a title names for a yearly plan: 2025年度耕地地力保护补贴实施方案.
fn year_of(title: &str) -> Option<i32> {
    let title = narrow_digits(title);
    if YEARS.is_match(&title) {
        return None;
    }
    let mut years = YEAR.captures_iter(&title);
    let year = years.next()?;
    let yearly = year.get(2).is_some() || YEARLY.is_match(&title);
    (years.next().is_none() && yearly).then(|| year[1].parse().ok())?
}

/// The office and the day below the text: the last line that is a day, and the line above it. The date of
/// printing stands on a line with 印发 and is none.
fn signature(texts: &[&str]) -> (String, Option<time::Date>) {
    let first = texts.len().saturating_sub(FOOT);
    // An annex may follow: the first day that stands alone below an office, else any.
    let days: Vec<(usize, time::Date)> = (first..texts.len())
        .filter_map(|n| Some((n, dates::alone(texts[n])?)))
        .collect();
    let office = |n: usize| {
        let above = n.checked_sub(1).and_then(|above| texts.get(above))?;
        is_office(above).then(|| above.split_whitespace().collect::<String>())
    };
    let signed = days.iter().find_map(|(n, day)| Some((office(*n)?, *day)));
    match signed {
        Some((office, day)) => (office, Some(day)),
        None => (String::new(), days.last().map(|(_, day)| *day)),
    }
}

/// True for a line of a signature: an office, or a day alone.
pub(crate) fn is_signature(text: &str) -> bool {
    is_office(text) || dates::alone(text).is_some()
}

fn is_office(text: &str) -> bool {
    let name: String = text.split_whitespace().collect();
    chars(&name) <= OFFICE && OFFICES.is_match(&name)
}

/// The value of the first field with this facet: behind its label in a line, or in the next cell of a row.
fn value(paragraphs: &[Paragraph], facet: Facet) -> String {
    let field = |paragraph: &Paragraph| {
        let text = paragraph.text.as_str();
        let (label, value) = match paragraph.mark.row {
            Row::None => text.split_once(['：', ':'])?,
            // More than two cells are the head of a list.
            _ => text
                .split_once('\t')
                .filter(|(_, value)| !value.contains('\t'))?,
        };
        let value = value.trim();
        let own = chars(label) <= 16 && Facet::of_label(label) == Some(facet);
        (own && !value.is_empty()).then(|| value.to_owned())
    };
    paragraphs.iter().find_map(field).unwrap_or_default()
}

static PHONE: Pattern =
    Pattern::new(r"(?:0\d{2,3}[-—－ ]?)?\d{7,8}(?:[-转]\d{1,5})?|1[3-9]\d{9}|1[0-9]{4}|9[0-9]{4}");

/// The first number of a field.
fn phone(value: &str) -> String {
    let narrow = narrow_digits(value);
    let first = PHONE.find_iter(&narrow).next();
    first
        .map(|found| found.as_str().to_owned())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;
    use crate::paragraph::Mark;

    fn of(title: &str, lines: &[&str]) -> Read {
        let paragraphs: Vec<Paragraph> = lines.iter().map(|line| Paragraph::plain(line)).collect();
        read(title, &paragraphs)
    }

    #[test]
    fn a_service_has_a_name_and_the_head_of_a_list_no_department() {
        let row = |text: &str| Paragraph {
            mark: Mark {
                row: Row::Body,
                ..Mark::default()
            },
            ..Paragraph::plain(text)
        };
        let guide = [row("事项名称\t残疾人证办理"), row("主管部门\t县残联")];
        assert_eq!(name(&guide), "残疾人证办理");
        assert_eq!(read("残疾人证办理", &guide).policy.department, "县残联");
        let list = [
            row("主管部门\t救助对象\t救助比例"),
            row("县民政局\t特困人员\t100%"),
        ];
        assert_eq!(read("安和县医疗救助标准", &list).policy.department, "");
    }

    #[test]
    fn a_notice_says_what_it_is_and_how_long_it_holds() {
        let read = of(
            "安和县高龄津贴发放办法",
            &[
                "安政办发〔2025〕15号",
                "安和县高龄津贴发放办法",
                "根据《甘肃省办法》（甘政发〔2024〕6号），制定本办法。",
                "本办法自2025年4月1日起施行，有效期5年。《安和县高龄老人补贴办法》（安政办发〔2020〕8号）同时废止。",
                "咨询电话：0000-1234567（县民政局）",
                "安和县人民政府办公室",
                "2025年3月20日",
                "安和县人民政府办公室 2025年3月22日印发",
            ],
        );
        let policy = read.policy;
        assert_eq!(policy.doc_number, "安政办发〔2025〕15号");
        assert_eq!(policy.issued_on, Some(date!(2025 - 03 - 20)));
        assert_eq!(policy.effective_on, Some(date!(2025 - 04 - 01)));
        assert_eq!(policy.ends_on(), Some(date!(2030 - 03 - 31)));
        assert_eq!(policy.repeals, ["安政办发〔2020〕8号"]);
        assert_eq!(policy.based_on, ["甘政发〔2024〕6号"]);
        assert_eq!(policy.phone, "0000-1234567");
        assert_eq!(read.issuer, "安和县人民政府办公室");
        assert_eq!(read.questions, []);
    }

    #[test]
    fn what_cannot_be_read_is_asked_and_nothing_is_guessed() {
        let read = of(
            "安和县2025年度耕地补贴实施方案",
            &["本方案自印发之日起施行，有效期两年。原方案同时废止。"],
        );
        assert_eq!(read.policy.for_year, Some(2025));
        assert_eq!(
            (read.policy.issued_on, read.policy.effective_on),
            (None, None)
        );
        assert_eq!(
            read.questions,
            [
                Question::Issuer,
                Question::IssuedOn,
                Question::EffectiveOn,
                Question::Repeals
            ]
        );
    }

    #[test]
    fn a_year_is_the_documents_own_only_when_it_stands_alone() {
        assert_eq!(year_of("安和县2025年农机购置补贴实施方案"), Some(2025));
        assert_eq!(year_of("2024—2026年农机购置补贴实施方案"), None);
        assert_eq!(year_of("2023年至2025年方案"), None);
        assert_eq!(year_of("安和县高龄津贴发放办法"), None);
    }
}
