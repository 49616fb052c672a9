//! The model inside this program, or one in a folder.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use wenzheng_encoder::{Encoder, LoadError};

static WEIGHTS: &[u8] = include_bytes!("../../models/wenzheng-e5-small/model.q8_0.gguf");
static TOKENIZER: &[u8] = include_bytes!("../../models/wenzheng-e5-small/tokenizer.json");

/// Why a model cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// A file of the model cannot be read.
    #[error("{}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Weights or tokenizer are not of a kind that can be run.
    #[error(transparent)]
    Unfit(#[from] LoadError),
}

/// The model inside the program. Its weights are used where they lie in the executable, so that
/// only the pages in use take memory.
///
/// # Errors
/// [`ModelError`] when the program was built with files of another kind of model.
pub(super) fn builtin() -> Result<Encoder, ModelError> {
    Ok(Encoder::from_bytes(WEIGHTS, TOKENIZER)?)
}

/// The model in a folder: `model.q8_0.gguf` and `tokenizer.json`.
///
/// # Errors
/// [`ModelError`] when a file is missing or of another kind of model.
pub(super) fn open(folder: &Path) -> Result<Encoder, ModelError> {
    let read = |name| {
        let path = folder.join(name);
        fs::read(&path).map_err(|source| ModelError::File { path, source })
    };
    let weights = read("model.q8_0.gguf")?;
    Ok(Encoder::from_bytes(weights, &read("tokenizer.json")?)?)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde::Deserialize;

    use super::*;

    #[derive(Deserialize)]
    struct Reference {
        text: String,
        ids: Vec<u32>,
        #[serde(default)]
        head: Vec<f32>,
    }

    #[test]
    fn vectors_agree_with_the_reference() {
        let encoder = builtin().unwrap();
        let json = include_str!("../../models/wenzheng-e5-small/vectors.json");
        let references: Vec<Reference> = serde_json::from_str(json).unwrap();
        let texts: Vec<&str> = references.iter().map(|r| r.text.as_str()).collect();
        for (text, reference) in texts.iter().zip(&references) {
            assert_eq!(encoder.token_ids(text), reference.ids, "{text}");
        }
        for vectors in [encoder.embed(&texts), encoder.embed_many(&texts, &|_| {})] {
            for (vector, reference) in vectors.iter().zip(&references) {
                for (got, want) in vector.numbers().iter().zip(&reference.head) {
                    assert!(
                        (got - want).abs() < 1e-5,
                        "{}: {got} {want}",
                        reference.text
                    );
                }
            }
        }
    }

    #[test]
    fn token_ids_are_those_of_the_tokenizers_crate() {
        let encoder = builtin().unwrap();
        for line in include_str!("../../tests/fixtures/token-ids.jsonl").lines() {
            let Reference { text, ids, .. } = serde_json::from_str(line).unwrap();
            assert_eq!(encoder.token_ids(&text), ids, "{text}");
        }
    }

    #[test]
    fn a_long_text_is_cut_to_the_limit_and_closed() {
        let ids = builtin().unwrap().token_ids(&"县".repeat(700));
        assert_eq!((ids.len(), ids[0], ids[511]), (512, 0, 2));
    }

    #[test]
    fn any_text_has_token_ids() {
        let encoder = builtin().unwrap();
        proptest!(|(text: String)| {
            let ids = encoder.token_ids(&text);
            prop_assert!((2..=512).contains(&ids.len()));
            prop_assert!(ids.iter().all(|&id| id < 37_138));
        });
    }

    #[test]
    fn weights_cut_short_are_refused() {
        for length in [0, 30, 15_000, 1 << 20, WEIGHTS.len() - 1] {
            let part = &WEIGHTS[..length];
            assert!(Encoder::from_bytes(part, TOKENIZER).is_err(), "{length}");
        }
    }
}
