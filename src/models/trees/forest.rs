//! Many trees, each on rows drawn anew.

use serde::{Deserialize, Serialize};

use super::columns::Columns;
use super::grow::Grower;
use super::nodes::{Precision, Trees};
use super::params::{MaxFeatures, TreeParams};
use super::split::Sample;
use crate::features::Rows;
use crate::models::error::FitError;
use crate::models::estimator::{Family, Probabilities, Training};
use crate::models::params::ClassWeight;
use crate::models::settings::Setting;
use crate::numerics::random::RandomState;

/// Trees a forest may have.
const MOST_TREES: u32 = 1_000;

/// Settings of a forest, named as in scikit-learn's `RandomForestClassifier`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ForestParams {
    /// How many trees, 1 to 1,000. Default 100.
    pub n_estimators: u32,
    /// Each tree learns from as many rows as there are, drawn with replacement. Default true.
    pub bootstrap: bool,
    /// What holds for every tree; its seed is the forest's. Default that of a tree, with the square
    /// root of the columns looked at for a split.
    pub trees: TreeParams,
}

/// A fitted forest: p = mean over the trees of the share of the positive class in a leaf.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FittedForest {
    /// In the order they were grown.
    pub trees: Trees,
}

impl Default for ForestParams {
    fn default() -> Self {
        let trees = TreeParams { max_features: MaxFeatures::Sqrt, ..TreeParams::default() };
        Self { n_estimators: 100, bootstrap: true, trees }
    }
}

impl ForestParams {
    /// Names and values.
    pub(in crate::models) fn settings(&self) -> Vec<Setting> {
        let mut settings = vec![Setting::of("n_estimators", self.n_estimators)];
        settings.extend(self.trees.settings());
        settings.insert(settings.len() - 1, Setting::of("bootstrap", self.bootstrap));
        settings
    }
}

impl Family for ForestParams {
    type Fitted = FittedForest;

    fn check(&self) -> Result<(), FitError> {
        if !(1..=MOST_TREES).contains(&self.n_estimators) {
            let allowed = "1 to 1000 trees";
            return Err(FitError::setting("n_estimators", self.n_estimators, allowed));
        }
        self.trees.check_all()
    }

    /// Every tree has a seed drawn from the forest's.
    fn learn(
        &self,
        training: &Training<'_>,
        progress: &mut dyn FnMut(u32, u32),
    ) -> Result<FittedForest, FitError> {
        let columns = Columns::of(training.matrix);
        let weighted = self.trees.class_weight.factors(training.n_of_class);
        let bag = Bag::of(self, &training.labels, weighted);
        // rows of a weightier class are drawn more often instead of counting more
        let factors = if self.bootstrap { [1.0, 1.0] } else { weighted };
        let grower = Grower { columns: &columns, params: &self.trees, factors };
        let mut random = RandomState::new(self.trees.seed);
        let mut trees = Trees::default();
        for tree in 1..=self.n_estimators {
            let seed = random.interval(0x7fff_fffe);
            let samples = bag.draw(&training.labels, columns.n_samples(), seed);
            grower.grow(samples, &mut RandomState::new(seed), &mut trees)?;
            progress(tree, self.n_estimators);
        }
        Ok(FittedForest { trees })
    }
}

/// How the rows of a tree are drawn.
enum Bag {
    /// All of them, once.
    All,
    /// Every row as likely as every other, as numpy's `randint` draws.
    Even,
    /// By weight, as numpy's `choice(p=weights)` draws: the cumulated weights, up to 1.
    Weighted(Vec<f64>),
}

impl Bag {
    fn of(params: &ForestParams, labels: &[bool], factors: [f64; 2]) -> Self {
        if !params.bootstrap {
            return Self::All;
        }
        if params.trees.class_weight == ClassWeight::None {
            return Self::Even;
        }
        let factor = |&label: &bool| factors[usize::from(label)];
        let total: f64 = labels.iter().map(factor).sum();
        let mut sum = 0.0;
        let mut cumulated: Vec<f64> = labels
            .iter()
            .map(|label| {
                sum += factor(label) / total;
                sum
            })
            .collect();
        cumulated.iter_mut().for_each(|share| *share /= sum);
        Self::Weighted(cumulated)
    }

    /// The rows that were drawn, ascending.
    fn draw(&self, labels: &[bool], n_samples: usize, seed: u32) -> Vec<Sample> {
        let mut random = RandomState::new(seed);
        let last = n_samples.saturating_sub(1);
        let mut times = vec![0_u32; n_samples];
        match self {
            Self::All => times.fill(1),
            Self::Even => {
                for _ in 0..n_samples {
                    times[random.interval(last as u32) as usize] += 1;
                }
            }
            Self::Weighted(cumulated) => {
                for _ in 0..n_samples {
                    let share = random.random_sample();
                    times[cumulated.partition_point(|&c| c <= share).min(last)] += 1;
                }
            }
        }
        let drawn = (0..).zip(times).zip(labels).filter(|((_, times), _)| *times > 0);
        drawn.map(|((row, times), &label)| Sample::of(row, times, label)).collect()
    }
}

impl Probabilities for FittedForest {
    fn probabilities(&self, rows: &dyn Rows) -> Vec<f64> {
        let mut sums = self.trees.sums(rows, Precision::Single, 0.0);
        let n_trees = self.trees.n_trees() as f64;
        sums.iter_mut().for_each(|sum| *sum /= n_trees);
        sums
    }
}
