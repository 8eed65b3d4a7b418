//! Other edges than quartiles.

use linfa::dataset::DatasetBase;
use linfa::param_guard::ParamGuard;
use ndarray::Array1;

use super::Discretizer;
use crate::data::Dataset;
use crate::explain::error::ExplainError;
use crate::explain::lime::{LimeExplainer, quantiles};
use crate::features::{FeatureMatrix, FeatureSpace, OneHotEncoder, StandardScaler};
use crate::models::error::FitError;
use crate::models::estimator::Estimator;
use crate::models::trees::{Criterion, Seen, TreeParams};
use crate::numerics::random::RandomState;

const DECILES: [f64; 9] = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
/// scikit-learn seeds the splitter of a tree by a number from 0 to this.
const SPLITTER: u32 = 0x7fff_fffe;
/// Questions on the way to a bin, so at most eight bins.
const DEPTH: u32 = 3;

pub fn fit(
    discretizer: Discretizer,
    dataset: &Dataset,
    space: &FeatureSpace,
) -> Result<LimeExplainer, ExplainError> {
    match discretizer {
        Discretizer::Quartile => LimeExplainer::fit(dataset, space),
        Discretizer::Decile => LimeExplainer::cut_by(dataset, space, &mut |ascending, _| {
            Ok(quantiles(ascending, &DECILES))
        }),
        Discretizer::Entropy => {
            let labels = dataset.labels().ok_or_else(|| ExplainError::Discretizer {
                reason: "the data set has no target".to_owned(),
            })?;
            LimeExplainer::cut_by(dataset, space, &mut |ascending, by_row| {
                let wrong =
                    |error: FitError| ExplainError::Discretizer { reason: error.to_string() };
                let mut edges = thresholds(by_row, &labels).map_err(wrong)?;
                edges.sort_unstable_by(f64::total_cmp);
                Ok(if edges.is_empty() { quantiles(ascending, &[0.5]) } else { edges })
            })
        }
    }
}

impl Discretizer {
    /// lime's generator when it starts to draw: a tree has taken one number for every numeric feature.
    pub(super) fn generator(self, seed: u32, explainer: &LimeExplainer) -> RandomState {
        let mut random = RandomState::new(seed);
        if self == Self::Entropy {
            let n_trees = explainer.statistics.iter().filter(|feature| feature.is_cut()).count();
            for _ in 0..n_trees {
                random.interval(SPLITTER);
            }
        }
        random
    }
}

/// Where a tree over this column alone asks.
fn thresholds(numbers: &[f64], labels: &[bool]) -> Result<Vec<f64>, FitError> {
    if labels.iter().all(|&label| label) || !labels.contains(&true) {
        return Ok(Vec::new());
    }
    let encoder = OneHotEncoder { categorical: Vec::new(), numeric: vec![0] };
    let scaler = StandardScaler { mean: vec![0.0], scale: vec![1.0] };
    let n = numbers.len();
    let Some(column) = FeatureMatrix::of_rows(&encoder, &scaler, Vec::new(), numbers.to_vec(), n)
    else {
        return Ok(Vec::new());
    };
    let tree = TreeParams {
        criterion: Criterion::Entropy,
        max_depth: Some(DEPTH),
        ..TreeParams::default()
    };
    let records = DatasetBase::new(column, Array1::from_vec(labels.to_vec()));
    let fitted = Estimator::new(tree).check()?.fit_with_progress(&records, &mut |_, _| {})?;
    let nodes = fitted.trees.each().flatten();
    let asked = nodes.filter_map(|node| match node {
        Seen::Split { threshold, .. } => Some(threshold),
        Seen::Leaf { .. } => None,
    });
    Ok(asked.collect())
}
