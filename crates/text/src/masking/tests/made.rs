//! Makes questions with numbers of people in them, the same ones at every run.

use super::super::{IdentifierKind, check};

/// A question and what is to become of it.
#[derive(Debug)]
pub(super) struct Case {
    pub(super) text: String,
    pub(super) expected: String,
}

const SENTENCES: [(&str, &str); 10] = [
    ("我打", "一直打不通"),
    ("用", "两次登记养老保险"),
    ("我的号码是", "，低保啥时候发到卡上"),
    ("请问", "能不能查2024年的补贴，共1500元"),
    ("", ""),
    ("娃上学的事，联系我：", "。谢谢"),
    ("政策文件国发〔2025〕15号里说的补助，我（", "）怎么领"),
    ("打12345没人管，", " 请回电"),
    ("报了3次名，填的", "，对不对"),
    ("\u{feff}Tel:", "\n办公室0938-5551234"),
];

/// Signs for 0 to 9.
const SCRIPTS: [&str; 14] = [
    "0123456789",
    "０１２３４５６７８９",
    "⓪①②③④⑤⑥⑦⑧⑨",
    "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗",
    "٠١٢٣٤٥٦٧٨٩",
    "⓿❶❷❸❹❺❻❼❽❾",
    "⁰¹²³⁴⁵⁶⁷⁸⁹",
    "〇一二三四五六七八九",
    "零幺二三四五六七八九",
    "零壹贰叁肆伍陆柒捌玖",
    "零壹貳參肆伍陸柒捌玖",
    "〇㊀㊁㊂㊃㊄㊅㊆㊇㊈",
    "0一2三4五6七8九",
    "〇1二３四⑤陆7捌九",
];

/// What is typed between groups.
const SEPARATORS: [&str; 12] = [
    " ", "-", "\u{3000}", "\u{200b}", "\u{a0}", "－", "—", "–", " - ", "\u{2009}", "\t", "_",
];

/// A linear congruential generator (Knuth, MMIX).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % end
    }

    fn of<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    fn digits(&mut self, count: usize) -> String {
        (0..count)
            .map(|_| self.of(&['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']))
            .collect()
    }

    fn phone(&mut self) -> String {
        format!("1{}{}", self.of(&[3, 4, 5, 6, 7, 8, 9]), self.digits(9))
    }

    fn region(&mut self) -> String {
        let province = self.of(&[
            "11", "13", "21", "32", "41", "44", "51", "53", "62", "65", "81",
        ]);
        format!("{province}{}", self.digits(4))
    }

    fn identity(&mut self) -> String {
        let (year, month, day) = (
            1930 + self.below(95),
            1 + self.below(12),
            1 + self.below(28),
        );
        let body = format!(
            "{}{year}{month:02}{day:02}{}",
            self.region(),
            self.digits(3)
        );
        // The standard's weights as its table has them, not as the code computes them.
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        let sum: usize = body
            .bytes()
            .zip(weights)
            .map(|(b, w)| usize::from(b - b'0') * w)
            .sum();
        let check = "10X98765432".as_bytes()[sum % 11];
        format!("{body}{}", char::from(check))
    }

    fn old_identity(&mut self) -> String {
        let (year, month, day) = (30 + self.below(70), 1 + self.below(12), 1 + self.below(28));
        format!(
            "{}{year}{month:02}{day:02}{}",
            self.region(),
            self.digits(3)
        )
    }

    fn card(&mut self) -> String {
        let begin = self.of(&[
            "621700", "622848", "6228", "955880", "4367", "5187", "356833", "6013",
        ]);
        let length = self.of(&[16, 19, 16, 19, 17, 13]);
        let body = format!("{begin}{}", self.digits(length - 1 - begin.len()));
        let last = (0..10).find(|last| {
            let digits: Vec<u8> = format!("{body}{last}").bytes().map(|b| b - b'0').collect();
            check::passes_luhn(&digits)
        });
        format!("{body}{}", last.expect("one of ten digits fits"))
    }
}

