//! Selected rows and their figures: against the reference, against a naive recount, by hand.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test fails loudly, and says what it skips"
)]

mod support;

use churn_lab::data::profile::ClassCounts;
use churn_lab::data::{ColumnValues, Dataset, Value};
use churn_lab::exploration::{
    BinEdges, Distribution, Figures, Groups, Index, OverviewColumn, Picked, Question, SampleParams,
    Selection,
};
use churn_lab::numerics::random::RandomState;
use serde_json::Value as Json;
use support::customers::customers;
use support::explore::{ask, levels, picks, range};
use support::telco::telco;
use support::{close, reference};

fn overview(dataset: &Dataset, selection: &Selection) -> Vec<OverviewColumn> {
    match ask(dataset, selection, Question::Overview).figures {
        Figures::Overview(columns) => columns,
        other => panic!("{other:?}"),
    }
}

fn number(value: &Json) -> f64 {
    value.as_f64().expect("a number")
}

#[test]
fn the_overview_equals_the_reference() {
    let Some((dataset, eda)) = telco().zip(reference("eda")) else { return };
    let columns = overview(&dataset, &Selection::default());
    assert_eq!(columns.len(), 19);
    let strengths: Vec<f64> =
        columns.iter().map(|c| c.strength.expect("a target").association).collect();
    assert!(strengths.is_sorted_by(|a, b| a >= b), "{strengths:?}");
    let names: Vec<&str> = columns.iter().map(|c| c.distribution.column.as_str()).collect();
    assert_eq!(names[0], "Contract");
    for column in &columns {
        let Distribution { column: name, groups, counts } = &column.distribution;
        let strength = column.strength.expect("a target");
        match groups {
            Groups::Levels(levels) => {
                for (level, classes) in levels.iter().zip(counts) {
                    let expected = &eda["churn_by_category"][name][level];
                    assert_eq!(Json::from(classes.negative), expected["No"], "{name} {level}");
                    assert_eq!(Json::from(classes.positive), expected["Yes"], "{name} {level}");
                }
                let v = number(&eda["chi2_with_churn"][name]["cramers_v"]);
                close(name, strength.association, v, 1e-12);
                let nats = number(&eda["mutual_information_with_churn"][name]["plug_in_nats"]);
                close(name, strength.mutual_information, nats, 1e-12);
            }
            Groups::Bins(BinEdges { edges, .. }) => {
                let expected = &eda["histograms"][name];
                assert_eq!(serde_json::json!(edges), expected["edges"], "{name}, bit for bit");
                for (class, of) in [("No", 0), ("Yes", 1)] {
                    let of_class = |c: &ClassCounts| if of == 0 { c.negative } else { c.positive };
                    let found: Vec<u32> = counts.iter().map(of_class).collect();
                    assert_eq!(serde_json::json!(found), expected[class], "{name}");
                }
                // with two classes η is the size of the correlation with 0 and 1
                let place = ["tenure", "MonthlyCharges", "TotalCharges"];
                let place = place.iter().position(|n| n == name).expect("a number");
                close(name, strength.association, number(&eda["pearson"][place][3]).abs(), 1e-12);
            }
        }
        let missing = if name == "TotalCharges" { 0 } else { column.missing };
        assert_eq!(missing, 0, "{name}");
    }
}

#[test]
fn matrices_equal_the_reference() {
    let Some((dataset, eda)) = telco().zip(reference("eda")) else { return };
    for (question, key, n) in
        [(Question::Correlations, "pearson", 4), (Question::CramersV, "cramers_v", 17)]
    {
        let answer = ask(&dataset, &Selection::default(), question);
        let (Figures::Correlations(matrix) | Figures::CramersV(matrix)) = answer.figures else {
            panic!("a matrix")
        };
        assert_eq!(matrix.names.len(), n);
        assert_eq!(matrix.names.last().map(String::as_str), Some("Churn"));
        for (i, row) in eda[key].as_array().expect("rows").iter().enumerate() {
            for (j, expected) in row.as_array().expect("columns").iter().enumerate() {
                let what = format!("{key} of {} and {}", matrix.names[i], matrix.names[j]);
                close(&what, matrix.values[i * n + j].expect("a value"), number(expected), 1e-12);
            }
        }
    }
}

#[test]
fn one_column_closely_equals_the_reference() {
    let Some((dataset, eda)) = telco().zip(reference("eda")) else { return };
    for (name, expected) in eda["boxplots_by_churn"].as_object().expect("columns") {
        let question = Question::Column { column: name.clone(), bins: 10, by: None };
        let Figures::Column(found) = ask(&dataset, &Selection::default(), question).figures else {
            panic!("a column")
        };
        for named in &found.boxes {
            let found = serde_json::to_value(named.numbers).expect("JSON");
            let expected = &expected[&named.name];
            for key in ["n", "min", "q1", "median", "q3", "max", "outliers"] {
                assert_eq!(found[key], expected[key], "{name} {key}");
            }
            close(name, named.numbers.mean, number(&expected["mean"]), 1e-9);
        }
        let histogram = &eda["histograms"][name];
        let all: Vec<u32> = found.distribution.counts.iter().map(|c| c.total()).collect();
        assert_eq!(serde_json::json!(all), histogram["all"], "{name}");
    }
}

