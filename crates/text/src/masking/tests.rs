//! What is masked, in every form that people may type it, and what is not.

mod made;
mod negative;

use std::{
    borrow::Cow,
    time::{Duration, Instant},
};

use proptest::prelude::*;

use super::mask;

#[test]
fn whatever_is_made_is_masked_whole_and_the_rest_stays() {
    let cases = made::cases();
    assert!(cases.len() >= 200, "{} cases", cases.len());
    let mut wrong = Vec::new();
    for case in &cases {
        let masked = mask(&case.text);
        if masked != case.expected {
            wrong.push(format!("{} → {masked}", case.text));
        }
    }
    let (count, all) = (wrong.len(), cases.len());
    assert!(wrong.is_empty(), "{count} of {all}:\n{}", wrong.join("\n"));
}

#[test]
fn what_is_no_number_of_a_person_stays() {
    assert!(negative::TEXTS.len() >= 60);
    for text in negative::TEXTS {
        assert_eq!(mask(text), *text);
    }
}

#[test]
fn questions_and_documents_of_the_repository_stay() {
    let mut count = 0;
    for text in negative::repository() {
        let masked = mask(&text);
        assert!(matches!(masked, Cow::Borrowed(_)), "{text}\n→ {masked}");
        count += 1;
    }
    assert!(count > 1000, "{count} texts");
}

/// Questions as people type them, and what is kept of them.
const QUESTIONS: &[(&str, &str)] = &[
    ("打13812345678一次没通", "打〔手机号〕一次没通"),
    (
        "电话一三八一二三四五六七八一直打不通",
        "电话〔手机号〕一直打不通",
    ),
    ("第一一三八一二三四五六七八", "第一〔手机号〕"),
    ("(+86)138-1234-5678", "〔手机号〕"),
    ("（138）1234 5678", "〔手机号〕"),
    ("(13812345678)", "(〔手机号〕)"),
    (
        "13812345678/13912345678，13712345678",
        "〔手机号〕/〔手机号〕，〔手机号〕",
    ),
    ("1381234567813912345678", "〔手机号〕〔手机号〕"),
    ("1️⃣3️⃣8️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣好", "〔手机号〕好"),
    ("13812345678元旦打不通", "〔手机号〕元旦打不通"),
    ("13812345678家里没人", "〔手机号〕家里没人"),
    ("微信wx13812345678", "微信wx〔手机号〕"),
    ("13812345678@163.com", "〔手机号〕@163.com"),
    ("1.13812345678 2.13912345678", "1.〔手机号〕 2.〔手机号〕"),
    ("0931-8123456 13812345678", "0931-8123456 〔手机号〕"),
    ("12345 138 1234 5678", "12345 〔手机号〕"),
    ("身份证2014-01-01 2024-01-01", "身份证2014-01-01 2024-01-01"),
    ("一卡通2023-01-01 2024-01-01", "一卡通2023-01-01 2024-01-01"),
    ("身份证11010519491231002X", "身份证〔身份证号〕"),
    ("身份证11010519491231002ｘ。", "身份证〔身份证号〕。"),
    ("身份证110105194912310029", "身份证〔身份证号〕"),
    ("身份证11010519491231002", "身份证〔身份证号〕"),
    ("学籍号G11010519491231002X", "学籍号G〔身份证号〕"),
    ("我的13812345678", "我的〔手机号〕"),
    ("残疾证11010519491231002X43。", "残疾证〔身份证号〕。"),
    ("残疾证11010119900307773143", "残疾证〔身份证号〕"),
    (
        "卡号六二一七〇〇一二三四五六七八九三一直不到账",
        "卡号〔银行卡号〕直不到账",
    ),
    ("我138 1234 5678 139 1234 5678", "我〔手机号〕 〔手机号〕"),
    ("138,1234,5678", "〔手机号〕"),
    ("为什么一三八一二三四五六七八", "为什么〔手机号〕"),
    ("手机号1381234567，", "手机号〔手机号〕，"),
    ("电话138123456780", "电话〔手机号〕"),
    ("卡号6217 0012 3456 7890 128", "卡号〔银行卡号〕"),
    ("身份证622421195013011232", "身份证〔身份证号〕"),
    ("身份证62242119501301123X。", "身份证〔身份证号〕。"),
    ("电话12345 12333", "电话12345 12333"),
    ("电话号码0938-5551234", "电话号码0938-5551234"),
    ("一三八、一二三四、五六七八", "〔手机号〕"),
    ("么三八一二三四五六七八", "〔手机号〕"),
    (
        "手机13812345678，固话0938-5551234",
        "手机〔手机号〕，固话0938-5551234",
    ),
    (
        "电话:13812345678.2023年的补贴",
        "电话:〔手机号〕.2023年的补贴",
    ),
    ("13812345678,20岁", "〔手机号〕,20岁"),
    ("13812345678 2亩地", "〔手机号〕 2亩地"),
    ("13812345678-2024年", "〔手机号〕-2024年"),
    ("2024 13812345678", "2024 〔手机号〕"),
    (
        "张三13812345678李四13912345678",
        "张三〔手机号〕李四〔手机号〕",
    ),
    (
        "我叫张三，622421195001011231，低保",
        "我叫张三，〔身份证号〕，低保",
    ),
];

#[test]
fn what_surrounds_a_number_stays() {
    for (text, masked) in QUESTIONS {
        assert_eq!(mask(text), *masked);
    }
}

#[test]
fn a_long_text_takes_no_more_time_than_many_short_ones() {
    for text in [
        "1",
        "1 3 8 ",
        "138 1234 5678 ",
        "13812345678-",
        "6211-2119-90 一①",
        "电话1",
    ] {
        let begun = Instant::now();
        let long = text.repeat(100_000 / text.len());
        assert!(!mask(&long).is_empty());
        // About 0.1 s; it would be minutes if every place looked at all others.
        assert!(begun.elapsed() < Duration::from_secs(10), "{text}");
    }
}

proptest! {
    #[test]
    fn any_string_can_be_masked_and_twice_changes_nothing(text in any::<String>()) {
        let once = mask(&text).into_owned();
        prop_assert_eq!(mask(&once), once.as_str());
    }

    #[test]
    fn strings_of_digits_can_be_masked_and_twice_changes_nothing(
        text in r"([0-9]{1,8}|1[3-9][0-9]{9}|[3-9][0-9]{15}|11010519491231002X|[-+ ./(),~xXa元人第号产值万]|电话|卡号|身份证|[０-９一二三四五六七八九两①②③⑩]{1,4}|\u{200b}|\u{20e3}){0,16}"
    ) {
        let once = mask(&text).into_owned();
        prop_assert_eq!(mask(&once), once.as_str());
    }

    #[test]
    fn without_digits_the_text_is_borrowed(text in r"[^\p{N}\p{Han}]{0,60}|[的了吗低保怎么办，。 ]{0,60}") {
        prop_assert!(matches!(mask(&text), Cow::Borrowed(same) if same == text));
    }
}
