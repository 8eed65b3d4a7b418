//! A run as a model card: one HTML file for people who were not there.
//!
//! After Mitchell and others, "Model Cards for Model Reporting", FAT* 2019. The file asks for nothing: no
//! script, no request, styles inside, light and dark by the reader's preference, made to be printed too.

mod html;
mod words;

use super::Run;
use super::table::{SCORES, VALIDATED, validated};
use crate::data::summary::ColumnSummary;
use crate::data::{ColumnKind, Role};
use crate::evaluation::ConfusionMatrix;
use crate::models::Split;
use crate::numerics::calendar::iso;
use crate::numerics::order::sorted_by;
use html::Html;

const STYLE: &str = include_str!("card.css");
/// Weights that are listed.
const MOST_WEIGHTS: usize = 15;
/// Levels that are listed of a column.
const MOST_LEVELS: usize = 12;
const DAY_MS: f64 = 86_400_000.0;

/// A picture for the card, drawn for a light page and for a dark one.
pub struct Picture {
    /// What it shows.
    pub caption: String,
    /// An SVG document of the lab's own drawing, its texts escaped.
    pub light: String,
    /// The same for a dark page.
    pub dark: String,
}

/// What the card tells besides the run.
#[derive(Default)]
pub struct Told<'t> {
    /// Of the run's data set; empty where that is no longer there.
    pub columns: &'t [ColumnSummary],
    /// A threshold that was chosen for the probability. Default: none, and only the model's own rule is told.
    pub threshold: Option<f64>,
    /// Drawn by who has a pen.
    pub pictures: &'t [Picture],
    /// The script's file name.
    pub script: &'t str,
}

