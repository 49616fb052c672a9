//! The arithmetic of the model: products with 8-bit matrices, and everything between them.
//!
//! A matrix stays as the file has it, `Q8_0` rows of signed bytes with a scale for every 32.
//! [`linear`] turns a few rows at a time into floats, in the first-level cache, and multiplies all
//! tokens with them before it goes on: the products are those of 32-bit floats (an 8-bit product
//! would round the tokens too and misses the reference vectors by 4e-3), the memory read is a
//! quarter.
//!
//! `pulp` picks the widest vector instructions the processor has when the program runs, so that
//! one binary is fast everywhere and nothing here is `unsafe`. What is not a product is a plain
//! loop, which the compiler turns into the same instructions, provided that it stands in a
//! [`WithSimd`] operation and everything it calls is `inline(always)`: a closure or an iterator
//! adaptor that stays a function of its own is compiled for the oldest processor (unpacking the
//! matrices by `array::map` took three times as long).

use pulp::{Arch, Scalar256b, Simd, WithSimd};

use crate::gguf::{BLOCK, BLOCK_BYTES};

/// Bytes of the first-level cache given to rows that were turned into floats.
const PANEL_BYTES: usize = 12 * 1024;
/// Tokens and rows that are multiplied at a time; their 12 sums and 4 factors fill 16 registers.
const TOKENS: usize = 4;
const ROWS: usize = 3;
/// Sums kept side by side where a sum runs over a whole row.
const LANES: usize = 16;

/// `Q8_0` rows of `columns` numbers each, as they lie in the file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rows<'a> {
    pub(crate) bytes: &'a [u8],
    /// A multiple of [`BLOCK`].
    pub(crate) columns: usize,
}

impl<'a> Rows<'a> {
    /// One row.
    pub(crate) fn row(self, index: usize) -> Self {
        self.part(index, 1)
    }

    fn part(self, first: usize, count: usize) -> Self {
        let row = self.columns / BLOCK * BLOCK_BYTES;
        let bytes = &self.bytes[first * row..(first + count) * row];
        Self { bytes, ..self }
    }

    fn len(self) -> usize {
        self.bytes.len() / (self.columns / BLOCK * BLOCK_BYTES)
    }

    /// Writes the numbers of all rows to `floats`, which must be as long.
    #[inline(always)]
    pub(crate) fn dequantise(self, floats: &mut [f32]) {
        // Arrays of known length: the loop becomes straight vector code.
        let (blocks, _) = self.bytes.as_chunks::<BLOCK_BYTES>();
        let (floats, _) = floats.as_chunks_mut::<BLOCK>();
        for ([low, high, bytes @ ..], floats) in blocks.iter().zip(floats) {
            let scale = half_to_float(u16::from_le_bytes([*low, *high]));
            let mut values = [0.0; BLOCK];
            for i in 0..BLOCK {
                values[i] = bytes[i] as i8 as f32 * scale;
            }
            *floats = values;
        }
    }
}

/// The value of an IEEE 754 half; infinities and NaNs, which no scale is, become large numbers.
#[inline(always)]
fn half_to_float(half: u16) -> f32 {
    // Exponent and fraction moved to their places in an f32, whose exponent starts 112 lower.
    let magnitude = f32::from_bits(u32::from(half & 0x7fff) << 13) * f32::from_bits(0x7780_0000);
    f32::from_bits(magnitude.to_bits() | u32::from(half & 0x8000) << 16)
}

/// Runs `operation`, compiled for the widest vector instructions of this processor.
#[inline]
pub(crate) fn run(operation: impl WithSimd<Output = ()>) {
    Arch::new().dispatch(operation);
}