/// `number` in a script.
fn written(number: &str, script: &str) -> String {
    let signs: Vec<char> = script.chars().collect();
    let sign = |c: char| c.to_digit(10).map_or(c, |digit| signs[digit as usize]);
    number.chars().map(sign).collect()
}

/// `number` with a separator between groups of these lengths, the last of which may be longer.
fn grouped(number: &str, lengths: &[usize], separator: &str) -> String {
    let chars: Vec<char> = number.chars().collect();
    let (mut groups, mut from) = (Vec::new(), 0);
    for length in lengths {
        let end = (from + length).min(chars.len());
        groups.push(chars[from..end].iter().collect::<String>());
        from = end;
    }
    groups.push(chars[from..].iter().collect());
    groups.retain(|group| !group.is_empty());
    groups.join(separator)
}

/// A way to number: its kind, one at random, and how it is grouped.
type Form = (
    IdentifierKind,
    fn(&mut Dice) -> String,
    &'static [&'static [usize]],
);

const FORMS: [Form; 4] = [
    (
        IdentifierKind::MobileNumber,
        Dice::phone,
        &[
            &[3, 4],
            &[3],
            &[7],
            &[4, 3],
            &[3, 3],
            &[3, 2, 2, 2],
            &[1; 10],
        ],
    ),
    (
        IdentifierKind::IdentityCard,
        Dice::identity,
        &[
            &[6, 8],
            &[6, 4, 4],
            &[3, 3, 4, 4],
            &[4, 4, 4, 4],
            &[1; 17],
            &[14],
        ],
    ),
    (
        IdentifierKind::IdentityCard,
        Dice::old_identity,
        &[&[6, 6], &[6, 2, 2, 2], &[1; 14]],
    ),
    (
        IdentifierKind::BankCard,
        Dice::card,
        &[&[4, 4, 4, 4], &[6], &[1; 18], &[6, 4, 4]],
    ),
];

/// What may stand before a mobile number.
const PREFIXES: [&str; 12] = [
    "+86",
    "86",
    "0086",
    "+86 ",
    "86-",
    "＋８６　",
    "0086 ",
    "(+86)",
    "（86）",
    "+86-",
    "0",
    "八六",
];

/// Every number in every script, joined and grouped by every separator.
pub(super) fn cases() -> Vec<Case> {
    let (mut cases, mut dice) = (Vec::new(), Dice(2026));
    for (kind, number, groups) in FORMS {
        for script in SCRIPTS {
            for _ in 0..8 {
                let number = written(&number(&mut dice), script);
                cases.push(case(&mut dice, kind, &number));
            }
            for separator in SEPARATORS {
                for lengths in groups {
                    let number = written(&number(&mut dice), script);
                    let typed = grouped(&number, lengths, separator);
                    cases.push(case(&mut dice, kind, &typed));
                }
            }
        }
    }
    for prefix in PREFIXES {
        for lengths in [&[][..], &[3, 4], &[3]] {
            let number = grouped(&dice.phone(), lengths, " ");
            let typed = format!("{prefix}{number}");
            cases.push(case(&mut dice, IdentifierKind::MobileNumber, &typed));
        }
    }
    for separator in [".", "·", "/", "．", "，"] {
        for lengths in [[3, 4], [4, 3]] {
            let typed = grouped(&dice.phone(), &lengths, separator);
            cases.push(case(&mut dice, IdentifierKind::MobileNumber, &typed));
        }
    }
    cases
}

fn case(dice: &mut Dice, kind: IdentifierKind, typed: &str) -> Case {
    // 六五〇一直: whether 一 is the last digit of a card is anybody's guess.
    let from = usize::from(kind != IdentifierKind::MobileNumber);
    let (before, after) = dice.of(&SENTENCES[from..]);
    Case {
        text: format!("{before}{typed}{after}"),
        expected: format!("{before}{}{after}", kind.label()),
    }
}
