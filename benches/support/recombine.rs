//! Makes thousands of work reports of a few: each paragraph is one that somebody wrote, in a part
//! where it belongs, with other figures, another place and another year.
//!
//! The sources are the reports that come with the project and, where the environment variable
//! `BENCH_REPORTS` names a folder, the Markdown and text files in it. A report depends on
//! its number only, not on those made before; place and year together are those of one report.
//! About 83 passages each: 3,000 reports are 250,000.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use wenzheng::corpus::{
    self, Document, PassageKind, Period,
    import::{Options, import},
};

#[path = "places.rs"]
mod places;

/// Years that reports are made for, the last first.
const YEARS: std::ops::RangeInclusive<i32> = 2014..=2024;

/// Paragraphs of real reports by what they do.
#[derive(Default)]
pub(crate) struct Recombiner {
    review_opening: Vec<Piece>,
    review: Vec<Piece>,
    shortcomings: Vec<Piece>,
    plan_opening: Vec<Piece>,
    targets: Vec<Piece>,
    plan: Vec<Piece>,
    conduct: Vec<Piece>,
    closing: Vec<Piece>,
    items: Vec<Piece>,
    entries: Vec<Piece>,
}

/// A paragraph, and whose it was.
struct Piece {
    text: String,
    /// 定西市
    place: String,
    /// The year planned for.
    year: i32,
}

/// A report that was made.
pub(crate) struct Report {
    /// 皋兰县
    pub(crate) place: String,
    /// The year planned for.
    pub(crate) year: i32,
    /// Plain text, as saved from a web page.
    pub(crate) text: String,
}

impl Report {
    /// A file name that no other report has: `皋兰县-2023.txt`.
    pub(crate) fn file_name(&self) -> String {
        format!("{}-{}.txt", self.place, self.year)
    }
}

impl Recombiner {
    /// Takes the paragraphs of all sources.
    pub(crate) fn new() -> Self {
        let mut recombiner = Self::default();
        for file in sources() {
            let bytes = fs::read(&file).expect("a source is readable");
            let options = Options {
                file: Some(file.clone()),
                ..Options::default()
            };
            let imported = import(&bytes, &options).expect("a source names place and year");
            let loaded = corpus::load_texts(&[("source.md", &imported.text)])
                .expect("what is imported loads");
            recombiner.take(&loaded.corpus.documents[0]);
        }
        recombiner
    }

    fn take(&mut self, document: &Document) {
        for passage in &document.passages {
            let text = passage.text.replace(['\n', '\t'], "");
            let heading = passage.path.concat();
            let list = match (passage.kind, passage.period) {
                (PassageKind::Entry, _) => &mut self.entries,
                (PassageKind::LivelihoodItem, _) => &mut self.items,
                _ if text.chars().count() < 40 => continue,
                _ if text.contains("让我们") => &mut self.closing,
                (_, Period::Assessment) => &mut self.shortcomings,
                (_, Period::Done(_)) if opens(&text) => &mut self.review_opening,
                (_, Period::Done(_)) => &mut self.review,
                (_, Period::Planned(_)) if text.contains("预期目标是") => &mut self.targets,
                (_, Period::Planned(_)) if heading.contains("自身") => &mut self.conduct,
                (_, Period::Planned(_)) if opens(&text) => &mut self.plan_opening,
                // The words around a list of items belong with these.
                (_, Period::Planned(_)) if text.contains("实事") => continue,
                (_, Period::Planned(_)) => &mut self.plan,
                (_, Period::Undated) => continue,
            };
            list.push(Piece {
                text: unnumbered(&text).to_owned(),
                place: document.meta.place.clone(),
                year: document.meta.year.expect("a report has a year"),
            });
        }
    }

    /// Report number `n`, the same every time.
    pub(crate) fn report(&self, n: usize) -> Report {
        let (stem, kind) = place(n);
        let place = format!("{stem}{kind}");
        let back = i32::try_from(n / places()).expect("few years");
        let year = YEARS.end() - back % i32::try_from(YEARS.count()).expect("few years");
        let mut maker = Maker {
            chance: Chance(n as u64),
            place: &place,
            kind,
            year,
            text: String::new(),
        };
        maker.write(self);
        let text = maker.text;
        Report { place, year, text }
    }
}

/// One report in the making.
struct Maker<'a> {
    chance: Chance,
    place: &'a str,
    kind: char,
    year: i32,
    text: String,
}

