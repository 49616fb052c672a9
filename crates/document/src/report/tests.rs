//! What a report means by its layout, block by block.

use std::path::Path;

use super::build;
use crate::{
    markdown,
    model::{Document, DocumentId, PassageKind, Period},
    problem::Fault,
};

const HEAD: &str = "---\ntitle: 2024年某县政府工作报告\nplace: 某县\nyear: 2024\n---\n\n";

fn read(body: &str) -> (Document, Vec<Fault>) {
    let file = Path::new("a.md");
    let (source, mut problems) = markdown::read(file, &format!("{HEAD}{body}"));
    let source = source.expect("the front matter is valid");
    let id = DocumentId("a".to_owned());
    let document = build(id, 0, file, source, &mut problems);
    let faults = problems.into_iter().map(|problem| problem.fault);
    (document, faults.collect())
}

fn document(body: &str) -> Document {
    let (document, faults) = read(body);
    assert_eq!(faults, []);
    document
}

fn periods(document: &Document) -> Vec<(&str, Period)> {
    document
        .passages
        .iter()
        .map(|passage| (passage.text.as_str(), passage.period))
        .collect()
}

#[test]
fn periods_follow_the_part_and_shortcomings_are_an_assessment() {
    let document = document(
        "开头。\n\n## 2023年工作回顾\n\n生产总值增长7%。\n\n我们也清醒认识到，困难不少，问题不小。\n\n## 2024年重点工作\n\n新建村道12公里。\n\n让我们团结奋斗！\n",
    );
    assert_eq!(
        periods(&document),
        [
            ("开头。", Period::Undated),
            ("生产总值增长7%。", Period::Done(2023)),
            ("我们也清醒认识到，困难不少，问题不小。", Period::Assessment),
            ("新建村道12公里。", Period::Planned(2024)),
            ("让我们团结奋斗！", Period::Undated),
        ]
    );
}

#[test]
fn a_heading_that_does_not_tell_its_time_is_a_problem() {
    let (document, faults) = read("## 奋力开启新征程\n\n修路。\n");
    assert_eq!(faults, [Fault::UnknownPeriod("奋力开启新征程".to_owned())]);
    assert_eq!(document.passages[0].period, Period::Undated);
    // A comment tells it, and so does the part above.
    let document = self::document(
        "## 奋力开启新征程 <!-- period: planned 2024 -->\n\n### 一、产业\n\n修路。\n",
    );
    assert_eq!(document.passages[0].period, Period::Planned(2024));
}

#[test]
fn a_heading_that_keeps_its_stop_runs_into_the_paragraph() {
    let document = document("## 2024年重点工作\n\n### 一、产业兴县。\n\n坚持不懈。\n");
    let [passage] = document.passages.as_slice() else {
        panic!("{:?}", document.passages);
    };
    assert_eq!(passage.text, "一、产业兴县。坚持不懈。");
    assert_eq!(passage.heading.of(&passage.text), "一、产业兴县。");
    assert_eq!(passage.path, ["2024年重点工作", "一、产业兴县"]);
}

#[test]
fn a_lead_sentence_is_the_last_heading_of_its_passage() {
    let document = document("## 2024年重点工作\n\n**加快建设。**持续深化改革。\n");
    let passage = &document.passages[0];
    assert_eq!(passage.text, "加快建设。持续深化改革。");
    assert_eq!(passage.path, ["2024年重点工作", "加快建设"]);
    assert_eq!(passage.heading.of(&passage.text), "加快建设。");
}

#[test]
fn each_livelihood_item_is_a_passage_below_the_name_of_the_list() {
    let document = document(
        "## 2024年重点工作\n\n办好十件民生实事：\n\n- 一是修路。\n- 二是供水。\n\n<!-- 接上段 -->\n我们将努力。\n",
    );
    let kinds: Vec<(PassageKind, &str)> = document
        .passages
        .iter()
        .map(|passage| (passage.kind, passage.text.as_str()))
        .collect();
    assert_eq!(
        kinds,
        [
            (PassageKind::LivelihoodItem, "一是修路。"),
            (PassageKind::LivelihoodItem, "二是供水。"),
            // What introduces the list and what closes it are one passage.
            (PassageKind::Paragraph, "办好十件民生实事：\n我们将努力。"),
        ]
    );
    for passage in &document.passages {
        assert_eq!(passage.path, ["2024年重点工作", "十件民生实事"]);
        assert_eq!(passage.period, Period::Planned(2024));
    }
}

