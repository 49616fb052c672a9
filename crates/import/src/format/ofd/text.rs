//! Texts with the positions of their characters (GB/T 33190-2016, 11.3).

use quick_xml::events::BytesStart;

use crate::{format::xml::attribute, radicals};

/// Numbers of a list, at most.
const LENGTH: usize = 16;
/// Pieces of a text, at most; more of it stays together.
const PIECES: usize = 100_000;
/// Gap between two characters, in their size, from which they stand apart.
const GAP: f32 = 0.5;

/// Where the characters of a text stand, in millimetres with y downwards.
#[derive(Debug, Clone, Default)]
pub(super) struct Code {
    x: f32,
    y: f32,
    /// From each character to the next; empty if the text does not say.
    across: Steps,
    down: Steps,
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
        let list = |name: &str| attribute(tag, name).unwrap_or_default();
        let number = |name: &str| numbers(&list(name)).first().copied();
        Self {
            x: number("X").or(before.map(|code| code.x)).unwrap_or(0.0),
            y: number("Y").or(before.map(|code| code.y)).unwrap_or(0.0),
            across: Steps::read(&list("DeltaX")),
            down: Steps::read(&list("DeltaY")),
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
        let placed = !(self.across.0.is_empty() && self.down.0.is_empty());
        for ((c, across), down) in text.chars().zip(self.across.each()).zip(self.down.each()) {
            let width = if c.is_ascii() { size * 0.5 } else { size };
            piece.width = x - piece.x + width;
            if !c.is_control() {
                piece.text.push(radicals::folded(c));
            }
            let across = if placed { across } else { width };
            x += across;
            y += down;
            let apart = down != 0.0 || (across - width).abs() > size * GAP;
            if apart && pieces.len() < PIECES {
                pieces.push(std::mem::replace(&mut piece, begin(x, y)));
            }
        }
        pieces.push(piece);
        pieces.retain(|piece| !piece.text.is_empty());
        pieces
    }
}

/// The numbers of a list.
pub(super) fn numbers(list: &str) -> Vec<f32> {
    let words = list.split_whitespace().take(LENGTH);
    let numbers = words.map(|word| word.parse::<f32>().unwrap_or(0.0));
    numbers.filter(|number| number.is_finite()).collect()
}

/// Steps from character to character, each with how often it is made: `g 3 5.6` is three times 5.6.
#[derive(Debug, Clone, Default)]
struct Steps(Vec<(usize, f32)>);

impl Steps {
    fn read(list: &str) -> Self {
        let mut steps = Vec::new();
        let mut words = list.split_whitespace();
        while let Some(word) = words.next() {
            let (count, step) = if word == "g" {
                let count = words.next().and_then(|count| count.parse().ok());
                (count.unwrap_or(0), words.next())
            } else {
                (1, Some(word))
            };
            let step = step.and_then(|step| step.parse::<f32>().ok());
            steps.extend(
                step.filter(|step| step.is_finite())
                    .map(|step| (count, step)),
            );
        }
        Self(steps)
    }

    /// The steps one by one; the last one goes on, since some programs write once what all
    /// characters have.
    fn each(&self) -> impl Iterator<Item = f32> {
        let steps = self.0.iter();
        let steps = steps.flat_map(|(count, step)| std::iter::repeat_n(*step, *count));
        let last = self.0.last().map_or(0.0, |(_, step)| *step);
        steps.chain(std::iter::repeat(last))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_repeated_and_the_last_one_goes_on() {
        let first = |list: &str| Steps::read(list).each().take(4).collect::<Vec<_>>();
        assert_eq!(first("5.6 g 2 3 x"), [5.6, 3.0, 3.0, 3.0]);
        assert_eq!(first("g 99999999999 1 g"), [1.0; 4]);
        assert_eq!(first("g 2"), [0.0; 4]);
        assert_eq!(numbers("0 1.5 x NaN -2"), [0.0, 1.5, 0.0, -2.0]);
    }

    #[test]
    fn characters_that_stand_apart_are_pieces() {
        let code = Code {
            across: Steps::read("4 20 4"),
            ..Code::default()
        };
        let pieces = code.pieces("低保标准", 4.0);
        let texts: Vec<(&str, f32)> = pieces.iter().map(|p| (p.text.as_str(), p.x)).collect();
        assert_eq!(texts, [("低保", 0.0), ("标准", 24.0)]);
        let code = Code::default();
        assert_eq!(code.pieces("低保标准", 4.0).len(), 1);
    }
}
