//! The encoder: token ids → one vector of unit length.
//!
//! BERT as in Devlin et al. 2018 (post-norm, GELU by the error function), mean over all tokens,
//! `<s>` and `</s>` included. Texts of one call run through it together, one behind the other
//! without padding: every matrix is unpacked once for all their tokens, and only attention looks
//! at where a text begins.

use std::{borrow::Cow, ops::Range};

use sha2::{Digest as _, Sha256};

use crate::{
    gguf::{Directory, GgufError},
    kernel::{self, AddAndNorm, Attend, Gelu, Rows},
    matrix::Vector,
};

/// Weights and shape of the encoder.
pub(crate) struct Model {
    /// The GGUF file; matrices are used where they lie in it.
    file: Cow<'static, [u8]>,
    /// Names weights and training: two models with equal ids give equal vectors.
    pub(crate) id: String,
    /// Numbers per token and per vector.
    width: usize,
    heads: usize,
    /// Most tokens of a text.
    pub(crate) context: usize,
    words: Range<usize>,
    positions: Range<usize>,
    /// Of the only token type in use.
    kind: Vec<f32>,
    norm: Norm,
    layers: Vec<Layer>,
}

/// Memory of one call, of any length; nothing of it is read by the next.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    x: Vec<f32>,
    q: Vec<f32>,
    k: Vec<f32>,
    v: Vec<f32>,
    mixed: Vec<f32>,
    inner: Vec<f32>,
    tokens: usize,
}

impl Scratch {
    /// Tokens that there is room for.
    pub(crate) const fn tokens(&self) -> usize {
        self.tokens
    }
}

struct Layer {
    query: Linear,
    key: Linear,
    value: Linear,
    output: Linear,
    attention_norm: Norm,
    widen: Linear,
    narrow: Linear,
    norm: Norm,
}

struct Linear {
    weight: Range<usize>,
    columns: usize,
    bias: Vec<f32>,
}

struct Norm {
    scale: Vec<f32>,
    shift: Vec<f32>,
}

impl Model {
    /// Uses `file`, a GGUF of a BERT encoder with `vocabulary` pieces.
    pub(crate) fn read(file: Cow<'static, [u8]>, vocabulary: usize) -> Result<Self, GgufError> {
        let directory = Directory::read(&file)?;
        let weights = Weights {
            file: &file,
            directory: &directory,
        };
        let width = directory.number("bert.embedding_length")?;
        let heads = directory.number("bert.attention.head_count")?;
        let depth = directory.number("bert.block_count")?;
        let inner = directory.number("bert.feed_forward_length")?;
        let context = directory.number("bert.context_length")?;
        if heads == 0 || width == 0 || width % heads != 0 || context < 2 {
            return Err(GgufError::NoNumber("bert.attention.head_count".into()));
        }
        const WORDS: &str = "embeddings.word_embeddings.weight";
        let (words, rows) = directory.matrix(WORDS, width)?;
        if rows != vocabulary {
            return Err(GgufError::Shape(WORDS.into()));
        }
        let kinds = weights.floats("embeddings.token_type_embeddings.weight", 2, width)?;
        let layers = (0..depth).map(|i| weights.layer(i, width, inner));
        Ok(Self {
            id: identify(directory.text("general.name").unwrap_or("bert"), &file),
            width,
            heads,
            context,
            words,
            positions: directory.floats("embeddings.position_embeddings.weight", context, width)?,
            kind: kinds[..width].to_vec(),
            norm: weights.norm("embeddings.LayerNorm", width)?,
            layers: layers.collect::<Result<_, _>>()?,
            file,
        })
    }

    /// One vector for each text, given as token ids; at least one and at most [`Self::context`] of them.
    pub(crate) fn embed(&self, texts: &[Vec<u32>], scratch: &mut Scratch) -> Vec<Vector> {
        let mut spans = Vec::with_capacity(texts.len());
        let mut tokens = 0;
        for text in texts {
            spans.push(tokens..tokens + text.len());
            tokens += text.len();
        }
        let width = self.width;
        let Scratch {
            x,
            q,
            k,
            v,
            mixed,
            inner,
            tokens: room,
        } = scratch;
        *room = tokens.max(*room);
        for rows in [&mut *x, &mut *q, &mut *k, &mut *v, &mut *mixed] {
            rows.clear();
            rows.resize(tokens * width, 0.0);
        }
        // `q` is free until the first layer.
        self.look_up(texts, x, q);
        for layer in &self.layers {
            self.apply(&layer.query, x, q);
            self.apply(&layer.key, x, k);
            self.apply(&layer.value, x, v);
            for span in &spans {
                let span = span.start * width..span.end * width;
                kernel::run(Attend {
                    q: &q[span.clone()],
                    k: &k[span.clone()],
                    v: &v[span.clone()],
                    width,
                    heads: self.heads,
                    mixed: &mut mixed[span],
                });
            }
            // `q` is free again: it takes what is added to `x`.
            self.apply(&layer.output, mixed, q);
            layer.attention_norm.apply(x, q);
            inner.resize(tokens * layer.widen.bias.len(), 0.0);
            self.apply(&layer.widen, x, inner);
            kernel::run(Gelu(inner));
            self.apply(&layer.narrow, inner, q);
            layer.norm.apply(x, q);
        }
        let spans = spans.into_iter();
        spans
            .map(|span| mean(&x[span.start * width..span.end * width], width))
            .collect()
    }

