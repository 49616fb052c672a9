//! What people call a place beside its full name.

/// Peoples that autonomous places are named for.
const PEOPLES: [&str; 56] = [
    "蒙古族",
    "回族",
    "藏族",
    "维吾尔",
    "苗族",
    "彝族",
    "壮族",
    "布依族",
    "朝鲜族",
    "满族",
    "侗族",
    "瑶族",
    "白族",
    "土家族",
    "哈尼族",
    "哈萨克",
    "傣族",
    "黎族",
    "傈僳族",
    "佤族",
    "畲族",
    "高山族",
    "拉祜族",
    "水族",
    "东乡族",
    "纳西族",
    "景颇族",
    "柯尔克孜",
    "土族",
    "达斡尔族",
    "仫佬族",
    "羌族",
    "布朗族",
    "撒拉族",
    "毛南族",
    "仡佬族",
    "锡伯",
    "阿昌族",
    "普米族",
    "塔吉克",
    "怒族",
    "乌孜别克",
    "俄罗斯族",
    "鄂温克族",
    "德昂族",
    "保安族",
    "裕固族",
    "京族",
    "塔塔尔",
    "独龙族",
    "鄂伦春",
    "赫哲族",
    "门巴族",
    "珞巴族",
    "基诺族",
    "各族",
];

/// The full name, and the short ones: 甘南藏族自治州, 甘南州, 甘南.
///
/// ```
/// use wenzheng_document::place_names;
/// assert_eq!(place_names("甘南藏族自治州"), ["甘南藏族自治州", "甘南州", "甘南"]);
/// assert_eq!(place_names("怒江傈僳族自治州")[1], "怒江州");
/// assert_eq!(place_names("通渭县"), ["通渭县", "通渭"]);
/// assert_eq!(place_names("全国"), ["全国"]);
/// ```
#[must_use]
pub fn place_names(full: &str) -> Vec<String> {
    const KINDS: [&str; 13] = [
        "特别行政区",
        "自治区",
        "自治州",
        "自治县",
        "自治旗",
        "地区",
        "林区",
        "新区",
        "省",
        "市",
        "县",
        "旗",
        "盟",
    ];
    let mut all = vec![full.to_owned()];
    let kind = KINDS.iter().find(|kind| full.ends_with(**kind));
    let kind = kind
        .copied()
        .or_else(|| full.ends_with('区').then_some("区"));
    let Some(mut short) = kind.and_then(|kind| full.strip_suffix(kind)) else {
        return all;
    };
    // 积石山保安族东乡族撒拉族自治县: from the first people on it is no name.
    if let Some(at) = PEOPLES.iter().filter_map(|people| short.find(people)).min()
        && at > 0
    {
        short = &short[..at];
    }
    if short.chars().count() < 2 {
        return all;
    }
    if kind == Some("自治州") {
        all.push(format!("{short}州"));
    } else if kind == Some("自治县") {
        all.push(format!("{short}县"));
    }
    all.push(short.to_owned());
    all
}
