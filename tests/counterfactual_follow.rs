//! Counterfactuals where prices follow the services: against trying everything, and by hand.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails loudly")]

mod support;

#[path = "support/lab.rs"]
mod lab;

use std::collections::BTreeMap;

use churn_lab::compute::{CardAnswer, RecordQuestion, Request, Response};
use churn_lab::data::{Dataset, Record, Rules, Value, Violation, csv};
use churn_lab::explain::{Change, Counterfactual, CounterfactualParams, Outcome, Side, Way};
use churn_lab::models::{
    BoostingParams, FittedModel, ForestParams, KnnParams, LogisticParams, ModelId, ModelParams,
    TreeParams,
};
use churn_lab::numerics::random::RandomState;
use churn_lab::population::{self, DEFAULT_ROWS, DEFAULT_SEED, PopulationParams};
use support::changes::{Case, Oracle, drawn, names};
use support::{reference, telco::telco};

/// 800 customers of a firm whose fee is a sum of prices and whose total is months times the fee; without
/// the net there is no TV, and a line needs the net too, but that no row says in a level of its own.
fn firm() -> Dataset {
    let mut random = RandomState::new(4);
    let mut text = "net,tv,line,months,fee,total,mood,churn\n".to_owned();
    for _ in 0..800 {
        let mut pick =
            |of: &'static [&'static str]| of[random.interval(of.len() as u32 - 1) as usize];
        let net = pick(&["none", "slow", "fast"]);
        let tv = if net == "none" { "no net" } else { pick(&["no", "yes"]) };
        let line = if net == "none" { "yes" } else { pick(&["no", "yes"]) };
        let mood = pick(&["bad", "fair", "good"]);
        let months = 1 + random.interval(59);
        let off = f64::from(random.interval(4)) / 10.0 - 0.2;
        let prices = [("slow", 20.0), ("fast", 45.0), ("none", 0.0)];
        let fee = prices.iter().find(|(name, _)| *name == net).map_or(0.0, |(_, price)| *price)
            + if tv == "yes" { 12.0 } else { 0.0 }
            + if line == "yes" { 15.0 } else { 0.0 }
            + 5.0
            + off;
        let total = (f64::from(months) * fee * 100.0).round() / 100.0;
        let risk =
            0.2 + 0.006 * fee - 0.006 * f64::from(months) + if mood == "bad" { 0.2 } else { 0.0 };
        let churn = if random.random_sample() < risk { "Yes" } else { "No" };
        text += &format!("{net},{tv},{line},{months},{fee:.1},{total:.2},{mood},{churn}\n");
    }
    csv::read(text.as_bytes(), "firm.csv", None).unwrap()
}

fn case(dataset: &Dataset, params: ModelParams) -> Case {
    let mut case = Case::new(dataset, params);
    case.oracle = Some(Oracle::new(dataset));
    case
}

fn logistic() -> ModelParams {
    ModelParams::Logistic(LogisticParams::default())
}

fn usual() -> CounterfactualParams {
    CounterfactualParams::default()
}

fn encoded(case: &Case, record: &Record) -> Vec<f64> {
    case.model.model.pipeline.space.encode(record).unwrap()
}

fn change(feature: &str, from: impl Into<Value>, to: impl Into<Value>) -> Change {
    Change { feature: feature.to_owned(), from: from.into(), to: to.into() }
}

fn number(value: f64) -> Value {
    Value::Number(value)
}

/// The record with an answer's changes and what follows.
fn after(record: &Record, answer: &Counterfactual) -> Record {
    let mut record = record.clone();
    for change in answer.changes.iter().chain(&answer.follows) {
        assert_eq!(
            record.insert(change.feature.clone(), change.to.clone()).as_ref(),
            Some(&change.from)
        );
    }
    record
}

