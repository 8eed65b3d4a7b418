//! What combinations of values the rows of a data set never have, and the nearest record that has none.
//!
//! Nothing is known beforehand about any table. Three kinds of rule are learned from the rows: two levels
//! of two columns that never come `together`, a number that follows from levels by a sum of prices
//! (`formula`), and a number that is about the product of two others (`product`). A rule says what
//! was seen, not what can be: a combination that is merely rare in a small table is no rule.

mod follow;
mod formula;
mod parts;
mod product;
mod repair;
mod step;
mod together;

use serde::{Deserialize, Serialize};

use super::{ColumnValues, Dataset, Record, Value};
pub use follow::Following;
use formula::Formula;
pub use parts::{PriceSum, TwoFactors};
use product::Product;
use step::Step;
use together::Together;

/// Fewest rows that anything is learned from.
const FEWEST_ROWS: usize = 100;

/// Rules of a data set, in the order of its columns.
#[derive(Clone, Debug, PartialEq)]
pub struct Rules {
    /// The features with levels or numbers.
    columns: Vec<RuleColumn>,
    together: Together,
    formulas: Vec<Formula>,
    products: Vec<Product>,
}

/// A feature, as rules see it.
#[derive(Clone, Debug, PartialEq)]
struct RuleColumn {
    name: String,
    domain: RuleDomain,
}

#[derive(Clone, Debug, PartialEq)]
enum RuleDomain {
    Levels(Vec<String>),
    Numbers(Step),
}

/// A feature and its level.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeatureLevel {
    /// The feature's name.
    pub feature: String,
    /// One of its levels.
    pub level: String,
}

/// What no row of the data set has, or as good as none.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Violation {
    /// Two levels that never come together.
    NeverTogether {
        /// Of the column that comes first.
        first: FeatureLevel,
        /// Of the other.
        second: FeatureLevel,
        /// Rows that would have both if the two had nothing to do with each other, at least 10.
        expected_rows: f64,
    },
    /// A number that its levels do not add up to.
    Sum {
        /// The number's feature.
        feature: String,
        /// What it is.
        value: f64,
        /// What the levels add up to, rounded as the column's numbers are.
        expected: f64,
        /// Furthest that a row is from its sum, outliers not counted.
        tolerance: f64,
        /// The features it follows from, in file order.
        of: Vec<String>,
    },
    /// A number far from the product of two others.
    Product {
        /// The number's feature.
        feature: String,
        /// What it is.
        value: f64,
        /// The product, rounded as the column's numbers are.
        expected: f64,
        /// The two factors, in file order.
        of: [String; 2],
    },
}

impl Violation {
    /// The features it is about, the number that follows from others last.
    #[must_use]
    pub fn features(&self) -> Vec<&str> {
        match self {
            Self::NeverTogether { first, second, .. } => vec![&first.feature, &second.feature],
            Self::Sum { feature, of, .. } => {
                of.iter().chain([feature]).map(String::as_str).collect()
            }
            Self::Product { feature, of, .. } => {
                of.iter().chain([feature]).map(String::as_str).collect()
            }
        }
    }
}

/// A record as rules see it: one value a column, `None` where it has none that the rows know.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Cell {
    Level(usize),
    Number(f64),
    Unknown,
}

impl Cell {
    fn level(self) -> Option<usize> {
        if let Self::Level(level) = self { Some(level) } else { None }
    }

    fn number(self) -> Option<f64> {
        if let Self::Number(number) = self { Some(number) } else { None }
    }
}

