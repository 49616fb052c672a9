//! Finds the place a report is about, by its full name: 甘南藏族自治州 rather than 甘南州.

use std::{collections::HashMap, path::Path};

use regex::Regex;

use wenzheng_text::{Pattern, han::is_han};

/// ——2024年1月21日在通渭县第十九届人民代表大会第四次会议上
static SESSION: Pattern = Pattern::new(
    "在([^，。在日]{1,20}?(?:省|市|县|区|州|旗|盟|镇|乡))(?:人民代表大会)?第[^，。]{1,6}[届次]",
);
static NATIONAL: Pattern =
    Pattern::new("全国人民代表大会第|第[^，。]{1,6}届全国人民代表大会|国务院总理");
/// 2024年通渭县政府工作报告
static TITLE: Pattern = Pattern::new(
    r"^(?:关于)?(?:[12]\d{3}年?度?)?(.{0,16}?)(?:[12]\d{3}年度?)?(?:人民)?政府工作的?报告",
);
/// 通渭县人民政府县长, 甘肃省省长
static OFFICE: Pattern = Pattern::new(
    "^(.{1,16}?(?:省|市|县|区|州|旗|盟|镇|乡))(?:人民政府)?.{0,6}(?:省长|市长|县长|区长|州长|旗长|盟长|镇长|乡长|主席)",
);
/// 请连同《甘肃省国民经济和社会发展第十四个五年规划…》
static PLAN_NAME: Pattern =
    Pattern::new("《([^《》，。]{2,16}?(?:省|市|县|区|州|旗|盟|镇|乡))(?:国民经济|20)");
/// 我代表通渭县人民政府
static GOVERNMENT: Pattern = Pattern::new(
    "我?(?:代表|受)([^，。、我]{2,16}?(?:省|市|县|区|州|旗|盟|镇|乡))(?:人民政府|政府)",
);
/// A place name with its administrative suffix, anywhere in the text.
static NAMED: Pattern = Pattern::new(
    "([^，。、；：！？“”（）《》\\s0-9各全我本该县市省区州和与及在的是]{2,3}(?:自治区|自治州|自治县|省|市|县|区|州|旗))",
);

/// Provinces: short name and full name.
const PROVINCES: &str = include_str!("../data/provinces.txt");

fn provinces() -> impl Iterator<Item = (&'static str, &'static str)> {
    PROVINCES.lines().filter_map(|line| line.split_once(' '))
}

/// The full name of the province with this short name.
fn full_name(short: &str) -> Option<String> {
    let province = provinces().find(|province| province.0 == short)?;
    Some(province.1.to_owned())
}

/// Returns the place of a report, trying the best evidence first: session, title, office, names in
/// the opening, folders of the file, the name used most.
pub(crate) fn find(
    title: &str,
    texts: &[&str],
    preamble: usize,
    speaker: &str,
    file: Option<&Path>,
) -> Option<String> {
    let head = || std::iter::once(title).chain(texts[..preamble].iter().copied());
    let opening = || texts[preamble..].iter().take(6).copied();
    let captured = |pattern: &Regex, text: &str| Some(pattern.captures(text)?[1].to_owned());
    let office = || {
        let lines = texts[..preamble].iter().copied().chain([speaker]);
        lines
            .map(str::trim)
            .find_map(|text| captured(&OFFICE, text))
    };
    if head().any(|text| NATIONAL.is_match(text)) {
        return Some("全国".to_owned());
    }
    head()
        .find_map(|text| captured(&SESSION, text))
        .map(|place| innermost(&place))
        .or_else(|| named_in_title(title))
        .or_else(office)
        .or_else(|| opening().find_map(|text| captured(&GOVERNMENT, text)))
        .or_else(|| opening().find_map(|text| captured(&PLAN_NAME, text)))
        .filter(|place| !is_kind_only(place))
        .or_else(|| of_path(file?))
        .or_else(|| most_used(texts, preamble))
}

/// True for a suffix without a name: 市, 我市, 全省.
fn is_kind_only(place: &str) -> bool {
    place.chars().count() < 2 || place.starts_with(['我', '全', '本', '各'])
}

/// 甘肃省定西市通渭县 → 通渭县.
fn innermost(place: &str) -> String {
    let mut rest = place;
    for kind in ["省", "自治区", "市"] {
        if let Some((_, below)) = rest.split_once(kind)
            && below.chars().count() >= 2
            && below.ends_with(['市', '县', '区', '州', '旗', '镇', '乡'])
            && !rest.starts_with("市")
        {
            rest = below;
        }
    }
    rest.to_owned()
}

