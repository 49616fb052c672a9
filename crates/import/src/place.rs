//! Finds the place a report is about, by its full name: 甘南藏族自治州 rather than 甘南州.

use std::{collections::HashMap, path::Path};

use regex::Regex;

use wenzheng_text::{Pattern, han::is_han};

/// ——2024年1月21日在通渭县第十九届人民代表大会第四次会议上, without 在 also 2021年1月13日丹东市第十六届….
static SESSION: Pattern = Pattern::new(
    "(?:[在日]|^)[—―\\s]*([^，。在日—―\\s]{1,20}?(?:省|市|县|区|州|旗|盟|镇|乡)+)(?:人民代表大会)?第[^，。]{1,6}[届次]",
);
static NATIONAL: Pattern = Pattern::new(
    "全国人民代表大会第|第[^，。]{1,6}届全国人民代表大会|国务院(?:副?总理|.{0,12}主任|.{0,12}部长)",
);
/// 2024年通渭县政府工作报告
static TITLE: Pattern = Pattern::new(
    r"^(?:关于)?(?:[12]\d{3}年?度?)?(.{0,20}?)(?:[12]\d{3}年度?)?[《“]?(?:人民)?政府工作的?报告",
);
/// 通渭县人民政府县长, 甘肃省省长
static OFFICE: Pattern = Pattern::new(
    "^(.{1,16}?(?:省|市|县|区|州|旗|盟|镇|乡))(?:人民政府)?.{0,6}(?:省长|市长|县长|区长|州长|旗长|盟长|镇长|乡长|专员|主席)",
);
/// 请连同《甘肃省国民经济和社会发展第十四个五年规划…》
static PLAN_NAME: Pattern =
    Pattern::new("《([^《》，。]{2,20}?(?:省|市|县|区|州|旗|盟|镇|乡))(?:国民经济|20)");
/// 我代表通渭县人民政府
static GOVERNMENT: Pattern = Pattern::new(
    "我?(?:代表|受)([^，。、我]{2,16}?(?:省|市|县|区|州|旗|盟|镇|乡))(?:人民政府|政府)",
);
/// A place name with its administrative suffix, anywhere in the text.
static NAMED: Pattern = Pattern::new(
    "([^，。、；：！？“”（）《》\\s0-9各全我本该县市省区州和与及在的是]{2,3}(?:自治区|自治州|自治县|省|市|县|区|州|旗|盟))",
);
/// A suffix without a name, or one of which nobody outside knows the name: 自治州, 我市, 全省.
static NO_NAME: Pattern =
    Pattern::new("^(?:[我全本各该]?(?:自治)?[省市县区州旗盟镇乡]|我.*|地区|林区|新区)$");
/// Words of a sentence or a title around the name.
static NO_PLACE: Pattern =
    Pattern::new("[，。：、《》“”]|报告|政府|委员|代表|规划|会议|人民|工作|20[0-9]{2}");
/// Suffixes of places by what the report calls its own: 全市, 我县.
const KINDS: [&str; 7] = ["省", "市", "县", "区", "州", "旗", "盟"];

/// Provinces: short name and full name.
const PROVINCES: &str = include_str!("../data/provinces.txt");
/// Autonomous prefectures: short name and full name.
const PREFECTURES: &str = include_str!("../data/prefectures.txt");

pub(crate) fn provinces() -> impl Iterator<Item = (&'static str, &'static str)> {
    PROVINCES.lines().filter_map(|line| line.split_once(' '))
}

/// The full name of the province with this short name.
fn full_name(short: &str) -> Option<String> {
    let province = provinces().find(|province| province.0 == short)?;
    Some(province.1.to_owned())
}

/// Returns the place of a report, trying the best evidence first: session, titles, office, names in
/// the opening, folders of the file, the name used most.
pub(crate) fn find(
    titles: [&str; 2],
    texts: &[&str],
    preamble: usize,
    speaker: &str,
    file: Option<&Path>,
) -> Option<String> {
    let opening = || texts[preamble..].iter().take(6).copied();
    let full = |found: Option<String>| found.and_then(|place| in_full(&place, texts));
    let captured = |pattern: &Regex, text: &str| full(Some(pattern.captures(text)?[1].to_owned()));
    above(titles, texts, preamble, speaker)
        .or_else(|| opening().find_map(|text| captured(&GOVERNMENT, text)))
        .or_else(|| opening().find_map(|text| captured(&PLAN_NAME, text)))
        .or_else(|| full(of_path(file?)))
        .or_else(|| full(most_used(texts, preamble)))
}

