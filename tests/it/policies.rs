//! Policy documents: fields of services and whether a document holds, on the documents of an invented county.

use std::{fmt::Write as _, path::Path, process::Command, sync::LazyLock};

use time::{Date, macros::date};
use wenzheng::{
    answer::{Answer, Gap, Notice, Question, Status},
    assistant::{Assistant, Options},
    channels::{plain, wording},
    corpus::Validity,
};

use crate::answers::deployment;

const TODAY: Date = date!(2026 - 11 - 30);

static COUNTY: LazyLock<Assistant> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/examples");
    let options = Options {
        corpus_dir: Some(folder),
        ..Options::default()
    };
    Assistant::open(options).expect("the examples are valid")
});

fn ask_on(text: &str, today: Date, history: &[&str]) -> Answer {
    let question = Question {
        today: Some(today),
        history: history.iter().map(|text| (*text).to_owned()).collect(),
        ..Question::new(text)
    };
    COUNTY.answer(&question).expect("a search")
}

fn ask(text: &str) -> Answer {
    ask_on(text, TODAY, &[])
}

fn quotes(answer: &Answer) -> Vec<&str> {
    answer
        .citations
        .iter()
        .map(|it| it.quote.as_str())
        .collect()
}

fn validity(answer: &Answer) -> Option<Validity> {
    answer
        .citations
        .first()?
        .standing
        .as_ref()
        .map(|it| it.validity)
}

#[test]
fn a_question_for_a_field_gets_that_field_and_nothing_else() {
    for (question, fields) in [
        (
            "残疾人证办理去哪办",
            &["办理地点：安和县政务服务中心一楼12号窗口"][..],
        ),
        ("办残疾证要不要钱", &["收费标准：不收费"]),
        (
            "残疾人证几天能办下来",
            &["承诺时限：15个工作日", "法定时限：30个工作日"],
        ),
        (
            "公租房哪些情况不给办",
            &["不予受理情形：五年内转让过自有住房的，不予受理。"],
        ),
        ("公租房我要投诉打哪个电话", &["监督投诉电话：0000-1234698"]),
        (
            "高龄津贴能领多少钱",
            &[
                "80周岁至89周岁的，每人每月50元；90周岁至99周岁的，每人每月100元；100周岁以上的，每人每月300元。",
            ],
        ),
        (
            "种地补贴截止到哪天",
            &["2026年4月1日至5月31日，逾期不再受理。"],
        ),
        (
            "创业担保贷款额度是多少",
            &["第四条 贷款额度：个人最高30万元，合伙创业最高110万元，期限最长3年。"],
        ),
    ] {
        let answer = ask(question);
        assert_eq!(answer.status, Status::Answered, "{question}");
        assert_eq!(quotes(&answer), fields, "{question}");
    }
}

#[test]
fn a_field_of_several_lines_is_quoted_whole() {
    let answer = ask("申请公租房要带啥材料");
    assert_eq!(
        quotes(&answer),
        [
            "申请材料：\n1.公共租赁住房申请表；\n2.家庭成员身份证、户口簿；\n3.收入证明；\n4.住房情况证明。"
        ]
    );
    assert_eq!(answer.citations[0].path, ["申请材料"]);
    let steps = ask("种地补贴怎么申请");
    assert_eq!(steps.citations.len(), 1);
    assert_eq!(steps.citations[0].path, ["五、办理流程"]);
    assert_eq!(steps.citations[0].quote.lines().count(), 4);
}

#[test]
fn what_a_document_does_not_write_is_told_with_its_number_and_without_a_quote() {
    for (question, told) in [
        ("残疾人证投诉电话是多少", "《残疾人证办理》没有写投诉电话。"),
        (
            "公租房收费吗",
            "《安和县公共租赁住房申请办事指南》没有写收费情况。",
        ),
        (
            "雨露计划补助咨询电话是多少",
            "《雨露计划补助》没有写咨询电话。",
        ),
    ] {
        let answer = ask(question);
        assert_eq!(answer.status, Status::Partial, "{question}");
        assert_eq!(answer.missing.as_ref().map(|it| it.asked), Some(Gap::Field));
        assert_eq!(quotes(&answer), [] as [&str; 0], "{question}");
        let text = plain::render(&answer, &deployment());
        assert!(text.starts_with(told), "{text}");
    }
    let answer = ask("残疾人证投诉电话是多少");
    let number = "0000-1234611".to_owned();
    assert!(answer.notices.contains(&Notice::AskAt { number }));
}

