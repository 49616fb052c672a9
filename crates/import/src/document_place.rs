//! Finds the place that a document which is no report is of.

use std::path::Path;

use wenzheng_text::Pattern;

use crate::place::{in_full, of_path, provinces};

/// A place at the start of a title: 青禾市城乡居民最低生活保障条例.
static BEGINS: Pattern = Pattern::new(
    "^(?:关于)?(?:[12][0-9]{3}年度?)?([^，。、《》“”0-9]{1,14}?(?:自治区|自治州|自治县|自治旗|省|市|县|区|州|旗|盟))",
);

/// The place that a document which is no report names as its own: at the start of its title or of a line
/// above it, where the text also speaks of its government; else the folder of the file.
pub(crate) fn find(lines: &[&str], texts: &[&str], file: Option<&Path>) -> Option<String> {
    let governed = |place: &String| {
        // 青禾县统计局, but 城市居民最低生活保障办法.
        let offices = ["政府", "人民代表大会", "人大", "局", "厅", "委员会"];
        let is_office = |after: &str| {
            let after: String = after.chars().take(10).collect();
            after.starts_with('第') || offices.iter().any(|office| after.contains(office))
        };
        let of = |text: &&str| text.split(place.as_str()).skip(1).any(is_office);
        provinces().any(|province| province.1 == place) || texts.iter().any(of)
    };
    let own = lines.iter().find_map(|line| {
        let line = line.rsplit(['《', '“']).next()?;
        let place = in_full(&BEGINS.captures(line)?[1], texts)?;
        Some(place).filter(governed)
    });
    own.or_else(|| in_full(&of_path(file?)?, texts))
}