/// One selection after another over the same index, each figure against a count row by row.
#[test]
fn counts_are_those_of_a_recount() {
    let dataset = customers();
    let mut index = Index::of(&dataset);
    let labels = dataset.labels().expect("a target");
    let mut random = RandomState::new(3);
    for _ in 0..120 {
        let mut selection = Selection::default();
        let coin = |random: &mut RandomState| random.interval(1) == 1;
        for column in &dataset.columns {
            if coin(&mut random) {
                continue;
            }
            selection.picks.push(match &column.values {
                ColumnValues::Levels { levels: all, .. } => {
                    let some: Vec<&str> =
                        all.iter().filter(|_| coin(&mut random)).map(String::as_str).collect();
                    levels(&column.name, &some)
                }
                _ => {
                    let from = f64::from(random.interval(60));
                    range(&column.name, from, from + f64::from(random.interval(60)))
                }
            });
        }
        if coin(&mut random) {
            selection.sample = Some(SampleParams { fraction: 0.4, seed: random.interval(9) });
        }
        if coin(&mut random) {
            selection.filter = "tenure < 50 or Partner = Yes".to_owned();
        }
        let answer = index.answer(&dataset, &selection, &Question::Overview).expect("an answer");
        let passes = |row: usize, but: &str| recount(&dataset, &selection, row, but);
        let selected = (0..400).filter(|&row| passes(row, "")).count();
        assert_eq!(answer.selected.total() as usize, selected, "{selection:?}");
        let Figures::Overview(columns) = answer.figures else { panic!("an overview") };
        for column in columns {
            let Distribution { column: name, groups, counts } = column.distribution;
            let mut expected = vec![ClassCounts::default(); groups.count()];
            for row in (0..400).filter(|&row| passes(row, &name)) {
                let classes = &mut expected[group_of(&dataset, &name, &groups, row)];
                *if labels[row] { &mut classes.positive } else { &mut classes.negative } += 1;
            }
            assert_eq!(counts, expected, "{name} in {selection:?}");
        }
        cross_tables(&dataset, &mut index, &selection, &passes);
    }
}

fn cross_tables(
    dataset: &Dataset,
    index: &mut Index,
    selection: &Selection,
    passes: &dyn Fn(usize, &str) -> bool,
) {
    let (x, y) = ("price", "Contract");
    let question = Question::Pair { x: x.to_owned(), y: y.to_owned(), bins: 7 };
    let answer = index.answer(dataset, selection, &question).expect("an answer");
    let Figures::Pair(pair) = answer.figures else { panic!("a pair") };
    let mut expected = vec![0; pair.columns.count() * pair.rows.count()];
    let mut by_level = vec![0; pair.rows.count()];
    for row in (0..400).filter(|&row| passes(row, "price Contract")) {
        let along = group_of(dataset, x, &pair.columns, row);
        let upward = group_of(dataset, y, &pair.rows, row);
        expected[upward * pair.columns.count() + along] += 1;
        by_level[upward] += 1;
    }
    assert_eq!(pair.cells.iter().map(|c| c.total()).collect::<Vec<_>>(), expected);
    by_level.retain(|&rows| rows > 0);
    assert_eq!(pair.boxes.iter().map(|b| b.numbers.n).collect::<Vec<_>>(), by_level);
}

/// Whether a row is selected, the picks of the columns named in `but` left out.
fn recount(dataset: &Dataset, selection: &Selection, row: usize, but: &str) -> bool {
    let value =
        |name: &str| dataset.column(name).and_then(|c| c.values.value(row)).expect("a value");
    let sampled = selection.sample.is_none_or(|sample| {
        let order = RandomState::new(sample.seed).permutation(400);
        order[..sample.size(400)].contains(&(row as u32))
    });
    let tenure = matches!(value("tenure"), Value::Number(months) if months < 50.0);
    let filtered = selection.filter.is_empty() || tenure || value("Partner") == "Yes".into();
    let picked = selection.picks.iter().filter(|pick| !but.split(' ').any(|b| b == pick.column));
    sampled
        && filtered
        && picked.into_iter().all(|pick| match (&pick.values, value(&pick.column)) {
            (Picked::Levels(levels), Value::Text(text)) => levels.contains(&text),
            (Picked::Range { from, to, .. }, Value::Number(number)) => {
                let Some(ColumnValues::Numbers(all)) =
                    dataset.column(&pick.column).map(|c| &c.values)
                else {
                    panic!("numbers")
                };
                let last = all.iter().all(|other| other <= to);
                number >= *from && (number < *to || last)
            }
            other => panic!("{other:?}"),
        })
}

