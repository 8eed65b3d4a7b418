//! Functions behind p-values.

use std::f64::consts::PI;

const MOST_TERMS: u32 = 100_000;

/// Upper regularised incomplete gamma function Q(a, x) = Γ(a, x) / Γ(a), for `a` > 0 and `x` ≥ 0.
///
/// Below x = a + 1 by the power series of P = 1 − Q, above by Legendre's continued fraction,
/// evaluated as Lentz does (Press et al., Numerical Recipes, 6.2). Relative error about 1e-13.
#[must_use]
pub fn gamma_q(a: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 1.0;
    }
    let front = libm::exp(a * libm::log(x) - x - libm::lgamma(a));
    if x < a + 1.0 { 1.0 - front * lower_series(a, x) } else { front * upper_fraction(a, x) }
}

fn lower_series(a: f64, x: f64) -> f64 {
    let mut term = 1.0 / a;
    let mut sum = term;
    for k in 1..MOST_TERMS {
        term *= x / (a + f64::from(k));
        sum += term;
        if term <= sum * f64::EPSILON {
            break;
        }
    }
    sum
}

fn upper_fraction(a: f64, x: f64) -> f64 {
    let mut b = x + 1.0 - a;
    let mut c = 1.0 / f64::MIN_POSITIVE;
    let mut d = 1.0 / b;
    let mut fraction = d;
    for k in 1..MOST_TERMS {
        let k = f64::from(k);
        let numerator = k * (a - k);
        b += 2.0;
        d = 1.0 / not_zero(numerator * d + b);
        c = not_zero(b + numerator / c);
        let step = c * d;
        fraction *= step;
        if (step - 1.0).abs() <= f64::EPSILON {
            break;
        }
    }
    fraction
}

fn not_zero(x: f64) -> f64 {
    if x.abs() < f64::MIN_POSITIVE { f64::MIN_POSITIVE } else { x }
}

/// P(X ≥ `statistic`) for X distributed as χ² with `dof` degrees of freedom; 1 for `dof` = 0.
#[must_use]
pub fn chi_square_sf(statistic: f64, dof: u32) -> f64 {
    if dof == 0 { 1.0 } else { gamma_q(f64::from(dof) / 2.0, statistic / 2.0) }
}

/// P(D ≥ `distance`) for the two-sided one-sample Kolmogorov–Smirnov statistic of `n` values.
///
/// Where n·distance² ≥ 2.2 twice Smirnov's one-sided probability, too large by at most 2e-6 of it and soon
/// by nothing; below, the expansion of Pelz and Good (1976). The choice is that of Simard and
/// L'Ecuyer (2011) for large n, and scipy's.
#[must_use]
pub fn kolmogorov_sf(n: f64, distance: f64) -> f64 {
    let scaled = n * distance * distance;
    let probability = if scaled >= 370.0 {
        0.0
    } else if scaled >= 2.2 {
        2.0 * smirnov_sf(n, distance)
    } else {
        pelz_good_sf(n, distance)
    };
    probability.clamp(0.0, 1.0)
}

/// d·Σⱼ C(n, j)·(d + j/n)^(j−1)·(1 − d − j/n)^(n−j), j from 0 to n·(1 − d).
fn smirnov_sf(n: f64, d: f64) -> f64 {
    let log_n_factorial = libm::lgamma(n + 1.0);
    let mut sum = 0.0;
    let mut j = 0.0;
    while j / n + d < 1.0 {
        let choose = log_n_factorial - libm::lgamma(j + 1.0) - libm::lgamma(n - j + 1.0);
        let at = d + j / n;
        sum += libm::exp(choose + (j - 1.0) * libm::log(at) + (n - j) * libm::log1p(-at));
        j += 1.0;
    }
    d * sum
}

