//! A fit's boundary as a picture: two features on the axes, the others held where most customers are.

use serde::{Deserialize, Serialize};

use super::steps::{StepsError, capped};
use crate::data::{ColumnValues, Dataset, TrainTest};
use crate::features::{Domain, EncodedRecords, FeaturePipeline, OneHotEncoder};
use crate::models::train::{self, Prepared};
use crate::models::{FittedModel, ModelParams, Split, SvcParams, TrainError};
use crate::numerics::quantile::{quantile, sorted};

/// What is pictured.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BoundaryParams {
    /// The feature along.
    pub x: String,
    /// The feature upward, another one.
    pub y: String,
    /// Steps of the fit, at least 1.
    pub iteration: u32,
    /// Cells along a side of numbers, 2 to 100; a side of levels has one a level. Default 48.
    pub cells: u32,
}

impl BoundaryParams {
    /// Two features at a step, in as many cells as by default.
    #[must_use]
    pub fn new(x: &str, y: &str, iteration: u32) -> Self {
        Self { x: x.to_owned(), y: y.to_owned(), iteration, cells: 48 }
    }
}

/// The most cells along a side.
const MOST_CELLS: u32 = 100;

/// Test customers shown in a picture, at most; more would hide it.
const MOST_DOTS: usize = 250;

/// Bytes of models kept for pictures, about.
const MOST_BYTES: usize = 32 << 20;

/// What a model says over two features.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Boundary {
    /// Steps of the fit.
    pub iteration: u32,
    /// The feature along.
    pub x: Side,
    /// The feature upward.
    pub y: Side,
    /// `(rows, columns)`, row-major from the lowest row on: what the model says in the middle of a cell,
    /// the positive class at 0 and above. Of support vectors it is the decision value, of a logistic
    /// regression the probability less one half.
    pub values: Vec<f64>,
    /// Whether they are probabilities less one half.
    pub probability: bool,
    /// Some test customers, in the order of their rows.
    pub dots: Vec<Dot>,
    /// The other features and where they are held, as text: the median of the training rows, or their
    /// most frequent level.
    pub others: Vec<(String, String)>,
}

/// One side of a picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Side {
    /// From the smallest to the largest number of the training rows.
    Numbers {
        /// The feature's name.
        name: String,
        /// Ends of the cells, ascending.
        edges: Vec<f64>,
        /// They are days since the first of January 1970.
        are_dates: bool,
    },
    /// A cell a level.
    Levels {
        /// The feature's name.
        name: String,
        /// In the order of the cells.
        levels: Vec<String>,
    },
}

/// A test customer in a picture.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dot {
    /// In the unit of the side, or in cells from 0 where it has levels.
    pub x: f64,
    /// The same upward.
    pub y: f64,
    /// Whether it is of the positive class.
    pub positive: bool,
}

impl Side {
    /// The feature's name.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Numbers { name, .. } | Self::Levels { name, .. } => name,
        }
    }

    /// How many cells.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Numbers { edges, .. } => edges.len().saturating_sub(1),
            Self::Levels { levels, .. } => levels.len(),
        }
    }

    /// Without any cell.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What the model is asked at each cell, as features are encoded.
    fn middles(&self) -> Vec<f64> {
        match self {
            Self::Numbers { edges, .. } => {
                edges.iter().zip(edges.iter().skip(1)).map(|(a, b)| f64::midpoint(*a, *b)).collect()
            }
            Self::Levels { levels, .. } => (0..levels.len()).map(|level| level as f64).collect(),
        }
    }
}

/// The models of a fit at some of its steps.
#[derive(Clone, Debug, PartialEq)]
pub struct Frames {
    pipeline: FeaturePipeline,
    parts: TrainTest,
    models: Vec<(u32, FittedModel)>,
    bytes: usize,
}

impl Frames {
    pub(super) fn new(pipeline: FeaturePipeline, parts: TrainTest) -> Self {
        Self { pipeline, parts, models: Vec::new(), bytes: 0 }
    }

    /// Of a fit that was not looked at step by step.
    ///
    /// # Errors
    /// As the fit.
    pub fn begin(dataset: &Dataset, split: &Split) -> Result<Self, StepsError> {
        let parts = train::rows_of(dataset, split)?;
        let Prepared { pipeline, .. } = train::prepare(dataset, &parts.train)?;
        Ok(Self::new(pipeline, parts))
    }

