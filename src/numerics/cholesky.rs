//! Solving A·x = b for a symmetric positive definite A.

/// Solves `a · x = b` in place of `b`; `a` is `n × n`, row-major, its lower triangle read and
/// overwritten. `None` when `a` is not positive definite to rounding.
///
/// Cholesky's factorisation A = L·Lᵀ, then two triangular solves.
#[must_use]
pub fn solve(a: &mut [f64], b: &mut [f64]) -> Option<()> {
    let n = b.len();
    if a.len() != n * n {
        return None;
    }
    for j in 0..n {
        for i in j..n {
            let mut sum = a[i * n + j];
            for k in 0..j {
                sum -= a[i * n + k] * a[j * n + k];
            }
            if i == j {
                if sum.is_nan() || sum <= 0.0 {
                    return None;
                }
                a[j * n + j] = sum.sqrt();
            } else {
                a[i * n + j] = sum / a[j * n + j];
            }
        }
    }
    for i in 0..n {
        for k in 0..i {
            b[i] -= a[i * n + k] * b[k];
        }
        b[i] /= a[i * n + i];
    }
    for i in (0..n).rev() {
        for k in i + 1..n {
            b[i] -= a[k * n + i] * b[k];
        }
        b[i] /= a[i * n + i];
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::solve;

    #[test]
    fn solves_a_hand_made_system() {
        let mut a = [4.0, 0.0, 2.0, 5.0];
        let mut b = [8.0, 14.0];
        assert_eq!(solve(&mut a, &mut b), Some(()));
        assert!((b[0] - 0.75).abs() < 1e-15 && (b[1] - 2.5).abs() < 1e-15, "{b:?}");
    }

    #[test]
    fn refuses_a_singular_matrix() {
        assert_eq!(solve(&mut [1.0, 1.0, 1.0, 1.0], &mut [1.0, 1.0]), None);
    }
}
