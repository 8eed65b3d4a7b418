//! Counterfactuals by trying everything.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails loudly")]

use std::cell::RefCell;
use std::collections::BTreeMap;

use churn_lab::data::{Dataset, Record, Rules, Value, Violation};
use churn_lab::explain::counterfactual::lattice;
use churn_lab::explain::{
    CounterfactualParams, Counterfactuals, ExplainableModel, LimeExplainer, Outcome, Side, Way,
};
use churn_lab::features::FeatureSpace;
use churn_lab::models::{ModelParams, Split, train};
use churn_lab::numerics::random::RandomState;
use ndarray::Array2;

use super::customers::named;

/// A model and the rows it was trained on.
pub struct Case {
    pub model: ExplainableModel,
    pub rows: Vec<f64>,
    /// Of the data set; `None` where nothing is to follow.
    pub oracle: Option<Oracle>,
}

impl Case {
    pub fn new(dataset: &Dataset, params: ModelParams) -> Self {
        let split = Split::default();
        let parts = train::rows_of(dataset, &split).unwrap();
        let trained = train::fit_rows(dataset, &params, &parts, &mut |_, _| {}).unwrap();
        let model = named(dataset, &params, &split, trained);
        let explainer = LimeExplainer::fit(dataset, &model.pipeline.space).unwrap();
        let train = train::rows(&split, dataset.n_rows()).unwrap().train;
        let rows = model.pipeline.encode_rows(dataset, &train).unwrap();
        Self { model: ExplainableModel { model, explainer }, rows, oracle: None }
    }

    fn width(&self) -> usize {
        self.model.model.pipeline.space.len()
    }

    pub fn row(&self, at: usize) -> &[f64] {
        self.rows.chunks(self.width()).nth(at).unwrap()
    }

    pub fn ask(&self, record: &[f64], params: &CounterfactualParams) -> Counterfactuals {
        let rules = self.oracle.as_ref().map(|oracle| &oracle.rules);
        let found = self.model.counterfactuals(record, &self.rows, rules, params, &mut |_, _| {});
        found.expect("an answer")
    }

    /// Every combination tried: the cheapest of each set of features, unless a part of them does it for
    /// the same or less.
    fn brute_force(&self, record: &[f64], params: &CounterfactualParams) -> Vec<Answer> {
        let space = &self.model.model.pipeline.space;
        let oracle = self.oracle.as_ref().filter(|_| params.follow);
        let dependent = oracle.map_or(vec![], |oracle| oracle.dependent(space));
        let lattice = lattice::of(space, record, &self.rows, &dependent, params).unwrap();
        let mut combinations: Vec<(Vec<usize>, Vec<f64>, f64)> = vec![(vec![], vec![], 0.0)];
        for (feature, candidates) in lattice.iter().enumerate() {
            for at in 0..combinations.len() {
                let (features, values, cost) = combinations[at].clone();
                if features.len() == params.most as usize {
                    continue;
                }
                for change in candidates {
                    let with = [features.as_slice(), &[feature]].concat();
                    let longer = [values.as_slice(), &[change.value]].concat();
                    combinations.push((with, longer, cost + change.cost));
                }
            }
        }
        let mut records = Vec::new();
        combinations.retain(|(features, values, _)| {
            let mut changed = record.to_vec();
            features.iter().zip(values).for_each(|(&f, &v)| changed[f] = v);
            let whole = match oracle {
                Some(oracle) => oracle.whole(space, record, &changed, features, params),
                None => Some(changed),
            };
            whole.map(|whole| records.extend(whole)).is_some()
        });
        let view = Array2::from_shape_vec((combinations.len(), self.width()), records).unwrap();
        let probabilities = self.model.model.predict_proba(view.view());
        let mut best: BTreeMap<Vec<usize>, (f64, Vec<f64>, f64)> = BTreeMap::new();
        for ((features, values, cost), p) in combinations.into_iter().zip(probabilities) {
            if features.is_empty() || !params.reaches(p) {
                continue;
            }
            let better = best.get(&features).is_none_or(|(least, of, _)| {
                cost < *least || (cost == *least && values.partial_cmp(of).unwrap().is_lt())
            });
            if better {
                best.insert(features, (cost, values, p));
            }
        }
        let is_needed = |features: &Vec<usize>, cost: f64| {
            !best.iter().any(|(part, (least, _, _))| {
                part.len() < features.len()
                    && part.iter().all(|f| features.contains(f))
                    && *least <= cost
            })
        };
        let mut all: Vec<Answer> = best
            .iter()
            .filter(|(features, (cost, _, _))| is_needed(features, *cost))
            .map(|(features, (cost, values, p))| Answer {
                changes: features
                    .iter()
                    .zip(values)
                    .map(|(&f, &v)| (space.features[f].name.clone(), v))
                    .collect(),
                cost: *cost,
                probability: *p,
            })
            .collect();
        all.sort_by(|a, b| a.cost.total_cmp(&b.cost).then(a.changes.len().cmp(&b.changes.len())));
        all.truncate(params.answers as usize);
        all
    }

