//! All customers of a data set: probabilities, order, reasons, thresholds and groups.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "a test fails by panicking and says what it skips"
)]

mod support;

#[path = "support/lab.rs"]
mod lab;

use churn_lab::compute::{CustomersAnswer, CustomersQuestion, Request, Response, codec};
use churn_lab::customers::{Choice, Effect, Reasons, Segmentation, columns};
use churn_lab::data::{DatasetId, DatasetSummary, Record, Value};
use churn_lab::evaluation::OfferParams;
use churn_lab::explain::{FeatureCount, LimeParams};
use churn_lab::exploration::{RowsPart, SampleParams, Selection, Sort};
use churn_lab::features::FeatureSpace;
use churn_lab::models::ModelId;
use lab::Lab;
use support::{close, telco_csv};

/// A session with customers and the default model.
struct Portfolio {
    lab: Lab,
    dataset: DatasetSummary,
    model: ModelId,
    space: FeatureSpace,
}

impl Portfolio {
    fn of(mut lab: Lab, dataset: DatasetSummary) -> Self {
        let model = lab.fit(&dataset.id).model.model;
        Self { lab, dataset, model: model.id, space: model.pipeline.space }
    }

    fn made_up(rows: u32) -> Self {
        let mut lab = Lab::new();
        let dataset = lab.sample(rows);
        Self::of(lab, dataset)
    }

    fn real() -> Option<Self> {
        let mut lab = Lab::new();
        let request =
            Request::ReadCsv { bytes: telco_csv()?, name: "telco.csv".to_owned(), target: None };
        let Response::Dataset { summary, .. } = lab.answer(request) else { panic!("no data set") };
        Some(Self::of(lab, summary))
    }

    fn request(&self, question: CustomersQuestion) -> Request {
        let (model_id, dataset_id) = (self.model.clone(), self.dataset.id.clone());
        let question = codec::encode(&question).expect("bytes");
        Request::Customers { model_id, dataset_id, question }
    }

    #[track_caller]
    fn ask(&mut self, question: CustomersQuestion) -> CustomersAnswer {
        let request = self.request(question);
        let Response::Customers(bytes) = self.lab.answer(request) else { panic!("no customers") };
        codec::decode(&bytes).expect("an answer")
    }

    #[track_caller]
    fn scores(&mut self) -> (Vec<f64>, Vec<bool>) {
        match self.ask(CustomersQuestion::Scores) {
            CustomersAnswer::Scores { probabilities, labels } => {
                (probabilities, labels.expect("labels"))
            }
            other => panic!("{other:?}"),
        }
    }

    #[track_caller]
    fn rows(&mut self, selection: Selection, sort: Option<Sort>) -> (u32, RowsPart) {
        let rows = match self.ask(CustomersQuestion::Places { selection, sort }) {
            CustomersAnswer::Places(rows) => rows,
            other => panic!("{other:?}"),
        };
        let selected = rows.len() as u32;
        match self.ask(CustomersQuestion::Rows { rows: rows.into_iter().take(1_000).collect() }) {
            CustomersAnswer::Rows(part) => (selected, part),
            other => panic!("{other:?}"),
        }
    }

    #[track_caller]
    fn weights(&mut self, rows: &[u32], lime: LimeParams) -> Vec<f32> {
        match self.ask(CustomersQuestion::Weights { rows: rows.to_vec(), lime }) {
            CustomersAnswer::Weights(weights) => weights,
            other => panic!("{other:?}"),
        }
    }

    #[track_caller]
    fn segments(&mut self, columns: &[&str]) -> Segmentation {
        let columns = columns.iter().map(|&column| column.to_owned()).collect();
        match self.ask(CustomersQuestion::Segments { columns }) {
            CustomersAnswer::Segments(segments) => segments,
            other => panic!("{other:?}"),
        }
    }

    #[track_caller]
    fn record(&mut self, row: u32) -> (Record, Option<bool>) {
        let request =
            Request::FindRecord { dataset_id: self.dataset.id.clone(), customer: row.to_string() };
        match self.lab.answer(request) {
            Response::Record { record, label, .. } => (record, label),
            other => panic!("{other:?}"),
        }
    }

    #[track_caller]
    fn predict(&mut self, records: Vec<Record>) -> Vec<f64> {
        let request = Request::Predict { model_id: self.model.clone(), records };
        match self.lab.answer(request) {
            Response::Probabilities(probabilities) => probabilities,
            other => panic!("{other:?}"),
        }
    }
}

fn filter(filter: &str) -> Selection {
    Selection { filter: filter.to_owned(), ..Selection::default() }
}

