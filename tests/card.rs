//! A run as a model card. Where `CHURN_LAB_PYTHON` names a Python with html5lib, that reads it strictly.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "a test fails loudly, and runs a program where one is named"
)]

#[path = "support/lab.rs"]
mod lab;
#[path = "support/python.rs"]
mod python;
mod support;

use std::process::Command;

use churn_lab::compute::{Request, Response};
use churn_lab::data::DatasetSummary;
use churn_lab::experiments::Run;
use churn_lab::experiments::card::{Picture, Told, card};
use churn_lab::models::{BoostingParams, ModelParams, Split};
use lab::{Lab, try_request};

fn run_of(params: Option<ModelParams>) -> (Run, DatasetSummary) {
    let mut lab = Lab::new();
    let data = lab.sample(300);
    let mut request = try_request(&data.id);
    if let (Request::Try { params: of, validation, .. }, Some(params)) = (&mut request, params) {
        (*of, *validation) = (params, None);
    }
    let Response::Tried(run) = lab.answer(request) else { panic!("a run") };
    (*run, data)
}

fn told(data: &DatasetSummary) -> Told<'_> {
    Told { columns: &data.columns, script: "run-2.py", ..Told::default() }
}

/// Elements without an end.
const VOID: [&str; 2] = ["meta", "path"];

/// Every tag is closed in order; gives the names in the order they open.
#[track_caller]
fn well_formed(card: &str) -> Vec<String> {
    let rest = card.strip_prefix("<!doctype html>\n").expect("a document");
    let (mut open, mut all) = (Vec::new(), Vec::new());
    for piece in rest.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').expect("a tag ends");
        assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
        let name = tag.split([' ', '/']).find(|part| !part.is_empty()).unwrap().to_owned();
        if tag.starts_with('/') {
            assert_eq!(open.pop(), Some(name));
        } else if !tag.ends_with('/') && !VOID.contains(&name.as_str()) {
            all.push(name.clone());
            open.push(name);
        }
        assert!(open.last().is_some_and(|name| name == "style") || !text.contains('>'), "{text}");
    }
    assert!(open.is_empty(), "{open:?}");
    all
}

/// The cells of the row that begins with a name.
#[track_caller]
fn row(card: &str, name: &str) -> Vec<String> {
    let start = format!("<tr><th scope=\"row\">{name}</th>");
    let row = card.split(&start).nth(1).unwrap_or_else(|| panic!("no row {name}"));
    let row = row.split("</tr>").next().unwrap();
    let cells = row.split("</td>").filter_map(|cell| Some(cell.split_once('>')?.1.to_owned()));
    cells.collect()
}

#[test]
fn a_card_tells_the_run() {
    let (run, data) = run_of(None);
    let card = card(&run, &Told { threshold: Some(0.3), ..told(&data) });
    let tags = well_formed(&card);
    for tag in ["script", "link", "img", "iframe", "object", "form", "base"] {
        assert!(!tags.iter().any(|name| name == tag), "{tag}");
    }
    assert!(!card.contains("http:") && !card.contains("https:") && !card.contains("url("));
    assert!(card.contains("default-src 'none'; style-src 'unsafe-inline'"));
    let (train, test) = (&run.evaluation.train, &run.evaluation.test);
    for (name, of_train, of_test) in [
        ("Accuracy", train.accuracy, test.accuracy),
        ("Precision", train.precision, test.precision),
        ("Recall", train.recall, test.recall),
        ("F1", train.f1, test.f1),
        ("ROC AUC", train.roc_auc.unwrap(), test.roc_auc.unwrap()),
        ("Log loss", train.log_loss, test.log_loss),
        ("Brier score", train.brier, test.brier),
    ] {
        let cells = row(&card, name);
        assert_eq!(cells[..2], [format!("{of_train:.5}"), format!("{of_test:.5}")], "{name}");
    }
    let counts = [test.confusion, run.evaluation.test_curve.confusion_at(0.3)];
    for (place, counts) in (1..).zip(counts) {
        let table = card.split("<th scope=\"col\">Happened</th>").nth(place).unwrap();
        assert_eq!(row(table, "No"), [counts.tn.to_string(), counts.fp.to_string()]);
        assert_eq!(row(table, "Yes"), [counts.fn_.to_string(), counts.tp.to_string()]);
    }
    assert_ne!(counts[0], counts[1], "two tables that differ");
    let (name, largest) = run.coefficients[1..]
        .iter()
        .max_by(|one, other| one.1.abs().total_cmp(&other.1.abs()))
        .unwrap();
    let weights = card.split("What weighs most").nth(1).unwrap();
    assert_eq!(row(weights, name), [format!("{largest:+.4}").replace('-', "−")]);
    assert_eq!(row(&card, "penalty"), ["l2"]);
    assert_eq!(row(&card, "Contract"), ["Month-to-month, One year, Two year"]);
    for words in [
        "<title>Model card: run 2, Logistic regression</title>",
        "Predicts Churn = Yes on Sample.",
        "at a probability of .5 or more",
        "Churn = Yes at a probability of 0.3 or more",
        &format!("<dt>Fingerprint of the data</dt><dd>{}</dd>", data.id.0),
        "test share 0.25, seed 42",
        "run-2.py, which the lab exports",
        "mean of 3 folds",
        "Not for deciding about a person without a person",
    ] {
        assert!(card.contains(words), "{words} is not in\n{card}");
    }
}