fn pelz_good_sf(n: f64, d: f64) -> f64 {
    let z = n.sqrt() * d;
    let (z2, pi2) = (z * z, PI * PI);
    let (z4, z6, pi4) = (z2 * z2, z2 * z2 * z2, pi2 * pi2);
    // below, the first term of every sum underflows: such a distance is certain to be exceeded
    if z < 0.042 {
        return 1.0;
    }
    let mut k = [0.0; 4];
    let terms = libm::ceil(16.0 * z / PI).max(1.0) as u32;
    for i in (1..=terms).map(f64::from) {
        let (m2, m4) = ((2.0 * i - 1.0) * (2.0 * i - 1.0), libm::pow(2.0 * i - 1.0, 4.0));
        let weight = libm::exp(-m2 * pi2 / (8.0 * z2));
        k[0] += weight;
        k[1] += weight * (pi2 / 4.0 * m2 - z2);
        k[2] += weight
            * (6.0 * z6
                + 2.0 * z4
                + (2.0 * z4 - 5.0 * z2) * pi2 / 4.0 * m2
                + pi4 * (1.0 - 2.0 * z2) / 16.0 * m4);
        k[3] += weight
            * (-30.0 * z6 - 90.0 * z4 * z4
                + pi2 * (135.0 * z4 - 96.0 * z6) / 4.0 * m2
                + pi4 * (212.0 * z4 - 60.0 * z2) / 16.0 * m4
                + pi4 * pi2 * (5.0 - 30.0 * z2) / 64.0 * m4 * m2);
    }
    let mut even = [0.0; 2];
    for i in (1..=terms).map(f64::from) {
        let weight = i * i * libm::exp(-pi2 * i * i / (2.0 * z2));
        even[0] += weight;
        even[1] += weight * (3.0 * z2 - pi2 * i * i);
    }
    let root = (2.0 * PI).sqrt();
    let k0 = root * k[0] / z;
    let k1 = root * k[1] / (6.0 * z4);
    let k2 = root * (k[2] / (72.0 * z6 * z) - pi2 * even[0] / (36.0 * z2 * z));
    let k3 = root * (k[3] / (6480.0 * z6 * z4) + pi2 * even[1] / (216.0 * z6));
    1.0 - k0 - k1 / n.sqrt() - k2 / n - k3 / (n * n.sqrt())
}

#[cfg(test)]
mod tests {
    use super::{chi_square_sf, kolmogorov_sf};

    #[track_caller]
    fn relative(actual: f64, expected: f64, tolerance: f64) {
        assert!((actual / expected - 1.0).abs() <= tolerance, "{actual:e}, not {expected:e}");
    }

    /// `chi2.sf` of scipy 1.17.
    #[test]
    fn chi_square_agrees_with_scipy() {
        for (statistic, dof, expected) in [
            (0.5, 1, 0.479_500_122_186_953_37),
            (3.84, 1, 0.050_043_521_248_705_19),
            (0.001, 2, 0.999_500_124_979_169_3),
            (189.5, 3, 7.827_380_194_605_668e-41),
            (45.0, 60, 0.925_258_135_204_368_1),
            (80.0, 60, 0.043_228_682_151_735_594),
            (70_000.0, 65_535, 8.043_666_212_592_19e-34),
        ] {
            relative(chi_square_sf(statistic, dof), expected, 1e-10);
        }
        assert_eq!(chi_square_sf(0.0, 0), 1.0);
        assert_eq!(chi_square_sf(0.0, 4), 1.0);
        assert_eq!(chi_square_sf(2_000.0, 2), 0.0);
    }

    /// `kstwo.sf` of scipy 1.17.
    #[test]
    fn kolmogorov_agrees_with_scipy() {
        for (n, distance, expected) in [
            (1_758.0, 0.0122, 0.953_209_006_169_717_9),
            (1_758.0, 0.0424, 0.003_490_236_458_318_138_5),
            (1_758.0, 0.17, 6.909_740_516_386_312e-45),
            (5_000.0, 0.001, 1.0),
            (20_000.0, 0.005, 0.697_408_840_632_761_3),
            (20_000.0, 0.02, 2.218_127_007_004_974_4e-7),
            (300_000.0, 0.004, 0.000_135_093_081_940_254_4),
            (150.0, 0.5, 3.350_933_071_258_906_7e-35),
        ] {
            relative(kolmogorov_sf(n, distance), expected, 1e-9);
        }
    }
}