fn by(column: &str, descending: bool) -> Option<Sort> {
    Some(Sort { column: column.to_owned(), descending })
}

#[test]
fn every_customer_has_the_probability_that_a_call_gives() {
    let mut portfolio = Portfolio::made_up(300);
    let (probabilities, labels) = portfolio.scores();
    assert_eq!(probabilities.len(), portfolio.dataset.kept as usize);
    let rows: Vec<u32> = vec![0, 1, 17, portfolio.dataset.kept - 1];
    let (records, classes): (Vec<Record>, Vec<_>) =
        rows.iter().map(|&row| portfolio.record(row)).unzip();
    let called = portfolio.predict(records);
    for ((&row, called), class) in rows.iter().zip(called).zip(classes) {
        assert_eq!(probabilities[row as usize].to_bits(), called.to_bits());
        assert_eq!(Some(labels[row as usize]), class);
    }
}

#[test]
fn rows_are_filtered_and_sorted_by_the_probability() {
    let mut portfolio = Portfolio::made_up(400);
    let (probabilities, _) = portfolio.scores();
    let (selected, part) = portfolio.rows(filter("probability > .5"), by("probability", true));
    let over = probabilities.iter().filter(|&&p| p > 0.5).count();
    assert!(over > 10 && over < probabilities.len());
    assert_eq!((selected as usize, part.places.len()), (over, over));
    let shown: Vec<f64> = part.places.iter().map(|&row| probabilities[row as usize]).collect();
    assert!(shown.windows(2).all(|pair| pair[0] >= pair[1]));
    // the identifier, the probability, the target, then the features
    let names: Vec<String> =
        columns(&portfolio.dataset).into_iter().map(|column| column.name).collect();
    let features = portfolio.space.features.iter().map(|feature| feature.name.clone());
    let first = ["customerID", "probability", "Churn"].map(str::to_owned);
    assert_eq!(names, first.into_iter().chain(features).collect::<Vec<_>>());
    for (row, values) in part.places.iter().zip(&part.rows) {
        assert_eq!(values[1], Value::Number(probabilities[*row as usize]));
        assert_eq!(values.len(), portfolio.space.len() + 3);
        assert!(matches!(&values[2], Value::Text(class) if class == "Yes" || class == "No"));
    }
}

#[test]
fn ten_random_customers_are_pandas_sample_with_that_seed() {
    let mut portfolio = Portfolio::made_up(300);
    let n = f64::from(portfolio.dataset.kept);
    let ten = Choice { random: Some(10), seed: 7, ..Choice::default() };
    let (selected, part) = portfolio.rows(ten.selection(None, n as u32), None);
    let order = churn_lab::numerics::random::RandomState::new(7).permutation(n as u32);
    let mut expected = order[..10].to_vec();
    expected.sort_unstable();
    assert_eq!((selected, part.places), (10, expected));
}

#[test]
fn a_choice_of_customers_is_a_filter_and_a_draw() {
    let all = Choice::default();
    assert!(all.selection(Some("customerID"), 300).is_everything());
    let found = Choice { find: " 12\"3 ".to_owned(), ..Choice::default() };
    let filter = found.selection(Some("customer`ID"), 300).filter;
    assert_eq!(filter, "`customer``ID` contains \"12\"\"3\"");
    assert!(found.selection(None, 300).is_everything());
    let both = Choice { filter: "a > 1 or b > 2".to_owned(), ..found };
    assert_eq!(
        both.selection(Some("id"), 9).filter,
        "(a > 1 or b > 2) and `id` contains \"12\"\"3\""
    );
    let most = Choice { random: Some(500), seed: 3, ..Choice::default() };
    let sample = Some(SampleParams { fraction: 1.0, seed: 3 });
    assert_eq!(most.selection(None, 300).sample, sample);
    assert_eq!(most.selection(None, 0).sample, None);
}

#[test]
fn weights_are_those_of_an_explanation_of_all_features() {
    let mut portfolio = Portfolio::made_up(300);
    let lime = LimeParams { samples: 500, features: FeatureCount::Top(3), seed: 11 };
    let rows = [5_u32, 0, 250];
    let weights = portfolio.weights(&rows, lime.clone());
    let n = portfolio.space.len();
    assert_eq!(weights.len(), rows.len() * n);
    for (&row, weights) in rows.iter().zip(weights.chunks(n)) {
        let (record, _) = portfolio.record(row);
        let request = Request::Explain {
            model_id: portfolio.model.clone(),
            record,
            params: LimeParams { features: FeatureCount::All, ..lime.clone() },
            neighbourhood: None,
        };
        let Response::Explanation { explanation, .. } = portfolio.lab.answer(request) else {
            panic!("no explanation")
        };
        assert_eq!(explanation.contributions.len(), n);
        for contribution in explanation.contributions {
            let place = portfolio.space.position(&contribution.feature).expect("a feature");
            assert_eq!(weights[place].to_bits(), (contribution.weight as f32).to_bits());
        }
    }
}

