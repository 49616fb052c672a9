//! The arithmetic against plain definitions.

use proptest::prelude::*;

use super::*;

/// Any bytes are `Q8_0` blocks, once their scales are small numbers.
fn rows(bytes: &[u8], columns: usize, count: usize) -> Vec<u8> {
    let mut bytes: Vec<u8> = bytes
        .iter()
        .copied()
        .cycle()
        .take(count * columns / BLOCK * BLOCK_BYTES)
        .collect();
    for block in bytes.chunks_exact_mut(BLOCK_BYTES) {
        block[1] = 0x1c | block[1] & 0x80; // about 0.004
    }
    bytes
}

fn half(half: u16) -> f64 {
    let sign = if half & 0x8000 == 0 { 1.0 } else { -1.0 };
    let exponent = i32::from(half >> 10 & 0x1f);
    let fraction = f64::from(half & 0x3ff) / 1024.0;
    match exponent {
        0 => sign * fraction * 2f64.powi(-14),
        _ => sign * (1.0 + fraction) * 2f64.powi(exponent - 15),
    }
}

#[test]
fn every_finite_half_is_exact() {
    for bits in (0..=u16::MAX).filter(|bits| bits & 0x7c00 != 0x7c00) {
        assert_eq!(f64::from(half_to_float(bits)), half(bits), "{bits:#x}");
    }
}

#[test]
fn the_error_function_agrees_with_its_series() {
    for i in -500..=500 {
        let x = f64::from(i) / 100.0;
        let mut term = x;
        let mut series = x;
        for n in 1..200 {
            term *= -x * x / f64::from(n);
            series += term / f64::from(2 * n + 1);
        }
        let want = series * 2.0 / std::f64::consts::PI.sqrt();
        let error = (f64::from(erf(x as f32)) - want).abs();
        assert!(error < 5e-7, "{x}: {error}");
    }
}

#[test]
fn the_exponential_agrees_with_the_library() {
    for i in 0..8_700 {
        let x = -i as f32 / 100.0;
        let want = f64::from(x).exp();
        let error = (f64::from(exp(x)) / want - 1.0).abs();
        assert!(error < 1e-6, "{x}: {error}");
    }
    assert!(exp(f32::MIN) < 1e-37);
}

/// The same product by every set of instructions that this processor has.
fn by_all_instructions(x: &[f32], weight: Rows<'_>, bias: &[f32]) -> Vec<Vec<f32>> {
    let mut results = vec![vec![0.0; x.len() / weight.columns * bias.len()]; 4];
    let [best, plain, fused, wide] = results.as_mut_slice() else {
        unreachable!("four were made");
    };
    linear(x, weight, bias, best);
    let y = plain.as_mut_slice();
    Linear::<false> { x, weight, bias, y }.with_simd(Scalar256b);
    fused.copy_from_slice(best);
    wide.copy_from_slice(best);
    #[cfg(target_arch = "x86_64")]
    {
        let y = fused.as_mut_slice();
        if let Some(simd) = pulp::x86::V3::try_new() {
            Simd::vectorize(simd, Linear::<true> { x, weight, bias, y });
        }
        let y = wide.as_mut_slice();
        if let Some(simd) = pulp::x86::V4::try_new() {
            Simd::vectorize(simd, Linear::<true> { x, weight, bias, y });
        }
    }
    results
}

proptest! {
    #[test]
    fn a_product_is_the_one_of_school(
        bytes in prop::collection::vec(any::<u8>(), 34..500),
        x in prop::collection::vec(-2f32..2.0, 1..700),
        tokens in 1usize..10,
        blocks in 1usize..14,
        outputs in 1usize..40,
    ) {
        let columns = blocks * BLOCK;
        let bytes = rows(&bytes, columns, outputs);
        let weight = Rows { bytes: &bytes, columns };
        let x: Vec<f32> = x.iter().copied().cycle().take(tokens * columns).collect();
        let bias: Vec<f32> = (0..outputs).map(|i| i as f32).collect();
        let results = by_all_instructions(&x, weight, &bias);
        let mut floats = vec![0.0; outputs * columns];
        weight.dequantise(&mut floats);
        for t in 0..tokens {
            for o in 0..outputs {
                let products = (0..columns).map(|c| f64::from(x[t * columns + c]) * f64::from(floats[o * columns + c]));
                let want = products.sum::<f64>() + f64::from(bias[o]);
                for y in &results {
                    let got = f64::from(y[t * outputs + o]);
                    prop_assert!((got - want).abs() < 1e-3, "{got} {want}");
                }
            }
        }
    }

    #[test]
    fn a_softmax_sums_to_one(mut values in prop::collection::vec(-50f32..50.0, 1..100)) {
        softmax(&mut values);
        prop_assert!((values.iter().sum::<f32>() - 1.0).abs() < 1e-5);
    }
}