    /// Keeps the model after a step. Where there is no room for all, the earlier ones go: they are
    /// made again soonest.
    pub(super) fn keep(&mut self, iteration: u32, model: FittedModel) {
        self.bytes += bytes_of(&model);
        if self.bytes > MOST_BYTES {
            self.bytes = bytes_of(&model);
            self.models.clear();
        }
        self.models.retain(|(kept, _)| *kept != iteration);
        self.models.push((iteration, model));
    }

    fn model(&self, iteration: u32) -> Option<&FittedModel> {
        self.models.iter().find(|(kept, _)| *kept == iteration).map(|(_, model)| model)
    }

    /// What the model says over two features after some steps; it is fitted where it is not there.
    ///
    /// # Errors
    /// A side that is no feature, a family without steps, or as the fit.
    pub fn boundary(
        &mut self,
        dataset: &Dataset,
        params: &ModelParams,
        asked: &BoundaryParams,
        progress: &mut dyn FnMut(u32, u32),
    ) -> Result<Boundary, StepsError> {
        let sides = self.sides(dataset, asked)?;
        if self.model(asked.iteration).is_none() {
            let family = params.name();
            let capped = capped(params, asked.iteration).ok_or(StepsError::NoSteps { family })?;
            // its probability takes five more fits and moves no boundary
            let capped = match capped {
                ModelParams::Svc(params) => {
                    ModelParams::Svc(SvcParams { probability: false, ..params })
                }
                other => other,
            };
            let fitted = train::fit_rows(dataset, &capped, &self.parts, progress)?;
            self.keep(asked.iteration, fitted.model);
        }
        let held = self.held(dataset);
        let (values, probability) = match self.model(asked.iteration) {
            Some(model) => self.values(model, &sides, &held),
            None => (Vec::new(), false),
        };
        let [(_, x), (_, y)] = sides.clone();
        Ok(Boundary {
            iteration: asked.iteration,
            dots: self.dots(dataset, [&x, &y])?,
            others: self.others(&held, &sides),
            x,
            y,
            values,
            probability,
        })
    }

    /// Both sides with their places among the features.
    fn sides(
        &self,
        dataset: &Dataset,
        asked: &BoundaryParams,
    ) -> Result<[(usize, Side); 2], StepsError> {
        let cells = asked.cells;
        if !(2..=MOST_CELLS).contains(&cells) {
            return Err(StepsError::Cells { cells, most: MOST_CELLS });
        }
        let unknown = |side, name: &str| {
            let names: Vec<&str> =
                self.pipeline.space.features.iter().map(|f| f.name.as_str()).collect();
            StepsError::Feature { side, name: name.to_owned(), allowed: names.join(", ") }
        };
        let side = |side, name: &str| {
            let place = self.pipeline.space.position(name);
            let found = place.and_then(|place| Some((place, self.side(dataset, place, cells)?)));
            found.ok_or_else(|| unknown(side, name))
        };
        let sides = [side("x", &asked.x)?, side("y", &asked.y)?];
        if asked.x == asked.y {
            return Err(unknown("y", &asked.y));
        }
        Ok(sides)
    }

    fn side(&self, dataset: &Dataset, place: usize, cells: u32) -> Option<Side> {
        let feature = self.pipeline.space.features.get(place)?;
        let name = feature.name.clone();
        Some(match &feature.domain {
            Domain::Levels(levels) => Side::Levels { name, levels: levels.clone() },
            Domain::Numbers { are_dates, .. } => {
                let numbers = self.training_numbers(dataset, &name);
                let (low, high) = (*numbers.first()?, *numbers.last()?);
                // one number alone gets some room
                let (low, high) = if low < high { (low, high) } else { (low - 0.5, high + 0.5) };
                let share = |at: u32| f64::from(at) / f64::from(cells);
                let edges = (0..=cells).map(|at| low + (high - low) * share(at)).collect();
                Side::Numbers { name, edges, are_dates: *are_dates }
            }
        })
    }