#[test]
fn what_is_not_explained_has_no_weight_instead_of_zero() {
    let mut reasons = Reasons::new(4, 2);
    assert_eq!((reasons.of_row(1), reasons.explained(), reasons.largest()), (None, 0, 0.0));
    reasons.put(&[2, 0], &[0.0, -0.5, 0.25, 0.0]);
    assert_eq!(reasons.of_row(2), Some(&[0.0, -0.5][..]));
    assert_eq!(reasons.of_row(0), Some(&[0.25, 0.0][..]));
    assert_eq!((reasons.of_row(1), reasons.of_row(4)), (None, None));
    assert_eq!((reasons.explained(), reasons.largest()), (2, 0.5));
    assert_eq!(reasons.lacking(0..4), [1, 3]);
    // the same row again is counted once, a row past the end not at all
    reasons.put(&[2, 9], &[0.125, 0.0, 1.0, 1.0]);
    assert_eq!((reasons.explained(), reasons.largest()), (2, 0.5));
}

#[test]
fn a_threshold_counts_who_flips_and_what_it_earns() {
    let offer = OfferParams {
        offer_cost_per_customer: 10.0,
        kept_value_per_customer: 100.0,
        offer_success_share: 0.5,
    };
    let offer = offer.check().expect("an offer");
    let probabilities = [0.1, 0.3, 0.5, 0.9];
    let labels = [false, true, false, true];
    let effect = Effect::of(&probabilities, Some(&labels), 0.3, 0.5, offer);
    assert_eq!((effect.customers, effect.contacted), (4, 3));
    assert_eq!((effect.added, effect.dropped), (1, 0));
    // (0.3 + 0.5 + 0.9) · 50 − 3 · 10
    close("profit", effect.expected_profit, 55.0, 1e-12);
    let counts = effect.confusion.expect("classes");
    assert_eq!((counts.tn, counts.fp, counts.fn_, counts.tp), (1, 1, 0, 2));
    let effect = Effect::of(&probabilities, None, 0.6, 0.5, offer);
    assert_eq!((effect.contacted, effect.added, effect.dropped), (1, 0, 1));
    assert_eq!(effect.confusion, None);
}

#[test]
fn groups_hold_every_customer_once_and_their_filters_select_them() {
    let mut portfolio = Portfolio::made_up(500);
    let (probabilities, labels) = portfolio.scores();
    let segmentation = portfolio.segments(&["Contract", "tenure"]);
    assert_eq!(segmentation.of_row.len(), probabilities.len());
    let mut reasons = Reasons::new(probabilities.len(), 2);
    reasons.put(&[0], &[0.5, -1.0]);
    let offer = OfferParams::default().check().expect("an offer");
    let segments =
        segmentation.segments(&probabilities, Some(&labels), (0.5, offer), Some(&reasons));
    assert_eq!(segments.iter().map(|s| s.n as usize).sum::<usize>(), probabilities.len());
    assert!(segments.len() > 4 && segments.iter().all(|segment| segment.n > 0));
    for (place, segment) in segments.iter().enumerate() {
        let (selected, part) = portfolio.rows(filter(&segmentation.filters[place]), None);
        assert_eq!(selected, segment.n, "{}", segmentation.names[place]);
        let own = part.places.iter().map(|&row| row as usize);
        assert!(own.clone().all(|row| segmentation.of_row[row] as usize == place));
        let positive = own.clone().filter(|&row| labels[row]).count() as f64;
        close("rate", segment.rate.expect("a rate").rate, positive / f64::from(selected), 1e-12);
        let mean = own.map(|row| probabilities[row]).sum::<f64>() / f64::from(selected);
        close("probability", segment.probability, mean, 1e-12);
        let has_first = segmentation.of_row[0] as usize == place;
        assert_eq!(segment.explained, u32::from(has_first));
        let weights: &[f64] = if has_first { &[0.5, -1.0] } else { &[] };
        assert_eq!(segment.mean_weights, weights);
    }
}

