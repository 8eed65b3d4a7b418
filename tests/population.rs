//! The generator keeps the rules of the Telco table; `population_likeness` compares it with IBM's file.

#![allow(clippy::expect_used, reason = "a test says what it expects")]

mod support;

use std::collections::BTreeSet;

use churn_lab::data;
use churn_lab::data::csv::Reader;
use churn_lab::population::{
    self, DEFAULT_ROWS, DEFAULT_SEED, Driver, FaultParams, Logit, MAX_ROWS, ParamsError,
    PopulationParams, SampleError,
};
use support::cells::Table;
use support::close;

const ADD_ONS: [&str; 6] = [
    "OnlineSecurity",
    "OnlineBackup",
    "DeviceProtection",
    "TechSupport",
    "StreamingTV",
    "StreamingMovies",
];
/// The rules of the table, for the default data set and others.
#[test]
fn keeps_the_structural_rules() {
    for (rows, seed, blank) in
        [(DEFAULT_ROWS, DEFAULT_SEED, 11), (14_086, 1, 22), (700, 2, 1), (1, 3, 0)]
    {
        let table = Table::made(rows, seed);
        assert_eq!(table.n_rows(), rows as usize);
        let mut blanks = 0;
        for row in 0..table.n_rows() {
            let get = |name| table.get(name, row);
            let without = ADD_ONS.iter().filter(|name| get(name) == "No internet service").count();
            assert_eq!(without, if get("InternetService") == "No" { 6 } else { 0 }, "row {row}");
            assert_eq!(get("PhoneService") == "No", get("MultipleLines") == "No phone service");
            assert!(get("PhoneService") == "Yes" || get("InternetService") == "DSL", "row {row}");

            let cents = |text: &str| (100.0 * text.parse::<f64>().expect("dollars")).round() as u32;
            let (tenure, monthly) = (get("tenure"), cents(get("MonthlyCharges")));
            assert_eq!(monthly % 5, 0, "row {row}");
            assert_eq!(tenure == "0", get("TotalCharges") == " ", "row {row}");
            if tenure == "0" {
                blanks += 1;
                assert_eq!(get("Churn"), "No");
                assert_ne!(get("Contract"), "Month-to-month");
                continue;
            }
            let (months, total) =
                (tenure.parse::<u32>().expect("months"), cents(get("TotalCharges")));
            assert!((1..=72).contains(&months), "row {row}");
            assert_eq!(total % 5, 0, "row {row}");
            assert!(total >= monthly && (months > 1 || total == monthly), "row {row}");
        }
        assert_eq!(blanks, blank, "{rows} rows");
    }
}

#[test]
fn customer_numbers_have_the_form_and_differ() {
    let table = Table::made(50_000, 5);
    let numbers: BTreeSet<&String> = table.column("customerID").iter().collect();
    assert_eq!(numbers.len(), 50_000);
    for number in numbers {
        let (digits, letters) = number.split_once('-').expect("a hyphen");
        assert!(digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit()), "{number}");
        assert!(letters.len() == 5 && letters.bytes().all(|b| b.is_ascii_uppercase()), "{number}");
    }
}

/// So a scenario can be compared with the default customer by customer.
#[test]
fn a_changed_price_leaves_everything_else_as_it_was() {
    let mut dearer = PopulationParams::default();
    dearer.prices.fiber += 10.0;
    let before = Table::default();
    let after = Table::of(&population::csv(&dearer, DEFAULT_ROWS, DEFAULT_SEED));
    for name in before.names().filter(|name| !name.ends_with("Charges")) {
        assert_eq!(before.column(name), after.column(name), "{name}");
    }
    for row in 0..before.n_rows() {
        let price =
            |table: &Table| table.get("MonthlyCharges", row).parse::<f64>().expect("dollars");
        let rise = if before.get("InternetService", row) == "Fiber optic" { 10.0 } else { 0.0 };
        close("rise of the monthly charge", price(&after) - price(&before), rise, 0.01);
    }
}