/// For every token of `x`: its product with every row of `weight`, plus `bias`; written to `y`.
///
/// `x` holds tokens of `weight.columns` numbers, `y` as many of `bias.len()`, the number of rows.
pub(crate) fn linear(x: &[f32], weight: Rows<'_>, bias: &[f32], y: &mut [f32]) {
    assert_eq!(weight.len(), bias.len());
    assert_eq!(
        x.len() / weight.columns * bias.len(),
        y.len(),
        "a row of results for each token"
    );
    match Arch::new() {
        // Arrays of eight become whatever vectors the compiler's baseline has. It may lack a fused
        // multiply-add, and calling a function for each would cost more than all the rest.
        Arch::Scalar => Linear::<false> { x, weight, bias, y }.with_simd(Scalar256b),
        arch => arch.dispatch(Linear::<true> { x, weight, bias, y }),
    }
}

/// `FUSED`: the processor multiplies and adds in one instruction.
struct Linear<'a, const FUSED: bool> {
    x: &'a [f32],
    weight: Rows<'a>,
    bias: &'a [f32],
    y: &'a mut [f32],
}

impl<const FUSED: bool> WithSimd for Linear<'_, FUSED> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self { x, weight, bias, y } = self;
        let columns = weight.columns;
        let outputs = bias.len();
        let height = (PANEL_BYTES / size_of::<f32>() / columns / ROWS).max(1) * ROWS;
        let mut panel = vec![0.0; height * columns];
        for first in (0..outputs).step_by(height) {
            let count = height.min(outputs - first);
            let panel = &mut panel[..count * columns];
            weight.part(first, count).dequantise(panel);
            let tokens = x.chunks(TOKENS * columns);
            for (x, y) in tokens.zip(y.chunks_mut(TOKENS * outputs)) {
                let target = Target {
                    y,
                    outputs,
                    first,
                    bias,
                };
                match x.len() / columns {
                    TOKENS => strip::<S, FUSED, TOKENS>(simd, x, panel, columns, target),
                    3 => strip::<S, FUSED, 3>(simd, x, panel, columns, target),
                    2 => strip::<S, FUSED, 2>(simd, x, panel, columns, target),
                    _ => strip::<S, FUSED, 1>(simd, x, panel, columns, target),
                }
            }
        }
    }
}

/// Where the products of some tokens with the rows from `first` on are written.
struct Target<'a> {
    y: &'a mut [f32],
    outputs: usize,
    first: usize,
    bias: &'a [f32],
}

/// Multiplies `T` tokens with all rows of a panel.
#[inline(always)]
fn strip<S: Simd, const FUSED: bool, const T: usize>(
    simd: S,
    x: &[f32],
    panel: &[f32],
    columns: usize,
    mut target: Target<'_>,
) {
    let x: [&[f32]; T] = std::array::from_fn(|t| &x[t * columns..][..columns]);
    let mut at = target.first;
    for rows in panel.chunks(ROWS * columns) {
        match rows.len() / columns {
            ROWS => tile::<S, FUSED, T, ROWS>(simd, x, rows, at, &mut target),
            2 => tile::<S, FUSED, T, 2>(simd, x, rows, at, &mut target),
            _ => tile::<S, FUSED, T, 1>(simd, x, rows, at, &mut target),
        }
        at += ROWS;
    }
}

/// Multiplies `T` tokens with `R` rows.
#[inline(always)]
fn tile<S: Simd, const FUSED: bool, const T: usize, const R: usize>(
    simd: S,
    x: [&[f32]; T],
    rows: &[f32],
    at: usize,
    target: &mut Target<'_>,
) {
    let columns = x[0].len();
    let rows: [&[f32]; R] = std::array::from_fn(|r| &rows[r * columns..][..columns]);
    // `columns` is a multiple of BLOCK and so of every vector width: nothing is left over.
    let steps = S::as_simd_f32s(x[0]).0.len();
    let x = x.map(|x| &S::as_simd_f32s(x).0[..steps]);
    let rows = rows.map(|row| &S::as_simd_f32s(row).0[..steps]);
    let mut sums = [[simd.splat_f32s(0.0); R]; T];
    for step in 0..steps {
        let row: [S::f32s; R] = std::array::from_fn(|r| rows[r][step]);
        for t in 0..T {
            let token = x[t][step];
            for r in 0..R {
                sums[t][r] = if FUSED {
                    simd.mul_add_e_f32s(token, row[r], sums[t][r])
                } else {
                    simd.add_f32s(simd.mul_f32s(token, row[r]), sums[t][r])
                };
            }
        }
    }
    for (t, sums) in sums.into_iter().enumerate() {
        for (r, sum) in sums.into_iter().enumerate() {
            let sum = simd.reduce_sum_f32s(sum);
            target.y[t * target.outputs + at + r] = sum + target.bias[at + r];
        }
    }
}