const NUMERALS: [&str; 12] = [
    "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二",
];

impl Maker<'_> {
    fn write(&mut self, from: &Recombiner) {
        let (place, kind, year) = (self.place, self.kind, self.year);
        let (day, session) = (3 + self.chance.below(25), 1 + self.chance.below(6));
        let speaker = self
            .chance
            .pick(&["王建国", "李晓东", "张文军", "刘志强", "陈 伟"]);
        self.line(&format!("{year}年{place}政府工作报告"));
        self.line(&format!(
            "——{year}年1月{day}日在{place}第十八届人民代表大会第{}次会议上",
            NUMERALS[session]
        ));
        self.line(&format!("{place}{kind}长 {speaker}"));
        self.line("各位代表：");
        self.line(&format!(
            "现在，我代表{kind}人民政府，向大会报告工作，请予审议，并请政协委员和其他列席人员提出意见。"
        ));
        self.line(&format!("一、{}年工作回顾", year - 1));
        self.paragraphs(&from.review_opening, 2, "");
        self.sections(&from.review, 8, 2);
        self.paragraphs(&from.shortcomings, 1, "");
        self.line(&format!("二、{year}年总体要求和预期目标"));
        self.paragraphs(&from.plan_opening, 2, "");
        self.paragraphs(&from.targets, 1, "");
        self.line(&format!("三、{year}年重点工作"));
        self.sections(&from.plan, 9, 2);
        self.livelihood(&from.items);
        self.line("四、加强政府自身建设");
        self.paragraphs(&from.conduct, 3, "");
        self.paragraphs(&from.closing, 1, "各位代表！");
        self.line("名词解释");
        for (n, entry) in self.chance.some(&from.entries, 22).into_iter().enumerate() {
            let entry = self.varied(entry);
            self.line(&format!("{}.{entry}", n + 1));
        }
    }

    fn line(&mut self, text: &str) {
        self.text.push_str("　　");
        self.text.push_str(text);
        self.text.push('\n');
    }

    fn paragraphs(&mut self, from: &[Piece], count: usize, start: &str) {
        for piece in self.chance.some(from, count) {
            let text = self.varied(piece);
            let start = if text.starts_with(start) { "" } else { start };
            self.line(&format!("{start}{text}"));
        }
    }

    /// Sections （一）… of one numbered paragraph and others below it.
    fn sections(&mut self, from: &[Piece], count: usize, each: usize) {
        for (n, piece) in self.chance.some(from, count * each).into_iter().enumerate() {
            let text = self.varied(piece);
            if n % each == 0 {
                self.line(&format!("（{}）{text}", NUMERALS[n / each]));
            } else {
                self.line(&text);
            }
        }
    }

    fn livelihood(&mut self, from: &[Piece]) {
        let items: Vec<String> = (self.chance.some(from, 10).into_iter().enumerate())
            .map(|(n, piece)| {
                let text = self.varied(piece);
                format!("{}是{}", NUMERALS[n], text.trim_end_matches(['；', '。']))
            })
            .collect();
        self.line(&format!(
            "今年，我们将集中力量办好10件民生实事：{}。",
            items.join("；")
        ));
    }

    /// A paragraph as this place would have it: other figures, its name, its years.
    fn varied(&mut self, piece: &Piece) -> String {
        let mut text = piece.text.replace(&piece.place, self.place);
        text = text.replace(stem(&piece.place), stem(self.place));
        for whole in ["全", "我"] {
            for kind in ["省", "市", "县", "州"] {
                text = text.replace(&format!("{whole}{kind}"), &format!("{whole}{}", self.kind));
            }
        }
        self.figures(&text, self.year - piece.year)
    }

    /// Other figures of the same length; years move by `shift`. What stands in quotes is a name.
    fn figures(&mut self, text: &str, shift: i32) -> String {
        let chars: Vec<char> = text.chars().collect();
        let mut out = String::with_capacity(text.len());
        let mut quoted = false;
        let mut at = 0;
        while at < chars.len() {
            let c = chars[at];
            if !c.is_ascii_digit() {
                quoted = (quoted || c == '“') && c != '”';
                out.push(c);
                at += 1;
                continue;
            }
            let end = (at..chars.len())
                .find(|at| !chars[*at].is_ascii_digit())
                .unwrap_or(chars.len());
            let run: String = chars[at..end].iter().collect();
            let next = chars.get(end).copied().unwrap_or('。');
            let before = at.checked_sub(1).map_or('。', |at| chars[at]);
            if run.len() == 4 && run.starts_with("20") && matches!(next, '年' | '—' | '-') {
                let year: i32 = run.parse().expect("four digits");
                out.push_str(&(year + shift).to_string());
            } else if quoted
                || next.is_ascii_alphabetic()
                || matches!(next, '月' | '日' | '件')
                || matches!(before, '第' | '+')
                || before.is_ascii_alphabetic()
            {
                out.push_str(&run);
            } else {
                for n in 0..run.len() {
                    let digit = if n == 0 {
                        1 + self.chance.below(9)
                    } else {
                        self.chance.below(10)
                    };
                    out.push_str(&digit.to_string());
                }
            }
            at = end;
        }
        out
    }
}

