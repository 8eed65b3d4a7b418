//! The normal distribution, and the normal distribution cut off on both sides.

use std::f64::consts::FRAC_1_SQRT_2;

/// Beyond so many standard deviations a tail is handled by logarithms: its probability, about 1e-239,
/// comes near the smallest double.
const FAR: f64 = 33.0;

/// Φ(x), the probability of a standard normal value of at most `x`.
#[must_use]
pub fn cdf(x: f64) -> f64 {
    0.5 * libm::erfc(-x * FRAC_1_SQRT_2)
}

/// Φ⁻¹(p), the value that a standard normal one stays under with probability `p`; −∞ at 0, ∞ at 1.
///
/// Wichura, "Algorithm AS 241: The percentage points of the normal distribution", Applied Statistics
/// 37 (1988), routine PPND16: about 16 digits.
#[must_use]
pub fn inverse_cdf(p: f64) -> f64 {
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.180_625 - q * q;
        return q * polynomial(&CENTRE.0, r) / polynomial(&CENTRE.1, r);
    }
    let tail = if q < 0.0 { p } else { 1.0 - p };
    if tail <= 0.0 {
        return f64::INFINITY.copysign(q);
    }
    let r = (-libm::log(tail)).sqrt();
    let x = if r <= 5.0 {
        polynomial(&TAIL.0, r - 1.6) / polynomial(&TAIL.1, r - 1.6)
    } else {
        polynomial(&FAR_TAIL.0, r - 5.0) / polynomial(&FAR_TAIL.1, r - 5.0)
    };
    x.copysign(q)
}

/// c₀ + c₁·x + c₂·x² + …
fn polynomial(coefficients: &[f64; 8], x: f64) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, c| sum * x + c)
}

/// A standard normal distribution cut off at two points; what its quantiles need is worked out once.
#[derive(Clone, Debug)]
pub struct TruncatedNormal {
    low: f64,
    high: f64,
    mass: Mass,
}

/// Where the probability between the two points lies.
#[derive(Clone, Debug)]
enum Mass {
    /// Φ(low), Φ(−high) and the probability in between.
    Near { below: f64, above: f64, between: f64 },
    /// Both points beyond [`FAR`] on one side: distances of the nearer point and, as a logarithm, the
    /// tail's probability at the farther one relative to the nearer one.
    Far { near: f64, ln_ratio: f64, left: bool },
}

impl TruncatedNormal {
    /// Cut off at `low` and `high`, `low < high`.
    #[must_use]
    pub fn new(low: f64, high: f64) -> Self {
        let mass = if low > FAR {
            Mass::Far { near: low, ln_ratio: ln_tail_ratio(low, high - low), left: false }
        } else if high < -FAR {
            Mass::Far { near: -high, ln_ratio: ln_tail_ratio(-high, high - low), left: true }
        } else {
            let (below, above) = (cdf(low), cdf(-high));
            let between = if high <= 0.0 {
                cdf(high) - below
            } else if low > 0.0 {
                cdf(-low) - above
            } else {
                1.0 - below - above
            };
            Mass::Near { below, above, between }
        };
        Self { low, high, mass }
    }

    /// The value that the cut-off distribution stays under with probability `q`, 0 to 1.
    ///
    /// Φ⁻¹(Φ(low) + q·(Φ(high) − Φ(low))), taken from the tail that has the digits.
    #[must_use]
    pub fn quantile(&self, q: f64) -> f64 {
        let x = match self.mass {
            Mass::Near { below, above, between } => {
                let p = below + q * between;
                if p <= 0.5 { inverse_cdf(p) } else { -inverse_cdf(above + (1.0 - q) * between) }
            }
            Mass::Far { near, ln_ratio, left: false } => near + far_step(near, ln_ratio, q),
            Mass::Far { near, ln_ratio, left: true } => -near - far_step(near, ln_ratio, 1.0 - q),
        };
        x.max(self.low).min(self.high)
    }
}

/// ln(Φ(−x − t) / Φ(−x)) for x beyond [`FAR`].
fn ln_tail_ratio(x: f64, t: f64) -> f64 {
    -0.5 * t * (t + 2.0 * x) + libm::log(mills(x + t) / mills(x))
}

/// Φ(−x) over the density at x, for x beyond [`FAR`]: the asymptotic series
/// (1 − 1/x² + 1·3/x⁴ − 1·3·5/x⁶ + …) / x, of which six terms reach rounding level.
fn mills(x: f64) -> f64 {
    let u = 1.0 / (x * x);
    let series = [1.0, -1.0, 3.0, -15.0, 105.0, -945.0, 10_395.0, -135_135.0];
    polynomial(&series, u) / x
}

/// The t ≥ 0 at which the tail beyond `near + t` has 1 − q·(1 − e^`ln_ratio`) of the tail beyond
/// `near`: the quadratic term first, then Newton's steps.
fn far_step(near: f64, ln_ratio: f64, q: f64) -> f64 {
    let target = libm::log1p(q * libm::expm1(ln_ratio));
    if target == f64::NEG_INFINITY {
        return f64::INFINITY;
    }
    let mut t = -2.0 * target / ((near * near - 2.0 * target).sqrt() + near);
    for _ in 0..3 {
        t += (ln_tail_ratio(near, t) - target) * mills(near + t);
    }
    t
}

const CENTRE: ([f64; 8], [f64; 8]) = (
    [
        3.387_132_872_796_366_5,
        133.141_667_891_784_38,
        1_971.590_950_306_551_3,
        13_731.693_765_509_46,
        45_921.953_931_549_87,
        67_265.770_927_008_7,
        33_430.575_583_588_13,
        2_509.080_928_730_122_7,
    ],
    [
        1.0,
        42.313_330_701_600_91,
        687.187_007_492_057_9,
        5_394.196_021_424_751,
        21_213.794_301_586_597,
        39_307.895_800_092_71,
        28_729.085_735_721_943,
        5_226.495_278_852_854,
    ],
);