/// Adds `residual` to `x` and brings every row to mean 0 and variance 1, then scales and shifts.
pub(crate) struct AddAndNorm<'a> {
    pub(crate) x: &'a mut [f32],
    pub(crate) residual: &'a [f32],
    /// As long as a row.
    pub(crate) scale: &'a [f32],
    pub(crate) shift: &'a [f32],
}

impl WithSimd for AddAndNorm<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        /// As in the model's configuration.
        const EPSILON: f32 = 1e-12;
        let width = self.scale.len();
        let count = width as f32;
        let rows = self.x.chunks_exact_mut(width);
        for (x, residual) in rows.zip(self.residual.chunks_exact(width)) {
            for (x, residual) in x.iter_mut().zip(residual) {
                *x += residual;
            }
            let mean = sum(x) / count;
            for x in x.iter_mut() {
                *x -= mean;
            }
            let variance = dot(x, x) / count;
            let factor = 1.0 / (variance + EPSILON).sqrt();
            for ((x, scale), shift) in x.iter_mut().zip(self.scale).zip(self.shift) {
                *x = *x * factor * scale + shift;
            }
        }
    }
}

/// The sum of the values, in [`LANES`] sums side by side.
#[inline(always)]
fn sum(values: &[f32]) -> f32 {
    let (chunks, rest) = values.as_chunks::<LANES>();
    let mut sums = [0.0; LANES];
    for chunk in chunks {
        for i in 0..LANES {
            sums[i] += chunk[i];
        }
    }
    let mut sum = 0.0;
    for value in sums.iter().chain(rest) {
        sum += value;
    }
    sum
}

/// The sum of the products, in [`LANES`] sums side by side; `b` must be as long as `a`.
#[inline(always)]
pub(crate) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let (a, a_rest) = a.as_chunks::<LANES>();
    let (b, b_rest) = b.as_chunks::<LANES>();
    let mut sums = [0.0; LANES];
    for (a, b) in a.iter().zip(b) {
        for i in 0..LANES {
            sums[i] += a[i] * b[i];
        }
    }
    let mut sum = 0.0;
    for value in sums {
        sum += value;
    }
    for (a, b) in a_rest.iter().zip(b_rest) {
        sum += a * b;
    }
    sum
}

/// Replaces every value by `x · Φ(x)`, Φ the normal distribution.
pub(crate) struct Gelu<'a>(pub(crate) &'a mut [f32]);

impl WithSimd for Gelu<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        for x in self.0 {
            *x *= 0.5 * (1.0 + erf(*x * std::f32::consts::FRAC_1_SQRT_2));
        }
    }
}

/// The error function to 5e-7: the rational approximation that Eigen and XLA use.
#[inline(always)]
fn erf(x: f32) -> f32 {
    let x = x.clamp(-4.0, 4.0);
    let z = x * x;
    let mut p = -2.726_142_3e-10;
    for c in [
        2.770_681_4e-8,
        -2.101_024e-6,
        -5.692_506_4e-5,
        -7.349_906_3e-4,
        -2.954_6e-3,
        -1.609_603_3e-2,
    ] {
        p = p * z + c;
    }
    let mut q = -1.456_607_2e-5;
    for c in [
        -2.133_740_6e-4,
        -1.682_827e-3,
        -7.373_329_2e-3,
        -1.426_474e-2,
    ] {
        q = q * z + c;
    }
    x * p / q
}

