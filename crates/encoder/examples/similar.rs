//! Orders texts by how near they are to a question:
//!
//! ```text
//! cargo run --release --example similar -- MODEL.gguf tokenizer.json QUESTION TEXT …
//! ```

use std::{env, error::Error, fs};

use wenzheng_encoder::{Encoder, Matrix, Rounded};

#[expect(clippy::print_stdout, reason = "it is a command")]
fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [weights, tokenizer, question, texts @ ..] = arguments.as_slice() else {
        return Err("wanted: MODEL.gguf tokenizer.json QUESTION TEXT …".into());
    };
    let encoder = Encoder::from_bytes(fs::read(weights)?, &fs::read(tokenizer)?)?;

    // E5 models were trained with these prefixes.
    let question = encoder.embed(&[format!("query: {question}")]).remove(0);
    let passages: Vec<String> = texts
        .iter()
        .map(|text| format!("passage: {text}"))
        .collect();
    let mut matrix = Matrix::default();
    for vector in encoder.embed_many(&passages, &|_| {}) {
        matrix.push(&Rounded::new(&vector));
    }

    let mut ranked: Vec<(f32, &String)> =
        matrix.nearest(&question).into_iter().zip(texts).collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    for (cosine, text) in ranked {
        println!("{cosine:.3}  {text}");
    }
    Ok(())
}
