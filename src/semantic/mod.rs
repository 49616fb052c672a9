//! Meaning: texts → vectors, near when they mean the same.

mod embedder;
mod gguf;
mod kernel;
mod matrix;
mod model;
mod tokenize;

pub use embedder::{Builtin, ModelError};
pub use gguf::GgufError;
pub use matrix::{Matrix, Rounded, Vector};
pub use tokenize::TokenizerError;
