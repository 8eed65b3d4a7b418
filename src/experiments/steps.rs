//! A fit step by step: what it is worth at each of them, for the families whose solver takes steps
//! that can be counted.
//!
//! A frame at step k is what a fit with `max_iter` = k gives, to the same bits, because a solver does
//! not know when it will be stopped.

use linfa::dataset::DatasetBase;
use linfa::param_guard::ParamGuard;
use ndarray::Array1;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::frames::Frames;
use crate::data::Dataset;
use crate::evaluation::ConfusionMatrix;
use crate::features::FeatureMatrix;
use crate::models::logistic::elastic_net::ElasticNet;
use crate::models::logistic::{LogisticRegression, NewtonStep};
use crate::models::svc::{Sides, SupportVectors};
use crate::models::train::{self, Prepared};
use crate::models::{
    ElasticNetParams, FittedLogistic, FittedModel, LogisticParams, ModelParams, Split, SvcParams,
    TrainError, WeightedLogisticParams,
};

/// Steps that are all shown; later ones are spaced evenly on a logarithmic scale.
const ALL_UNTIL: u32 = 20;

/// Steps between two words about the progress.
const TOLD_EVERY: u32 = 1_000;

/// Which steps are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepsParams {
    /// Steps shown between a power of ten and the next, 1 to 100, those up to 20 and the last one always
    /// among them. Default 20.
    pub per_decade: u32,
}

impl Default for StepsParams {
    fn default() -> Self {
        Self { per_decade: 20 }
    }
}

impl StepsParams {
    /// The first shown step after this one.
    #[must_use]
    pub fn after(self, step: u32) -> u32 {
        if step < ALL_UNTIL {
            return step + 1;
        }
        let place = libm::floor(libm::log10(f64::from(step)) * f64::from(self.per_decade));
        // the place of a rounded step may be the one before
        let next = (0..3).map(|ahead| {
            libm::round(libm::pow(10.0, (place + f64::from(ahead)) / f64::from(self.per_decade)))
        });
        // past the largest number there is no step
        next.map(|next| next as u32).find(|&next| next > step).unwrap_or(u32::MAX)
    }
}

/// What a fit is worth after a step.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// Steps taken, from 1; 0 where the fit ended before the first.
    pub iteration: u32,
    /// What the solver minimises: C·loss + penalty of a logistic regression, the dual objective
    /// ½·αᵀQα − Σα of support vectors.
    pub objective: f64,
    /// How far the worst weight, or the worst pair of rows, is from its condition of optimality; the
    /// fit ends where it is at most the tolerance.
    pub violation: f64,
    /// Share of the training rows whose class it tells.
    pub train_accuracy: f64,
    /// Share of the test rows whose class it tells.
    pub test_accuracy: f64,
    /// Mean log loss of the test rows; `None` without a probability.
    pub test_log_loss: Option<f64>,
    /// Support vectors; `None` where there are none to have.
    pub n_support: Option<u32>,
}

/// A fit step by step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Steps {
    /// The shown steps, ascending; the last one is the last of the fit. Never empty.
    pub points: Vec<Step>,
    /// The fit ended by itself, not by its limit.
    pub converged: bool,
}

