//! The numbers to call for each concern: `config/hotlines.txt`.

use std::{fmt, fs, io, path::Path};

use crate::answer::Concern;

/// The list inside the program.
const BUILT_IN: &str = include_str!("../../config/hotlines.txt");

/// A telephone number and what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// Digits and hyphens: 110
    pub number: String,
    /// 报警; may be empty.
    pub name: String,
}

/// The numbers to call for each concern, the most important first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hotlines(Vec<(Concern, Vec<Number>)>);

/// A line that cannot be read; the numbers inside the program serve instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HotlineProblem {
    /// The file.
    file: String,
    /// Line, counted from 1; 0 when the whole file is meant.
    line: usize,
    /// What is wrong and what to do, for county staff.
    what: String,
}

impl fmt::Display for HotlineProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.what)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name.as_str() {
            "" => f.write_str(&self.number),
            name => write!(f, "{}（{name}）", self.number),
        }
    }
}

impl Default for Hotlines {
    /// The list inside the program.
    fn default() -> Self {
        let mut hotlines = Self(Vec::new());
        let problems = hotlines.read(BUILT_IN, "");
        debug_assert!(problems.is_empty(), "the list inside the program is tested");
        hotlines
    }
}

impl Hotlines {
    /// The list in `file`; a concern that is missing there, or whose line cannot be read, has the
    /// numbers inside the program.
    #[must_use]
    pub fn from_file(file: &Path) -> (Self, Vec<HotlineProblem>) {
        let mut hotlines = Self::default();
        let name = file.display().to_string();
        let problems = match fs::read_to_string(file) {
            Ok(text) => {
                let mut own = Self(Vec::new());
                let problems = own.read(&text, &name);
                for (concern, numbers) in &mut hotlines.0 {
                    if let Some((_, set)) = own.0.iter().find(|(other, _)| other == concern) {
                        numbers.clone_from(set);
                    }
                }
                problems
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(error) => vec![HotlineProblem {
                file: name,
                line: 0,
                what: format!("读不了（{error}），改用程序自带的电话"),
            }],
        };
        (hotlines, problems)
    }

    /// The numbers for `concern`; none for a fault, which has only the hotline for everything.
    #[must_use]
    pub fn of(&self, concern: Concern) -> &[Number] {
        let mut listed = self.0.iter();
        let found = listed.find(|(other, _)| *other == concern);
        found.map_or(&[], |(_, numbers)| numbers)
    }

    fn read(&mut self, text: &str, file: &str) -> Vec<HotlineProblem> {
        let mut problems = Vec::new();
        for (n, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let entry = entry(line).and_then(|(concern, numbers)| {
                if self.0.iter().any(|(other, _)| *other == concern) {
                    return Err(format!("“{}”已经写过一行", name_of(concern)));
                }
                self.0.push((concern, numbers));
                Ok(())
            });
            if let Err(what) = entry {
                problems.push(HotlineProblem {
                    file: file.to_owned(),
                    line: n + 1,
                    what: format!("{what}。这一行不用，改用程序自带的电话"),
                });
            }
        }
        problems
    }
}

/// What the list calls a concern; empty for one that it has no line for.
const fn name_of(concern: Concern) -> &'static str {
    match concern {
        Concern::Crime => "人身安全",
        Concern::Fire => "火灾救援",
        Concern::Medical => "急病受伤",
        Concern::Despair => "轻生",
        Concern::Fraud => "诈骗",
        Concern::Corruption => "贪腐",
        Concern::Wages => "欠薪社保",
        Concern::PowerCut => "停电",
        Concern::TrafficLight => "红绿灯",
        Concern::Hazard => "险情",
        Concern::Fault => "",
    }
}

