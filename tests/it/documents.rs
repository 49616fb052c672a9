//! Documents that are no reports: imported, asked, cited.

use std::{
    fs,
    io::{Cursor, Write as _},
    path::Path,
    process::Command,
    sync::LazyLock,
};

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

/// A notice with questions and a table in its annexes: lines of text, those with a tab being rows.
const NOTICE: [&str; 18] = [
    "关于印发高龄津贴政策问答的通知",
    "安民发〔2026〕9号",
    "各乡镇人民政府：",
    "现将政策问答印发给你们，请做好宣传。",
    "附件：1.高龄津贴政策问答",
    "2.高龄津贴发放标准表",
    "安和县民政局",
    "2026年3月20日",
    "附件1",
    "高龄津贴政策问答",
    "1.问：高龄津贴怎么申请？",
    "答：带身份证、户口簿到户籍所在地的村民委员会填写申请表。",
    "2.问：高龄津贴什么时候到账？",
    "答：每月15日前打入本人的一卡通。",
    "附件2",
    "高龄津贴发放标准表",
    "年龄\t每月标准",
    "80周岁至89周岁\t50元",
];

fn in_markdown() -> Vec<u8> {
    let lines = NOTICE.map(|line| match line.split_once('\t') {
        Some((left, right)) if left == "年龄" => format!("| {left} | {right} |\n| --- | --- |\n"),
        Some((left, right)) => format!("| {left} | {right} |\n"),
        None => format!("{line}\n\n"),
    });
    lines.concat().into_bytes()
}

fn in_html() -> Vec<u8> {
    let lines = NOTICE.map(|line| match line.split_once('\t') {
        Some((left, right)) if left == "年龄" => {
            format!("<table><tr><th>{left}</th><th>{right}</th></tr>")
        }
        Some((left, right)) => format!("<tr><td>{left}</td><td>{right}</td></tr></table>"),
        None => format!("<p>{line}</p>"),
    });
    format!("<html><body>{}</body></html>", lines.concat()).into_bytes()
}

fn in_word() -> Vec<u8> {
    let paragraph = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
    let row = |left: &str, right: &str| {
        let cell = |text| format!("<w:tc>{}</w:tc>", paragraph(text));
        format!("<w:tr>{}{}</w:tr>", cell(left), cell(right))
    };
    let lines = NOTICE.map(|line| match line.split_once('\t') {
        Some((left, right)) if left == "年龄" => format!("<w:tbl>{}", row(left, right)),
        Some((left, right)) => format!("{}</w:tbl>", row(left, right)),
        None => paragraph(line),
    });
    let text = format!(
        r#"<w:document xmlns:w="w"><w:body>{}</w:body></w:document>"#,
        lines.concat()
    );
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file(
        "word/document.xml",
        zip::write::SimpleFileOptions::default(),
    )
    .expect("a new entry");
    zip.write_all(text.as_bytes()).expect("in memory");
    zip.finish().expect("in memory").into_inner()
}

/// The corpus file that `wenzheng import` makes of a file.
fn imported_by_command(name: &str, bytes: &[u8], out: &Path) -> String {
    let inbox = tempfile::tempdir().expect("a folder");
    let file = inbox.path().join(name);
    fs::write(&file, bytes).expect("written");
    let output = Command::new(env!("CARGO_BIN_EXE_wenzheng"))
        .arg("import")
        .arg(&file)
        .args(["--place", "安和县", "--force", "--out"])
        .arg(out)
        .output()
        .expect("the program runs");
    let said = String::from_utf8([output.stdout, output.stderr].concat()).expect("UTF-8");
    let written = said
        .lines()
        .find_map(|line| line.strip_prefix("已写入 "))
        .unwrap_or_else(|| panic!("{name}: {said}"));
    let path = written.split("，").next().unwrap_or(written).trim();
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn questions_and_annexes_of_a_notice_are_sections_in_every_format() {
    let out = tempfile::tempdir().expect("a folder");
    let text = NOTICE[..16].join("\n");
    let plain = imported_by_command("notice.txt", text.as_bytes(), out.path());
    let table = "| 年龄 | 每月标准 |\n| --- | --- |\n| 80周岁至89周岁 | 50元 |\n";
    for section in [
        "kind: policy\n",
        "2.高龄津贴发放标准表\n\n安和县民政局\n\n2026年3月20日\n\n## 附件1 高龄津贴政策问答\n\n\
         ### 1.问：高龄津贴怎么申请？\n\n答：带身份证",
        "### 2.问：高龄津贴什么时候到账？\n\n答：每月15日前",
    ] {
        assert!(plain.contains(section), "{section} in {plain}");
    }
    for (name, bytes) in [
        ("notice.md", in_markdown()),
        ("notice.html", in_html()),
        ("notice.docx", in_word()),
    ] {
        let written = imported_by_command(name, &bytes, out.path());
        let (above, _) = plain.split_once("附件2").expect("the second annex");
        assert!(written.starts_with(above), "{name}: {written}");
        let below = format!("## 附件2 高龄津贴发放标准表\n\n{table}");
        assert!(written.ends_with(&below), "{name}: {written}");
    }
    let county = Assistant::open(Options {
        corpus_dir: Some(out.path().to_owned()),
        ..Options::default()
    });
    let county = county.expect("what is imported loads");
    let reply = reply(&county, "高龄津贴每月几日前打入一卡通");
    assert!(
        reply.contains("附件1 高龄津贴政策问答 › 2.问：高龄津贴什么时候到账？"),
        "{reply}"
    );
    let reply = self::reply(&county, "80周岁至89周岁每月标准多少元");
    assert!(reply.contains("附件2 高龄津贴发放标准表"), "{reply}");
}