fn group_of(dataset: &Dataset, name: &str, groups: &Groups, row: usize) -> usize {
    match (groups, dataset.column(name).and_then(|c| c.values.value(row)).expect("a value")) {
        (Groups::Levels(levels), Value::Text(text)) => {
            levels.iter().position(|level| *level == text).expect("a level")
        }
        (Groups::Bins(BinEdges { edges, .. }), Value::Number(number)) => {
            (edges.partition_point(|&edge| edge <= number) - 1).min(edges.len() - 2)
        }
        other => panic!("{other:?}"),
    }
}

/// On the real file: who has a month-to-month contract and fibre in the first year, by the counts of
/// the file itself.
#[test]
fn picks_on_the_real_file() {
    let Some(dataset) = telco() else { return };
    let month = picks(&[levels("Contract", &["Month-to-month"])]);
    let answer = ask(&dataset, &month, Question::Overview);
    assert_eq!(answer.all, ClassCounts { negative: 5_163, positive: 1_869 });
    assert_eq!(answer.selected, ClassCounts { negative: 2_220, positive: 1_655 });
    let Figures::Overview(columns) = answer.figures else { panic!("an overview") };
    // the chart of the contracts still shows the others
    let contract: Vec<u32> = columns[0].distribution.counts.iter().map(|c| c.total()).collect();
    assert_eq!(contract, [3_875, 1_472, 1_685]);
    assert!(columns[1..].iter().all(|column| column.distribution.total() == 3_875));
}

/// By hand: ends that were typed belong to the range, those of a bin only at the very end.
#[test]
fn a_typed_end_belongs_to_its_range() {
    let dataset = customers();
    let Some(ColumnValues::Numbers(tenure)) = dataset.column("tenure").map(|c| &c.values) else {
        panic!("numbers")
    };
    let largest = tenure.iter().copied().fold(0.0, f64::max);
    let count = |from: f64, to: f64, closed: bool| {
        let values = Picked::Range { from, to, closed };
        let pick = churn_lab::exploration::Pick { column: "tenure".to_owned(), values };
        ask(&dataset, &picks(&[pick]), Question::Overview).selected.total() as usize
    };
    let among = |passes: &dyn Fn(f64) -> bool| tenure.iter().filter(|n| passes(**n)).count();
    assert!(among(&|n| n == 12.0) > 0, "customers of twelve months");
    assert_eq!(count(12.0, 12.0, true), among(&|n| n == 12.0));
    assert_eq!(count(1.0, 12.0, true), among(&|n| (1.0..=12.0).contains(&n)));
    assert_eq!(count(1.0, 12.0, false), among(&|n| (1.0..12.0).contains(&n)));
    assert_eq!(count(12.0, largest, false), among(&|n| n >= 12.0));
}

/// The boxes of the classes stay, so that another class can be picked, as the bars of levels do.
#[test]
fn a_picked_class_leaves_the_boxes_of_both() {
    let dataset = customers();
    let question = || Question::Column { column: "tenure".to_owned(), bins: 10, by: None };
    let figures = |selection: &Selection| match ask(&dataset, selection, question()).figures {
        Figures::Column(figures) => figures,
        _ => panic!("a column"),
    };
    let leavers = figures(&picks(&[levels("Churn", &["Yes"])]));
    let all = figures(&Selection::default());
    assert_eq!(leavers.boxes, all.boxes);
    assert_eq!(all.boxes.len(), 2);
    assert!(leavers.cumulative[0].is_empty(), "nobody who stayed is selected");
    assert_eq!(leavers.cumulative[1], all.cumulative[1]);
}

/// What no rows, or one value alone, can't say is not said to be zero.
#[test]
fn there_is_no_correlation_where_nothing_varies() {
    let dataset = customers();
    let nothing = picks(&[levels("Contract", &[])]);
    let one_contract = picks(&[levels("Contract", &["One year"])]);
    for (selection, question) in [
        (&nothing, Question::Correlations),
        (&nothing, Question::CramersV),
        (&one_contract, Question::CramersV),
    ] {
        let answer = ask(&dataset, selection, question);
        let (Figures::Correlations(matrix) | Figures::CramersV(matrix)) = answer.figures else {
            panic!("a matrix")
        };
        let n = matrix.names.len();
        let still =
            matrix.names.iter().position(|name| name == "Contract" || selection == &nothing);
        let still = still.expect("a column that does not vary");
        for other in 0..n {
            assert_eq!(matrix.values[still * n + other], None, "{}", matrix.names[other]);
            assert_eq!(matrix.values[other * n + still], None, "{}", matrix.names[other]);
        }
    }
    let leavers = picks(&[levels("Churn", &["Yes"])]);
    assert!(overview(&dataset, &leavers).iter().all(|column| column.strength.is_none()));
}
