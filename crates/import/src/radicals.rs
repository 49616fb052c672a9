//! Folds radicals into the characters they stand for.
//!
//! Browsers that print a page as PDF, and fonts that share glyphs, write ⼯ (U+2F2F) and ⻓ (U+2ED3) for
//! 工 and 长: they look the same, and nobody finds them. Source: EquivalentUnifiedIdeograph.txt of Unicode
//! 15, with the Simplified form where there is one, as in all that is imported.

use std::borrow::Cow;

/// The characters of U+2E80 to U+2EF3; what has no equal stands for itself.
const SUPPLEMENT: &str = "\
    ⺀厂乛乚乙亻冂⺇刀刂卜㔾小小兀尣尢⺑巳幺彑彐忄心扌攵⺚旡日月歺母民氵氺灬爫爫丬牛\
    犭王⺪目示礻⺮纟纟罓罒㓁冗⺵羊⺷⺸耂肀聿肉⺽艹艹艹虎衤覀西见角⻇讠贝⻊车辶辶辶邑\
    钅长镸长门⻕阝雨青韦页风飞食⻞飠饣⻡马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龟亀龟";
/// The characters of U+2F00 to U+2FD5.
const KANGXI: &str = "\
    一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀\
    寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈户手支攴文斗斤方无日曰月木欠止歹殳毋\
    比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸\
    缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾见角言谷豆豕豸贝赤走足身车辛\
    辰辵邑酉釆里金长门阜隶隹雨青非面革韦韭音页风飞食首香马骨高髟斗鬯鬲鬼鱼鸟卤鹿麦麻\
    黄黍黑黹黾鼎鼓鼠鼻齐齿龙龟龠";

/// Length in bytes of a radical and of what it becomes: all are of three bytes in UTF-8.
const BYTES: usize = 3;

/// The character that `c` stands for if it is a radical, else `c`.
///
/// ```
/// use wenzheng_import::radicals::folded;
/// assert_eq!((folded('⼯'), folded('工')), ('工', '工'));
/// ```
#[must_use]
pub fn folded(c: char) -> char {
    let (table, first) = match c {
        '\u{2e80}'..='\u{2ef3}' => (SUPPLEMENT, 0x2e80),
        '\u{2f00}'..='\u{2fd5}' => (KANGXI, 0x2f00),
        _ => return c,
    };
    let at = (c as usize - first) * BYTES;
    table[at..].chars().next().unwrap_or(c)
}

/// `text` without radicals; it keeps its number of characters.
pub(crate) fn fold(text: &str) -> Cow<'_, str> {
    if text.contains(|c| folded(c) != c) {
        Cow::Owned(text.chars().map(folded).collect())
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radicals_become_the_characters_they_look_like() {
        assert_eq!(
            fold("⼆、⼈⺠政府县⻓⼯作，⻔⻋⻅⻉⻚⻛⻜⻢⻥⻰⿓"),
            "二、人民政府县长工作，门车见贝页风飞马鱼龙龙"
        );
        assert!(matches!(fold("二、人民政府县长"), Cow::Borrowed(_)));
    }

    #[test]
    fn every_entry_stands_at_its_radical() {
        assert_eq!(SUPPLEMENT.len(), (0x2ef3 - 0x2e80 + 1) * BYTES);
        assert_eq!(KANGXI.len(), (0x2fd5 - 0x2f00 + 1) * BYTES);
        assert_eq!((folded('\u{2e80}'), folded('\u{2ef3}')), ('\u{2e80}', '龟'));
        assert_eq!((folded('\u{2f00}'), folded('\u{2fd5}')), ('一', '龠'));
    }
}