/// The place that titles, session and office name, above the text itself; the session counts most.
fn above(titles: [&str; 2], texts: &[&str], preamble: usize, speaker: &str) -> Option<String> {
    let head = || titles.into_iter().chain(texts[..preamble].iter().copied());
    let full = |found: Option<String>| found.and_then(|place| in_full(&place, texts));
    let captured = |pattern: &Regex, text: &str| full(Some(pattern.captures(text)?[1].to_owned()));
    let office = || {
        let lines = texts[..preamble].iter().copied().chain([speaker]);
        lines
            .map(str::trim)
            .find_map(|text| captured(&OFFICE, text))
    };
    if head().any(|text| NATIONAL.is_match(text)) {
        return Some("全国".to_owned());
    }
    // 2022年4月9日在宁波市, and on the next line 第十六届人民代表大会第一次会议上.
    let broken = || {
        let lines = texts[..preamble].windows(2);
        let broken = lines.filter(|two| two[1].trim_start().starts_with('第'));
        broken.map(|two| format!("{}{}", two[0].trim(), two[1].trim()))
    };
    head()
        .find_map(|text| captured(&SESSION, text))
        .or_else(|| broken().find_map(|text| captured(&SESSION, &text)))
        .or_else(|| {
            titles
                .into_iter()
                .find_map(|title| full(named_in_title(title)))
        })
        .or_else(office)
}

/// The place that the lines above a report name: its `title`, session and speaker; `None` when they
/// name none.
///
/// ```
/// use wenzheng_import::place::named_above;
/// let session = "——2024年1月21日在通渭县第十九届人民代表大会第四次会议上";
/// assert_eq!(named_above("政府工作报告", &[session]).as_deref(), Some("通渭县"));
/// assert_eq!(named_above("政府工作报告", &["各位代表："]), None);
/// ```
#[must_use]
pub fn named_above(title: &str, lines: &[&str]) -> Option<String> {
    above([title, ""], lines, lines.len(), "")
}

/// The full name of a place, so that all of its names are one: 黔东南州 is 黔东南苗族侗族自治州,
/// 甘肃省定西市通渭县 is 通渭县. A name that tells no place stays as it is.
///
/// ```
/// use wenzheng_import::place::in_one_name;
/// assert_eq!(in_one_name("黔东南州"), "黔东南苗族侗族自治州");
/// assert_eq!(in_one_name("甘肃"), "甘肃省");
/// assert_eq!(in_one_name("甘肃省定西市通渭县"), "通渭县");
/// assert_eq!(in_one_name("通渭"), "通渭");
/// ```
#[must_use]
pub fn in_one_name(place: &str) -> String {
    in_full(place, &[]).unwrap_or_else(|| place.to_owned())
}

/// A place by its full name, so that its long and its short name are one: 黔东南州 is
/// 黔东南苗族侗族自治州, 新疆自治区 is 新疆维吾尔自治区, 长春 is 长春市 where the text says so; `None` if it is
/// not the name of a place.
pub(crate) fn in_full(place: &str, texts: &[&str]) -> Option<String> {
    // 中共青禾市委关于制定青禾市
    let place = place.rsplit("制定").next()?.rsplit("关于").next()?.trim();
    if NO_NAME.is_match(place) || NO_PLACE.is_match(place) {
        return None;
    }
    let place = once(&innermost(place));
    if NO_NAME.is_match(&place) || place.chars().count() < 2 {
        return None;
    }
    if let Some(full) = full_name(place.trim_end_matches("自治区")) {
        return Some(full);
    }
    let prefecture = |short: &str| {
        let mut lines = PREFECTURES.lines().filter_map(|line| line.split_once(' '));
        Some(lines.find(|prefecture| prefecture.0 == short)?.1.to_owned())
    };
    if let Some(full) = prefecture(&place) {
        return Some(full);
    }
    if let Some(stem) = place.strip_suffix(['州', '县', '旗'])
        && !stem.ends_with("自治")
        && let Some(full) = spelled_out(stem, &place[stem.len()..], texts)
    {
        return Some(full);
    }
    if place.ends_with(['省', '市', '县', '区', '州', '旗', '盟', '镇', '乡']) {
        return Some(place);
    }
    // The suffix that the text gives it most often.
    let named = |kind: &str| {
        let name = format!("{place}{kind}");
        texts
            .iter()
            .map(|text| text.matches(&name).count())
            .sum::<usize>()
    };
    let own = own_kind(&texts.concat());
    let rank = |kind: &&str| (own == Some(*kind), named(kind));
    let kind = KINDS
        .iter()
        .filter(|kind| named(kind) > 0)
        .max_by_key(|kind| rank(kind))
        .copied()
        .or(own.filter(|kind| *kind != "省" && *kind != "区"))?;
    let name = format!("{place}{kind}");
    Some(prefecture(&name).unwrap_or(name))
}

/// The name of an autonomous place as the text spells it out: 长阳县 as 长阳土家族自治县.
fn spelled_out(stem: &str, kind: &str, texts: &[&str]) -> Option<String> {
    let end = format!("自治{kind}");
    texts.iter().find_map(|text| {
        let (at, _) = text.match_indices(stem).find(|(at, _)| {
            let rest = &text[at + stem.len()..];
            rest.find(&end).is_some_and(|peoples| {
                peoples > 0
                    && rest[..peoples].chars().all(is_han)
                    && rest[..peoples].ends_with('族')
                    && rest[..peoples].chars().count() <= 14
            })
        })?;
        let rest = &text[at + stem.len()..];
        let peoples = rest.find(&end)?;
        Some(format!("{stem}{}{end}", &rest[..peoples]))
    })
}