#[test]
fn hundreds_of_random_cases_agree_with_trying_everything() {
    let dataset = firm();
    let mut random = RandomState::new(23);
    let (mut ended, mut followed) = (BTreeMap::new(), BTreeMap::new());
    let families = [
        logistic(),
        ModelParams::DecisionTree(TreeParams::default()),
        ModelParams::RandomForest(ForestParams { n_estimators: 9, ..ForestParams::default() }),
        ModelParams::GradientBoosting(BoostingParams { max_iter: 9, ..BoostingParams::default() }),
        ModelParams::Knn(KnnParams::default()),
    ];
    for params in families {
        // a bound that is too low would show in few of the linear ones
        let is_linear = params == logistic();
        let n_cases = if is_linear { 240 } else { 40 };
        let mut case = case(&dataset, params);
        for n in 0..n_cases {
            if let FittedModel::Logistic(fitted) = &mut case.model.model.model {
                let weights = fitted.coefficients.iter_mut();
                weights.for_each(|weight| *weight = 2.0 * random.random_sample() - 1.0);
                fitted.intercept = 3.0 * random.random_sample() - 1.5;
            }
            let mut asked = drawn(&mut random, &names(&case));
            let mut record = case.row(random.interval(500) as usize).to_vec();
            if n % 4 == 3 {
                // now and then one that could not be
                let column = random.interval(2) as usize;
                record[column] = f64::from(random.interval(1));
            }
            if n % 8 > 0 && asked.reaches(case.model.model.predict_record(&record)) {
                asked.side = if asked.side == Side::Below { Side::Above } else { Side::Below };
            }
            *ended.entry(format!("{:?}", case.agrees(&record, &asked))).or_insert(0) += 1;
            for answer in case.ask(&record, &asked).answers {
                let level = answer.follows.iter().any(|change| change.feature == "tv");
                *followed.entry((level, answer.follows.len())).or_insert(0) += 1;
                // with nothing to spare: a bound that forgets what rounding gives would miss it
                if is_linear && (1e-6..1.0 - 1e-6).contains(&answer.probability) {
                    let threshold = match asked.side {
                        Side::Below => answer.probability.next_up(),
                        Side::Above => answer.probability,
                    };
                    case.agrees(&record, &CounterfactualParams { threshold, ..asked.clone() });
                }
            }
            if n == 0 {
                case.agrees(&record, &CounterfactualParams { most: 5, grid: 4, ..asked });
            }
        }
    }
    assert!(ended.len() == 3 && ended.values().all(|&n| n >= 10), "{ended:?}");
    // nothing, fee and total, and a level with both
    let some = |key| followed.get(&key).copied().unwrap_or(0) >= 10;
    assert!(some((false, 0)) && some((false, 2)) && some((true, 3)), "{followed:?}");
}

#[test]
fn on_the_real_file_too() {
    let Some(dataset) = telco() else { return };
    let mut random = RandomState::new(9);
    for params in [
        logistic(),
        ModelParams::DecisionTree(TreeParams { max_depth: Some(6), ..TreeParams::default() }),
    ] {
        let case = case(&dataset, params);
        for n in 0..6 {
            let record = case.row(random.interval(5_000) as usize).to_vec();
            let p = case.model.model.predict_record(&record);
            let side = if n % 2 == 0 { Side::Below } else { Side::Above };
            let threshold = if n < 3 { p } else { 0.9 * p + 0.05 };
            let threshold = threshold.clamp(0.01, 0.99);
            // all three at once is 13,000 whole customers
            let most = if n == 0 { 3 } else { 2 };
            case.agrees(&record, &CounterfactualParams { threshold, side, most, ..usual() });
            let mut asked = drawn(&mut random, &names(&case));
            asked.most = 2;
            case.agrees(&record, &asked);
        }
    }
}

/// Up to six changes are millions of combinations: a linear model need not be asked about them.
#[test]
fn a_linear_model_is_searched_to_the_end() {
    let Some(dataset) = telco() else { return };
    let case = case(&dataset, logistic());
    for row in [0, 1, 2, 5] {
        let own = case.row(row).to_vec();
        let p = case.model.model.predict_record(&own);
        for threshold in [0.5 * p, 0.002] {
            let asked = CounterfactualParams { threshold, most: 6, ..usual() };
            let found = case.ask(&own, &asked);
            assert_eq!((found.outcome, found.complete), (Outcome::Found, 6));
            assert!(f64::from(found.tried) < found.combinations, "{found:?}");
            assert!(found.combinations > 1e6, "{}", found.combinations);
        }
    }
}