    fn answers(&self, found: &Counterfactuals) -> Vec<Answer> {
        let space = &self.model.model.pipeline.space;
        let encode = |name: &str, value: &Value| {
            let record = BTreeMap::from([(name.to_owned(), value.clone())]);
            space.encode(&record).unwrap()[space.position(name).unwrap()]
        };
        let answer = |a: &churn_lab::explain::Counterfactual| Answer {
            changes: a
                .changes
                .iter()
                .map(|c| (c.feature.clone(), encode(&c.feature, &c.to)))
                .collect(),
            cost: a.cost,
            probability: a.probability,
        };
        found.answers.iter().map(answer).collect()
    }

    /// The same as trying everything, to the bit; how the search ended.
    #[track_caller]
    pub fn agrees(&self, record: &[f64], params: &CounterfactualParams) -> Outcome {
        let found = self.ask(record, params);
        if params.reaches(self.model.model.predict_record(record)) {
            assert_eq!((found.outcome, found.answers.len()), (Outcome::Already, 0));
            return found.outcome;
        }
        let expected = self.brute_force(record, params);
        assert_eq!(self.answers(&found), expected, "{record:?} {params:?}");
        let outcome = if expected.is_empty() { Outcome::None } else { Outcome::Found };
        assert_eq!((found.outcome, found.complete), (outcome, params.most));
        outcome
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    pub changes: Vec<(String, f64)>,
    pub cost: f64,
    pub probability: f64,
}

/// What follows, from what the rules say of whole records and from the rows themselves.
pub struct Oracle {
    pub rules: Rules,
    rows: Vec<Record>,
    /// A number, and what it follows from: sums, then products.
    numbers: Vec<(String, Vec<String>)>,
    /// By first feature, its level and second feature, since all rows are looked through for one.
    facts: RefCell<BTreeMap<[String; 3], Option<Value>>>,
}

/// Far from anything that a rule allows.
const ABSURD: f64 = 1e9;

impl Oracle {
    pub fn new(dataset: &Dataset) -> Self {
        let rules = Rules::learn(dataset);
        let rows: Vec<Record> =
            (0..dataset.n_rows()).map(|row| dataset.record(row).unwrap()).collect();
        let (mut sums, mut products) = (Vec::new(), Vec::new());
        for name in rows[0].keys() {
            let mut record = rows[0].clone();
            record.insert(name.clone(), Value::Number(ABSURD));
            for violation in rules.violations(&record) {
                match violation {
                    Violation::Sum { feature, of, .. } if feature == *name => {
                        sums.push((feature, of));
                    }
                    Violation::Product { feature, of, .. } if feature == *name => {
                        products.push((feature, of.to_vec()));
                    }
                    _ => {}
                }
            }
        }
        Self { rules, rows, numbers: [sums, products].concat(), facts: RefCell::default() }
    }

    fn dependent(&self, space: &FeatureSpace) -> Vec<usize> {
        self.numbers.iter().map(|(name, _)| space.position(name).unwrap()).collect()
    }