#[test]
fn another_seed_gives_other_customers() {
    let params = PopulationParams::default();
    assert_ne!(population::csv(&params, 20, 1), population::csv(&params, 20, 2));
}

#[test]
fn the_default_data_set_is_read_as_the_real_file_is() {
    let params = PopulationParams::default();
    let dataset = population::sample(&params, DEFAULT_ROWS, DEFAULT_SEED, "telco-sample.csv")
        .expect("the default data set")
        .read
        .dataset;
    assert_eq!((dataset.rows_read, dataset.n_rows()), (7_043, 7_032));
    assert_eq!(dataset.issues.len(), 11);
    assert!(dataset.issues.iter().all(|issue| issue.message == "TotalCharges is blank"));
    assert_eq!(dataset.features().count(), 19);
    let target = dataset.target.expect("a target");
    assert_eq!((target.column.as_str(), target.positive_class.as_str()), ("Churn", "Yes"));
}

/// Among few customers there may be nobody who left, or nobody who stayed.
#[test]
fn a_tiny_sample_is_a_data_set_or_a_named_error() {
    let params = PopulationParams::default();
    let mut outcomes = BTreeSet::new();
    for rows in 1..=30 {
        for seed in 0..40 {
            match population::sample(&params, rows, seed, "tiny") {
                Ok(sample) => {
                    assert_eq!(sample.read.dataset.rows_read, rows as usize);
                    outcomes.insert("read");
                }
                Err(error) => {
                    assert!(error.to_string().contains(&format!("seed {seed}")), "{error}");
                    outcomes.insert(error.code());
                }
            }
        }
    }
    assert_eq!(outcomes, BTreeSet::from(["read", "target_not_two_classes"]));
}

/// Each fault strikes its share of rows, in its column and nowhere else.
#[test]
fn faults_strike_their_share_of_rows() {
    let mut params = PopulationParams::default();
    params.faults.blank_total = 0.01;
    params.faults.blank_payment = 0.02;
    params.faults.tenfold_charge = 0.04;
    let clean = Table::default();
    let faulty = Table::of(&population::csv(&params, DEFAULT_ROWS, DEFAULT_SEED));
    let struck = |name: &str| {
        let pairs = clean.column(name).iter().zip(faulty.column(name));
        pairs.filter(|(clean, faulty)| clean != faulty).map(|(a, b)| (a.clone(), b.clone()))
    };
    for name in clean.names() {
        let share = match name {
            "TotalCharges" => 0.01,
            "PaymentMethod" => 0.02,
            "MonthlyCharges" => 0.04,
            _ => 0.0,
        };
        close(name, struck(name).count() as f64 / f64::from(DEFAULT_ROWS), share, share / 10.0);
    }
    assert!(struck("TotalCharges").all(|(_, cell)| cell == " "));
    assert!(struck("PaymentMethod").all(|(_, cell)| cell.is_empty()));
    for (charge, tenfold) in struck("MonthlyCharges") {
        let dollars = |text: &str| text.parse::<f64>().expect("dollars");
        close("a misplaced point", dollars(&tenfold), 10.0 * dollars(&charge), 1e-9);
    }
}