#[test]
fn a_heading_may_open_a_livelihood_list() {
    for heading in ["### （四）办好3件民生实事", "### （四）办好3件民生实事。"]
    {
        let document = document(&format!(
            "## 2024年重点工作\n\n{heading}\n\n- 一是修路。\n- 二是供水。\n"
        ));
        let items: Vec<_> = document
            .passages
            .iter()
            .filter(|passage| passage.kind == PassageKind::LivelihoodItem)
            .collect();
        assert_eq!(items.len(), 2, "{heading}");
        for item in items {
            let path = ["2024年重点工作", "（四）办好3件民生实事", "3件民生实事"];
            assert_eq!(item.path, path);
            assert_eq!(item.period, Period::Planned(2024));
        }
    }
    let (_, faults) = read("## 2024年重点工作\n\n- 一是修路。\n");
    assert_eq!(faults, [Fault::ItemWithoutParagraph, Fault::Empty]);
}

#[test]
fn an_address_speaks_for_the_whole_part_again() {
    let document =
        document("## 2024年重点工作\n\n### 一、产业\n\n修路。\n\n各位代表！困难再大也要上。\n");
    assert_eq!(document.passages[1].path, ["2024年重点工作"]);
    let paths: Vec<usize> = document.sections.iter().map(|s| s.path.len()).collect();
    assert_eq!(paths, [2, 1]);
}

#[test]
fn an_office_on_a_line_of_its_own_is_the_heading_of_the_name_below() {
    let document = document("某县人民政府县长\n\n王某某\n\n## 2023年工作回顾\n\n完成了。\n");
    assert_eq!(document.passages[0].text, "王某某");
    assert_eq!(document.passages[0].path, ["某县人民政府县长"]);
}

#[test]
fn the_glossary_knows_which_passages_use_its_terms() {
    let document = document(
        "## 2024年重点工作\n\n深化三抓三促行动。\n\n修路。\n\n## 名词解释\n\n- **“三抓三促”行动**：“三抓”即抓学习；“三促”即促提升。\n- **一核**：指兰州。\n",
    );
    let [first, second] = document.terms.as_slice() else {
        panic!("{:?}", document.terms);
    };
    assert_eq!((first.passage, &first.used_in), (2, &vec![0]));
    assert_eq!(first.parts.len(), 2);
    assert_eq!((second.passage, second.used_in.len()), (3, 0));
    assert_eq!(document.passages[2].period, Period::Undated);
}

#[test]
fn the_same_name_twice_is_a_problem_whatever_its_quotes() {
    let (_, faults) = read("## 名词解释\n\n- **“一核”**：指兰州。\n- **一核**：指兰州。\n");
    assert_eq!(faults, [Fault::DuplicateEntry("一核".to_owned())]);
}

#[test]
fn a_report_without_any_passage_is_empty() {
    assert_eq!(read("# 标题\n").1, [Fault::Empty]);
}

#[test]
fn an_article_of_a_regulation_holds_its_clauses_and_conditions_outside_of_time() {
    let head = "---\ntitle: 青禾市最低生活保障条例\nkind: document\n---\n\n";
    let body = "## 第二章 条件\n\n**第二条** 有下列情形之一的，可以申请：\n\n（一）家庭人均收入低于标准的；\n\n（二）重度残疾的。\n\n\
        **第三条** 2023年完成了登记的，不再登记。\n";
    let file = Path::new("a.md");
    let (source, mut problems) = markdown::read(file, &format!("{head}{body}"));
    let source = source.expect("place and year are optional there");
    assert_eq!((source.meta.place.as_str(), source.meta.year), ("", None));
    let document = build(DocumentId("a".to_owned()), 0, file, source, &mut problems);
    assert_eq!(problems, []);
    assert_eq!(
        periods(&document),
        [
            (
                "第二条 有下列情形之一的，可以申请：\n（一）家庭人均收入低于标准的；\n（二）重度残疾的。",
                Period::Undated
            ),
            ("第三条 2023年完成了登记的，不再登记。", Period::Undated),
        ]
    );
    assert_eq!(
        document.passages[0].path,
        ["青禾市最低生活保障条例", "第二章 条件", "第二条"]
    );
}

