//! What a short text is, by its characters and character pairs: a linear classifier, as made of
//! examples by `cargo xtask messages`.
//!
//! A text is folded, its digits count as one, and its beginning and end count as characters. Each
//! character and each pair ("gram") weighs `(1 + ln n) × idf`, for `n` occurrences and
//! `idf = 1 + ln((1 + texts) / (1 + texts with it))`; the weights of a text have length 1. Classes are
//! told apart by multinomial logistic regression.

use std::collections::HashMap;

use crate::normalize::fold;

/// Stands for the beginning of a text.
const BEGIN: char = '^';
/// Stands for the end of a text.
const END: char = '$';

/// The characters and pairs of `text`, with how often each occurs, in the order of their first
/// occurrence.
#[must_use]
pub fn grams(text: &str) -> Vec<(String, u32)> {
    let mut chars = vec![BEGIN];
    for c in fold(text).trim().chars() {
        let c = match c {
            c if c.is_ascii_digit() => '0',
            c if c.is_whitespace() => ' ',
            c => c,
        };
        let repeats = matches!(c, '0' | ' ') && chars.last() == Some(&c);
        if !repeats {
            chars.push(c);
        }
    }
    chars.push(END);
    let mut order: Vec<(String, u32)> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    let singles = chars.chunks(1);
    for gram in singles.chain(chars.windows(2)) {
        let gram: String = gram.iter().collect();
        let place = *places.entry(gram.clone()).or_insert_with(|| {
            order.push((gram, 0));
            order.len() - 1
        });
        order[place].1 += 1;
    }
    order
}

/// The weight of a gram that occurs `n` times, before the length is made 1.
#[must_use]
pub fn weight(n: u32, idf: f32) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "counts of a short text")]
    let n = n as f32;
    (1.0 + n.ln()) * idf
}

/// A gram: how rare it is, and for which classes it speaks.
#[derive(Debug, Clone)]
struct Gram {
    idf: f32,
    /// Class and weight, in units of the scale.
    votes: Vec<(u16, i8)>,
}

/// Tells short texts apart.
#[derive(Debug, Clone)]
pub struct Classifier {
    classes: Vec<String>,
    bias: Vec<f32>,
    scale: f32,
    grams: HashMap<String, Gram>,
}

impl Classifier {
    /// Reads the form that `cargo xtask messages` writes; `None` when it is not in that form.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let mut lines = text.lines().filter(|line| !line.starts_with("# "));
        let mut head = |name: &str| lines.next()?.strip_prefix(name)?.strip_prefix('\t');
        let classes: Vec<String> = head("classes")?.split(' ').map(str::to_owned).collect();
        let bias: Option<Vec<f32>> = head("bias")?.split(' ').map(|x| x.parse().ok()).collect();
        let scale = head("scale")?.parse().ok()?;
        let grams = lines.map(|line| {
            let mut fields = line.split('\t');
            let gram = fields.next()?.to_owned();
            let idf = fields.next()?.parse().ok()?;
            let votes = fields.next()?.split(' ').map(|vote| {
                let (class, weight) = vote.split_once(':')?;
                let class = class
                    .parse()
                    .ok()
                    .filter(|n| usize::from(*n) < classes.len())?;
                Some((class, weight.parse().ok()?))
            });
            let votes = votes.collect::<Option<_>>()?;
            Some((gram, Gram { idf, votes }))
        });
        let grams = grams.collect::<Option<_>>()?;
        let bias = bias.filter(|bias| bias.len() == classes.len())?;
        Some(Self {
            classes,
            bias,
            scale,
            grams,
        })
    }

    /// The likeliest class of `text` and its probability.
    #[must_use]
    pub fn classify(&self, text: &str) -> (&str, f32) {
        let mut known = Vec::new();
        let mut length = 0.0_f32;
        for (gram, n) in grams(text) {
            if let Some(gram) = self.grams.get(&gram) {
                let weight = weight(n, gram.idf);
                length += weight * weight;
                known.push((gram, weight));
            }
        }
        let mut scores = self.bias.clone();
        for (gram, weight) in known {
            for (class, vote) in &gram.votes {
                scores[usize::from(*class)] +=
                    weight / length.sqrt() * f32::from(*vote) * self.scale;
            }
        }
        let best = scores.iter().copied().enumerate();
        let best = best.max_by(|a, b| a.1.total_cmp(&b.1));
        let (n, score) = best.unwrap_or_default();
        let all: f32 = scores.iter().map(|other| (other - score).exp()).sum();
        (self.classes.get(n).map_or("", String::as_str), 1.0 / all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_taken_by_characters_and_pairs() {
        let grams = grams("在吗 12");
        let names: Vec<&str> = grams.iter().map(|(gram, _)| gram.as_str()).collect();
        assert_eq!(
            names,
            [
                "^", "在", "吗", " ", "0", "$", "^在", "在吗", "吗 ", " 0", "0$"
            ]
        );
    }

    #[test]
    fn the_class_that_the_grams_speak_for_is_told() {
        let model = "classes\task talk\nbias\t0.5 0\nscale\t0.1\n吗\t1\t0:10\n在吗\t2\t1:60\n";
        let classifier = Classifier::read(model).expect("in form");
        let (class, likely) = classifier.classify("在吗");
        assert_eq!(class, "talk");
        assert!(likely > 0.9, "{likely}");
        assert_eq!(classifier.classify("有吗").0, "ask");
        assert_eq!(classifier.classify("").0, "ask");
    }

    #[test]
    fn what_is_not_in_form_is_no_classifier() {
        for broken in [
            "",
            "classes\ta b\nbias\t1\nscale\t1\n",
            "classes\ta\nbias\t1\nscale\t1\n吗\t1\t3:1\n",
            "classes\ta\nbias\t1\nscale\t1\n吗\t1\n",
        ] {
            assert!(Classifier::read(broken).is_none(), "{broken}");
        }
    }
}
