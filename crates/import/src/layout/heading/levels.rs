//! Assigns levels to headings by the headings around them.

use super::{class::Class, form::Found};

/// Deepest level in a corpus file.
const DEEPEST: u8 = 3;

/// Current levels while headings are read in order; 0 if there is no such heading above.
#[derive(Default)]
pub(crate) struct Levels {
    /// True if 一、 is the outermost level.
    tens_top: bool,
    /// The outermost heading style, if the file's styles can be trusted.
    styled: Option<u8>,
    /// True while every part has been bold or styled.
    marked_parts: bool,
    /// True if parts are recognisable by wording, so that other unnumbered headings are sections: some
    /// are named as parts and three in a row are not.
    named_parts: bool,
    /// True once an unnumbered slogan was a part.
    slogan_parts: bool,
    /// True once an unnumbered slogan was below a part.
    slogans_below: bool,
    part: u8,
    plain: u8,
    tens: u8,
    paren: u8,
    last: u8,
    /// Last numbers of 一、 and （一）.
    numbers: [usize; 2],
}

impl Levels {
    pub(crate) fn of(heads: &[(usize, Found)]) -> Self {
        let first = |wanted: &dyn Fn(&Found) -> bool| heads.iter().position(|(_, f)| wanted(f));
        let tens = first(&|f| f.class == Class::Tens);
        let over = first(&|f| f.class == Class::Chapter || (f.class == Class::Plain && f.part));
        let mut tens_top = tens.is_some_and(|tens| over.is_none_or(|over| tens < over));
        // If 一、 restarts below an unnumbered heading, it is a level below that heading.
        let restarts = heads.windows(2).any(|pair| {
            let (above, below) = (pair[0].1, pair[1].1);
            above.class == Class::Plain && below.class == Class::Tens && below.number == 1
        });
        tens_top &= !restarts;
        let styles: Vec<u8> = heads
            .iter()
            .map(|(_, f)| f.style)
            .filter(|s| *s > 0)
            .collect();
        let distinct = styles.iter().any(|style| Some(style) != styles.first());
        let plain: Vec<bool> = heads
            .iter()
            .filter(|(_, f)| f.class == Class::Plain)
            .map(|(_, f)| f.named)
            .collect();
        let named = plain.iter().filter(|named| **named).count();
        let in_a_row = plain.windows(3).any(|named| !named.contains(&true));
        let trusted = distinct && styles.len() * 5 >= heads.len() * 4;
        Self {
            tens_top,
            styled: styles.iter().min().copied().filter(|_| trusted),
            marked_parts: true,
            named_parts: named >= 2 && in_a_row,
            ..Self::default()
        }
    }

    /// Returns the level of heading `at`, or `None` if it is too deep.
    pub(crate) fn next(&mut self, heads: &[(usize, Found)], at: usize) -> Option<u8> {
        let head = heads[at].1;
        let level = match (self.styled, head.style) {
            (Some(outermost), style) if style > 0 => style - outermost + 1,
            _ => match head.class {
                Class::Chapter => 1,
                Class::Tens if self.tens_top => 1,
                Class::Tens => self.part + 1,
                Class::Paren => self.part.max(self.tens).max(self.plain) + 1,
                Class::Arabic => self.part.max(self.tens).max(self.plain).max(self.paren) + 1,
                Class::Plain => self.plain_level(heads, at),
            },
        };
        if head.class == Class::Arabic && level > DEEPEST {
            return None;
        }
        let level = level.min(self.last + 1).min(DEEPEST);
        self.enter(head, level);
        Some(level)
    }

    fn plain_level(&self, heads: &[(usize, Found)], at: usize) -> u8 {
        let head = heads[at].1;
        let below = heads[at + 1..]
            .iter()
            .find(|(_, f)| f.class != Class::Plain);
        // Among unnumbered sections, only those directly above numbers that restart.
        let next = heads.get(at + 1);
        let opens = next.is_some_and(|(_, f)| f.class != Class::Plain && f.number == 1)
            || (!self.named_parts && below.is_some_and(|(_, f)| f.number == 1));
        let continues = below.is_some_and(|(_, f)| match f.class {
            Class::Tens => f.number > 1 && f.number == self.numbers[0] + 1,
            Class::Paren => f.number > 1 && f.number == self.numbers[1] + 1,
            Class::Chapter | Class::Arabic | Class::Plain => false,
        });
        let within = self.part.max(self.tens).max(self.paren);
        if self.tens_top {
            return if opens { self.tens + 1 } else { within + 1 };
        }
        if self.named_parts && !head.named && within > 0 && !opens {
            return within + 1;
        }
        let names_part = head.part && (!head.marked || self.marked_parts);
        let like_parts = self.slogan_parts && !self.slogans_below;
        if !continues && (names_part || opens || within == 0 || like_parts) {
            let arabic = below.is_some_and(|(_, f)| f.class == Class::Arabic);
            return if opens && arabic && !head.part {
                within + 1
            } else {
                1
            };
        }
        // A named part remains a part even if the numbers below it continue.
        if head.part && !head.marked {
            1
        } else {
            within + 1
        }
    }

    fn enter(&mut self, head: Found, level: u8) {
        if head.class == Class::Plain && !head.part {
            self.slogan_parts |= level == 1;
            self.slogans_below |= level > 1;
        }
        match head.class {
            Class::Tens => {
                (self.tens, self.paren, self.plain) = (level, 0, 0);
                self.numbers = [head.number, 0];
                if level == 1 {
                    self.part = 0;
                }
            }
            Class::Paren => {
                self.paren = level;
                self.numbers[1] = head.number;
            }
            Class::Arabic => {}
            Class::Chapter | Class::Plain if level == 1 => {
                (self.part, self.tens, self.paren, self.plain) = (1, 0, 0, 0);
                self.marked_parts &= head.marked;
                self.numbers = [0; 2];
            }
            Class::Chapter | Class::Plain => {
                if level <= self.paren {
                    self.paren = 0;
                }
                self.plain = if level > self.paren {
                    self.plain
                } else {
                    level
                };
                if self.paren == 0 {
                    self.plain = level;
                    self.numbers[1] = 0;
                }
            }
        }
        self.last = level;
    }
}
