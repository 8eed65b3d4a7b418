//! The exploration figures of the real Telco file against `eda.json`, and of small tables by hand.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test fails loudly, and says what it skips"
)]

mod support;

use churn_lab::data::csv::read;
use churn_lab::data::profile::{
    ClassCounts, ColumnDetail, FiveNumbers, NumberProfile, Profile, profile,
};
use serde_json::{Value, json};
use support::{close, reference, telco_csv};

fn telco() -> Option<(Profile, Value)> {
    let dataset = read(&telco_csv()?, "telco.csv", None).expect("the real file is good");
    Some((profile(&dataset), reference("eda")?))
}

fn of(csv: &str) -> Profile {
    profile(&read(csv.as_bytes(), "small", None).expect("a good file"))
}

fn detail<'a>(profile: &'a Profile, column: &str) -> &'a ColumnDetail {
    let found = profile.columns.iter().find(|c| c.name == column).expect("a column of that name");
    &found.detail
}

fn numbers<'a>(profile: &'a Profile, column: &str) -> &'a NumberProfile {
    match detail(profile, column) {
        ColumnDetail::Numbers(numbers) => numbers,
        other => panic!("{column} has no numbers but {other:?}"),
    }
}

#[test]
fn churn_by_category() {
    let Some((profile, expected)) = telco() else { return };
    assert_eq!(profile.n_rows, 7_032);
    assert_eq!(profile.classes, Some(ClassCounts { negative: 5_163, positive: 1_869 }));
    for (column, levels) in expected["churn_by_category"].as_object().expect("by column") {
        let ColumnDetail::Levels { levels: found, .. } = detail(&profile, column) else {
            panic!("{column} is categorical")
        };
        let levels = levels.as_object().expect("by level");
        assert_eq!(found.len(), levels.len(), "{column}");
        for level in found {
            let expected = &levels[&level.level];
            let classes = level.classes.expect("a target");
            assert_eq!(json!(classes.negative), expected["No"], "{column} = {}", level.level);
            assert_eq!(json!(classes.positive), expected["Yes"], "{column} = {}", level.level);
            assert_eq!(json!(classes.rate()), expected["rate"], "{column} = {}", level.level);
            assert_eq!(level.count, classes.total());
        }
    }
}

#[test]
fn associations() {
    let Some((profile, expected)) = telco() else { return };
    for (column, chi2) in expected["chi2_with_churn"].as_object().expect("by column") {
        let ColumnDetail::Levels { association: Some(found), .. } = detail(&profile, column) else {
            panic!("{column} has an association")
        };
        let number = |value: &Value| value.as_f64().expect("a number");
        close(column, found.chi2, number(&chi2["chi2"]), 1e-12 * number(&chi2["chi2"]).max(1.0));
        close(column, found.cramers_v, number(&chi2["cramers_v"]), 1e-12);
        let information = &expected["mutual_information_with_churn"][column]["plug_in_nats"];
        close(column, found.mutual_information, number(information), 1e-12);
    }
    let ColumnDetail::Levels { association, .. } = detail(&profile, "Churn") else {
        panic!("the target is categorical")
    };
    assert_eq!(*association, None, "the target says nothing about itself");
}

#[test]
fn histograms() {
    let Some((profile, expected)) = telco() else { return };
    for (column, expected) in expected["histograms"].as_object().expect("by column") {
        let found = &numbers(&profile, column).histogram;
        assert_eq!(json!(found.edges), expected["edges"], "{column}, bit for bit");
        assert_eq!(json!(found.all), expected["all"], "{column}");
        assert_eq!(json!(found.negative), expected["No"], "{column}");
        assert_eq!(json!(found.positive), expected["Yes"], "{column}");
    }
}

