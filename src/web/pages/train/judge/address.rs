//! The close look in the address: `judge=profit&judge.cost=10`.

use crate::evaluation::OfferParams;
use crate::evaluation::SliceScore;
use crate::evaluation::bootstrap::RESAMPLES as DRAWS;
use crate::evaluation::calibration::MOST_BINS;
use crate::experiments::JudgementParams;
use crate::web::query::Query;
use crate::web::text::{judge as text, steps};

/// The way to look.
pub const TAB: &str = "judge";
/// Draws of the test rows.
pub const RESAMPLES: &str = "judge.resamples";
/// Seed of the draws.
pub const SEED: &str = "judge.seed";
/// Bins of the calibration curve.
pub const BINS: &str = "judge.bins";
/// How they are cut: [`BY_ROWS`], else of equal width.
pub const BINNING: &str = "judge.binning";
/// Into bins of about as many rows each.
pub const BY_ROWS: &str = "size";
/// Per cent of the customers that are contacted.
pub const TOP: &str = "judge.top";
/// What an offer costs.
pub const COST: &str = "judge.cost";
/// What a customer who is kept is worth.
pub const VALUE: &str = "judge.value";
/// Share of the contacted leavers who stay.
pub const SUCCESS: &str = "judge.success";
/// The score of slices and of the learning curve.
pub const SCORE: &str = "judge.score";
/// Steps taken, of a run looked at step by step.
pub const STEP: &str = "judge.step";
/// The feature along in the picture of a boundary.
pub const ALONG: &str = "judge.x";
/// The feature upward in it.
pub const UPWARD: &str = "judge.y";
/// The number of the run to compare with.
pub const WITH: &str = "with";

/// Per cent contacted where the address says nothing.
pub const TOP_DEFAULT: f64 = 20.0;

/// An offer where the address says nothing: what it costs, what it keeps, and how often it works.
pub const OFFER: OfferParams = OfferParams {
    offer_cost_per_customer: 10.0,
    kept_value_per_customer: 100.0,
    offer_success_share: 0.5,
};

/// The ways to look at a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// Curves with their bands.
    Curves,
    /// What probabilities are worth.
    Calibration,
    /// Gain and lift.
    Gain,
    /// Probabilities by class.
    Scores,
    /// Cost and profit.
    Profit,
    /// Groups of customers.
    Slices,
    /// Growing shares of the training rows.
    Learning,
    /// The solver's steps.
    Steps,
    /// Another run.
    Compare,
}

impl Tab {
    /// In the order they are shown.
    pub const ALL: [Self; 9] = [
        Self::Curves,
        Self::Calibration,
        Self::Gain,
        Self::Scores,
        Self::Profit,
        Self::Slices,
        Self::Learning,
        Self::Steps,
        Self::Compare,
    ];

    /// The one the address names.
    pub fn of(query: Query) -> Self {
        let key = query.get(TAB);
        Self::ALL.into_iter().find(|tab| tab.key() == key.as_deref()).unwrap_or(Self::Curves)
    }

    /// Its name in the address.
    pub fn key(self) -> Option<&'static str> {
        Some(match self {
            Self::Curves => "pr",
            Self::Calibration => "calibration",
            Self::Gain => "gain",
            Self::Scores => "scores",
            Self::Profit => "profit",
            Self::Slices => "slices",
            Self::Learning => "learning",
            Self::Steps => "steps",
            Self::Compare => "compare",
        })
    }

    /// Its name on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Curves => text::CURVES,
            Self::Calibration => text::CALIBRATION,
            Self::Gain => text::GAIN,
            Self::Scores => text::SCORES,
            Self::Profit => text::PROFIT,
            Self::Slices => text::SLICES,
            Self::Learning => text::LEARNING,
            Self::Steps => steps::TAB,
            Self::Compare => text::COMPARE,
        }
    }

    /// Whether it needs the probability of each test row, which the run does not keep.
    pub fn needs_judgement(self) -> bool {
        matches!(self, Self::Curves | Self::Calibration | Self::Scores | Self::Slices)
    }
}

/// Draws of the test rows; tracked, as all here.
pub fn resamples(query: Query) -> u32 {
    let default = f64::from(JudgementParams::default().bootstrap.resamples);
    query.number(RESAMPLES, is_resamples).unwrap_or(default) as u32
}

/// Seed of the draws.
pub fn seed(query: Query) -> u32 {
    query.number(SEED, is_seed).unwrap_or(0.0) as u32
}

/// Bins of the calibration curve.
pub fn bins(query: Query) -> u32 {
    let default = f64::from(JudgementParams::default().n_bins);
    query.number(BINS, is_bins).unwrap_or(default) as u32
}

/// Whether bins hold about as many rows each.
pub fn by_rows(query: Query) -> bool {
    query.get(BINNING).as_deref() == Some(BY_ROWS)
}

/// Per cent contacted.
pub fn top(query: Query) -> f64 {
    query.number(TOP, is_top).unwrap_or(TOP_DEFAULT)
}

/// What an offer costs and brings.
pub fn offer(query: Query) -> OfferParams {
    OfferParams {
        offer_cost_per_customer: query
            .number(COST, is_money)
            .unwrap_or(OFFER.offer_cost_per_customer),
        kept_value_per_customer: query
            .number(VALUE, is_money)
            .unwrap_or(OFFER.kept_value_per_customer),
        offer_success_share: query.number(SUCCESS, is_share).unwrap_or(OFFER.offer_success_share),
    }
}

/// Name in the address, score, and name on screen.
pub const SLICE_SCORES: [(&str, SliceScore, &str); 4] = [
    ("accuracy", SliceScore::Accuracy, text::SCORE_ACCURACY),
    ("recall", SliceScore::Recall, text::SCORE_RECALL),
    ("precision", SliceScore::Precision, text::SCORE_PRECISION),
    ("auc", SliceScore::RocAuc, text::SCORE_AUC),
];

/// The score of slices.
pub fn slice_score(query: Query) -> (&'static str, SliceScore, &'static str) {
    let wanted = query.get(SCORE);
    let [default, ..] = SLICE_SCORES;
    SLICE_SCORES.into_iter().find(|(key, ..)| wanted.as_deref() == Some(*key)).unwrap_or(default)
}

/// A number of steps.
pub fn is_step(step: f64) -> bool {
    step.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&step)
}

/// How many draws there may be.
pub fn is_resamples(n: f64) -> bool {
    n.fract() == 0.0 && (f64::from(DRAWS.0)..=f64::from(DRAWS.1)).contains(&n)
}

/// Seeds are whole numbers of 32 bits.
pub fn is_seed(seed: f64) -> bool {
    seed.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&seed)
}

/// How many bins there may be.
pub fn is_bins(bins: f64) -> bool {
    bins.fract() == 0.0 && (1.0..=f64::from(MOST_BINS)).contains(&bins)
}

/// Per cent that can be contacted.
pub fn is_top(top: f64) -> bool {
    top > 0.0 && top <= 100.0
}

/// An amount; beyond it there is no axis.
pub fn is_money(amount: f64) -> bool {
    (0.0..=1e6).contains(&amount)
}

/// A share.
pub fn is_share(share: f64) -> bool {
    (0.0..=1.0).contains(&share)
}
