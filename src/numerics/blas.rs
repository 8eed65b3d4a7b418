//! Sums with the last bits that Python's libraries give.

/// Σ aₖ·bₖ in the order, and with the fused products, of OpenBLAS's kernel for AVX-512, which numpy,
/// scipy and scikit-learn call on such a machine: on others their last bits are others.
///
/// 32 sums side by side over blocks of 32, folded to 16 for a block of 16 that is left, then to one,
/// to which the last products are added.
#[must_use]
pub fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut wide = [0.0; 32];
    let (blocks_a, rest_a) = a.as_chunks::<32>();
    let (blocks_b, rest_b) = b.as_chunks::<32>();
    for (block_a, block_b) in blocks_a.iter().zip(blocks_b) {
        for ((sum, x), y) in wide.iter_mut().zip(block_a).zip(block_b) {
            *sum = x.mul_add(*y, *sum);
        }
    }
    let mut sums = [[0.0; 4]; 4];
    for (four, eight) in sums.iter_mut().zip(wide.as_chunks::<8>().0) {
        *four = std::array::from_fn(|lane| eight[lane] + eight[lane + 4]);
    }
    let (blocks_a, rest_a) = rest_a.as_chunks::<16>();
    let (blocks_b, rest_b) = rest_b.as_chunks::<16>();
    for (block_a, block_b) in blocks_a.iter().zip(blocks_b) {
        let products = block_a.iter().zip(block_b);
        for (sum, (x, y)) in sums.iter_mut().flatten().zip(products) {
            *sum = x.mul_add(*y, *sum);
        }
    }
    let lane = |l: usize| ((sums[0][l] + sums[1][l]) + sums[2][l]) + sums[3][l];
    let folded = (lane(0) + lane(2)) + (lane(1) + lane(3));
    rest_a.iter().zip(rest_b).fold(folded, |sum, (x, y)| x.mul_add(*y, sum))
}

/// Σ aₖ as numpy's `sum` over contiguous numbers: halves, down to 128 numbers, which are added in
/// eight sums side by side.
#[must_use]
pub fn sum(numbers: &[f64]) -> f64 {
    let n = numbers.len();
    if n > 128 {
        let (first, second) = numbers.split_at(n / 2 - n / 2 % 8);
        return sum(first) + sum(second);
    }
    let (blocks, rest) = numbers.as_chunks::<8>();
    let Some((first, others)) = blocks.split_first() else { return rest.iter().sum() };
    let mut sums = *first;
    for block in others {
        for (sum, number) in sums.iter_mut().zip(block) {
            *sum += number;
        }
    }
    let [a, b, c, d, e, f, g, h] = sums;
    rest.iter().fold(((a + b) + (c + d)) + ((e + f) + (g + h)), |sum, number| sum + number)
}

#[cfg(test)]
mod tests {
    use super::{dot, sum};

    /// Small whole numbers leave no rounding: only what is added to what counts.
    #[test]
    fn every_number_counts_once() {
        for n in 0..300_u32 {
            let ones: Vec<f64> = (0..n).map(f64::from).collect();
            let total = f64::from(n) * (f64::from(n) - 1.0) / 2.0;
            assert_eq!(sum(&ones), total, "{n}");
            assert_eq!(dot(&ones, &vec![2.0; n as usize]), 2.0 * total, "{n}");
        }
    }
}