#[test]
fn a_text_is_never_markup() {
    let (mut run, mut data) = run_of(None);
    let evil = "<script>alert(\"1\")</script>&amp;<img src=x onerror='y'>\u{0}\u{1b}";
    run.note = evil.to_owned();
    run.provenance.dataset_name = evil.to_owned();
    run.provenance.target.column = evil.to_owned();
    run.provenance.target.positive_class = evil.to_owned();
    run.provenance.target.negative_class = "</table>".to_owned();
    run.coefficients[1].0 = evil.to_owned();
    run.coefficients[1].1 = 99.0;
    data.columns[1].name = evil.to_owned();
    data.columns[1].levels = vec![evil.to_owned(), "</main>".to_owned()];
    let before = well_formed(&card(&run_of(None).0, &told(&run_of(None).1)));
    let card = card(&run, &told(&data));
    let tags = well_formed(&card);
    assert!(!tags.iter().any(|name| ["script", "img"].contains(&name.as_str())));
    // the note is one paragraph more
    assert_eq!(tags.len(), before.len() + 1);
    let escaped = "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;amp;&lt;img src=x onerror=&#39;y&#39;&gt;";
    assert!(card.matches(escaped).count() > 8);
    assert!(!card.contains(['\u{0}', '\u{1b}']));
}

#[test]
fn a_card_leaves_out_what_there_is_not() {
    let params =
        ModelParams::GradientBoosting(BoostingParams { max_iter: 5, ..Default::default() });
    let (mut run, _) = run_of(Some(params));
    run.provenance.split = Split::Rows { train: vec![0], test: vec![1] };
    run.evaluation.test.roc_auc = None;
    let card = card(&run, &Told { script: "run-2.py", ..Told::default() });
    well_formed(&card);
    assert_eq!(row(&card, "ROC AUC")[1], "undefined");
    for words in ["What weighs most", "Columns it reads", "folds", "Note of its maker"] {
        assert!(!card.contains(words), "{words}");
    }
    assert!(card.contains("given row by row") && card.contains("at a probability above .5"));
}

#[test]
fn pictures_stand_in_light_and_in_dark() {
    let (run, data) = run_of(None);
    let svg =
        |fill: &str| format!("<svg viewBox=\"0 0 1 1\"><path fill=\"{fill}\" d=\"M0 0\"/></svg>");
    let picture = Picture { caption: "a < b".to_owned(), light: svg("#000"), dark: svg("#fff") };
    let card = card(&run, &Told { pictures: &[picture], ..told(&data) });
    well_formed(&card);
    let light = "<div class=\"light\"><svg viewBox=\"0 0 1 1\"><path fill=\"#000\"";
    assert!(card.contains(light) && card.contains("<figcaption>a &lt; b</figcaption>"));
}

#[test]
fn html5lib_finds_no_fault() {
    let Some(python) = python::python_with("html5lib") else { return };
    let (run, data) = run_of(None);
    let file = std::env::temp_dir().join(format!("churn-lab-card-{}.html", std::process::id()));
    std::fs::write(&file, card(&run, &told(&data))).unwrap();
    let read =
        "import html5lib, sys; html5lib.HTMLParser(strict=True).parse(open(sys.argv[1], 'rb'))";
    let ended = Command::new(python).args(["-c", read]).arg(&file).output().unwrap();
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
    std::fs::remove_file(file).unwrap();
}