/// The workshop's story with the bill it forgot: 102.05 for fibre and everything else, 25 less for DSL by
/// the company's price list (DSL 25, a line 20, a second one 5, protection 5, television and films 10 each).
#[test]
fn the_bill_follows_the_workshops_customer_to_dsl() {
    let (Some(dataset), Some(whatif)) = (telco(), reference("whatif")) else { return };
    let case = case(&dataset, logistic());
    let customer = &whatif["models"]["logistic_3a"]["nearest_to_58"];
    let row = customer["clean_position"].as_u64().unwrap() as usize;
    let record = dataset.record(row).unwrap();
    let found = case.ask(&encoded(&case, &record), &usual());
    assert_eq!((found.outcome, found.complete), (Outcome::Found, 3));
    assert_eq!(found.dependent, ["MonthlyCharges", "TotalCharges"]);
    let dsl = [change("InternetService", "Fiber optic", "DSL")];
    let answer =
        found.answers.iter().find(|answer| answer.changes == dsl).expect("DSL is an answer");
    let [monthly, total] = answer.follows.as_slice() else { panic!("{answer:?}") };
    assert_eq!((&monthly.from, &total.from), (&number(102.05), &number(3_452.55)));
    let (Value::Number(bill), Value::Number(all)) = (&monthly.to, &total.to) else { panic!() };
    eprintln!("{bill} {all} {} {}", found.probability, answer.probability);
    support::close("the bill", *bill, 75.0, 1.0);
    support::close("35 bills", *all, 35.0 * bill, 0.1);
    let mut other = record.clone();
    other.insert("InternetService".to_owned(), "DSL".into());
    other.insert("MonthlyCharges".to_owned(), number(*bill));
    other.insert("TotalCharges".to_owned(), number(*all));
    let expected = case.model.model.predict_record(&encoded(&case, &other));
    assert_eq!((answer.probability, answer.cost), (expected, 1.0));
    // at the old price it was another number
    support::close("with DSL at the price of fibre", 0.281_974_942_037_941_13, 0.281_97, 1e-4);
    assert!((answer.probability - 0.281_97).abs() > 0.01, "{}", answer.probability);
}

#[test]
fn without_the_net_everything_that_needs_it_goes_along() {
    let dataset = firm();
    let case = case(&dataset, ModelParams::DecisionTree(TreeParams::default()));
    let record: Record = [
        ("net", "fast".into()),
        ("tv", "yes".into()),
        ("line", "yes".into()),
        ("mood", "bad".into()),
        ("months", number(10.0)),
        ("fee", number(77.0)),
        ("total", number(770.0)),
    ]
    .map(|(name, value): (&str, Value)| (name.to_owned(), value))
    .into();
    let own = encoded(&case, &record);
    let p = case.model.model.predict_record(&own);
    let ask = |locked: &[&str], side, most| {
        let locked = locked.iter().map(|name| (*name).to_owned()).collect();
        // whatever the model says of another customer is an answer on one side or the other
        let threshold = (p + if side == Side::Above { 0.0 } else { 1e-9 }).clamp(1e-6, 1.0 - 1e-6);
        case.agrees(&own, &CounterfactualParams { locked, side, threshold, most, ..usual() });
        case.ask(&own, &CounterfactualParams { locked: vec![], side, threshold, most, ..usual() })
    };
    for side in [Side::Below, Side::Above] {
        for answer in ask(&["mood"], side, 2).answers {
            let whole = after(&record, &answer);
            assert_eq!(whole["net"] == "none".into(), whole["tv"] == "no net".into(), "{answer:?}");
        }
    }
}

#[test]
fn what_is_locked_or_goes_one_way_does_so_when_it_follows_too() {
    let dataset = firm();
    let case = case(&dataset, logistic());
    let (mut kept, mut down) = (0, 0);
    for row in 0..60 {
        let own = case.row(row).to_vec();
        let p = case.model.model.predict_record(&own);
        let asked = CounterfactualParams { threshold: 0.9 * p, most: 2, answers: 50, ..usual() };
        let locked = CounterfactualParams { locked: vec!["fee".to_owned()], ..asked.clone() };
        for answer in case.ask(&own, &locked).answers {
            kept += 1;
            let changed = answer.changes.iter().map(|change| change.feature.as_str());
            // a fee that stays is right with the same services alone
            assert!(changed.clone().all(|name| name == "months" || name == "mood"), "{answer:?}");
            assert!(answer.follows.iter().all(|change| change.feature == "total"), "{answer:?}");
        }
        let ways = BTreeMap::from([("fee".to_owned(), Way::Down)]);
        for answer in case.ask(&own, &CounterfactualParams { ways, ..asked.clone() }).answers {
            for change in answer.follows.iter().filter(|change| change.feature == "fee") {
                down += 1;
                let (Value::Number(from), Value::Number(to)) = (&change.from, &change.to) else {
                    panic!()
                };
                assert!(to < from, "{answer:?}");
            }
        }
        // nothing that needs the net may be touched, so it can't go
        let ways = CounterfactualParams { locked: vec!["tv".to_owned()], ..asked };
        for answer in case.ask(&own, &ways).answers {
            assert!(answer.follows.iter().all(|change| change.feature != "tv"), "{answer:?}");
        }
    }
    assert!(kept > 20 && down > 20, "{kept} {down}");
}

