//! Glossaries: whichever way entries are set, the same terms are explained.

use std::fmt::Write as _;

use super::{EXPLAINED, Report, document, imported, numeral, wide};

/// How a glossary writes entry number `n`.
type Entry = fn(usize, &str, &str) -> String;

const ENTRIES: [(&str, &str, Entry); 45] = [
    ("1.", "名词解释", |n, name, text| {
        format!("{n}. {name}：{text}")
    }),
    ("1、", "有关用语说明", |n, name, text| {
        format!("{n}、{name}：{text}")
    }),
    ("①", "术语解释", |n, name, text| {
        let base =
            [0x245f, 0x3250 - 20, 0x32b0 - 35][(n - 1) / 20 + usize::from((36..=40).contains(&n))];
        let mark = char::from_u32(base + u32::try_from(n).expect("small"));
        format!("{}{name}：{text}", mark.expect("a circled number"))
    }),
    ("[1]", "注释", |n, name, text| {
        format!("[{n}]{name}：{text}")
    }),
    ("（1）", "附件", |n, name, text| {
        format!("（{n}）{name}：{text}")
    }),
    ("bold", "附：名词解释", |_, name, text| {
        format!("**{name}**：{text}")
    }),
    ("bold to the mark", "注：", |_, name, text| {
        format!("**{name}：**{text}")
    }),
    (
        "bold with a number",
        "相关名词解释",
        |n, name, text| format!("**{n}.{name}** {text}"),
    ),
    ("bold line", "名词解释", |_, name, text| {
        format!("**{name}**\n{text}")
    }),
    ("dashes", "名词解释", |_, name, text| {
        format!("{name}——{text}")
    }),
    ("a dash", "名词解释：", |n, name, text| {
        format!("{n}.{name}—{text}")
    }),
    ("lines", "有关用语说明", |_, name, text| {
        format!("{name}\n{text}")
    }),
    ("numbered lines", "术语解释", |n, name, text| {
        format!("{n}.{name}\n{text}")
    }),
    (
        "nothing",
        "附件1：政府工作报告有关用语说明",
        |_, name, text| format!("{name}：{text}"),
    ),
    ("three lines", "名词解释", |n, name, text| {
        format!("{n}.{name}\n报告原文：深入推进{name}各项工作。\n解释：{text}")
    }),
    ("two lines", "名词解释", |_, name, text| {
        format!("报告原文：深入推进{name}各项工作。\n解释：{name}：{text}")
    }),
    ("labels", "注：", |_, name, text| {
        format!("{name}\n【报告原文】深入推进{name}各项工作。\n【名词解释】{text}")
    }),
    ("a space", "名词解释", |n, name, text| {
        format!("{n}.{name}　{text}")
    }),
    ("注1：", "注释", |n, name, text| {
        format!("注{n}：{name}：{text}")
    }),
    ("【】", "术语解释", |_, name, text| {
        format!("【{name}】{text}")
    }),
    ("1.【】", "附件", |n, name, text| {
        format!("{n}.【{name}】{text}")
    }),
    ("quotes", "名词解释", |n, name, text| {
        format!("{n}.{}：{text}", quoted(name))
    }),
    ("quotes and no number", "名词解释", |_, name, text| {
        format!("{}：{text}", quoted(name))
    }),
    ("a full stop", "名词解释", |n, name, text| {
        format!("{n}.{name}。{text}")
    }),
    ("a comma", "名词解释", |n, name, text| {
        format!("{n}.{name}，是指{text}")
    }),
    ("是指", "名词解释", |n, name, text| {
        format!("{n}.{name}：是指{text}")
    }),
    ("half width", "名词解释", |n, name, text| {
        format!("[{n}]{name}:{text}")
    }),
    ("an asterisk", "名词解释", |_, name, text| {
        format!("*{name}：{text}")
    }),
    ("※", "注：", |_, name, text| format!("※{name}：{text}")),
    ("full width", "名词解释", |n, name, text| {
        format!("{}．{name}：{text}", wide(&n.to_string()))
    }),
    ("page first", "名词解释", |n, name, text| {
        format!("{n}.（第{n}页）{name}：{text}")
    }),
    ("page in brackets", "名词解释", |n, name, text| {
        format!("{n}.【第{n}页】{name}：{text}")
    }),
    ("page behind", "名词解释", |n, name, text| {
        format!("{n}.{name}（第{n}页）：{text}")
    }),
    ("page", "名词解释", |n, name, text| {
        format!("第{n}页：{name}：{text}")
    }),
    ("〔1〕", "注释", |n, name, text| {
        format!("〔{n}〕{name}：{text}")
    }),
    ("<1>", "注释", |n, name, text| {
        format!("<{n}>{name}：{text}")
    }),
    ("1)", "注释", |n, name, text| {
        format!("{n}）{name}：{text}")
    }),
    ("a dash in front", "名词解释", |_, name, text| {
        format!("——{name}：{text}")
    }),
    ("a dot in front", "名词解释", |_, name, text| {
        format!("●{name}：{text}")
    }),
    ("number and space", "名词解释", |n, name, text| {
        format!("{n} {name}：{text}")
    }),
    ("number alone", "名词解释", |n, name, text| {
        format!("{n}.\n{name}\n{text}")
    }),
    ("a list of Markdown", "## 名词解释", |n, name, text| {
        format!("{n}. **{name}**：{text}")
    }),
    (
        "headings of Markdown",
        "## 名词解释",
        |_, name, text| format!("### {name}\n\n{text}\n"),
    ),
    ("一、", "名词解释", |n, name, text| {
        format!("{}、{name}：{text}", numeral(n))
    }),
    ("（一）", "名词解释", |n, name, text| {
        format!("（{}）{name}：{text}", numeral(n))
    }),
];