#[test]
fn a_row_of_a_list_answers_like_a_guide() {
    let answer = ask("农机购置补贴标准是多少");
    assert_eq!(quotes(&answer), ["补贴标准：不超过机具价格的30%"]);
    assert_eq!(answer.citations[0].path, ["农机购置补贴", "补贴标准"]);
    let answer = ask("退耕还林补助归哪个部门管");
    assert_eq!(quotes(&answer), ["主管部门：县林业和草原局"]);
}

#[test]
fn a_service_without_a_field_gets_its_card_in_order() {
    let labels: Vec<String> = ask("残疾人证办理")
        .citations
        .iter()
        .map(|it| it.path.join(""))
        .collect();
    assert_eq!(
        labels,
        [
            "服务对象",
            "受理条件",
            "申请材料",
            "办理流程",
            "承诺时限",
            "办理时间",
            "办理地点",
            "咨询电话"
        ]
    );
}

#[test]
fn a_follow_up_asks_for_a_field_of_the_same_service() {
    let answer = ask_on("要带啥材料", TODAY, &["残疾人证去哪办"]);
    assert!(quotes(&answer)[0].starts_with("申请材料：1.申请表"));
}

#[test]
fn every_quote_says_whether_its_document_holds() {
    for (question, today, expected) in [
        (
            "高龄津贴要啥材料",
            TODAY,
            Validity::Until(date!(2030 - 03 - 31)),
        ),
        ("残疾人证去哪办", TODAY, Validity::Unstated),
        ("种地补贴标准", TODAY, Validity::OfYear(2026)),
        ("居民医保缴费标准", TODAY, Validity::OfYear(2027)),
        (
            "高龄津贴标准",
            date!(2030 - 04 - 01),
            Validity::Expired {
                on: date!(2030 - 03 - 31),
            },
        ),
    ] {
        assert_eq!(
            validity(&ask_on(question, today, &[])),
            Some(expected),
            "{question}"
        );
    }
    let extended = ask("创业担保贷款去哪办");
    let standing = extended.citations[0]
        .standing
        .as_ref()
        .expect("a policy document");
    assert!(
        matches!(standing.validity, Validity::Extended { until, .. } if until == date!(2028 - 06 - 30))
    );
    assert_eq!(standing.by, "安政发〔2026〕3号");
}

#[test]
fn what_was_replaced_is_shown_only_when_it_is_asked_for() {
    let now = ask("高龄老人补贴要啥材料");
    for citation in &now.citations {
        assert_eq!(citation.document_title, "安和县高龄津贴发放办法");
    }
    let old = ask("安政办发〔2020〕8号的发放标准");
    let standing = old.citations[0]
        .standing
        .as_ref()
        .expect("a policy document");
    assert!(matches!(standing.validity, Validity::Replaced { .. }));
    let text = plain::render(&old, &deployment());
    assert!(text.contains("已被安政办发〔2025〕15号替代"), "{text}");
}