/// The card.
#[must_use]
pub fn card(run: &Run, told: &Told<'_>) -> String {
    let made = &run.provenance;
    let mut html = Html::default();
    html.tags("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .tags("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .tags("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>")
        .text(&format!("Model card: run {}, {}", run.number, made.params.label()))
        .tags("</title>\n<style>\n")
        .tags(STYLE)
        .tags("</style>\n</head>\n<body>\n<main>\n<header>\n<p class=\"kind\">Model card</p>\n<h1>")
        .text(&format!("{}, run {}", made.params.label(), run.number))
        .tags("</h1>\n<p class=\"sub\">")
        .text(&format!(
            "Predicts {} on {}. Made with Churn Lab {} on {}.",
            words::equation(made),
            made.dataset_name,
            env!("CARGO_PKG_VERSION"),
            iso(libm::floor(made.created_ms / DAY_MS)),
        ))
        .tags("</p>\n</header>\n");
    html.tags("<section>\n").heading("What it is").paragraph(words::does(&made.params));
    html.paragraph(&format!(
        "It gives a record the probability of {}, and the class {}.",
        words::equation(made),
        words::rule(run)
    ));
    if !run.note.is_empty() {
        html.paragraph(&format!("Note of its maker: {}", run.note));
    }
    html.tags("</section>\n<section>\n").heading("What it is for, and what not");
    html.points(&words::uses(made)).tags("</section>\n");
    sources(&mut html, run, told.columns);
    scores(&mut html, run);
    decisions(&mut html, run, told.threshold);
    for picture in told.pictures {
        html.tags("<figure>\n<div class=\"light\">").drawing(&picture.light).tags("</div>\n");
        html.tags("<div class=\"dark\">").drawing(&picture.dark).tags("</div>\n<figcaption>");
        html.text(&picture.caption).tags("</figcaption>\n</figure>\n");
    }
    html.tags("</section>\n");
    weights(&mut html, run);
    let test = &run.evaluation.test;
    let error = (test.accuracy * (1.0 - test.accuracy) / f64::from(test.n.max(1))).sqrt();
    html.tags("<section>\n").heading("What to know before you believe a figure");
    html.points(&words::limits(made, error)).tags("</section>\n");
    again(&mut html, run, told.script);
    html.tags("<footer>")
        .text(&format!("Run {} ({}), model {}.", run.number, run.id.0, run.model_id.0));
    html.tags("</footer>\n</main>\n</body>\n</html>\n");
    html.into_string()
}

fn sources(html: &mut Html, run: &Run, columns: &[ColumnSummary]) {
    let made = &run.provenance;
    let split = match &made.split {
        Split::Random { test_ratio, seed } => {
            format!(
                "drawn at random, test share {test_ratio}, seed {seed}, as scikit-learn's train_test_split"
            )
        }
        Split::Rows { .. } => "given row by row".to_owned(),
    };
    html.tags("<section>\n").heading("What it was made from");
    html.facts(&[
        ("Data set", made.dataset_name.clone()),
        ("Fingerprint of the data", made.dataset_id.0.clone()),
        (
            "Predicted",
            format!(
                "{}, {} or {}",
                made.target.column, made.target.positive_class, made.target.negative_class
            ),
        ),
        ("Rows to learn from", made.n_train.to_string()),
        ("Rows to test with", made.n_test.to_string()),
        ("Split", split),
        ("Model", made.params.label().to_owned()),
    ]);
    let settings = made.params.settings();
    if !settings.is_empty() {
        let rows: Vec<Vec<String>> =
            settings.into_iter().map(|s| vec![s.name.to_owned(), s.value]).collect();
        let header = ["Setting", "Value"].map(str::to_owned);
        html.table("Settings, named as in scikit-learn", &header, &rows, 1);
    }
    let features = columns.iter().filter(|column| column.role == Role::Feature);
    let rows: Vec<Vec<String>> = features
        .map(|column| {
            let values = match column.kind {
                ColumnKind::Numeric if column.is_date => {
                    "dates, as days since 1970-01-01".to_owned()
                }
                ColumnKind::Numeric => "numbers".to_owned(),
                _ => levels(&column.levels),
            };
            vec![column.name.clone(), values]
        })
        .collect();
    if !rows.is_empty() {
        let header = ["Column", "Values"].map(str::to_owned);
        html.table("Columns it reads", &header, &rows, 1);
    }
    html.tags("</section>\n");
}

fn levels(levels: &[String]) -> String {
    let shown: Vec<&str> = levels.iter().take(MOST_LEVELS).map(String::as_str).collect();
    let more = levels.len().saturating_sub(MOST_LEVELS);
    let more = if more > 0 { format!(", and {more} more") } else { String::new() };
    format!("{}{more}", shown.join(", "))
}

fn scores(html: &mut Html, run: &Run) {
    let made = &run.provenance;
    let (train, test) = (&run.evaluation.train, &run.evaluation.test);
    let shown = |score: Option<f64>| score.map_or("undefined".to_owned(), decimal);
    let rows: Vec<Vec<String>> = SCORES
        .iter()
        .zip(words::meanings(made))
        .map(|((_, of), (name, meaning))| {
            vec![name.to_owned(), shown(of(train)), shown(of(test)), meaning]
        })
        .collect();
    html.tags("<section>\n").heading("How good it is");
    let header = ["Score", "Train", "Test", "What it means"].map(str::to_owned);
    html.tags("<div class=\"scroll\">");
    html.table("On the rows it learned from, and on rows it never saw", &header, &rows, 1);
    html.tags("</div>\n");
    let curve = &run.evaluation.test_curve;
    let most = curve.positives.max(curve.negatives);
    let share = f64::from(most) / f64::from((curve.positives + curve.negatives).max(1));
    html.paragraph(&format!(
        "Always saying the more frequent class would be right for {} of the test rows.",
        decimal(share)
    ));
    let folds: Vec<String> = VALIDATED
        .iter()
        .filter_map(|name| Some(format!("{name} {}", decimal(validated(run, name)?))))
        .collect();
    if let (false, Some(validation)) = (folds.is_empty(), &run.validation) {
        html.paragraph(&format!(
            "By cross-validation within the training rows, mean of {} folds: {}.",
            validation.accuracy.len(),
            folds.join(", ")
        ));
    }
    html.tags("</section>\n");
}

/// Leaves its section open for the pictures.
fn decisions(html: &mut Html, run: &Run, threshold: Option<f64>) {
    html.tags("<section>\n").heading("What it decides on the test rows");
    let rule = format!("By the run's own rule: {}", words::rule(run));
    confusion(html, run, &rule, run.evaluation.test.confusion);
    if let Some(threshold) = threshold {
        let counts = run.evaluation.test_curve.confusion_at(threshold);
        let rule =
            format!("{} at a probability of {threshold} or more", words::equation(&run.provenance));
        confusion(html, run, &rule, counts);
    }
}

fn confusion(html: &mut Html, run: &Run, caption: &str, counts: ConfusionMatrix) {
    let target = &run.provenance.target;
    let ConfusionMatrix { tn, fp, fn_, tp } = counts;
    let says = |class: &str| format!("Says {class}");
    let header =
        ["Happened".to_owned(), says(&target.negative_class), says(&target.positive_class)];
    let rows = [(&target.negative_class, tn, fp), (&target.positive_class, fn_, tp)]
        .map(|(class, no, yes)| vec![class.clone(), no.to_string(), yes.to_string()]);
    html.table(caption, &header, &rows, 0);
}

fn weights(html: &mut Html, run: &Run) {
    let Some(((_, intercept), columns)) = run.coefficients.split_first() else { return };
    let columns = sorted_by(columns.to_vec(), |(_, weight)| -weight.abs());
    let rows: Vec<Vec<String>> = columns
        .iter()
        .take(MOST_WEIGHTS)
        .map(|(name, weight)| vec![name.clone(), signed(*weight)])
        .collect();
    html.tags("<section>\n").heading("What weighs most");
    html.paragraph(&format!(
        "What one standard deviation more of a column adds; above 0 towards {}. The intercept is {}. Weights describe the model, not causes.",
        words::equation(&run.provenance),
        signed(*intercept)
    ));
    let header = ["Column", "Weight"].map(str::to_owned);
    let caption = format!("The largest {} of {} weights", rows.len(), columns.len());
    html.table(&caption, &header, &rows, 0).tags("</section>\n");
}

fn again(html: &mut Html, run: &Run, script: &str) {
    html.tags("<section>\n").heading("How to make it again");
    html.paragraph(&format!(
        "In Churn Lab: the data set of the fingerprint above, these settings and this split give the same model to the last bit. With scikit-learn: {script}, which the lab exports, fits it again and compares the scores; it reads the data set as the lab exports it.",
    ));
    html.facts(&[
        ("Steps or trees", run.iterations.to_string()),
        ("Converged", if run.converged { "yes" } else { "no" }.to_owned()),
    ]);
    html.tags("</section>\n");
}

/// With a minus sign, not a hyphen.
fn signed(value: f64) -> String {
    format!("{value:+.4}").replace('-', "−")
}

fn decimal(value: f64) -> String {
    format!("{value:.5}")
}