fn quoted(name: &str) -> String {
    if name.contains('“') {
        name.to_owned()
    } else {
        format!("“{name}”")
    }
}

/// A term by what no layout changes.
fn plain(name: &str, definition: &str) -> (String, String) {
    let definition = definition.strip_prefix("是指").unwrap_or(definition);
    (name.replace(['“', '”'], ""), definition.to_owned())
}

#[test]
fn glossaries_may_be_set_in_any_way() {
    let mut wrong = Vec::new();
    for name in EXPLAINED {
        let report = Report::read(name);
        let terms: Vec<(&str, &str)> = report
            .document
            .terms
            .iter()
            .map(|term| (term.name.as_str(), term.definition.as_str()))
            .collect();
        for (layout, heading, entry) in ENTRIES {
            let mut glossary = format!("{heading}\n");
            for (n, (name, definition)) in terms.iter().enumerate() {
                let _ = writeln!(glossary, "{}", entry(n + 1, name, definition));
            }
            explains(&report, &glossary, &terms, layout, &mut wrong);
        }
        let all: String = (terms.iter().enumerate())
            .map(|(n, (name, definition))| format!("{}.{name}：{definition}", n + 1))
            .collect();
        explains(
            &report,
            &format!("名词解释：{all}\n"),
            &terms,
            "one line",
            &mut wrong,
        );
        let rows: String = (terms.iter())
            .map(|(name, definition)| format!("| {name} | {definition} |\n"))
            .collect();
        explains(
            &report,
            &format!("名词解释\n|名词|解释|\n|---|---|\n{rows}"),
            &terms,
            "table",
            &mut wrong,
        );
        let lines: String = (terms.iter().enumerate())
            .map(|(n, (name, definition))| format!("{}.{name}：{definition}\n", n + 1))
            .collect();
        let annex =
            format!("附件1\n2021年市列民生实事\n1.修路。\n2.供水。\n附件2\n名词解释\n{lines}");
        explains(&report, &annex, &terms, "second annex", &mut wrong);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn explains(
    report: &Report,
    glossary: &str,
    terms: &[(&str, &str)],
    layout: &str,
    wrong: &mut Vec<String>,
) {
    let run_in = |heading: &str, text: &str| format!("{heading}{text}");
    let text = report.written(|_, part| part.to_owned(), run_in, glossary);
    let what = format!("{} {layout}", report.document.meta.place);
    let found = document(&imported(&text, &what));
    let found: Vec<_> = (found.terms.iter())
        .map(|term| plain(&term.name, &term.definition))
        .collect();
    let terms: Vec<_> = (terms.iter())
        .map(|(name, definition)| plain(name, definition))
        .collect();
    let missing: Vec<_> = terms.iter().filter(|term| !found.contains(term)).collect();
    let more: Vec<_> = found.iter().filter(|term| !terms.contains(term)).collect();
    if !missing.is_empty() || !more.is_empty() {
        wrong.push(format!(
            "{what}: missing {missing:.40?}, instead {more:.40?}"
        ));
    }
}