#[test]
fn a_table_is_answered_by_cell_row_and_column() {
    for (question, told) in [
        ("农村低保二类一个月多少", &["二类：485"][..]),
        ("城里的低保一类一个月发多钱", &["一类：760"]),
        ("散居孤儿比上年涨了几个点", &["比上年提高：5%"]),
        ("退耕还林补助几月发", &["发放时间：12月底前"]),
        ("退耕还林咨询电话", &["咨询电话：0000-1234620"]),
        ("一类里头哪种救助标准最高", &["一类：1850"]),
        ("救助标准一类最低的是哪一项", &["一类：520"]),
    ] {
        let answer = ask(question);
        assert_eq!(
            (answer.status, &*quotes(&answer)),
            (Status::Answered, told),
            "{question}"
        );
    }
    let equal = ask("今年救助标准比上年提高幅度最大的是哪些");
    let rows = equal
        .citations
        .iter()
        .filter_map(|it| it.path.iter().rev().nth(1));
    assert_eq!(rows.collect::<Vec<_>>(), ["农村低保", "农村特困人员"]);
    // A unit and a note travel with the cell that they are of.
    let noted = ask("城市特困人员一类每月多少钱");
    assert_eq!(
        quotes(&noted),
        ["一类：990", "注：特困人员另发照料护理费，按自理能力分档。"]
    );
    assert_eq!(
        noted.citations[0].path.last().map(String::as_str),
        Some("单位：元/月")
    );
    let counted = ask("一卡通里县民政局管的补贴有几项");
    assert!(
        counted.notices.contains(&Notice::Counted { rows: 2 }),
        "{counted:?}"
    );
    let absent = ask("一卡通清单里雨露计划的咨询电话");
    assert_eq!(absent.status, Status::Partial);
    assert_eq!(absent.missing.map(|it| it.asked), Some(Gap::Field));
}

#[test]
fn how_long_a_policy_holds_is_told_by_its_own_words_and_by_what_extends_it() {
    let own = ask("高龄津贴这个办法管几年");
    assert_eq!(quotes(&own), ["本办法自2025年4月1日起施行，有效期5年。"]);
    let extended = ask("创业担保贷款这政策还能用到啥时候");
    assert!(
        quotes(&extended)[0].contains("延长至2028年6月30日"),
        "{extended:?}"
    );
}

#[test]
fn a_year_that_is_named_gets_the_document_of_that_year() {
    let old = ask("2025年的耕地补贴一亩是多少来着");
    assert!(quotes(&old)[0].contains("每亩80元"), "{old:?}");
    let now = ask("耕地补贴一亩是多少");
    assert!(quotes(&now)[0].contains("每亩85元"), "{now:?}");
}

/// A county of which the nation, a province and the county itself have documents.
fn county_below_a_province() -> (tempfile::TempDir, Assistant) {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, place, title, text) in [
        (
            "a",
            "石门县",
            "石门县老年人助餐补贴发放办法",
            "补贴标准：每餐2元。\n\n本县户籍老人免申即享，由社区核对名单。",
        ),
        (
            "b",
            "河西省",
            "河西省残疾儿童康复救助办法",
            "救助标准：每人每年1.8万元。\n\n咨询电话：0000-7654321",
        ),
        (
            "c",
            "东山县",
            "东山县老年人助餐补贴发放办法",
            "补贴标准：每餐5元。",
        ),
    ] {
        let text = format!(
            "---\nkind: policy\ntitle: {title}\nplace: {place}\n---\n\n# {title}\n\n{text}\n"
        );
        std::fs::write(folder.path().join(format!("{name}.md")), text).expect("it is written");
    }
    let options = Options {
        corpus_dir: Some(folder.path().to_owned()),
        default_place: "石门县".into(),
        ..Options::default()
    };
    let assistant = Assistant::open(options).expect("they are valid");
    (folder, assistant)
}

#[test]
fn what_the_province_gives_applies_in_the_county_and_another_county_s_does_not() {
    let (_folder, county) = county_below_a_province();
    let ask = |text: &str| county.answer(&Question::new(text)).expect("a search");
    let own = ask("老年人助餐补贴多少钱");
    assert_eq!(quotes(&own), ["补贴标准：每餐2元。"]);
    let above = ask("残疾儿童康复救助多少钱");
    assert_eq!(quotes(&above), ["救助标准：每人每年1.8万元。"]);
    assert_eq!(above.citations[0].place, "河西省");
    // Where nobody has to apply, that is how one applies.
    let applied = ask("老年人助餐补贴怎么申请");
    assert_eq!(quotes(&applied), ["本县户籍老人免申即享，由社区核对名单。"]);
}

