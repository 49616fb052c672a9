//! Documents that are no reports: imported, asked, cited.

use std::{fs, sync::LazyLock};

use wenzheng::{
    answer::{Question, Status},
    assistant::{Assistant, Options},
    channels::plain,
    corpus::import::{self, import},
};

use crate::answers::deployment;

const REGULATION: &str = "青禾市城乡居民最低生活保障条例\n\
    （2016年3月31日青禾市第四届人民代表大会常务委员会第二十四次会议通过）\n\
    第一章 总则\n\
    第一条 为了保障居民基本生活，结合本市实际，制定本条例。\n\
    第二条 青禾市人民政府民政部门负责全市最低生活保障工作。\n\
    第二章 申请\n\
    第三条 有下列情形之一的，可以单独申请最低生活保障：\n\
    （一）重度残疾的；\n\
    （二）患有重大疾病、家庭人均收入低于标准两倍的。\n\
    第四条 申请最低生活保障，应当向户籍所在地的乡镇人民政府提出，并提交身份证、户口簿和收入证明。\n\
    第五条 乡镇人民政府应当在十五个工作日内完成入户调查。\n\
    第三章 附则\n\
    第六条 本条例自2016年5月1日起施行。\n";

const REPORT: &str = "---\ntitle: 2024年青禾市政府工作报告\nplace: 青禾市\nyear: 2024\n---\n\n\
    # 2024年青禾市政府工作报告\n\n## 2023年工作回顾\n\n新建农村公路120公里。\n\n## 2024年重点工作\n\n\
    改造供水管网40公里。\n";

fn assistant(report: Option<&str>) -> Assistant {
    let folder = tempfile::tempdir().expect("a folder");
    let imported = import(REGULATION.as_bytes(), &import::Options::default());
    let text = imported.expect("it needs neither place nor year").text;
    fs::write(folder.path().join("tiaoli.md"), text).expect("written");
    if let Some(report) = report {
        fs::write(folder.path().join("report.md"), report).expect("written");
    }
    Assistant::open(Options {
        corpus_dir: Some(folder.path().to_owned()),
        ..Options::default()
    })
    .expect("both are valid")
}

static ALONE: LazyLock<Assistant> = LazyLock::new(|| assistant(None));
static BESIDE: LazyLock<Assistant> = LazyLock::new(|| assistant(Some(REPORT)));

fn reply(assistant: &Assistant, question: &str) -> String {
    let answer = assistant
        .answer(&Question::new(question))
        .expect("a search");
    plain::render(&answer, &deployment())
}

#[test]
fn an_article_is_cited_by_title_and_number_with_its_conditions() {
    for assistant in [&*ALONE, &*BESIDE] {
        let reply = reply(assistant, "什么情形可以单独申请最低生活保障");
        assert!(
            reply.starts_with("第三条 有下列情形之一的，可以单独申请最低生活保障："),
            "{reply}"
        );
        for condition in ["（一）重度残疾的；", "（二）患有重大疾病"] {
            assert!(reply.contains(condition), "{reply}");
        }
        assert!(
            reply.contains("—— 《青禾市城乡居民最低生活保障条例》第二章 申请 › 第三条"),
            "{reply}"
        );
    }
}

#[test]
fn what_a_document_does_not_say_is_not_denied_of_a_report() {
    for question in [
        "申请最低生活保障多少钱",
        "低保户能领取暖补贴吗",
        "公交车几点发车",
    ] {
        let reply = reply(&ALONE, question);
        assert!(
            !reply.contains("报告") && !reply.contains("回顾"),
            "{reply}"
        );
    }
    assert!(reply(&ALONE, "公交车几点发车").contains("文件里"));
    assert!(reply(&BESIDE, "公交车几点发车").contains("报告和文件里"));
}

#[test]
fn a_document_has_no_year_of_its_own() {
    let answer = BESIDE
        .answer(&Question::new("乡镇多少个工作日内完成入户调查"))
        .expect("a search");
    assert_eq!(answer.status, Status::Answered);
    assert_eq!(answer.notices, []);
    let this_year = reply(&BESIDE, "今年改造供水管网多少公里");
    assert!(
        this_year.starts_with("【2024年计划】改造供水管网40公里。"),
        "{this_year}"
    );
}

#[test]
fn the_documents_are_listed_with_what_they_are() {
    let list = reply(&BESIDE, "收录了哪些报告");
    assert!(list.contains("1 份报告、1 份其他文件"), "{list}");
}
