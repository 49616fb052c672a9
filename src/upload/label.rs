//! What a sender calls a file: shown to people, a hint for the importer, never part of a path.

/// Characters of a label at most.
const CHARS: usize = 100;
/// Characters of an extension that is kept when a name is cut.
const EXTENSION: usize = 10;
/// What a file without a name is called.
const UNNAMED: &str = "未命名";

/// The base name of `name` in at most 100 characters: without folders, control characters and marks that turn
/// or hide text (by which `exe.fdp` shows as `pdf.exe`); never empty.
///
/// ```
/// use wenzheng::upload::clean_label;
/// assert_eq!(clean_label("../../etc/passwd"), "passwd");
/// assert_eq!(clean_label("C:\\我的文件\\报告.docx"), "报告.docx");
/// assert_eq!(clean_label(".."), "未命名");
/// ```
#[must_use]
pub fn clean(name: &str) -> String {
    let base = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let shown: String = base.chars().filter(|c| !is_hidden(*c)).collect();
    let shown = shown.trim_matches(|c: char| c == '.' || c.is_whitespace());
    match cut(shown) {
        none if none.is_empty() => UNNAMED.to_owned(),
        label => label,
    }
}

/// True for what cannot be seen, and changes or hides what can.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// Cuts the stem of a long name, so that the extension, which hints at the format, stays.
fn cut(name: &str) -> String {
    let chars = name.chars().count();
    if chars <= CHARS {
        return name.to_owned();
    }
    let short = |ending: &&str| ending.chars().count() <= EXTENSION;
    let ending = name
        .rsplit_once('.')
        .map(|(_, ending)| ending)
        .filter(short);
    match ending {
        Some(ending) => {
            let kept = CHARS - ending.chars().count() - 1;
            let stem: String = name.chars().take(kept).collect();
            format!("{stem}.{ending}")
        }
        None => name.chars().take(CHARS).collect(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_name_is_shown_without_folders_and_tricks() {
        for (name, shown) in [
            ("a/b.docx", "b.docx"),
            ("..\\..\\windows\\系统.txt", "系统.txt"),
            ("报告\0.docx", "报告.docx"),
            ("报告\u{202e}xcod.exe", "报告xcod.exe"),
            ("a\nb\r\tc.md", "abc.md"),
            ("...", "未命名"),
            ("", "未命名"),
            ("/", "未命名"),
            (" .bashrc ", "bashrc"),
            (
                "通渭县 2024年政府工作报告（定稿）.docx",
                "通渭县 2024年政府工作报告（定稿）.docx",
            ),
        ] {
            assert_eq!(clean(name), shown, "{name:?}");
        }
    }

    #[test]
    fn a_long_name_keeps_its_extension() {
        let long = clean(&format!("{}.docx", "报".repeat(300)));
        assert_eq!(long.chars().count(), 100);
        assert!(long.ends_with("报.docx"));
        assert_eq!(clean(&"a.".repeat(200)).chars().count(), 100);
        assert_eq!(clean(&"告".repeat(300)).chars().count(), 100);
    }

    proptest! {
        #[test]
        fn any_name_is_one_short_visible_name(name in any::<String>()) {
            let label = clean(&name);
            prop_assert!((1..=100).contains(&label.chars().count()));
            let is_sound = |c: char| !is_hidden(c) && c != '/' && c != '\\';
            prop_assert!(label.chars().all(is_sound));
            prop_assert_eq!(clean(&label), label);
        }
    }
}
