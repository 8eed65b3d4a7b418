//! Samples, intervals, cumulative lines, rows in order, and what can't be answered.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test fails loudly, and says what it skips"
)]

mod support;

use churn_lab::data::profile::ClassCounts;
use churn_lab::data::{ColumnValues, Value};
use churn_lab::exploration::{
    Figures, Index, Question, Rate, SampleParams, Selection, SelectionError, Sort,
};
use support::close;
use support::customers::customers;
use support::explore::{ask, levels, picks, range};

/// pandas 3.1: `pd.Series(range(10)).sample(frac=0.35, random_state=42)` draws rows 8 1 5 0 (halves of
/// `round(3.5)` go to the even number); `RandomState(42).permutation(10)` is 8 1 5 0 7 2 9 4 3 6.
#[test]
fn a_sample_is_the_one_of_pandas() {
    let mut dataset = customers();
    dataset.columns.retain(|column| column.name == "tenure" || column.name == "Churn");
    dataset.source_rows.truncate(10);
    for column in &mut dataset.columns {
        match &mut column.values {
            ColumnValues::Numbers(numbers) => *numbers = (0..10).map(f64::from).collect(),
            ColumnValues::Levels { codes, .. } => codes.truncate(10),
            ColumnValues::Text(_) => panic!("no texts"),
        }
    }
    for (fraction, expected) in
        [(0.35, vec![0, 1, 5, 8]), (0.25, vec![1, 8]), (1.0, (0..10).collect()), (0.01, vec![])]
    {
        let sample = Some(SampleParams { fraction, seed: 42 });
        let selection = Selection { sample, ..Selection::default() };
        let rows = Question::Rows { from: 0, count: 10, sort: None };
        let Figures::Rows(part) = ask(&dataset, &selection, rows).figures else { panic!("rows") };
        assert_eq!(part.places, expected, "{fraction}");
    }
}

/// The formula in 30 digits (Python's `decimal`), and the first by hand: p = .5, n = 4, z² =
/// 3.8415, centre .5, half 1.96·√(.0625 + .0600)/1.9604 = .35.
#[test]
fn wilson_intervals() {
    for (positive, n, low, high) in [
        (2, 4, 0.15003898915214947, 0.8499610108478506),
        (0, 10, 0.0, 0.2775327998628892),
        (10, 10, 0.7224672001371107, 1.0),
        (1, 1, 0.20654931437723745, 1.0),
        (48, 1685, 0.021_552_876_729_547_99, 0.037_565_436_774_203_1),
    ] {
        let rate = Rate::of(ClassCounts { negative: n - positive, positive });
        close(&format!("{positive} of {n}, low"), rate.low, low, 1e-12);
        close(&format!("{positive} of {n}, high"), rate.high, high, 1e-12);
        assert_eq!(rate.n, n);
    }
    let none = Rate::of(ClassCounts::default());
    assert_eq!((none.n, none.rate, none.low, none.high), (0, 0.0, 0.0, 1.0));
}

#[test]
fn a_cumulative_line_rises_to_one_at_the_right_values() {
    let dataset = customers();
    let question =
        Question::Column { column: "price".to_owned(), bins: 20, by: Some("Partner".to_owned()) };
    let Figures::Column(figures) = ask(&dataset, &Selection::default(), question).figures else {
        panic!("a column")
    };
    let Some(ColumnValues::Numbers(prices)) = dataset.column("price").map(|c| &c.values) else {
        panic!("numbers")
    };
    let labels = dataset.labels().expect("a target");
    for (class, line) in figures.cumulative.iter().enumerate() {
        let of_class = || prices.iter().zip(&labels).filter(|(_, l)| usize::from(**l) == class);
        assert!(line.len() > 100 && line.len() <= 513);
        assert!(line.is_sorted_by(|a, b| a.value < b.value && a.share < b.share));
        for point in line {
            let up_to = of_class().filter(|(price, _)| **price <= point.value).count();
            assert_eq!(point.share, up_to as f64 / of_class().count() as f64);
        }
        assert_eq!(line.last().map(|point| point.share), Some(1.0));
    }
    assert_eq!(figures.boxes.iter().map(|b| b.numbers.n).sum::<u32>(), 400);
    assert_eq!(figures.boxes[1].name, "Yes");
}

