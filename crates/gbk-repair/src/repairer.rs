//! Goes through a text line by line and repairs what is damaged.

use std::sync::LazyLock;

use crate::{
    bridges::Bridges,
    damage::find_damage,
    decide::{decide, give_up},
    idiom::Idiom,
    language::is_han,
    likelihood::Likelihood,
    phrases::Phrases,
    repairs::{Budget, Repair, Repaired},
    surroundings::Surroundings,
};

/// Repairs texts that are worded like an [`Idiom`].
///
/// Making one is cheap; it remembers what it works out on the way, so keep it for many texts.
#[derive(Debug)]
pub struct Repairer<'a> {
    idiom: &'a Idiom,
    bridges: Bridges,
}

impl<'a> Repairer<'a> {
    /// A repairer for texts that are worded like `idiom`.
    #[must_use]
    pub fn new(idiom: &'a Idiom) -> Self {
        Self {
            idiom,
            bridges: Bridges::default(),
        }
    }

    /// The repairer for work reports of Chinese governments, whose idiom ships with this crate.
    #[must_use]
    pub fn shipped() -> &'static Repairer<'static> {
        static SHIPPED: LazyLock<Repairer<'static>> =
            LazyLock::new(|| Repairer::new(Idiom::shipped()));
        &SHIPPED
    }

    /// True when a repair might change `text`, whatever surrounds it.
    ///
    /// Surroundings only make a text likelier, so what looks sound without them is sound.
    #[must_use]
    pub fn is_suspect(&self, text: &str) -> bool {
        let judge = Likelihood::alone(self.idiom);
        text.lines()
            .filter(|line| line.chars().any(is_han))
            .any(|line| {
                let line: Vec<char> = line.chars().collect();
                find_damage(&judge, &line, 0).is_some()
            })
    }

    /// `text` with slips undone where bytes, dictionary and idiom tell how, and
    /// [`LOST`](crate::LOST) where they do not. Clean text is returned unchanged.
    #[must_use]
    pub fn repair(&self, text: &str) -> Repaired {
        self.repair_within(
            text,
            &Surroundings(Phrases::none()),
            &mut Budget::unlimited(),
        )
    }

    /// [`repair`](Self::repair) for a text whose `surroundings` help to decide, drawing on
    /// `budget`; once that is used up, what is certainly damaged becomes [`LOST`](crate::LOST)
    /// unsearched.
    #[must_use]
    pub fn repair_within(
        &self,
        text: &str,
        surroundings: &Surroundings,
        budget: &mut Budget,
    ) -> Repaired {
        let judge = Likelihood::new(self.idiom, &surroundings.0);
        let mut out = Repaired {
            text: String::with_capacity(text.len()),
            repairs: Vec::new(),
        };
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let body = line.trim_end_matches(['\n', '\r']);
            // Slips happen to Chinese; the rest need not wait for the dictionary.
            if body.chars().any(is_han) {
                self.repair_line(&judge, body, at, budget, &mut out);
            } else {
                out.text.push_str(body);
            }
            out.text.push_str(&line[body.len()..]);
            at += line.len();
        }
        out
    }

    /// Repairs one line that begins at byte `offset` of the whole text.
    fn repair_line(
        &self,
        judge: &Likelihood<'_>,
        line: &str,
        offset: usize,
        budget: &mut Budget,
        out: &mut Repaired,
    ) {
        let mut text: Vec<char> = line.chars().collect();
        // Chars before `done` are settled; their originals took `read` bytes.
        let (mut done, mut read) = (0, 0);
        while let Some(damage) = find_damage(judge, &text, done) {
            let fix = if budget.is_used_up() {
                damage
                    .certain
                    .then(|| give_up(judge, &text, &damage))
                    .flatten()
            } else {
                decide(judge, &self.bridges, &text, &damage)
            };
            budget.draw(judge.tried.take());
            let Some(fix) = fix else {
                read += bytes(&text[done..damage.end]);
                done = damage.end;
                continue;
            };
            let start = offset + read + bytes(&text[done..fix.start]);
            let before: String = text[fix.start..fix.end].iter().collect();
            read = start - offset + before.len();
            done = fix.start + fix.text.len();
            out.repairs.push(Repair {
                span: start..start + before.len(),
                before,
                after: fix.text.iter().collect(),
                certainty: fix.certainty,
            });
            text.splice(fix.start..fix.end, fix.text);
        }
        out.text.extend(text);
    }
}

fn bytes(chars: &[char]) -> usize {
    chars.iter().map(|c| c.len_utf8()).sum()
}

/// [`Repairer::is_suspect`] for work reports.
#[must_use]
pub fn is_suspect(text: &str) -> bool {
    Repairer::shipped().is_suspect(text)
}

/// [`Repairer::repair`] for work reports.
#[must_use]
pub fn repair(text: &str) -> Repaired {
    Repairer::shipped().repair(text)
}

/// [`Repairer::repair_within`] for work reports.
#[must_use]
pub fn repair_within(text: &str, surroundings: &Surroundings, budget: &mut Budget) -> Repaired {
    Repairer::shipped().repair_within(text, surroundings, budget)
}