fn named_in_title(title: &str) -> Option<String> {
    let place = TITLE.captures(title)?[1]
        .trim()
        .trim_matches(['《', '—'])
        .to_owned();
    if place.is_empty() || place.contains(['，', '：']) {
        return None;
    }
    Some(full_name(&place).unwrap_or(place))
}

/// True for a line such as 白银市市长 张旭晨.
pub(crate) fn is_office(text: &str) -> bool {
    OFFICE.is_match(text)
}

/// Returns the place named by the innermost part of a path that names one: 甘肃/白银市/2021.md.
fn of_path(file: &Path) -> Option<String> {
    let stem = file.with_extension("");
    let parts: Vec<String> = stem
        .iter()
        .map(|part| part.to_string_lossy().into_owned())
        .collect();
    parts.iter().rev().find_map(|part| {
        let name: String = part
            .replace("人民政府", "")
            .split(|c: char| !is_han(c))
            .map(|piece| {
                piece
                    .trim_start_matches('年')
                    .split("政府")
                    .next()
                    .unwrap_or_default()
                    .to_owned()
            })
            .find(|piece| piece.chars().count() >= 2)?;
        let place = name.ends_with(['省', '市', '县', '区', '州', '旗', '盟']);
        full_name(&name).or_else(|| place.then(|| innermost(&name)))
    })
}

/// Returns the most frequent place name of the level the report speaks for (我市, 全省).
fn most_used(texts: &[&str], preamble: usize) -> Option<String> {
    let body = texts[preamble..].concat();
    let kind = ["省", "市", "县", "区", "州", "旗"]
        .into_iter()
        .max_by_key(|kind| {
            let own = [
                format!("全{kind}"),
                format!("我{kind}"),
                format!("{kind}人民政府"),
                format!("{kind}委"),
            ];
            own.iter()
                .map(|word| body.matches(word.as_str()).count())
                .sum::<usize>()
        })?;
    if matches!(kind, "省" | "区") {
        let used = |name: &(&str, &str)| body.matches(name.0).count();
        let province = provinces()
            .filter(|p| kind == "省" || p.1.ends_with('区'))
            .max_by_key(used)?;
        if used(&province) >= 3 {
            return Some(province.1.to_owned());
        }
    }
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for found in NAMED
        .find_iter(&body)
        .filter(|found| found.as_str().ends_with(kind))
    {
        *counts.entry(found.as_str()).or_default() += 1;
    }
    // Ties are broken by name to keep the result deterministic.
    let (name, count) = counts
        .into_iter()
        .max_by_key(|(name, count)| (*count, *name))?;
    (count >= 3).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(title: &str, texts: &[&str], preamble: usize) -> Option<String> {
        find(title, texts, preamble, "", None)
    }

    #[test]
    fn the_session_names_the_place_in_full() {
        let session = ["——2021年2月1日在甘南藏族自治州第十六届人民代表大会第六次会议上"];
        assert_eq!(
            place("甘南州政府工作报告", &session, 1).as_deref(),
            Some("甘南藏族自治州")
        );
        let session = ["在甘肃省定西市通渭县第十九届人民代表大会上"];
        assert_eq!(
            place("政府工作报告", &session, 1).as_deref(),
            Some("通渭县")
        );
        let session = ["——2024年3月5日在第十四届全国人民代表大会第二次会议上"];
        assert_eq!(place("政府工作报告", &session, 1).as_deref(), Some("全国"));
    }

    #[test]
    fn without_any_name_the_most_used_one_counts() {
        let body = [
            "我代表省人民政府，向大会报告工作。",
            "全省上下，甘肃发展，甘肃人民，建设甘肃。",
        ];
        assert_eq!(
            place("2020年政府工作报告", &body, 0).as_deref(),
            Some("甘肃省")
        );
        let body = ["请连同《甘肃省国民经济和社会发展第十四个五年规划》一并审议。"];
        assert_eq!(
            place("2021年政府工作报告", &body, 0).as_deref(),
            Some("甘肃省")
        );
        assert_eq!(place("政府工作报告", &["各位代表："], 0), None);
    }

    #[test]
    fn a_folder_may_name_the_place() {
        for (path, name) in [
            ("甘肃/白银市/2021.md", "白银市"),
            ("2021年白银市政府工作报告.txt", "白银市"),
            ("reports/甘肃/2020.md", "甘肃省"),
        ] {
            assert_eq!(of_path(Path::new(path)).as_deref(), Some(name), "{path}");
        }
        assert_eq!(of_path(Path::new("a/b.txt")), None);
    }
}