/// 连云港市市 as 连云港市.
fn once(place: &str) -> String {
    let mut chars = place.chars().rev();
    match (chars.next(), chars.next()) {
        (Some(last), Some(before)) if last == before && "省市县州旗盟镇乡".contains(last) => {
            place[..place.len() - last.len_utf8()].to_owned()
        }
        _ => place.to_owned(),
    }
}

/// 甘肃省定西市通渭县 → 通渭县.
fn innermost(place: &str) -> String {
    let mut rest = place;
    for kind in ["省", "自治区", "自治州", "地区", "盟", "市"] {
        if let Some((above, below)) = rest.split_once(kind)
            && !above.is_empty()
            && below.chars().count() >= 2
            && below.ends_with(['市', '县', '区', '州', '旗', '盟', '镇', '乡'])
        {
            rest = below;
        }
    }
    rest.to_owned()
}

fn named_in_title(title: &str) -> Option<String> {
    let place = TITLE.captures(title)?[1]
        .trim()
        .trim_matches(['《', '“', '—'])
        .to_owned();
    (!place.is_empty()).then_some(place)
}

/// Returns the place named by the innermost part of a path that names one: 甘肃/白银市/2021.md.
pub(crate) fn of_path(file: &Path) -> Option<String> {
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
    let kind = own_kind(&body)?;
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

/// The level that a text speaks for: 全市, 我县.
fn own_kind(text: &str) -> Option<&'static str> {
    let used = |kind: &&str| {
        let own = [
            format!("全{kind}"),
            format!("我{kind}"),
            format!("{kind}人民政府"),
            format!("{kind}委"),
        ];
        let counts = own.iter().map(|word| text.matches(word.as_str()).count());
        counts.sum::<usize>()
    };
    let kind = KINDS.into_iter().max_by_key(|kind| used(kind))?;
    (used(&kind) > 0).then_some(kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(title: &str, texts: &[&str], preamble: usize) -> Option<String> {
        find([title, ""], texts, preamble, "", None)
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
    fn the_session_may_stand_on_two_lines() {
        let lines = [
            "政府工作报告",
            "2022年4月9日在青禾市",
            "第十六届人民代表大会第一次会议上",
            "全省上下，浙江发展，浙江人民，建设浙江，全省，全省，青禾市。",
        ];
        assert_eq!(place("", &lines, 3).as_deref(), Some("青禾市"));
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

    #[test]
    fn long_and_short_names_are_one_place() {
        for (title, body, name) in [
            ("2022年黔东南州政府工作报告", "", "黔东南苗族侗族自治州"),
            (
                "2022年黔东南苗族侗族自治州政府工作报告",
                "",
                "黔东南苗族侗族自治州",
            ),
            ("新疆自治区2006年政府工作报告", "", "新疆维吾尔自治区"),
            ("2004年宁夏政府工作报告", "", "宁夏回族自治区"),
            ("长春政府工作报告", "全市人民，建设长春，长春市。", "长春市"),
            (
                "甘南政府工作报告",
                "全州上下，甘南州各族人民。",
                "甘南藏族自治州",
            ),
            (
                "2020年青禾县政府工作报告",
                "青禾土家族自治县成立30周年。",
                "青禾土家族自治县",
            ),
        ] {
            assert_eq!(place(title, &[body], 0).as_deref(), Some(name), "{title}");
        }
    }

    #[test]
    fn places_of_every_kind_keep_their_suffix() {
        for name in [
            "内蒙古自治区",
            "青禾回族自治州",
            "锡林郭勒盟",
            "阿里地区",
            "神农架林区",
            "浦东新区",
            "正蓝旗",
            "莫力达瓦达斡尔族自治旗",
            "本溪市",
            "全椒县",
        ] {
            let session = format!("——2024年1月10日在{name}第五届人民代表大会第三次会议上");
            assert_eq!(place("", &[&session], 1).as_deref(), Some(name));
            let title = format!("2024年{name}政府工作报告");
            assert_eq!(place(&title, &[], 0).as_deref(), Some(name));
        }
        assert_eq!(innermost("锡林郭勒盟正蓝旗"), "正蓝旗");
        assert_eq!(innermost("苏州市"), "苏州市");
        assert_eq!(innermost("济南市市中区"), "市中区");
    }

    #[test]
    fn a_kind_without_a_name_leaves_the_question_to_other_evidence() {
        for session in [
            "——2004年2月6日在自治区第九届人民代表大会第二次会议上",
            "——2006年2月15日在市十一届人大五次会议上",
            "——2023年1月6日在自治州第十五届人民代表大会第二次会议上",
        ] {
            let found = place("2024年青禾自治区政府工作报告", &[session], 1);
            assert_eq!(found.as_deref(), Some("青禾自治区"));
        }
        let session = ["——2016年1月17日在青禾市市第十三届人民代表大会第五次会议上"];
        assert_eq!(place("", &session, 1).as_deref(), Some("青禾市"));
        let plan = ["《中共青禾市委关于制定青禾市国民经济和社会发展规划的建议》"];
        assert_eq!(place("", &plan, 0).as_deref(), Some("青禾市"));
    }
}
