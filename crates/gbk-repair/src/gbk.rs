//! The two-byte encoding GBK: which pair of bytes stands for which character.

use std::sync::LazyLock;

use encoding_rs::GBK;

/// A lead byte and a trail byte.
pub(crate) type Pair = (u8, u8);

/// A byte that leads a pair, or closes one by standing second.
pub(crate) const LEADS: std::ops::RangeInclusive<u8> = 0x81..=0xfe;

/// The encoding, indexed in every direction that the repair needs.
pub(crate) struct Gbk {
    /// By both bytes; `\0` where a pair is not assigned.
    chars: Vec<char>,
    /// By character; the lead byte is 0 where there is no pair.
    pairs: Vec<Pair>,
    by_lead: Vec<Vec<(u8, char)>>,
    by_trail: Vec<Vec<(u8, char)>>,
    unassigned: Vec<Vec<u8>>,
}

/// The one table; made at the first call.
pub(crate) fn table() -> &'static Gbk {
    static TABLE: LazyLock<Gbk> = LazyLock::new(Gbk::new);
    &TABLE
}

impl Gbk {
    fn new() -> Self {
        let mut table = Self {
            chars: vec!['\0'; 0x1_0000],
            pairs: vec![(0, 0); 0x1_0000],
            by_lead: vec![Vec::new(); 256],
            by_trail: vec![Vec::new(); 256],
            unassigned: vec![Vec::new(); 256],
        };
        for lead in LEADS {
            for trail in (0x40..=0xfe).filter(|trail| *trail != 0x7f) {
                table.enter((lead, trail));
            }
        }
        table
    }

    fn enter(&mut self, pair: Pair) {
        let (lead, trail) = pair;
        let bytes = [lead, trail];
        let (text, _) = GBK.decode_without_bom_handling(&bytes);
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) if is_assigned(pair, c) => {
                self.chars[index(pair)] = c;
                // All of GBK is in the plane of 65,536 characters.
                self.pairs[c as usize] = pair;
                self.by_lead[usize::from(lead)].push((trail, c));
                self.by_trail[usize::from(trail)].push((lead, c));
            }
            _ => self.unassigned[usize::from(lead)].push(trail),
        }
    }

    /// The character a pair stands for.
    pub(crate) fn char(&self, pair: Pair) -> Option<char> {
        Some(self.chars[index(pair)]).filter(|c| *c != '\0')
    }

    /// The pair that stands for a character.
    pub(crate) fn pair(&self, c: char) -> Option<Pair> {
        let pair = self.pairs.get(c as usize).copied()?;
        (pair.0 != 0).then_some(pair)
    }

    /// Trail bytes and the characters they make after `lead`.
    pub(crate) fn led_by(&self, lead: u8) -> &[(u8, char)] {
        &self.by_lead[usize::from(lead)]
    }

    /// Lead bytes and the characters they make before `trail`.
    pub(crate) fn closed_by(&self, trail: u8) -> &[(u8, char)] {
        &self.by_trail[usize::from(trail)]
    }

    /// Trail bytes that make nothing after `lead`: such a pair vanishes when it is decoded.
    pub(crate) fn unassigned_after(&self, lead: u8) -> &[u8] {
        &self.unassigned[usize::from(lead)]
    }

    /// True for two bytes, each above ASCII, that make nothing.
    pub(crate) fn is_unassigned(&self, pair: Pair) -> bool {
        self.chars[index(pair)] == '\0'
    }

    /// Every character with two bytes.
    pub(crate) fn all(&self) -> impl Iterator<Item = char> + '_ {
        self.by_lead.iter().flatten().map(|(_, c)| *c)
    }
}

fn index((lead, trail): Pair) -> usize {
    usize::from(lead) << 8 | usize::from(trail)
}

/// True for GBK as of 1995, which is what the tools that damage texts decode. The table of the web
/// assigns a few more pairs (GB 18030) and maps the user-defined areas to private characters.
fn is_assigned((lead, trail): Pair, c: char) -> bool {
    let later = matches!(
        (lead, trail),
        (0xa6, 0xd9..=0xf5) | (0xa8, 0xbc | 0xbf) | (0xa9, 0x89..=0x95) | (0xfe, 0x50..)
    );
    !later && c != '\u{fffd}' && !('\u{e000}'..='\u{f8ff}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_and_its_character_lead_to_each_other() {
        let gbk = table();
        assert_eq!(gbk.pair('通'), Some((0xcd, 0xa8)));
        assert_eq!(gbk.char((0xcd, 0xa8)), Some('通'));
        assert_eq!(gbk.pair('㐀'), None);
    }

    #[test]
    fn user_defined_pairs_are_unassigned() {
        assert!(table().unassigned_after(0xfd).contains(&0xd5));
        assert_eq!(table().char((0xaf, 0xa1)), None);
    }
}