#[test]
fn rows_come_in_the_order_asked_for() {
    let mut dataset = customers();
    // two rows of the file before each one that was kept
    dataset.source_rows = (1..).map(|row| 3 * row).take(dataset.n_rows()).collect();
    let mut index = Index::of(&dataset);
    let selection = picks(&[levels("Contract", &["One year", "Two year"])]);
    let mut rows = |sort: Option<Sort>, from, count| {
        let question = Question::Rows { from, count, sort };
        match index.answer(&dataset, &selection, &question).expect("rows").figures {
            Figures::Rows(part) => part,
            other => panic!("{other:?}"),
        }
    };
    let all = rows(None, 0, 1_000);
    assert!(all.places.is_sorted() && all.places.len() > 200);
    assert!(all.places.iter().zip(&all.source_rows).all(|(place, row)| *row == 3 * (place + 1)));
    assert_eq!(all.source_rows.len(), all.places.len());
    assert!(all.rows.iter().all(|row| row[0] != "Month-to-month".into()));
    for (column, place) in [("tenure", 1), ("Contract", 0), ("price", 4)] {
        for descending in [false, true] {
            let sort = Sort { column: column.to_owned(), descending };
            let sorted = rows(Some(sort.clone()), 0, 1_000);
            let key = |row: &Vec<Value>| match &row[place] {
                Value::Number(number) => (*number, String::new()),
                Value::Text(text) => (0.0, text.clone()),
            };
            let ascending = sorted.rows.iter().zip(&sorted.places).collect::<Vec<_>>();
            assert!(ascending.is_sorted_by(|a, b| {
                let (one, other) = if descending { (b, a) } else { (a, b) };
                key(one.0) < key(other.0) || (key(one.0) == key(other.0) && a.1 < b.1)
            }));
            let part = rows(Some(sort), 10, 5);
            assert_eq!(part.places, sorted.places[10..15]);
        }
    }
    assert!(rows(None, 100_000, 5).places.is_empty());
}

#[test]
fn what_can_t_be_answered_is_said() {
    let dataset = customers();
    let everything = Selection::default();
    let column = |name: &str, bins, by: Option<&str>| Question::Column {
        column: name.to_owned(),
        bins,
        by: by.map(str::to_owned),
    };
    let sample = |fraction| Selection {
        sample: Some(SampleParams { fraction, seed: 1 }),
        ..Selection::default()
    };
    let filter = Selection { filter: "tenur < 3".to_owned(), ..Selection::default() };
    for (selection, question, message) in [
        (
            picks(&[levels("Plam", &["x"])]),
            Question::Overview,
            "there is no column \"Plam\" in this data set",
        ),
        (
            picks(&[levels("tenure", &["x"])]),
            Question::Overview,
            "column \"tenure\" has numbers; levels are needed here",
        ),
        (
            picks(&[range("Contract", 0.0, 1.0)]),
            Question::Overview,
            "column \"Contract\" has levels; numbers are needed here",
        ),
        (
            sample(0.0),
            Question::Overview,
            "the fraction of the sample is 0; allowed: above 0, at most 1",
        ),
        (
            sample(f64::NAN),
            Question::Overview,
            "the fraction of the sample is NaN; allowed: above 0, at most 1",
        ),
        (
            filter,
            Question::Overview,
            "the filter is wrong at character 1: there is no column tenur; did you mean tenure?",
        ),
        (everything.clone(), column("tenure", 0, None), "0 bins were asked for; allowed: 1 to 100"),
        (
            everything.clone(),
            column("tenure", 101, None),
            "101 bins were asked for; allowed: 1 to 100",
        ),
        (
            everything.clone(),
            column("tenure", 9, Some("price")),
            "column \"price\" has numbers; levels are needed here",
        ),
        (
            everything.clone(),
            Question::Rows { from: 0, count: 1_001, sort: None },
            "1001 rows were asked for; allowed: at most 1000",
        ),
        (
            everything.clone(),
            Question::Pairs { columns: vec!["Contract".to_owned()], bins: 5 },
            "column \"Contract\" has levels; numbers are needed here",
        ),
        (
            everything,
            Question::Pairs { columns: vec!["tenure".to_owned(); 6], bins: 5 },
            "6 columns were asked for; allowed: at most 5",
        ),
    ] {
        let error: SelectionError =
            Index::of(&dataset).answer(&dataset, &selection, &question).expect_err(message);
        assert_eq!(error.to_string(), message);
    }
}

#[test]
fn a_table_without_a_target_or_rows_has_figures_too() {
    let mut dataset = customers();
    dataset.target = None;
    let answer = ask(&dataset, &Selection::default(), Question::Overview);
    assert!(!answer.has_target);
    assert_eq!(answer.selected, ClassCounts { negative: 400, positive: 0 });
    let Figures::Overview(columns) = answer.figures else { panic!("an overview") };
    assert!(columns.iter().all(|column| column.strength.is_none()));
    let nothing = picks(&[levels("Plan", &[])]);
    for question in [
        Question::Overview,
        Question::Column { column: "tenure".to_owned(), bins: 10, by: Some("Partner".to_owned()) },
        Question::Pair { x: "tenure".to_owned(), y: "price".to_owned(), bins: 10 },
        Question::Correlations,
        Question::CramersV,
        Question::Pairs { columns: vec!["tenure".to_owned(), "price".to_owned()], bins: 4 },
        Question::Rows { from: 0, count: 3, sort: None },
    ] {
        let answer = ask(&dataset, &nothing, question);
        assert_eq!(answer.selected.total(), 0);
        if let Figures::Column(figures) = &answer.figures {
            // the picture says by what its boxes are, whatever is asked in the meantime
            assert_eq!(figures.by.as_deref(), Some("Partner"));
        }
        let json = serde_json::to_string(&answer).expect("JSON");
        let is_matrix = matches!(answer.figures, Figures::Correlations(_) | Figures::CramersV(_));
        assert!(is_matrix || !json.contains("null,"), "{json}");
        assert!(!json.contains("NaN"), "{json}");
    }
}
