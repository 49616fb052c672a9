//! Fits the classifier of messages to the examples of `config/lexicon/messages`.
//!
//! Multinomial logistic regression by stochastic gradient descent with steps that shrink where they
//! were large (`AdaGrad`), in an order drawn by a fixed generator, so that the same examples give the
//! same model. Weights are rounded to 127ths of the largest; the smallest are left out.

use std::{
    collections::{BTreeMap, HashMap},
    fs, io,
    path::Path,
};

use wenzheng_text::classifier::{grams, weight};

/// Where the examples lie, a file a class.
const FOLDER: &str = "config/lexicon/messages";
/// A gram of fewer examples is left out.
const AT_LEAST: u32 = 2;
/// How strongly a gram's weights are pulled towards zero in each round through the examples.
const PULL: f32 = 0.033;
const STEP: f32 = 1.0;
const ROUNDS: usize = 60;
/// Weights below this, of 127, are left out.
const LEAST: f32 = 4.0;

const HEAD: &str = "\
# 由 `cargo xtask messages` 从 messages/*.txt 的例句算出，不用手改。
";

/// One example: its class, and its grams by number with their weights, of length 1.
struct Example {
    class: usize,
    grams: Vec<(usize, f32)>,
}

/// Prints the model.
///
/// # Errors
/// When the examples cannot be read.
#[expect(clippy::print_stdout, reason = "it is a command")]
pub(crate) fn print() -> io::Result<()> {
    let texts = read(Path::new(FOLDER))?;
    let classes: Vec<&str> = texts.keys().map(String::as_str).collect();
    let all: Vec<(usize, Vec<(String, u32)>)> = texts
        .values()
        .enumerate()
        .flat_map(|(class, texts)| texts.iter().map(move |text| (class, grams(text))))
        .collect();
    let (numbers, idf) = vocabulary(&all);
    let examples: Vec<Example> = all
        .iter()
        .map(|(class, grams)| Example {
            class: *class,
            grams: vector(grams, &numbers, &idf),
        })
        .collect();
    let (weights, bias) = fit(&examples, classes.len(), idf.len());
    let largest = weights.iter().fold(0.0_f32, |most, w| most.max(w.abs()));
    let scale = largest / 127.0;
    print!("{HEAD}");
    println!("classes\t{}", classes.join(" "));
    let bias: Vec<String> = bias.iter().map(|b| format!("{b:.4}")).collect();
    println!("bias\t{}", bias.join(" "));
    println!("scale\t{scale:.6}");
    let mut names: Vec<(&String, &usize)> = numbers.iter().collect();
    names.sort();
    for (gram, n) in names {
        let of_gram = &weights[n * classes.len()..(n + 1) * classes.len()];
        let votes: Vec<String> = of_gram
            .iter()
            .map(|weight| (weight / scale).round())
            .enumerate()
            .filter(|(_, vote)| vote.abs() >= LEAST)
            .map(|(class, vote)| format!("{class}:{vote}"))
            .collect();
        if !votes.is_empty() {
            println!("{gram}\t{:.3}\t{}", idf[*n], votes.join(" "));
        }
    }
    Ok(())
}

/// The examples of each class, in the order of their names.
fn read(folder: &Path) -> io::Result<BTreeMap<String, Vec<String>>> {
    let mut classes = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let Some(class) = path.file_stem().and_then(|stem| stem.to_str()) else {
            continue;
        };
        let text = fs::read_to_string(&path)?;
        let lines = text.lines().map(str::trim);
        let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
        classes.insert(class.to_owned(), lines.map(str::to_owned).collect());
    }
    Ok(classes)
}

/// Numbers of the grams, and how rare each is.
#[expect(clippy::cast_precision_loss, reason = "a few thousand texts")]
fn vocabulary(all: &[(usize, Vec<(String, u32)>)]) -> (HashMap<String, usize>, Vec<f32>) {
    let mut texts_with: BTreeMap<&str, u32> = BTreeMap::new();
    for (gram, _) in all.iter().flat_map(|(_, grams)| grams) {
        *texts_with.entry(gram).or_default() += 1;
    }
    let texts = all.len() as f32;
    let mut numbers = HashMap::new();
    let mut idf = Vec::new();
    for (gram, count) in texts_with {
        if count >= AT_LEAST {
            numbers.insert(gram.to_owned(), idf.len());
            idf.push(1.0 + ((1.0 + texts) / (1.0 + count as f32)).ln());
        }
    }
    (numbers, idf)
}

fn vector(
    grams: &[(String, u32)],
    numbers: &HashMap<String, usize>,
    idf: &[f32],
) -> Vec<(usize, f32)> {
    let known = grams.iter();
    let known = known.filter_map(|(gram, n)| Some((*numbers.get(gram)?, *n)));
    let mut vector: Vec<(usize, f32)> = known
        .map(|(gram, n)| (gram, weight(n, idf[gram])))
        .collect();
    let length = vector.iter().map(|(_, w)| w * w).sum::<f32>().sqrt();
    for (_, w) in &mut vector {
        *w /= length;
    }
    vector
}

/// Weights, gram by gram with one a class, and the bias of each class.
fn fit(examples: &[Example], classes: usize, grams: usize) -> (Vec<f32>, Vec<f32>) {
    let mut weights = vec![0.0_f32; grams * classes];
    let mut steps = vec![1.0_f32; grams * classes];
    let mut bias = vec![0.0_f32; classes];
    let mut bias_steps = vec![1.0_f32; classes];
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut seen = vec![0.0_f32; grams];
    for (gram, _) in examples.iter().flat_map(|example| &example.grams) {
        seen[*gram] += 1.0;
    }
    let mut drawn = 0x9e37_79b9_7f4a_7c15_u64;
    for _ in 0..ROUNDS {
        for n in (1..order.len()).rev() {
            // xorshift64
            drawn ^= drawn << 13;
            drawn ^= drawn >> 7;
            drawn ^= drawn << 17;
            let other = usize::try_from(drawn % (n as u64 + 1)).unwrap_or(n);
            order.swap(n, other);
        }
        for n in &order {
            let example = &examples[*n];
            let mut scores = bias.clone();
            for (gram, value) in &example.grams {
                let of_gram = &weights[gram * classes..(gram + 1) * classes];
                for (score, weight) in scores.iter_mut().zip(of_gram) {
                    *score += value * weight;
                }
            }
            let top = scores.iter().copied().fold(f32::MIN, f32::max);
            let total: f32 = scores.iter().map(|score| (score - top).exp()).sum();
            let error = |class: usize| {
                let likely = (scores[class] - top).exp() / total;
                likely - f32::from(u8::from(class == example.class))
            };
            for class in 0..classes {
                let error = error(class);
                bias_steps[class] += error * error;
                bias[class] -= STEP * error / bias_steps[class].sqrt();
                for (gram, value) in &example.grams {
                    let at = gram * classes + class;
                    let slope = error * value + PULL / seen[*gram] * weights[at];
                    steps[at] += slope * slope;
                    weights[at] -= STEP * slope / steps[at].sqrt();
                }
            }
        }
    }
    (weights, bias)
}