#[test]
fn box_plots() {
    let Some((profile, expected)) = telco() else { return };
    let check = |column: &str, found: Option<FiveNumbers>, expected: &Value| {
        let found = json!(found.expect("rows of the class"));
        let exact =
            ["n", "min", "q1", "median", "q3", "max", "outliers"].map(|key| (key, key)).into_iter();
        let whiskers = [("whiskerLow", "whisker_low"), ("whiskerHigh", "whisker_high")];
        for (ours, theirs) in exact.chain(whiskers) {
            assert_eq!(found[ours], expected[theirs], "{column} {ours}");
        }
        for (ours, theirs) in [("mean", "mean"), ("std", "std_ddof1")] {
            let value = expected[theirs].as_f64().expect("a number");
            close(column, found[ours].as_f64().expect("a number"), value, 1e-12 * value);
        }
    };
    for (column, expected) in expected["boxplots_by_churn"].as_object().expect("by column") {
        check(column, numbers(&profile, column).negative, &expected["No"]);
        check(column, numbers(&profile, column).positive, &expected["Yes"]);
    }
}

#[test]
fn correlations() {
    let Some((profile, expected)) = telco() else { return };
    let found = &profile.correlations;
    assert_eq!(found.names, ["tenure", "MonthlyCharges", "TotalCharges", "Churn"]);
    for (i, row) in expected["pearson"].as_array().expect("rows").iter().enumerate() {
        for (j, expected) in row.as_array().expect("columns").iter().enumerate() {
            let what = format!("{} with {}", found.names[i], found.names[j]);
            let pearson = found.pearson[i][j].expect("no column is constant");
            close(&what, pearson, expected.as_f64().expect("a number"), 1e-12);
        }
    }
}

#[test]
fn distinct_and_missing_count_kept_rows_and_blank_cells() {
    let Some((profile, _)) = telco() else { return };
    let of = |name: &str| {
        let column = profile.columns.iter().find(|c| c.name == name).expect("a column");
        (column.distinct, column.missing)
    };
    assert_eq!(of("customerID"), (7_032, 0));
    assert_eq!(of("tenure"), (72, 0));
    assert_eq!(of("TotalCharges"), (6_530, 11));
    assert_eq!(of("Contract"), (3, 0));
}

/// By hand: quartiles 2, 3, 4; whiskers reach to −1 and 7, so 100 is an outlier.
#[test]
fn a_hand_made_box_plot() {
    let profile = of("x,plan\n1,a\n2,a\n3,b\n4,b\n100,c\n");
    let found = numbers(&profile, "x");
    assert_eq!((found.all.q1, found.all.median, found.all.q3), (2.0, 3.0, 4.0));
    assert_eq!((found.all.whisker_low, found.all.whisker_high), (1.0, 4.0));
    assert_eq!((found.all.outliers, found.all.mean), (1, 22.0));
    assert_eq!((found.negative, found.histogram.positive.len()), (None, 0), "no target");
    assert_eq!(found.histogram.all, [4, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
}

#[test]
fn a_constant_number_has_a_picture_and_no_correlation() {
    let profile = of("x,y,churn\n0.1,1,no\n0.1,2,yes\n0.1,3,yes\n");
    let found = numbers(&profile, "x");
    assert_eq!(found.histogram.all, [0, 0, 0, 0, 0, 3, 0, 0, 0, 0]);
    assert_eq!(found.histogram.edges[0], -0.4);
    assert!(found.all.std.abs() < 1e-15 && found.negative.expect("a row").std == 0.0);
    let pearson = &profile.correlations.pearson;
    assert_eq!((pearson[0][1], pearson[0][2], pearson[0][0]), (None, None, None));
    assert_eq!(pearson[1][1], Some(1.0));
    close("y with churn", pearson[1][2].expect("two that vary"), 0.75_f64.sqrt(), 1e-15);
}

#[test]
fn figures_stay_finite_at_the_ends_of_the_number_range() {
    let profile = of("x,churn\n-1e100,no\n1e100,yes\n5e-324,yes\n0,no\n");
    let json = serde_json::to_value(&profile).expect("JSON");
    let has_null = numbers(&profile, "x").histogram.edges.iter().any(|edge| !edge.is_finite())
        || json["correlations"]["pearson"].to_string().contains("null")
        || json["columns"][0]["detail"]["numbers"]["all"].to_string().contains("null");
    assert!(!has_null, "{json}");
}