const TAIL: ([f64; 8], [f64; 8]) = (
    [
        1.423_437_110_749_683_5,
        4.630_337_846_156_546,
        5.769_497_221_460_691,
        3.647_848_324_763_204_5,
        1.270_458_252_452_368_4,
        0.241_780_725_177_450_6,
        0.022_723_844_989_269_184,
        0.000_774_545_014_278_341_4,
    ],
    [
        1.0,
        2.053_191_626_637_759,
        1.676_384_830_183_803_8,
        0.689_767_334_985_1,
        0.148_103_976_427_480_08,
        0.015_198_666_563_616_457,
        0.000_547_593_808_499_534_5,
        1.050_750_071_644_416_9e-9,
    ],
);

const FAR_TAIL: ([f64; 8], [f64; 8]) = (
    [
        6.657_904_643_501_103,
        5.463_784_911_164_114,
        1.784_826_539_917_291_3,
        0.296_560_571_828_504_87,
        0.026_532_189_526_576_124,
        0.001_242_660_947_388_078_4,
        2.711_555_568_743_487_6e-5,
        2.010_334_399_292_288_1e-7,
    ],
    [
        1.0,
        0.599_832_206_555_888,
        0.136_929_880_922_735_8,
        0.014_875_361_290_850_615,
        0.000_786_869_131_145_613_3,
        1.846_318_317_510_054_8e-5,
        1.421_511_758_316_446e-7,
        2.044_263_103_389_939_8e-15,
    ],
);

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "hand values may come from the platform")]
mod tests {
    use super::{TruncatedNormal, cdf, inverse_cdf};

    #[track_caller]
    fn check(what: &str, actual: f64, expected: f64) {
        let error = ((actual - expected) / expected).abs();
        assert!(error <= 1e-13, "{what}: {actual} instead of {expected} (relative {error:e})");
    }

    // The expected values were summed with 420 decimal digits.

    #[test]
    fn cdf_is_right_in_the_centre_and_far_out() {
        for (x, expected) in [
            (-20.5, 1.076_467_325_879_096e-93),
            (-8.25, 7.919_726_314_642_477e-17),
            (-3.0, 1.349_898_031_630_094_6e-3),
            (-1.0, 0.158_655_253_931_457_05),
            (-0.3, 0.382_088_577_811_047_4),
            (0.7, 0.758_036_347_776_927),
            (2.5, 0.993_790_334_674_223_8),
            (6.0, 0.999_999_999_013_412_3),
        ] {
            check(&format!("cdf({x})"), cdf(x), expected);
        }
        assert_eq!((cdf(0.0), cdf(-60.0), cdf(60.0)), (0.5, 0.0, 1.0));
    }

    #[test]
    fn inverse_cdf_is_right_on_every_piece() {
        for (p, expected) in [
            (1e-300, -37.047_096_299_361_2),
            (1e-100, -21.273_453_560_965_326),
            (1e-20, -9.262_340_089_798_407),
            (1e-5, -4.264_890_793_922_825),
            (0.01, -2.326_347_874_040_841),
            (0.074, -1.446_632_067_158_978_5),
            (0.076, -1.432_502_720_825_811_7),
            (0.3, -0.524_400_512_708_040_8),
            (0.49999, -2.506_628_274_896_000_8e-5),
            (0.6, 0.253_347_103_135_799_7),
            (0.93, 1.475_791_028_179_171),
            (0.999, 3.090_232_306_167_813),
            (1.0 - 2.0_f64.powi(-40), 7.047_700_256_664_409),
        ] {
            check(&format!("inverse_cdf({p})"), inverse_cdf(p), expected);
        }
        assert_eq!(inverse_cdf(0.5), 0.0);
        assert_eq!((inverse_cdf(0.0), inverse_cdf(1.0)), (f64::NEG_INFINITY, f64::INFINITY));
    }

    #[test]
    fn truncated_quantiles_are_right_in_every_tail() {
        for (low, high, q, expected) in [
            (-1.0, 2.0, 0.25, -0.349_641_429_292_465_5),
            (-0.9970, 2.0057, 0.9, 1.257_637_215_938_190_3),
            (3.0, 4.0, 0.5, 3.198_474_131_761_953_4),
            (-1e11, 0.0, 0.3, -1.036_433_389_493_789_6),
            (-0.5, 9.0, 1.0 - 2.0_f64.powi(-50), 8.001_561_723_515_039),
            (30.0, 31.0, 0.4, 30.017_003_855_837_55),
            (-32.0, -31.5, 0.6, -31.516_196_234_204_414),
            (34.0, 34.5, 0.3, 34.010_479_775_446_91),
            (-36.0, -34.0, 0.8, -34.006_556_751_790_64),
        ] {
            let quantile = TruncatedNormal::new(low, high).quantile(q);
            check(&format!("({low}, {high}) at {q}"), quantile, expected);
        }
    }

    #[test]
    fn quantiles_stay_between_the_ends_and_ascend() {
        for (low, high) in [(-1.0, 1.0), (-1e11, 0.0), (-1e11, -100.0), (50.0, 50.5), (99.0, 1e300)]
        {
            let normal = TruncatedNormal::new(low, high);
            let steps: Vec<f64> = (0..=64).map(|k| normal.quantile(f64::from(k) / 64.0)).collect();
            assert!(steps.is_sorted(), "{low}, {high}: {steps:?}");
            assert!(steps.iter().all(|x| (low..=high).contains(x)), "{low}, {high}: {steps:?}");
        }
    }
}