    /// Writes the sum of word, position and type of every token, normalised, to `x`; `places` is as
    /// long and takes what is written meanwhile.
    fn look_up(&self, texts: &[Vec<u32>], x: &mut [f32], places: &mut [f32]) {
        let width = self.width;
        let words = Rows {
            bytes: &self.file[self.words.clone()],
            columns: width,
        };
        let positions = self.file[self.positions.clone()].chunks_exact(width * size_of::<f32>());
        let ids = texts.iter().flatten();
        for (&id, x) in ids.zip(x.chunks_exact_mut(width)) {
            words.row(id as usize).dequantise(x);
        }
        let rows = texts
            .iter()
            .flat_map(|text| positions.clone().take(text.len()));
        for (row, place) in rows.zip(places.chunks_exact_mut(width)) {
            for ((place, bytes), kind) in place.iter_mut().zip(row.as_chunks().0).zip(&self.kind) {
                *place = f32::from_le_bytes(*bytes) + kind;
            }
        }
        self.norm.apply(x, places);
    }

    fn apply(&self, linear: &Linear, x: &[f32], y: &mut [f32]) {
        let weight = Rows {
            bytes: &self.file[linear.weight.clone()],
            columns: linear.columns,
        };
        kernel::linear(x, weight, &linear.bias, y);
    }
}

impl Norm {
    fn apply(&self, x: &mut [f32], residual: &[f32]) {
        kernel::run(AddAndNorm {
            x,
            residual,
            scale: &self.scale,
            shift: &self.shift,
        });
    }
}

/// The direction of the mean of all rows.
fn mean(rows: &[f32], width: usize) -> Vector {
    let mut sums = vec![0.0; width];
    for row in rows.chunks_exact(width) {
        for (sum, x) in sums.iter_mut().zip(row) {
            *sum += x;
        }
    }
    Vector::unit(sums)
}

/// Names a model by its name, its size and a sample of its weights: 4 KB at 64 places, so that
/// starting does not read the whole file. Retraining changes every weight.
fn identify(name: &str, file: &[u8]) -> String {
    const PLACES: usize = 64;
    const SAMPLE: usize = 4096;
    let mut hash = Sha256::new();
    hash.update((file.len() as u64).to_le_bytes());
    for place in file.chunks(file.len().div_ceil(PLACES).max(1)) {
        hash.update(&place[..place.len().min(SAMPLE)]);
    }
    let digest = hash.finalize();
    let hex: String = digest[..6].iter().map(|b| format!("{b:02x}")).collect();
    format!("{name}-{hex}")
}

struct Weights<'a> {
    file: &'a [u8],
    directory: &'a Directory,
}

impl Weights<'_> {
    fn layer(&self, index: usize, width: usize, inner: usize) -> Result<Layer, GgufError> {
        let name = |part: &str| format!("encoder.layer.{index}.{part}");
        Ok(Layer {
            query: self.linear(&name("attention.self.query"), width, width)?,
            key: self.linear(&name("attention.self.key"), width, width)?,
            value: self.linear(&name("attention.self.value"), width, width)?,
            output: self.linear(&name("attention.output.dense"), width, width)?,
            attention_norm: self.norm(&name("attention.output.LayerNorm"), width)?,
            widen: self.linear(&name("intermediate.dense"), inner, width)?,
            narrow: self.linear(&name("output.dense"), width, inner)?,
            norm: self.norm(&name("output.LayerNorm"), width)?,
        })
    }

    fn linear(&self, name: &str, rows: usize, columns: usize) -> Result<Linear, GgufError> {
        let matrix = format!("{name}.weight");
        let (weight, found) = self.directory.matrix(&matrix, columns)?;
        if found != rows {
            return Err(GgufError::Shape(matrix));
        }
        let bias = self.floats(&format!("{name}.bias"), 1, rows)?;
        Ok(Linear {
            weight,
            columns,
            bias,
        })
    }

    fn norm(&self, name: &str, width: usize) -> Result<Norm, GgufError> {
        Ok(Norm {
            scale: self.floats(&format!("{name}.weight"), 1, width)?,
            shift: self.floats(&format!("{name}.bias"), 1, width)?,
        })
    }

    fn floats(&self, name: &str, rows: usize, columns: usize) -> Result<Vec<f32>, GgufError> {
        let bytes = &self.file[self.directory.floats(name, rows, columns)?];
        let floats = bytes.as_chunks().0.iter();
        Ok(floats.map(|bytes| f32::from_le_bytes(*bytes)).collect())
    }
}