/// How many places there are.
fn places() -> usize {
    let of = |names: &str| names.split_whitespace().count();
    of(places::CITIES) + of(places::COUNTIES)
}

/// The name of place `n`, and what kind it is.
fn place(n: usize) -> (String, char) {
    let cities = places::CITIES.split_whitespace().map(|name| (name, '市'));
    let counties = places::COUNTIES.split_whitespace().map(|name| (name, '县'));
    let (name, kind) = (cities.chain(counties).cycle().nth(n % places())).expect("it goes on");
    (name.trim_end_matches('县').to_owned(), kind)
}

/// 定西 of 定西市; names of one character keep their 县.
fn stem(place: &str) -> &str {
    let stem = place.trim_end_matches("藏族自治州");
    let stem = stem.trim_end_matches(['省', '市', '县', '州']);
    if stem.chars().count() < 2 {
        place
    } else {
        stem
    }
}

/// True for paragraphs that speak of the whole rather than of one field.
fn opens(text: &str) -> bool {
    const OPENINGS: [&str; 10] = [
        "一年来",
        "五年来",
        "过去",
        "刚刚过去",
        "今年是",
        "根据",
        "按照",
        "各位代表",
        "新的一年",
        "“十",
    ];
    OPENINGS.iter().any(|opening| text.starts_with(opening))
}

/// Without （一）, 一是, ——, 1. at the start.
fn unnumbered(text: &str) -> &str {
    let is_numeral = |c: char| "一二三四五六七八九十".contains(c) || c.is_ascii_digit();
    let text = text.trim_start_matches('—');
    let inside = text.strip_prefix('（').unwrap_or(text);
    let rest = inside.trim_start_matches(is_numeral);
    if rest.len() == inside.len() {
        return text;
    }
    ["）", "、", "是", "要", ".", "．"]
        .iter()
        .find_map(|mark| rest.strip_prefix(mark))
        .unwrap_or(text)
}

/// The files to take paragraphs from.
#[expect(clippy::disallowed_methods, reason = "a bench has no settings")]
fn sources() -> Vec<PathBuf> {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = vec![project.join("corpus/tongwei/2024-work-report.md")];
    let mut folders = vec![project.join("tests/fixtures/reports")];
    folders.extend(env::var_os("BENCH_REPORTS").map(PathBuf::from));
    for folder in folders {
        for entry in fs::read_dir(&folder)
            .expect("a folder of reports")
            .flatten()
        {
            let file = entry.path();
            let is_report = file
                .extension()
                .is_some_and(|ext| ext == "md" || ext == "txt")
                && file.file_stem().is_some_and(|stem| stem != "README");
            if is_report {
                files.push(file);
            }
        }
    }
    // The fixtures are shorter than the same reports in a folder of whole ones.
    files.sort_by_key(|file| (file.file_name().map(ToOwned::to_owned), file_size(file)));
    files.reverse();
    files.dedup_by(|a, b| a.file_name() == b.file_name());
    files.reverse();
    files
}

fn file_size(file: &Path) -> u64 {
    file.metadata().map_or(0, |metadata| metadata.len())
}

/// A stream of numbers that look random (SplitMix64).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }

    /// `count` of `from` in any order, none twice, as far as there are so many.
    fn some<'a, T>(&mut self, from: &'a [T], count: usize) -> Vec<&'a T> {
        let mut all: Vec<&T> = from.iter().collect();
        let count = count.min(all.len());
        for n in 0..count {
            let other = n + self.below(all.len() - n);
            all.swap(n, other);
        }
        all.truncate(count);
        all
    }
}
