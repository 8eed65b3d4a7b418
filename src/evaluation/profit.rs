//! What contacting customers earns.
//!
//! An offer costs c for every customer contacted. A customer who would have left and is contacted stays
//! with chance s, which is worth V. So contacting rows of which tp would have left earns
//! tp·s·V − (tp + fp)·c, set against contacting nobody.

use serde::{Deserialize, Serialize};

use super::curve::{Step, ThresholdCurve};
use super::error::EvaluationError;
use super::points::{Drawn, Position, drawn};

/// What an offer costs and brings, in one currency throughout.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct OfferParams {
    /// c: what contacting one customer costs, from 0. Default 50.
    pub offer_cost_per_customer: f64,
    /// V: what a leaver who stays is worth, from 0. Default 500.
    pub kept_value_per_customer: f64,
    /// s: share of the contacted leavers who stay, 0 to 1. Default 0.3.
    pub offer_success_share: f64,
}

impl Default for OfferParams {
    fn default() -> Self {
        Self {
            offer_cost_per_customer: 50.0,
            kept_value_per_customer: 500.0,
            offer_success_share: 0.3,
        }
    }
}

/// An offer whose numbers make sense.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Offer(OfferParams);

/// What a threshold comes to.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProfitPoint {
    /// Customers from this probability on are contacted; `None`: nobody is.
    pub threshold: Option<f64>,
    /// Rows contacted.
    pub contacted: u32,
    /// Those of them that are positive.
    pub leavers_contacted: u32,
    /// Of all judged rows, in the offer's currency.
    pub profit: f64,
}

/// A point scaled up to all customers, as if the judged rows were a fair sample of them.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScaledProfit {
    /// All customers.
    pub customers: u32,
    /// Of them, expected to be contacted.
    pub contacted: f64,
    /// Expected, in the offer's currency.
    pub profit: f64,
    /// `profit` / `customers`.
    pub profit_per_customer: f64,
}

impl OfferParams {
    /// # Errors
    /// A cost or a value below 0 or not finite, or a share outside 0 to 1.
    pub fn check(self) -> Result<Offer, EvaluationError> {
        let money = |value: f64| value.is_finite() && value >= 0.0;
        let value = self.offer_cost_per_customer;
        if !money(value) {
            return Err(EvaluationError::OfferCost { value });
        }
        let value = self.kept_value_per_customer;
        if !money(value) {
            return Err(EvaluationError::KeptValue { value });
        }
        let value = self.offer_success_share;
        if !(0.0..=1.0).contains(&value) {
            return Err(EvaluationError::SuccessShare { value });
        }
        Ok(Offer(self))
    }
}

impl Offer {
    /// What was checked.
    #[must_use]
    pub fn params(self) -> OfferParams {
        self.0
    }

    /// s·V: what a contacted leaver brings on average, the cost not counted.
    fn gain_per_leaver(self) -> f64 {
        self.0.offer_success_share * self.0.kept_value_per_customer
    }

    /// t* = c / (s·V): above it a contact pays if probabilities mean what they say; `None` when that
    /// is over 1, so that no contact pays. A free offer pays for everyone, t* = 0.
    #[must_use]
    pub fn break_even_probability(self) -> Option<f64> {
        let cost = self.0.offer_cost_per_customer;
        if cost <= 0.0 {
            return Some(0.0);
        }
        let threshold = cost / self.gain_per_leaver();
        (threshold <= 1.0).then_some(threshold)
    }

    /// What a customer brings in expectation when contacted: p·s·V − c.
    #[must_use]
    pub fn expected_profit(self, probability: f64) -> f64 {
        probability * self.gain_per_leaver() - self.0.offer_cost_per_customer
    }

    fn point(self, step: Step) -> ProfitPoint {
        let contacted = step.tp + step.fp;
        let profit = f64::from(step.tp) * self.gain_per_leaver()
            - f64::from(contacted) * self.0.offer_cost_per_customer;
        ProfitPoint {
            threshold: Some(step.threshold),
            contacted,
            leavers_contacted: step.tp,
            profit,
        }
    }
}

const NOBODY: ProfitPoint =
    ProfitPoint { threshold: None, contacted: 0, leavers_contacted: 0, profit: 0.0 };

impl ThresholdCurve {
    /// What an offer earns, from contacting nobody to contacting everyone.
    #[must_use]
    pub fn profit_points(&self, offer: Offer) -> Vec<ProfitPoint> {
        std::iter::once(NOBODY).chain(self.steps().map(|step| offer.point(step))).collect()
    }

    /// What contacting from a threshold on earns.
    #[must_use]
    pub fn profit_at(&self, offer: Offer, threshold: f64) -> ProfitPoint {
        let counts = self.confusion_at(threshold);
        offer.point(Step { threshold, tp: counts.tp, fp: counts.fp })
    }

    /// The most profitable point; of equally good ones the one that contacts fewest.
    #[must_use]
    pub fn best_profit(&self, offer: Offer) -> ProfitPoint {
        let points = self.profit_points(offer).into_iter();
        points.fold(NOBODY, |best, point| if point.profit > best.profit { point } else { best })
    }

    /// Profit by share of customers contacted, with at most four points to each of `columns` columns
    /// of a picture.
    #[must_use]
    pub fn drawn_profit(&self, offer: Offer, columns: u32) -> Drawn<ProfitPoint> {
        let rows = f64::from((self.positives + self.negatives).max(1));
        drawn(&self.profit_points(offer), columns, |p| Position {
            x: f64::from(p.contacted) / rows,
            y: p.profit,
        })
    }

    /// Profit by threshold, descending, with at most four points to each of `columns` columns of a
    /// picture. From each threshold down to the next one the profit is the same.
    #[must_use]
    pub fn profit_by_threshold(&self, offer: Offer, columns: u32) -> Vec<ProfitPoint> {
        let mut points: Vec<ProfitPoint> = self.steps().map(|step| offer.point(step)).collect();
        points.reverse();
        let position =
            |p: &ProfitPoint| Position { x: p.threshold.unwrap_or_default(), y: p.profit };
        let mut points = drawn(&points, columns, position).points;
        points.reverse();
        points
    }

    /// A point of this curve as it would be with so many customers.
    #[must_use]
    pub fn scaled(&self, point: ProfitPoint, customers: u32) -> ScaledProfit {
        let factor = f64::from(customers) / f64::from((self.positives + self.negatives).max(1));
        let profit = point.profit * factor;
        ScaledProfit {
            customers,
            contacted: f64::from(point.contacted) * factor,
            profit,
            profit_per_customer: if customers == 0 { 0.0 } else { profit / f64::from(customers) },
        }
    }
}
