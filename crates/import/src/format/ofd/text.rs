//! Texts with the positions of their characters (GB/T 33190-2016, 11.3).

use quick_xml::events::BytesStart;

use crate::{format::xml::attribute, radicals};

/// Numbers of a list, at most.
const LENGTH: usize = 100_000;
/// Gap between two characters, in their size, from which they stand apart.
const GAP: f32 = 0.5;

/// Where the characters of a text stand, in millimetres with y downwards.
#[derive(Debug, Clone, Default)]
pub(super) struct Code {
    x: f32,
    y: f32,
    /// From each character to the next; empty if the text does not say.
    across: Vec<f32>,
    down: Vec<f32>,
}

/// Characters that stand side by side.
#[derive(Debug, Default)]
pub(super) struct Piece {
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) width: f32,
    pub(super) text: String,
}

impl Code {
    /// Reads the positions of `tag`; it begins where the text before it did unless it says.
    pub(super) fn read(tag: &BytesStart<'_>, before: Option<&Self>) -> Self {
        let list = |name: &str| numbers(&attribute(tag, name).unwrap_or_default());
        let number = |name: &str| list(name).first().copied();
        Self {
            x: number("X").or(before.map(|code| code.x)).unwrap_or(0.0),
            y: number("Y").or(before.map(|code| code.y)).unwrap_or(0.0),
            across: list("DeltaX"),
            down: list("DeltaY"),
        }
    }

    /// The pieces of a text in this size.
    pub(super) fn pieces(&self, text: &str, size: f32) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let (mut x, mut y) = (self.x, self.y);
        let begin = |x: f32, y: f32| Piece {
            x,
            y,
            ..Piece::default()
        };
        let mut piece = begin(x, y);
        for (n, c) in text.chars().enumerate() {
            let width = if c.is_ascii() { size * 0.5 } else { size };
            piece.width = x - piece.x + width;
            if !c.is_control() {
                piece.text.push(radicals::folded(c));
            }
            let placed = !(self.across.is_empty() && self.down.is_empty());
            // Some programs write a step once that all characters have.
            let across = self.across.get(n).or(self.across.last()).copied();
            let across = across.unwrap_or(if placed { 0.0 } else { width });
            let down = self.down.get(n).copied().unwrap_or(0.0);
            x += across;
            y += down;
            if down != 0.0 || (across - width).abs() > size * GAP {
                pieces.push(std::mem::replace(&mut piece, begin(x, y)));
            }
        }
        pieces.push(piece);
        pieces.retain(|piece| !piece.text.is_empty());
        pieces
    }
}

/// The numbers of a list; `g 3 5.6` stands for three times 5.6.
pub(super) fn numbers(list: &str) -> Vec<f32> {
    let mut numbers = Vec::new();
    let mut words = list.split_whitespace();
    while let Some(word) = words.next() {
        let (count, number) = if word == "g" {
            let count = words.next().and_then(|count| count.parse().ok());
            (count.unwrap_or(0), words.next())
        } else {
            (1, Some(word))
        };
        let number = number.and_then(|number| number.parse::<f32>().ok());
        let Some(number) = number.filter(|number| number.is_finite()) else {
            continue;
        };
        let count = count.min(LENGTH.saturating_sub(numbers.len()));
        numbers.extend(std::iter::repeat_n(number, count));
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_repeat_numbers() {
        assert_eq!(numbers("5.6 g 2 3 x 1"), [5.6, 3.0, 3.0, 1.0]);
        assert_eq!(numbers("g 99999999999 1").len(), LENGTH);
        assert_eq!(numbers("g 2"), [0.0_f32; 0]);
    }

    #[test]
    fn characters_that_stand_apart_are_pieces() {
        let code = Code {
            across: vec![4.0, 20.0, 4.0],
            ..Code::default()
        };
        let pieces = code.pieces("低保标准", 4.0);
        let texts: Vec<(&str, f32)> = pieces.iter().map(|p| (p.text.as_str(), p.x)).collect();
        assert_eq!(texts, [("低保", 0.0), ("标准", 24.0)]);
        let code = Code::default();
        assert_eq!(code.pieces("低保标准", 4.0).len(), 1);
    }
}