/// `停电 = 95598（供电服务）`
fn entry(line: &str) -> Result<(Concern, Vec<Number>), String> {
    let Some((name, numbers)) = line.split_once(['=', '＝']) else {
        return Err(format!(
            "“{line}”里没有“=”。应写成“停电 = 95598（供电服务）”"
        ));
    };
    let name = name.trim();
    let mut named = Concern::ALL
        .into_iter()
        .filter(|concern| name_of(*concern) == name);
    let Some(concern) = named.next().filter(|_| !name.is_empty()) else {
        let known: Vec<&str> = Concern::ALL.into_iter().map(name_of).collect();
        let known = known.join("、");
        return Err(format!(
            "没有“{name}”这一类。可以写的有：{}",
            known.trim_end_matches('、')
        ));
    };
    let numbers: Result<Vec<Number>, String> = numbers.split('、').map(number).collect();
    Ok((concern, numbers?))
}

/// 110（报警） or 110.
///
/// # Errors
/// What is wrong, in Chinese, when it does not begin with a telephone number.
pub(super) fn number(text: &str) -> Result<Number, String> {
    let text = text.trim();
    let (number, name) = text.split_once(['（', '(']).unwrap_or((text, ""));
    let number = number.trim();
    let name = name.trim().trim_end_matches(['）', ')']);
    let written = number.chars().all(|c| c.is_ascii_digit() || c == '-');
    if !written || !(3..=20).contains(&number.len()) {
        return Err(format!(
            "“{text}”不是电话号码。号码只用数字和短横，3 到 20 位"
        ));
    }
    Ok(Number {
        number: number.to_owned(),
        name: name.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Hotlines, Vec<String>) {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("hotlines.txt");
        fs::write(&file, text).expect("written");
        let (hotlines, problems) = Hotlines::from_file(&file);
        let shown = |problem: &HotlineProblem| format!("{}: {}", problem.line, problem.what);
        (hotlines, problems.iter().map(shown).collect())
    }

    fn first(hotlines: &Hotlines, concern: Concern) -> String {
        let first = hotlines.of(concern).first();
        first.map(ToString::to_string).unwrap_or_default()
    }

    #[test]
    fn the_list_inside_the_program_has_a_number_for_every_concern() {
        let mut hotlines = Hotlines(Vec::new());
        assert_eq!(hotlines.read(BUILT_IN, ""), []);
        for concern in Concern::ALL {
            let none = hotlines.of(concern).is_empty();
            assert_eq!(none, concern == Concern::Fault, "{concern:?}");
        }
        assert_eq!(first(&hotlines, Concern::Fire), "119（火警和救援）");
        assert_eq!(first(&hotlines, Concern::Medical), "120（急救）");
        assert_eq!(first(&hotlines, Concern::Crime), "110（报警）");
        assert_eq!(first(&hotlines, Concern::Despair), "12356（心理援助）");
    }

    #[test]
    fn a_place_has_numbers_of_its_own_and_the_rest_from_the_program() {
        let (hotlines, problems) = read("# 说明\n停电 = 0932-5551234（县供电公司）、95598\n");
        assert_eq!(problems, [""; 0]);
        let power = hotlines.of(Concern::PowerCut);
        let shown: Vec<String> = power.iter().map(ToString::to_string).collect();
        assert_eq!(shown, ["0932-5551234（县供电公司）", "95598"]);
        assert_eq!(first(&hotlines, Concern::Fraud), "110（报警）");
    }

    #[test]
    fn a_bad_line_is_reported_and_the_numbers_inside_the_program_serve() {
        for (text, problem) in [
            ("停电 95598", "1: “停电 95598”里没有“=”"),
            (
                "# 说明\n停水 = 96116",
                "2: 没有“停水”这一类。可以写的有：人身安全、",
            ),
            ("停电 = 打供电所", "1: “打供电所”不是电话号码"),
            ("停电 = 95598\n停电 = 95599", "2: “停电”已经写过一行"),
        ] {
            let (hotlines, problems) = read(text);
            assert!(problems[0].starts_with(problem), "{problems:?}");
            assert!(problems[0].ends_with("这一行不用，改用程序自带的电话"));
            assert_eq!(first(&hotlines, Concern::Fire), "119（火警和救援）");
        }
        assert_eq!(
            first(&read("停电 = 打供电所").0, Concern::PowerCut),
            "95598（供电服务）"
        );
    }
}