    /// The only level of `second` that rows with this level of `first` have, if no others have it.
    fn same_fact(&self, (first, level): (&str, &Value), second: &str) -> Option<Value> {
        let key = [first.to_owned(), level.to_string(), second.to_owned()];
        if let Some(known) = self.facts.borrow().get(&key) {
            return known.clone();
        }
        let found = self.look_through((first, level), second);
        self.facts.borrow_mut().insert(key, found.clone());
        found
    }

    fn look_through(&self, (first, level): (&str, &Value), second: &str) -> Option<Value> {
        let with = self.rows.iter().filter(|row| row[first] == *level);
        let level_of_second = with.clone().next()?[second].clone();
        let both = with.clone().filter(|row| row[second] == level_of_second).count();
        let all = self.rows.iter().filter(|row| row[second] == level_of_second).count();
        (both == with.count() && both == all).then_some(level_of_second)
    }

    /// What a number should be by its sum or product.
    fn due(&self, record: &Record, name: &str) -> Option<f64> {
        let mut record = record.clone();
        record.insert(name.to_owned(), Value::Number(ABSURD));
        self.rules.violations(&record).into_iter().find_map(|violation| match violation {
            Violation::Sum { feature, expected, .. }
            | Violation::Product { feature, expected, .. }
                if feature == name =>
            {
                Some(expected)
            }
            _ => None,
        })
    }

    /// The changed record with what follows; `None` where there is no such record.
    fn whole(
        &self,
        space: &FeatureSpace,
        before: &[f64],
        changed: &[f64],
        features: &[usize],
        params: &CounterfactualParams,
    ) -> Option<Vec<f64>> {
        let was = space.decode(before);
        let mut record = space.decode(changed);
        let mut moved: Vec<String> =
            features.iter().map(|&at| space.features[at].name.clone()).collect();
        loop {
            let clash = self.rules.violations(&record).into_iter().find_map(|v| match v {
                Violation::NeverTogether { first, second, .. }
                    if moved.contains(&first.feature) && !moved.contains(&second.feature) =>
                {
                    Some((first.feature, second.feature))
                }
                _ => None,
            });
            let Some((first, second)) = clash else { break };
            let level = self.same_fact((&first, &record[&first]), &second)?;
            if params.locked.contains(&second) {
                return None;
            }
            record.insert(second.clone(), level);
            moved.push(second);
        }
        for (name, of) in &self.numbers {
            if !of.iter().any(|part| moved.contains(part)) {
                continue;
            }
            let due = self.due(&record, name)?;
            let Value::Number(is) = was[name] else { panic!("{name} is a number") };
            let may = match params.ways.get(name).copied().unwrap_or_default() {
                Way::Either => due != is,
                Way::Up => due > is,
                Way::Down => due < is,
            };
            if may && !params.locked.contains(name) {
                record.insert(name.clone(), Value::Number(due));
                moved.push(name.clone());
            }
        }
        let breaks =
            |v: &Violation| v.features().iter().any(|name| moved.contains(&(*name).to_owned()));
        let holds = !self.rules.violations(&record).iter().any(breaks);
        holds.then(|| space.encode(&record).unwrap())
    }
}

/// Thresholds, sides, locks, ways and weights by chance.
pub fn drawn(random: &mut RandomState, names: &[String]) -> CounterfactualParams {
    let ways = [Way::Either, Way::Up, Way::Down];
    let side = [Side::Below, Side::Above][random.interval(1) as usize];
    let mut params = CounterfactualParams {
        threshold: 0.05 + 0.9 * random.random_sample(),
        side,
        most: random.interval(2) + 1,
        answers: random.interval(5) + 1,
        grid: random.interval(10) + 2,
        ..CounterfactualParams::default()
    };
    for name in names {
        match random.interval(5) {
            0 => params.locked.push(name.clone()),
            1 => {
                let way = ways[random.interval(2) as usize];
                params.ways.insert(name.clone(), way);
            }
            2 => {
                params.weights.insert(name.clone(), 0.1 + random.random_sample());
            }
            _ => {}
        }
    }
    params
}

pub fn names(case: &Case) -> Vec<String> {
    case.model.model.pipeline.space.features.iter().map(|f| f.name.clone()).collect()
}