    /// Ascending.
    fn training_numbers(&self, dataset: &Dataset, name: &str) -> Vec<f64> {
        let Some(ColumnValues::Numbers(numbers)) = dataset.column(name).map(|c| &c.values) else {
            return Vec::new();
        };
        let chosen = self.parts.train.iter().filter_map(|&row| numbers.get(row as usize).copied());
        sorted(&chosen.collect::<Vec<f64>>())
    }

    /// The middle customer: of every feature its median, or its most frequent level, encoded.
    fn held(&self, dataset: &Dataset) -> Vec<f64> {
        let held = self.pipeline.space.features.iter().map(|feature| match &feature.domain {
            Domain::Levels(levels) => {
                let mut counts = vec![0_u32; levels.len()];
                if let Some(ColumnValues::Levels { codes, .. }) =
                    dataset.column(&feature.name).map(|column| &column.values)
                {
                    let codes = self.parts.train.iter().filter_map(|&row| codes.get(row as usize));
                    for &code in codes {
                        if let Some(count) = counts.get_mut(usize::from(code)) {
                            *count += 1;
                        }
                    }
                }
                // of equally frequent ones the first
                let most = counts.iter().copied().max();
                counts.iter().position(|&n| Some(n) == most).unwrap_or(0) as f64
            }
            Domain::Numbers { median, .. } => {
                let numbers = self.training_numbers(dataset, &feature.name);
                quantile(&numbers, 0.5).unwrap_or(*median)
            }
        });
        held.collect()
    }

    fn values(
        &self,
        model: &FittedModel,
        [(at_x, x), (at_y, y)]: &[(usize, Side); 2],
        held: &[f64],
    ) -> (Vec<f64>, bool) {
        let along = x.middles();
        let mut values = Vec::with_capacity(x.len() * y.len() * held.len());
        for up in y.middles() {
            for across in &along {
                let start = values.len();
                values.extend_from_slice(held);
                for (place, value) in [(at_x, *across), (at_y, up)] {
                    if let Some(to) = values.get_mut(start + place) {
                        *to = value;
                    }
                }
            }
        }
        let encoder = OneHotEncoder::of(&self.pipeline.space);
        let scaler = &self.pipeline.scaler;
        let n_records = x.len() * y.len();
        let records = EncodedRecords { values: &values, n_records, encoder: &encoder, scaler };
        match model {
            FittedModel::Svc(fitted) => (fitted.decisions(records), false),
            other => {
                let said = other.probabilities(records);
                (said.into_iter().map(|p| p - 0.5).collect(), true)
            }
        }
    }

    /// Test customers at even distances among the rows.
    fn dots(&self, dataset: &Dataset, [x, y]: [&Side; 2]) -> Result<Vec<Dot>, TrainError> {
        let every = self.parts.test.len().div_ceil(MOST_DOTS).max(1);
        let rows: Vec<u32> = self.parts.test.iter().copied().step_by(every).collect();
        let labels = train::labels_of(dataset, &rows)?;
        let dots = rows.iter().zip(labels).filter_map(|(&row, positive)| {
            let at = |side: &Side| match &dataset.column(side.name())?.values {
                ColumnValues::Numbers(numbers) => numbers.get(row as usize).copied(),
                ColumnValues::Levels { codes, .. } => {
                    codes.get(row as usize).map(|&code| f64::from(code))
                }
                ColumnValues::Text(_) => None,
            };
            Some(Dot { x: at(x)?, y: at(y)?, positive })
        });
        Ok(dots.collect())
    }

    fn others(&self, held: &[f64], sides: &[(usize, Side); 2]) -> Vec<(String, String)> {
        let record = self.pipeline.space.decode(held);
        let features = self.pipeline.space.features.iter().enumerate();
        let others = features.filter(|(at, _)| sides.iter().all(|(place, _)| place != at));
        others
            .filter_map(|(_, feature)| {
                let value = record.get(&feature.name)?;
                Some((feature.name.clone(), value.to_string()))
            })
            .collect()
    }
}

/// About.
fn bytes_of(model: &FittedModel) -> usize {
    match model {
        FittedModel::Svc(fitted) => {
            4 * fitted.level_columns.len() + 8 * fitted.numbers.len() + 12 * fitted.support.len()
        }
        FittedModel::Logistic(fitted) => 8 * fitted.coefficients.len(),
        _ => 0,
    }
}