/// Why there are no steps to show.
#[derive(Debug, Error)]
pub enum StepsError {
    /// The family has none that can be counted.
    #[error("{family} takes no steps that can be shown; allowed: logistic, svc")]
    NoSteps {
        /// The family's name.
        family: &'static str,
    },
    /// Too few or too many of them.
    #[error("per_decade is {per_decade}; allowed: 1 to {most}")]
    PerDecade {
        /// What was given.
        per_decade: u32,
        /// The most there may be.
        most: u32,
    },
    /// A picture of too few or too many cells.
    #[error("cells is {cells}; allowed: 2 to {most}")]
    Cells {
        /// What was given.
        cells: u32,
        /// The most there may be.
        most: u32,
    },
    /// A side of the picture that is no feature.
    #[error("{side} is \"{name}\"; allowed: two different features of {allowed}")]
    Feature {
        /// "x" or "y".
        side: &'static str,
        /// What was given.
        name: String,
        /// The features' names.
        allowed: String,
    },
    /// The fit itself.
    #[error(transparent)]
    Train(#[from] TrainError),
}

/// The most steps shown between two powers of ten.
const MOST_PER_DECADE: u32 = 100;

impl StepsError {
    /// Stable, for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoSteps { .. } => "no_steps",
            Self::PerDecade { .. } => "steps_per_decade",
            Self::Cells { .. } => "steps_cells",
            Self::Feature { .. } => "unknown_feature",
            Self::Train(error) => error.code(),
        }
    }

    /// The field of a form it belongs to, when there is one.
    #[must_use]
    pub fn field(&self) -> Option<&'static str> {
        match self {
            Self::PerDecade { .. } => Some("per_decade"),
            Self::Cells { .. } => Some("cells"),
            Self::Feature { side, .. } => Some(side),
            Self::NoSteps { .. } | Self::Train(_) => None,
        }
    }
}

/// The same settings with at most `steps` steps, at least 1; `None` for a family that takes none that
/// can be counted.
#[must_use]
pub fn capped(params: &ModelParams, steps: u32) -> Option<ModelParams> {
    let max_iterations = steps.max(1);
    Some(match params {
        ModelParams::Logistic(params) => {
            ModelParams::Logistic(LogisticParams { max_iterations, ..params.clone() })
        }
        ModelParams::ElasticNet(params) => {
            ModelParams::ElasticNet(ElasticNetParams { max_iterations, ..params.clone() })
        }
        ModelParams::WeightedLogistic(params) => {
            let penalised = ElasticNetParams { max_iterations, ..params.penalised.clone() };
            ModelParams::WeightedLogistic(WeightedLogisticParams { penalised, ..params.clone() })
        }
        ModelParams::Svc(params) => {
            let max_iterations = Some(max_iterations);
            ModelParams::Svc(SvcParams { max_iterations, ..params.clone() })
        }
        _ => return None,
    })
}

/// Fits, and looks at the shown steps. Gives the models at those steps too, for pictures of them.
/// `progress` hears of steps taken, and at most, 0 where there is no limit.
///
/// # Errors
/// A family without steps, settings out of range, or as the fit.
pub fn steps(
    dataset: &Dataset,
    params: &ModelParams,
    split: &Split,
    settings: &StepsParams,
    progress: &mut dyn FnMut(u32, u32),
) -> Result<(Steps, Frames), StepsError> {
    let per_decade = settings.per_decade;
    if !(1..=MOST_PER_DECADE).contains(&per_decade) {
        return Err(StepsError::PerDecade { per_decade, most: MOST_PER_DECADE });
    }
    let parts = train::rows_of(dataset, split)?;
    let Prepared { pipeline, records } = train::prepare(dataset, &parts.train)?;
    let test = pipeline.transform(dataset, &parts.test).map_err(TrainError::from)?;
    let y_test = train::labels_of(dataset, &parts.test)?;
    let mut frames = Frames::new(pipeline, parts);
    let mut watched = Watched {
        settings: *settings,
        frames: &mut frames,
        train: (&records.records, records.targets.to_vec()),
        test: (&test, y_test),
        points: Vec::new(),
    };
    let converged = match params {
        ModelParams::Logistic(params) => {
            let most = params.max_iterations;
            let valid =
                LogisticRegression::new(params.clone()).check().map_err(TrainError::from)?;
            let fitted = valid.fit_followed(&records, &mut |step| {
                watched.newton(&step);
                progress(step.iteration, most);
            });
            fitted.map_err(TrainError::from)?.converged
        }
        ModelParams::ElasticNet(params) => {
            let most = params.max_iterations;
            let valid = ElasticNet::new(params.clone()).check().map_err(TrainError::from)?;
            let fitted = valid.fit_followed(&records, &mut |step| {
                watched.newton(&step);
                progress(step.iteration, most);
            });
            fitted.map_err(TrainError::from)?.converged
        }
        ModelParams::WeightedLogistic(params) => {
            let most = params.penalised.max_iterations;
            let valid = ElasticNet::weighted(params.clone()).check().map_err(TrainError::from)?;
            let fitted = valid.fit_followed(&records, &mut |step| {
                watched.newton(&step);
                progress(step.iteration, most);
            });
            fitted.map_err(TrainError::from)?.converged
        }
        ModelParams::Svc(params) => watched.support_vectors(&records, params, progress)?,
        _ => return Err(StepsError::NoSteps { family: params.name() }),
    };
    let points = watched.points;
    Ok((Steps { points, converged }, frames))
}