impl Rules {
    /// What the rows of a data set never have. Of a table under 100 rows there are no rules.
    #[must_use]
    pub fn learn(dataset: &Dataset) -> Self {
        let n_rows = dataset.n_rows();
        let (mut columns, mut values) = (Vec::new(), Vec::new());
        for column in dataset.features() {
            let domain = match &column.values {
                ColumnValues::Levels { levels, codes } if codes.len() == n_rows => {
                    RuleDomain::Levels(levels.clone())
                }
                // the days of a calendar are no sums
                ColumnValues::Numbers(numbers) if !column.is_date && numbers.len() == n_rows => {
                    RuleDomain::Numbers(Step::of(numbers))
                }
                _ => continue,
            };
            columns.push(RuleColumn { name: column.name.clone(), domain });
            values.push(&column.values);
        }
        if n_rows < FEWEST_ROWS {
            return Self {
                columns,
                together: Together::default(),
                formulas: vec![],
                products: vec![],
            };
        }
        let together = Together::learn(&values, n_rows);
        let formulas = formula::learn(&values, n_rows);
        let products = product::learn(&values, n_rows);
        Self { columns, together, formulas, products }
    }

    /// Nothing was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.together.is_empty() && self.formulas.is_empty() && self.products.is_empty()
    }

    /// What of a record no row has, levels first, then sums, then products. A field that is absent or
    /// holds what no row does breaks no rule; a sum is only looked at where its levels fit together.
    #[must_use]
    pub fn violations(&self, record: &Record) -> Vec<Violation> {
        let cells = self.cells(record);
        let pairs = self.together.broken(&cells).into_iter().filter_map(|broken| {
            let [first, second] = [broken.first, broken.second].map(|(column, level)| {
                let feature = self.columns.get(column)?;
                let RuleDomain::Levels(levels) = &feature.domain else { return None };
                let level = levels.get(level)?.clone();
                Some(FeatureLevel { feature: feature.name.clone(), level })
            });
            Some(Violation::NeverTogether {
                first: first?,
                second: second?,
                expected_rows: broken.expected_rows,
            })
        });
        let sums = self.formulas.iter().filter_map(|formula| {
            let value = cells.get(formula.target)?.number()?;
            let expected = self.sum(formula, &cells)?;
            ((value - expected).abs() > formula.tolerance).then(|| Violation::Sum {
                feature: self.name(formula.target),
                value,
                expected: self.rounded(formula.target, expected),
                tolerance: formula.tolerance,
                of: formula.columns().map(|column| self.name(column)).collect(),
            })
        });
        let products = self.products.iter().filter_map(|product| {
            let value = cells.get(product.target)?.number()?;
            let expected = product.value(&cells)?;
            product.is_off(value, expected).then(|| Violation::Product {
                feature: self.name(product.target),
                value,
                expected: self.rounded(product.target, expected),
                of: product.factors.map(|column| self.name(column)),
            })
        });
        pairs.chain(sums).chain(products).collect()
    }

    /// What a formula gives; `None` where its levels never come together or one is unknown.
    fn sum(&self, formula: &Formula, cells: &[Cell]) -> Option<f64> {
        let fits = !self.together.is_broken_among(cells, |column| formula.uses(column));
        fits.then(|| formula.value(cells)).flatten()
    }

    fn name(&self, column: usize) -> String {
        self.columns.get(column).map(|column| column.name.clone()).unwrap_or_default()
    }

    fn rounded(&self, column: usize, number: f64) -> f64 {
        match self.columns.get(column).map(|column| &column.domain) {
            Some(RuleDomain::Numbers(step)) => step.round(number),
            _ => number,
        }
    }

    fn cells(&self, record: &Record) -> Vec<Cell> {
        let cell = |column: &RuleColumn| {
            match (&column.domain, record.get(&column.name)) {
                (RuleDomain::Levels(levels), Some(value)) => {
                    let text = value.to_string();
                    levels.iter().position(|level| *level == text).map(Cell::Level)
                }
                (RuleDomain::Numbers(_), Some(Value::Number(number))) if number.is_finite() => {
                    Some(Cell::Number(*number))
                }
                (RuleDomain::Numbers(_), Some(Value::Text(text))) => {
                    let number = text.trim().parse().ok().filter(|number: &f64| number.is_finite());
                    number.map(Cell::Number)
                }
                _ => None,
            }
            .unwrap_or(Cell::Unknown)
        };
        self.columns.iter().map(cell).collect()
    }
}
