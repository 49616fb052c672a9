//! The font of the pictures, and which characters it has.

use std::sync::{Arc, LazyLock};

use resvg::usvg::fontdb::{Database, Source};
use skrifa::{FontRef, MetadataProvider, charmap::Charmap};

/// Noto Sans CJK SC Regular, cut down; `data/README.md` says to which characters and how.
static FONT: &[u8] = include_bytes!("../data/NotoSansCJKsc-Regular-subset.otf");

/// What the font calls itself.
pub(crate) const FAMILY: &str = "Noto Sans CJK SC";

/// Stands for characters that the font lacks.
const MISSING: char = '□';

static CHARMAP: LazyLock<Option<Charmap<'static>>> =
    LazyLock::new(|| FontRef::new(FONT).ok().map(|font| font.charmap()));

static DATABASE: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut database = Database::new();
    database.load_font_source(Source::Binary(Arc::new(FONT)));
    Arc::new(database)
});

/// The only fonts that a picture can use: this one.
pub(crate) fn database() -> Arc<Database> {
    Arc::clone(&DATABASE)
}

/// The text with □ for every character that cannot be drawn.
pub(crate) fn covered(text: &str) -> String {
    text.chars()
        .map(|c| if has(c) { c } else { MISSING })
        .collect()
}

fn has(c: char) -> bool {
    CHARMAP
        .as_ref()
        .is_some_and(|charmap| charmap.map(c).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_font_has_every_character_it_was_made_for() {
        let characters = include_str!("../data/characters.txt");
        let lacking: String = characters
            .chars()
            .filter(|&c| c != '\n' && !has(c))
            .collect();
        assert_eq!(lacking, "");
    }

    #[test]
    fn what_the_font_lacks_becomes_a_square() {
        assert!(has(MISSING));
        assert_eq!(covered("通渭县：鼗鼓3℃…"), "通渭县：□鼓3℃…");
        assert_eq!(covered("🙂"), "□");
    }

    #[test]
    fn the_database_knows_the_font_by_its_name() {
        let names = |face: &resvg::usvg::fontdb::FaceInfo| face.families[0].0.clone();
        assert_eq!(database().faces().map(names).collect::<Vec<_>>(), [FAMILY]);
    }
}