/// A fit that is looked at.
struct Watched<'a> {
    settings: StepsParams,
    frames: &'a mut Frames,
    /// Rows and their classes.
    train: (&'a FeatureMatrix, Vec<bool>),
    test: (&'a FeatureMatrix, Vec<bool>),
    points: Vec<Step>,
}

impl Watched<'_> {
    /// Every one is shown: there are few.
    fn newton(&mut self, step: &NewtonStep<'_>) {
        if step.iteration == 1 {
            // the start is shown only where no step follows
            self.points.clear();
        }
        let fitted = FittedLogistic {
            coefficients: step.coefficients.to_vec(),
            intercept: step.intercept,
            iterations: step.iteration,
            converged: false,
        };
        let model = FittedModel::Logistic(fitted);
        let (on_train, on_test) = (model.predict(self.train.0), model.predict(self.test.0));
        let on_test = on_test.scores(&self.test.1);
        self.points.push(Step {
            iteration: step.iteration,
            objective: step.objective,
            violation: step.violation,
            train_accuracy: on_train.scores(&self.train.1).accuracy,
            test_accuracy: on_test.accuracy,
            test_log_loss: Some(on_test.log_loss),
            n_support: None,
        });
        self.frames.keep(step.iteration, model);
    }

    fn support_vectors(
        &mut self,
        records: &DatasetBase<FeatureMatrix, Array1<bool>>,
        params: &SvcParams,
        progress: &mut dyn FnMut(u32, u32),
    ) -> Result<bool, TrainError> {
        let most = params.max_iterations.unwrap_or(0);
        let mut fit = SupportVectors::new(params.clone()).check()?.iterates(records)?;
        let mut train = Sides::of(self.train.0, self.train.0);
        let mut test = Sides::of(self.train.0, self.test.0);
        let (mut next, mut objective) = (1, 0.0);
        loop {
            let step = fit.next();
            let ended = step.is_none();
            let iteration = step.map_or_else(|| fit.iterations(), |step| step.iteration);
            objective = step.map_or(objective, |step| step.objective);
            if iteration.is_multiple_of(TOLD_EVERY) {
                progress(iteration, most);
            }
            if !ended && iteration < next {
                continue;
            }
            next = self.settings.after(iteration);
            let fitted = fit.fitted()?;
            // the last one may be there already
            self.points.retain(|point| point.iteration != iteration);
            self.points.push(Step {
                iteration,
                objective,
                violation: fit.violation(),
                train_accuracy: accuracy(&self.train.1, &train.classes(&fitted)),
                test_accuracy: accuracy(&self.test.1, &test.classes(&fitted)),
                test_log_loss: None,
                n_support: Some(fitted.support.len() as u32),
            });
            let converged = fitted.converged;
            self.frames.keep(iteration, FittedModel::Svc(fitted));
            progress(iteration, most);
            if ended {
                return Ok(converged);
            }
        }
    }
}

fn accuracy(y_true: &[bool], classes: &[bool]) -> f64 {
    ConfusionMatrix::of_classes(y_true, classes).accuracy()
}