#[test]
fn what_cannot_be_asked_is_refused_by_name() {
    let mut portfolio = Portfolio::made_up(300);
    let lime = LimeParams::default();
    let many = CustomersQuestion::Weights { rows: vec![0; 1_001], lime: lime.clone() };
    let past = CustomersQuestion::Weights { rows: vec![300], lime };
    let columns = |columns: &[&str]| CustomersQuestion::Segments {
        columns: columns.iter().map(|&column| column.to_owned()).collect(),
    };
    let wrong = Selection { filter: "probability >".to_owned(), ..Selection::default() };
    let wrong = CustomersQuestion::Places { selection: wrong, sort: None };
    let lengths =
        CustomersQuestion::ByWeight { rows: vec![1, 0], weights: vec![0.5], descending: true };
    let not_explained =
        CustomersQuestion::ByWeight { rows: vec![1], weights: vec![f32::NAN], descending: true };
    let no_customer =
        CustomersQuestion::ByWeight { rows: vec![300], weights: vec![0.5], descending: true };
    let no_column =
        CustomersQuestion::Places { selection: Selection::default(), sort: by("Nothing", true) };
    for (question, code) in [
        (many, "too_many"),
        (past, "unknown_customer"),
        (columns(&[]), "columns_out_of_range"),
        (columns(&["Contract", "Contract"]), "columns_out_of_range"),
        (columns(&["Contract", "tenure", "gender"]), "columns_out_of_range"),
        (columns(&["Nothing"]), "unknown_column"),
        (columns(&["customerID"]), "wrong_kind"),
        (wrong, "bad_filter"),
        (no_column, "unknown_column"),
        (CustomersQuestion::Rows { rows: vec![0; 1_001] }, "too_many"),
        (CustomersQuestion::Rows { rows: vec![0, 300] }, "unknown_customer"),
        (lengths, "unequal_lengths"),
        (not_explained, "not_explained"),
        (no_customer, "unknown_customer"),
    ] {
        let request = portfolio.request(question);
        assert_eq!(portfolio.lab.refusal(request).code, code);
    }
    let dataset_id = DatasetId("gone".to_owned());
    let request = Request::Customers {
        model_id: portfolio.model.clone(),
        dataset_id,
        question: codec::encode(&CustomersQuestion::Scores).expect("bytes"),
    };
    assert_eq!(portfolio.lab.refusal(request).code, "not_found");
    let request = Request::Customers {
        model_id: portfolio.model.clone(),
        dataset_id: portfolio.dataset.id.clone(),
        question: vec![99],
    };
    assert_eq!(portfolio.lab.refusal(request).code, "protocol");
}

#[test]
fn a_data_set_without_a_feature_of_the_model_is_refused() {
    let mut portfolio = Portfolio::made_up(300);
    let bytes = b"tenure,Churn\n1,Yes\n2,No\n3,Yes\n4,No\n5,Yes\n6,No\n".to_vec();
    let request = Request::ReadCsv { bytes, name: "small.csv".to_owned(), target: None };
    let Response::Dataset { summary, .. } = portfolio.lab.answer(request) else {
        panic!("no data set")
    };
    portfolio.dataset = summary;
    let request = portfolio.request(CustomersQuestion::Scores);
    assert_eq!(portfolio.lab.refusal(request).code, "other_dataset");
}

/// WORKSHOP.md §1 and the workshop's model over all clean rows.
#[test]
fn the_real_file_is_scored_and_grouped() {
    let Some(mut portfolio) = Portfolio::real() else { return };
    let (probabilities, labels) = portfolio.scores();
    assert_eq!(probabilities.len(), 7_032);
    assert_eq!(labels.iter().filter(|&&label| label).count(), 1_869);
    let segmentation = portfolio.segments(&["InternetService"]);
    let offer = OfferParams::default().check().expect("an offer");
    let segments = segmentation.segments(&probabilities, Some(&labels), (0.5, offer), None);
    let counts: Vec<_> = segmentation.names.iter().zip(segments.iter().map(|s| s.n)).collect();
    let expected: [(&str, u32); 3] = [
        ("InternetService = DSL", 2_416),
        ("InternetService = Fiber optic", 3_096),
        ("InternetService = No", 1_520),
    ];
    assert!(counts.iter().map(|(name, n)| (name.as_str(), *n)).eq(expected));
    let seniors = portfolio.segments(&["SeniorCitizen"]);
    let segments = seniors.segments(&probabilities, Some(&labels), (0.5, offer), None);
    let old = segments.iter().find(|segment| segment.n == 1_142).expect("seniors");
    close("seniors", old.rate.expect("a rate").rate, 476.0 / 1_142.0, 1e-12);
}