/// Attention within one text: every token mixes the values of all, by how its query suits their
/// keys, in each head on its own share of the columns.
pub(crate) struct Attend<'a> {
    pub(crate) q: &'a [f32],
    pub(crate) k: &'a [f32],
    pub(crate) v: &'a [f32],
    /// Columns of a token, a multiple of `heads`.
    pub(crate) width: usize,
    pub(crate) heads: usize,
    pub(crate) mixed: &'a mut [f32],
}

impl WithSimd for Attend<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let width = self.width;
        let tokens = self.q.len() / width;
        let share = width / self.heads;
        let factor = 1.0 / (share as f32).sqrt();
        // Keys with tokens side by side: the scores of all tokens grow together, and no sum runs
        // across a vector.
        let mut keys = vec![0.0; share * tokens];
        let mut scores = vec![0.0; tokens];
        for first in (0..width).step_by(share) {
            let columns = first..first + share;
            for (token, key) in self.k.chunks_exact(width).enumerate() {
                for (column, key) in key[columns.clone()].iter().enumerate() {
                    keys[column * tokens + token] = key * factor;
                }
            }
            let mixed = self.mixed.chunks_exact_mut(width);
            for (q, mixed) in self.q.chunks_exact(width).zip(mixed) {
                scores.fill(0.0);
                for (q, keys) in q[columns.clone()].iter().zip(keys.chunks_exact(tokens)) {
                    add_scaled(&mut scores, keys, *q);
                }
                softmax(&mut scores);
                let mixed = &mut mixed[columns.clone()];
                mixed.fill(0.0);
                for (score, v) in scores.iter().zip(self.v.chunks_exact(width)) {
                    add_scaled(mixed, &v[columns.clone()], *score);
                }
            }
        }
    }
}

#[inline(always)]
fn add_scaled(sums: &mut [f32], values: &[f32], factor: f32) {
    for (sum, value) in sums.iter_mut().zip(values) {
        *sum += value * factor;
    }
}

/// Exponentials of the values over their sum.
#[inline(always)]
fn softmax(values: &mut [f32]) {
    let mut highest = f32::MIN;
    for value in values.iter() {
        highest = if *value > highest { *value } else { highest };
    }
    for value in values.iter_mut() {
        *value = exp(*value - highest);
    }
    let factor = 1.0 / sum(values);
    for value in values {
        *value *= factor;
    }
}

/// e to the power of `x` ≤ 0, to 1e-6 of its value; 2e-38 below -87.
#[inline(always)]
fn exp(x: f32) -> f32 {
    /// 1.5 · 2²³: adding it rounds to a whole number, which stands in the lowest bits.
    const ROUND: f32 = 12_582_912.0;
    let x = x.max(-87.0);
    let shifted = x * std::f32::consts::LOG2_E + ROUND;
    let whole = shifted - ROUND;
    // ln 2 in two parts, so that the remainder keeps its digits.
    let rest = (x - whole * 0.693_359_4) + whole * 2.121_944_4e-4;
    let mut series = 1.0 / 720.0;
    for c in [1.0 / 120.0, 1.0 / 24.0, 1.0 / 6.0, 0.5, 1.0, 1.0] {
        series = series * rest + c;
    }
    let power = (shifted.to_bits().wrapping_sub(ROUND.to_bits())).wrapping_add(127) << 23;
    series * f32::from_bits(power)
}

/// The products of a row of whole numbers with every row of `bytes`, each times its scale.
///
/// `query` must be so small that no sum leaves an `i32`; `scores` holds one number for each row.
pub(crate) struct ByteProducts<'a> {
    pub(crate) query: &'a [i16],
    pub(crate) bytes: &'a [i8],
    pub(crate) scales: &'a [f32],
    pub(crate) scores: &'a mut [f32],
}

impl WithSimd for ByteProducts<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let rows = self.bytes.chunks_exact(self.query.len()).zip(self.scales);
        for (score, (row, scale)) in self.scores.iter_mut().zip(rows) {
            let mut sum = 0i32;
            for (byte, number) in row.iter().zip(self.query) {
                sum += *byte as i32 * *number as i32;
            }
            *score = sum as f32 * scale;
        }
    }
}

#[cfg(test)]
mod tests;
