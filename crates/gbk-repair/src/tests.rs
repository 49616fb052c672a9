//! What repair promises.

use proptest::prelude::*;

use super::*;

fn repaired(text: &str) -> String {
    repair(text).text
}

#[test]
fn a_folded_pair_is_unfolded() {
    let text = "構筑了縣域經濟大框架?!巴ㄎ键S芪”“通渭粉條”獲得";
    let outcome = repair(text);
    assert_eq!(
        outcome.text,
        "構筑了縣域經濟大框架。“通渭黃芪”“通渭粉條”獲得"
    );
    assert_eq!(outcome.repairs.len(), 1);
    let repair = &outcome.repairs[0];
    assert_eq!(&text[repair.span.clone()], "?!巴ㄎ键S");
    assert_eq!(repair.before, "?!巴ㄎ键S");
    assert_eq!(repair.after, "。“通渭黃");
    assert_eq!(repair.certainty, Certainty::Chosen);
}

#[test]
fn a_stray_byte_leaves_no_choice() {
    let outcome = repair("。ㄎ澹└母锟攀头哦芑盍Α?581户省属企业");
    assert!(outcome.text.starts_with("（五）改革开放释放动能活力。"));
}

#[test]
fn a_character_refused_altogether_is_marked() {
    let outcome = repair("最需警惕的苗頭是社會焦慮心態加??;普遍存在思想認識上有偏差");
    assert_eq!(
        outcome.text,
        "最需警惕的苗頭是社會焦慮心態加□;普遍存在思想認識上有偏差"
    );
    assert_eq!(outcome.repairs[0].certainty, Certainty::Lost);
}

#[test]
fn clean_text_is_left_alone() {
    for text in [
        "",
        "。",
        "各位代表!奮斗擦亮時代底色,實干書寫精彩答卷。",
        "牛谷河西河—孛家河段水生态环境",
        "三次产业结构调整为19.2:12.4:68.4",
        "怎么办?我们有办法!",
        "【四区四带】“四区”指北部肉羊和奶山羊产业区",
        "①Ⅱ类、Ⅲ类水质断面；②３０００㎡〔2020〕",
        "（一）产业提质。岷县当归、鄜州羊肉、彬州煤化工、邠阳红薯、崆峒文旅、泾川牛羊产业发展。",
        "亳州、儋州、歙县、黟县、盱眙、柘城、郏县、鄄城、鄌郚、莒县、茌平、蠡县、洮南、珲春、瑷珲",
        "亓晓东、郗文博、逯志强、尕藏才让、闫婧、佘犇、邬焱、仝鑫、昝淼、奚骁、訾鹏受到表彰。",
        "筚路蓝缕、抟心揖志、孜孜矻矻、桴鼓相应；厝内、埭头、圩区、峁梁、垴坪、疍家、岜暮、洣水。",
        "十九届二中•三中•四中•五中•全会",
        "迭部–舟曲–卓尼–碌曲–玛曲旅游风情线",
        "就业﹑教育﹑医疗﹑养老﹑社保﹐",
        "优势资源〝布点串线〞〝串珠成链〞",
        "教育\u{200b}医疗\u{200b}养老\u{e004}社保\u{e004}",
    ] {
        assert_eq!(repaired(text), text);
    }
}

#[test]
fn what_the_text_says_elsewhere_helps() {
    let damaged = "牛谷河20里水岸農耕文化風情線扮靚城市顏值?!叭┮粯I”服務保障能力不斷提升";
    let elsewhere = "下功夫解決“三供一業”、綠化亮化、公共交通等領域突出問題";
    let outcome = repair_within(
        damaged,
        &Surroundings::of([damaged, elsewhere]),
        &mut Budget::unlimited(),
    );
    assert!(outcome.text.contains("顏值。“三供一業”服務"), "{outcome:?}");
}

#[test]
fn beyond_its_budget_a_damage_is_marked_or_left() {
    let repair = |text| {
        let mut budget = Budget::readings(0);
        repair_within(text, &Surroundings::of([]), &mut budget).text
    };
    assert_eq!(
        repair("社會焦慮心態加??;普遍存在"),
        "社會焦慮心態加□;普遍存在"
    );
    let uncertain = "完善基本醫?;I資和待遇調整機制。";
    assert!(repair(uncertain).contains(LOST), "{}", repair(uncertain));
    assert_eq!(repair("持续改善高中办学条件。"), "持续改善高中办学条件。");
}

#[test]
fn a_spot_draws_on_the_budget() {
    let mut budget = Budget::readings(2_000_000_000);
    let full = budget.clone();
    let _ = repair_within("持续改善高中办学条件。", &Surroundings::of([]), &mut budget);
    assert_eq!(budget, full, "clean text is free");
    let _ = repair_within(
        "框架?!巴ㄎ键S芪”“通渭粉條”",
        &Surroundings::of([]),
        &mut budget,
    );
    assert_ne!(budget, full);
}

#[test]
fn an_idiom_is_read_as_it_is_written() {
    let texts = ["乡村振兴全面推进，", "全面推进乡村振兴。", "乡村振兴有序。"];
    let idiom = Idiom::of(texts.iter().flat_map(|text| [*text; 2]));
    let written = idiom.to_string();
    assert!(
        written.starts_with("# ") && written.contains("乡村 "),
        "{written}"
    );
    assert_eq!(Idiom::read(&written).to_string(), written);
}

/// The repairs, applied to the text as it came, give the text as it is now.
fn apply(text: &str, repairs: &[Repair]) -> String {
    let mut out = String::new();
    let mut at = 0;
    for repair in repairs {
        assert_eq!(text[repair.span.clone()], repair.before);
        out.push_str(&text[at..repair.span.start]);
        out.push_str(&repair.after);
        at = repair.span.end;
    }
    out + &text[at..]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn repairs_are_what_changed(text in "[通渭黃芪巴ㄎ键S?!;。“”县市保a1 \n⒀，、]{0,20}|\\PC{0,20}") {
        let outcome = repair(&text);
        prop_assert_eq!(apply(&text, &outcome.repairs), outcome.text);
    }
}
