//! A column of dates, from the file to a request: numbers inside, dates wherever a person meets them.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails loudly")]

#[path = "support/explore.rs"]
#[allow(dead_code, reason = "every test file uses a part")]
mod explore;

use churn_lab::charts::format::NumberFormat;
use churn_lab::data::csv::read;
use churn_lab::data::{Dataset, DatasetSummary, Record, Value};
use churn_lab::explain::LimeExplainer;
use churn_lab::exploration::filter::{Filter, plain_number};
use churn_lab::exploration::{BinEdges, Figures, Groups, Question, Selection};
use churn_lab::features::FeatureSpace;
use explore::ask;

/// Forty customers, who came on the ninth of each month from March 2020 on.
fn customers() -> Dataset {
    let mut csv = "since,plan,Churn\n".to_owned();
    for month in 2..42 {
        let (year, of_year) = (2020 + month / 12, month % 12 + 1);
        let plan = if month % 3 == 0 { "basic" } else { "plus" };
        let churn = if month % 2 == 0 { "Yes" } else { "No" };
        csv.push_str(&format!("{year}-{of_year:02}-09,{plan},{churn}\n"));
    }
    read(csv.as_bytes(), "dated", Some("Churn")).expect("a good file")
}

#[test]
fn a_filter_compares_dates() {
    let dataset = customers();
    let columns = DatasetSummary::columns_of(&dataset);
    let passing = |filter: &str| {
        let filter = Filter::parse(filter, &columns, plain_number).expect(filter);
        filter.failed(&dataset).iter().filter(|failed| **failed == 0).count()
    };
    assert_eq!(passing("since = 2020-03-09"), 1);
    assert_eq!(passing("since < \"2020-05-09\""), 2);
    assert_eq!(passing("since between 2021-01-01 and 2021-12-31"), 12);
    assert_eq!(passing("since in (2020-03-09, 2020-04-09, 2020-04-10)"), 2);
    // days since 1970-01-01, as in links of earlier labs
    assert_eq!(passing("since <= 18330"), 1);
    let error = Filter::parse("since > soon", &columns, plain_number).expect_err("no date");
    assert_eq!(
        error.problem.to_string(),
        "since is a date, \"soon\" is not; a date is written as 2024-03-09"
    );
}

#[test]
fn bins_of_dates_are_named_by_dates() {
    let dataset = customers();
    let question = Question::Column { column: "since".to_owned(), bins: 2, by: None };
    let figures = ask(&dataset, &Selection::default(), question).figures;
    let Figures::Column(figures) = figures else { panic!("a column") };
    let Groups::Bins(BinEdges { edges, are_dates: true }) = figures.distribution.groups else {
        panic!("bins of dates")
    };
    // 1,187 days lie between the first and the last customer
    let names = ["2020-03-09 to 2021-10-23", "2021-10-23 to 2023-06-09"];
    assert_eq!(NumberFormat::Day.bin_names(&edges), names);
}

#[test]
fn a_record_holds_dates() {
    let space = FeatureSpace::of(&customers());
    let of = |value: Value| space.encode(&Record::from([("since".to_owned(), value)]));
    let encoded = of(Value::from("2020-03-09")).expect("a date");
    assert_eq!(encoded[0], 18_330.0);
    assert_eq!(of(Value::Number(18_330.0)).expect("its days"), encoded);
    assert_eq!(space.decode(&encoded)["since"], Value::from("2020-03-09"));
    // half a day later it is no day, and stays a number
    assert_eq!(space.decode(&[18_330.5, 0.0])["since"], Value::Number(18_330.5));
    for wrong in ["9.3.2020", "2020-02-30", ""] {
        let error = of(Value::from(wrong)).expect_err(wrong);
        assert_eq!(error.code(), "not_a_date");
        assert_eq!(
            error.to_string(),
            format!(
                "since is \"{wrong}\"; allowed: a date such as 2024-03-09, or its days since 1970-01-01"
            )
        );
    }
}

#[test]
fn an_explanation_speaks_of_dates() {
    let dataset = customers();
    let space = FeatureSpace::of(&dataset);
    let explainer = LimeExplainer::fit(&dataset, &space).expect("an explainer");
    let said = |bin| explainer.statistics[0].condition(&space.features[0], bin);
    // quartiles of the forty dates, by hand
    assert_eq!(said(0), "since <= 2021-01-01");
    assert_eq!(said(1), "2021-01-01 < since <= 2021-10-24");
    assert_eq!(said(3), "since > 2022-08-16");
}