#[test]
fn a_short_list_of_sources_tells_number_and_validity() {
    let list = wording::sources(&COUNTY.snapshot(), TODAY);
    assert!(list.starts_with("目前收录了 11 份政策文件："), "{list}");
    for entry in [
        "《安和县高龄津贴发放办法》\n安政办发〔2025〕15号 · 有效至2030年3月31日",
        "《残疾人证办理》\n文件未写有效期",
    ] {
        assert!(list.contains(entry), "{list}");
    }
    assert!(list.contains("已被安政办发〔2025〕15号替代"), "{list}");
    // The same question in the chat counts them.
    let reply = plain::render(&ask("收录了哪些报告"), &deployment());
    assert!(reply.starts_with("目前收录了 11 份政策文件："), "{reply}");
}

#[test]
fn a_long_list_of_sources_is_counted_by_kind_and_department() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: String, text: &str| {
        std::fs::write(folder.path().join(name), text).expect("written");
    };
    for n in 0..13 {
        let department = if n < 5 {
            "县民政局"
        } else {
            "县人社局"
        };
        write(
            format!("{n}.md"),
            &format!(
                "---\nkind: policy\ntitle: 安和县第{n}号办法\nplace: 安和县\ndepartment: {department}\n---\n\n\
                 ## 对象\n\n第{n}类老人。\n"
            ),
        );
    }
    write(
        "report.md".to_owned(),
        "---\ntitle: 2026年安和县政府工作报告\nplace: 安和县\nyear: 2026\n---\n\n## 2026年重点工作\n\n修路。\n\n\
         ## 名词解释\n\n- **一核**：指县城。\n",
    );
    let options = Options {
        corpus_dir: Some(folder.path().to_owned()),
        ..Options::default()
    };
    let county = Assistant::open(options).expect("they are valid");
    assert_eq!(
        wording::sources(&county.snapshot(), TODAY),
        "目前收录了 1 份报告、13 份政策文件、1 份用语说明（1 条）：\n\n\
         报告（1 份）\n\n《2026年安和县政府工作报告》\n安和县 · 2026 年 · 2 段\n\n\
         政策文件（13 份）\n\n县人社局：8 份\n县民政局：5 份"
    );
}

#[test]
fn check_warns_of_validity_and_passes() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("old.md");
    let mut text =
        "---\nkind: policy\ntitle: 安和县老人优待办法\nexpires_on: 2020-12-31\n".to_owned();
    writeln!(text, "repeals: 安政发〔2010〕1号\n---\n\n## 对象\n\n老人。").expect("a string");
    std::fs::write(&file, text).expect("written");
    let output = Command::new(env!("CARGO_BIN_EXE_wenzheng"))
        .arg("check")
        .arg(folder.path())
        .output()
        .expect("the program runs");
    let said = String::from_utf8(output.stdout).expect("UTF-8");
    let file = file.display();
    assert!(output.status.success(), "{said}");
    for line in [
        format!("{file}:4: 提醒：已于2020年12月31日过期"),
        format!("{file}:5: 提醒：repeals 写了“安政发〔2010〕1号”，没有收录这份文件"),
        "没有必须改正的问题，有 2 条提醒或提示。".to_owned(),
    ] {
        assert!(said.contains(&line), "{said}");
    }
}

#[test]
fn a_question_that_stands_in_a_document_is_answered_by_what_stands_below_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "---\nkind: policy\ntitle: 石门县助餐补贴问答\n---\n\n# 石门县助餐补贴问答\n\n\
                ## 问：助餐补贴怎么申请？\n\n答：带身份证到社区填表即可。\n";
    std::fs::write(folder.path().join("a.md"), text).expect("it is written");
    let options = Options {
        corpus_dir: Some(folder.path().to_owned()),
        ..Options::default()
    };
    let county = Assistant::open(options).expect("it is valid");
    let answer = county.answer(&Question::new("助餐补贴怎么申请"));
    let answer = answer.expect("a search");
    assert_eq!(
        (answer.status, &*quotes(&answer)),
        (Status::Answered, &["答：带身份证到社区填表即可。"][..])
    );
}