#[test]
fn what_a_document_lists_stays_with_its_introduction() {
    let head = "---\ntitle: 医保办事指南\nkind: document\nplace: 青禾市\n---\n\n";
    let body = "## 申请材料\n\n请带：\n\n- 身份证；\n- 户口簿。\n\n## 条件\n\n1.年满80周岁；\n\n2.有本县户籍。\n\n20天办结。\n";
    let file = Path::new("a.md");
    let (source, mut problems) = markdown::read(file, &format!("{head}{body}"));
    let source = source.expect("the front matter is valid");
    let document = build(DocumentId("a".to_owned()), 0, file, source, &mut problems);
    let texts: Vec<&str> = document.passages.iter().map(|p| p.text.as_str()).collect();
    assert_eq!(
        texts,
        [
            "请带：\n身份证；\n户口簿。",
            "1.年满80周岁；\n2.有本县户籍。",
            "20天办结。"
        ]
    );
}

/// Paths and texts of the passages of a policy document.
fn policy(body: &str) -> Vec<(String, String)> {
    let text = format!("---\nkind: policy\ntitle: 残疾人证办理\n---\n\n# 残疾人证办理\n\n{body}");
    let (source, mut problems) = markdown::read(Path::new("a.md"), &text);
    let source = source.expect("the front matter is in order");
    let id = DocumentId("a".to_owned());
    let document = super::build(id, 1, Path::new("a.md"), source, &mut problems);
    assert_eq!(problems, []);
    let passages = document.passages.into_iter();
    passages
        .map(|passage| (passage.path[1..].join(" › "), passage.text))
        .collect()
}

fn owned(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = |(path, text): &(&str, &str)| ((*path).to_owned(), (*text).to_owned());
    pairs.iter().map(owned).collect()
}

#[test]
fn a_labelled_line_is_a_field_with_the_list_below_it() {
    let fields = policy(
        "办理地点：县政务大厅2号窗口\n\n办理材料：\n\n1.身份证：原件和复印件；\n\n2.照片\n\n咨询电话：0000-1234567\n\n\
         投诉电话：\n\n**申请条件**：持有户口簿。\n\n周末不办。\n",
    );
    assert_eq!(
        fields,
        owned(&[
            ("办理地点", "办理地点：县政务大厅2号窗口"),
            ("办理材料", "办理材料：\n1.身份证：原件和复印件；\n2.照片"),
            ("咨询电话", "咨询电话：0000-1234567"),
            ("投诉电话", "投诉电话："),
            ("申请条件", "申请条件：持有户口簿。"),
            ("", "周末不办。"),
        ])
    );
}

#[test]
fn numbered_labels_are_fields_and_their_lists_numbered_otherwise() {
    let fields = policy(
        "## 一、办理指南\n\n1.办理时限：5个工作日\n\n2.办理材料：\n\n（1）身份证；\n\n（2）照片。\n\n3.办理地点：县政务大厅\n",
    );
    assert_eq!(
        fields,
        owned(&[
            ("一、办理指南 › 办理时限", "1.办理时限：5个工作日"),
            (
                "一、办理指南 › 办理材料",
                "2.办理材料：\n（1）身份证；\n（2）照片。"
            ),
            ("一、办理指南 › 办理地点", "3.办理地点：县政务大厅"),
        ])
    );
}

#[test]
fn a_table_of_labels_is_read_as_fields_and_a_table_of_data_by_rows() {
    let fields = policy(
        "| 事项名称 | 残疾人证办理 |\n| --- | --- |\n| 办理地点 | 县政务大厅 |\n| 咨询电话 |  |\n| 承诺时限 | 5个工作日 |\n",
    );
    assert_eq!(
        fields,
        owned(&[
            ("事项名称", "事项名称：残疾人证办理"),
            ("办理地点", "办理地点：县政务大厅"),
            ("承诺时限", "承诺时限：5个工作日"),
        ])
    );
    let rows = policy(
        "## 发放标准\n\n| 类别 | 标准 |\n| --- | --- |\n| 一级 | 每月120元 |\n| 二级 | 每月60元 |\n",
    );
    assert_eq!(
        rows,
        owned(&[
            ("发放标准", "类别：一级，标准：每月120元"),
            ("发放标准", "类别：二级，标准：每月60元"),
        ])
    );
}