/// Answers for customers of the default data set, and of the real file where it is, break no rule that
/// the customer does not break.
#[test]
fn every_answer_could_be_a_customer() {
    let text = population::csv(&PopulationParams::default(), DEFAULT_ROWS, DEFAULT_SEED);
    let default = csv::read(text.as_bytes(), "default.csv", None).unwrap();
    for dataset in std::iter::once(default).chain(telco()) {
        let case = case(&dataset, logistic());
        let rules = Rules::learn(&dataset);
        let space = &case.model.model.pipeline.space;
        let (mut n_answers, mut n_without, mut n_cancelled) = (0, 0, 0);
        for row in 0..40 {
            let own = case.row(row).to_vec();
            let record = space.decode(&own);
            let p = case.model.model.predict_record(&own);
            let asked =
                CounterfactualParams { threshold: (0.7 * p).max(1e-3), answers: 50, ..usual() };
            let before = rules.violations(&record);
            let found = case.ask(&own, &asked);
            assert_ne!(found.outcome, Outcome::Stopped);
            for answer in &found.answers {
                n_answers += 1;
                let whole = after(&record, answer);
                let known = |v: &Violation| before.iter().any(|b| b.features() == v.features());
                let new = rules.violations(&whole).into_iter().find(|v| !known(v));
                assert_eq!(new, None, "{record:?} {answer:?}");
                assert_eq!(
                    case.model.model.predict_record(&encoded(&case, &whole)),
                    answer.probability
                );
                let price = answer.changes.iter().all(|c| !c.feature.ends_with("Charges"));
                assert!(price, "{answer:?}");
                let gone = change("InternetService", record["InternetService"].clone(), "No");
                if answer.changes.contains(&gone) {
                    n_cancelled += 1;
                    let along =
                        answer.follows.iter().filter(|c| c.to == "No internet service".into());
                    assert_eq!(along.count(), 6, "{answer:?}");
                }
            }
            // the same question without: what it finds is often no customer
            let free = case.ask(&own, &CounterfactualParams { follow: false, ..asked });
            assert!(free.dependent.is_empty() && free.answers.iter().all(|a| a.follows.is_empty()));
            let breaks =
                |a: &&Counterfactual| rules.violations(&after(&record, a)).len() > before.len();
            n_without += free.answers.iter().filter(breaks).count();
        }
        eprintln!(
            "{}: {n_answers}, {n_cancelled} without the internet; else {n_without}",
            dataset.name
        );
        assert!(n_answers > 100 && n_cancelled > 0 && n_without > 100);
    }
}

/// Online, and without the internet service that a level of its own names: what that costs nobody knows.
#[test]
fn where_levels_contradict_each_other_the_bill_can_not_follow() {
    let Some(dataset) = telco() else { return };
    let case = case(&dataset, logistic());
    let mut record = dataset.record(0).unwrap();
    assert_eq!(record["InternetService"], "DSL".into());
    record.insert("TechSupport".to_owned(), "No internet service".into());
    let own = encoded(&case, &record);
    let p = case.model.model.predict_record(&own);
    let asked = CounterfactualParams { threshold: 0.9 * p, most: 2, answers: 50, ..usual() };
    assert_eq!(case.agrees(&own, &asked), Outcome::Found);
    let mut n_bills = 0;
    for answer in case.ask(&own, &asked).answers {
        let is = |of: &[Change], name: &str| of.iter().any(|change| change.feature == name);
        if is(&answer.follows, "MonthlyCharges") {
            n_bills += 1;
            assert!(is(&answer.changes, "TechSupport"), "{answer:?}");
        }
    }
    assert!(n_bills > 0);
    // without the rules it is what it always was
    let free = CounterfactualParams { follow: false, ..asked };
    let plain = Case { oracle: None, ..self::case(&dataset, logistic()) };
    assert_eq!(case.ask(&own, &free), plain.ask(&own, &free));
    let follow = CounterfactualParams { follow: true, ..free.clone() };
    assert_eq!(plain.ask(&own, &free), plain.ask(&own, &follow));
}

#[test]
fn the_session_keeps_the_rules_of_the_data_set() {
    let mut lab = lab::Lab::new();
    let dataset = lab.sample(2_000);
    lab.fit(&dataset.id);
    for follow in [true, false] {
        let params = CounterfactualParams { threshold: 0.01, follow, ..usual() };
        let request = Request::AboutRecord {
            model_id: ModelId("model-1".to_owned()),
            dataset_id: Some(dataset.id.clone()),
            record: Record::new(),
            question: RecordQuestion::Counterfactuals(params),
        };
        let Response::AboutRecord { answer, .. } = lab.answer(request) else { panic!("no answer") };
        let CardAnswer::Counterfactuals(found) = *answer else { panic!("{answer:?}") };
        assert_eq!((found.follow, found.dependent.len()), (follow, if follow { 2 } else { 0 }));
    }
}