#[test]
fn refuses_impossible_parameters() {
    use ParamsError as E;
    let check = |change: &dyn Fn(&mut PopulationParams), expected: E, words: &str| {
        let mut params = PopulationParams::default();
        change(&mut params);
        assert_eq!(params.check(), Err(expected.clone()));
        assert_eq!(expected.to_string(), words);
        let error = population::sample(&params, 100, 7, "none").err();
        assert_eq!(error.as_ref().map(SampleError::code), Some(expected.code()));
        assert_eq!(error, Some(SampleError::Params(expected)));
    };
    assert_eq!(PopulationParams::default().check(), Ok(()));
    check(
        &|params| params.prices.fiber = -5.0,
        E::OutOfRange { name: "prices.fiber", value: -5.0, limit: 10_000.0 },
        "prices.fiber is -5; allowed: 0 to 10000",
    );
    check(
        &|params| params.newcomers.share = 1.5,
        E::OutOfRange { name: "newcomers.share", value: 1.5, limit: 1.0 },
        "newcomers.share is 1.5; allowed: 0 to 1",
    );
    check(
        &|params| (params.faults.blank_total, params.faults.tenfold_charge) = (0.75, 0.5),
        E::Faults { sum: 1.25 },
        "the shares of faults sum to 1.25; allowed: up to 1, since a row has one at most",
    );
    check(
        &|params| params.fiber.intercept = f64::INFINITY,
        E::NotFinite { name: "fiber", value: f64::INFINITY },
        "a log-odds of fiber is inf; allowed: any finite number",
    );
    check(
        &|params| params.senior = Logit::new(0.0, &[(Driver::Churned, 1.0)]),
        E::Undecided { name: "senior", driver: Driver::Churned },
        "senior rests on Churned, which is not decided yet at that step",
    );
    check(
        &|params| params.tenure.one_year.couple = [0.0; 14],
        E::Weights { name: "tenure.one_year", household: "couple" },
        "weights of tenure.one_year for a couple: each must be 0 or above, and their sum above 0",
    );
    let mut unknown = PopulationParams::default();
    unknown.prices.bill_spread = f64::NAN;
    assert_eq!(unknown.check().map_err(|error| error.code()), Err("population_out_of_range"));
}

#[test]
fn refuses_no_rows_and_too_many() {
    for rows in [0, MAX_ROWS + 1, u32::MAX] {
        let error = population::sample(&PopulationParams::default(), rows, 7, "none").err();
        let expected = SampleError::RowsOutOfRange { rows, limit: MAX_ROWS };
        assert_eq!(error, Some(expected.clone()));
        assert_eq!(expected.code(), "sample_rows_out_of_range");
    }
}

/// The file in `data/` is what `cargo xtask data` writes today.
#[test]
fn the_sample_file_is_up_to_date() {
    let file = include_str!("../data/telco-sample.csv");
    let made = population::csv(&PopulationParams::default(), DEFAULT_ROWS, DEFAULT_SEED);
    assert!(file == made, "data/telco-sample.csv is stale; make it anew as data/README.md says");
    assert!(file.len() <= 1_024 * 1_024, "{} bytes", file.len());
}

/// A sample is drawn without the way by the text, and is what would have been read from it.
#[test]
fn a_sample_is_what_would_be_read_from_its_text() {
    let faults = FaultParams { blank_total: 0.05, blank_payment: 0.05, tenfold_charge: 0.05 };
    let faulty = PopulationParams { faults, ..PopulationParams::default() };
    for (params, rows, seed) in [
        (PopulationParams::default(), DEFAULT_ROWS, DEFAULT_SEED),
        (PopulationParams::default(), 300, 3),
        (faulty, 20_001, 11),
    ] {
        let text = population::csv(&params, rows, seed);
        let mut reader = Reader::new("drawn", None);
        reader.push(text.as_bytes());
        let read = reader.finish_table().expect("a table");
        let drawn = population::sample(&params, rows, seed, "drawn").expect("a data set").table;
        assert_eq!(
            data::Table { digest: read.digest, ..drawn },
            read,
            "{rows} rows of seed {seed}"
        );
    }
}

#[test]
fn samples_of_other_params_seeds_or_names_have_other_ids() {
    let id = |params: &PopulationParams, rows, seed, name| {
        population::sample(params, rows, seed, name).expect("a data set").read.dataset.id
    };
    let mut dearer = PopulationParams::default();
    dearer.prices.fiber += 1.0;
    let usual = PopulationParams::default();
    let ids = [
        id(&usual, 500, 1, "a"),
        id(&usual, 500, 2, "a"),
        id(&usual, 501, 1, "a"),
        id(&usual, 500, 1, "b"),
        id(&dearer, 500, 1, "a"),
    ];
    assert_eq!(ids[0], id(&usual, 500, 1, "a"));
    assert!(ids.iter().enumerate().all(|(at, id)| !ids[..at].contains(id)), "{ids:?}");
}
