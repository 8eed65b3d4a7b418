//! The table of a measurement: which kinds of work there are, what each side gave, how they compare.

use std::collections::BTreeMap;

/// Who did the work.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The lab's core, compiled for this machine.
    Native,
    /// The site.
    Chromium,
    /// scikit-learn, lime and Evidently.
    Python,
}

/// One kind of work.
struct Row {
    /// What the programs call it.
    key: &'static str,
    /// What people call it.
    name: &'static str,
    unit: &'static str,
    /// The most it may take in Chromium.
    goal: f64,
    /// Whether the lab's core does it without a page.
    native: bool,
    /// Whether Python does the same.
    python: bool,
}

const fn row(key: &'static str, name: &'static str, goal: f64, native: bool, python: bool) -> Row {
    Row { key, name, unit: "ms", goal, native, python }
}

/// In the order of a visit. Chromium has a figure for each.
const ROWS: [Row; 41] = [
    Row {
        unit: "kB",
        ..row("visit", "first visit, all it loads, by brotli", 1_000.0, false, false)
    },
    Row { unit: "kB", ..row("app", "  the page's WebAssembly", 350.0, false, false) },
    Row { unit: "kB", ..row("worker", "  the worker's WebAssembly", 450.0, false, false) },
    row("picture", "start to first picture", 500.0, false, false),
    row("trained", "start to trained and one explained", 1_000.0, false, true),
    row("read", "read, clean, encode 7,043 rows", 10.0, true, true),
    row("fit", "fit logistic", 16.0, true, true),
    row("cv", "fit logistic, C of ten by 5 folds", 110.0, true, true),
    row("forest", "fit a forest of 100 trees", 400.0, true, true),
    row("boosting", "fit boosting of 100 trees", 250.0, true, true),
    row("grid", "the workshop's ten support vector runs", 5_000.0, true, true),
    row("runs_1k", "a grid of 1,000 runs, 150 customers", 5_000.0, false, false),
    row("runs_frame", "  a frame while their table is scrolled", 17.0, false, false),
    row("explain_7k", "explain all 7,043 customers, all cores", 30_000.0, false, false),
    row("customers_100k", "open the table of 100,000 customers", 1_000.0, false, false),
    row("customers_sort", "  sort it", 150.0, false, false),
    row("customers_where", "  filter it in words", 150.0, false, false),
    row("customers_frame", "  a frame while it is scrolled", 17.0, false, false),
    row(
        "customers_blocked",
        "  the page's longest task, threshold dragged too",
        50.0,
        false,
        false,
    ),
    row("lime_svc", "LIME 5,000 × 19, rbf support vectors", 100.0, true, true),
    row("lime_new", "LIME 5,000 × 19, new neighbours", 4.0, true, true),
    row("lime_drawn", "LIME 5,000 × 19, neighbours drawn", 4.0, true, false),
    row("shapley", "Shapley values, all 2^19 coalitions, logistic", 1_000.0, true, true),
    row("shapley_forest", "Shapley values, forest, 100 background rows", 250.0, true, true),
    row("importance", "permutation importance, 30 repeats", 300.0, true, true),
    row("dependence", "partial dependence, 10 points", 10.0, true, true),
    row("call", "one request", 3.0, true, true),
    row("calls", "1,000 requests", 5_000.0, true, true),
    row("drift", "drift, 20 columns, 3,516 × 3,516", 20.0, true, true),
    row("read_100k", "read 100,000 rows", 100.0, true, true),
    row("read_1m", "read 1,000,000 rows", 800.0, true, true),
    Row {
        unit: "MB",
        // twice the file
        ..row("memory", "  memory meanwhile, above the page at rest", 275.0, false, false)
    },
    row("blocked", "  the page's longest task meanwhile", 50.0, false, false),
    row("frame", "  a frame while its table is scrolled", 17.0, false, false),
    row("draw", "draw 1,000,000 customers", 1_000.0, false, false),
    row("where_7k", "filter in words, 7,043 rows", 16.0, true, true),
    row("where_100k", "filter in words, 100,000 rows", 33.0, true, true),
    row("where_1m", "filter in words, 1,000,000 rows", 100.0, true, true),
    row("count_7k", "count every column, two picks, 7,043 rows", 16.0, true, true),
    row("count_100k", "count every column, two picks, 100,000 rows", 33.0, true, true),
    row("count_1m", "count every column, two picks, 1,000,000 rows", 100.0, true, true),
];

impl Row {
    fn measured_by(&self, side: Side) -> bool {
        match side {
            Side::Native => self.native,
            Side::Chromium => true,
            Side::Python => self.python,
        }
    }
}

/// One side's medians by key; `None` where a figure could not be had.
#[derive(Debug, Default, PartialEq)]
pub struct Figures(BTreeMap<&'static str, Option<f64>>);

impl Figures {
    /// Adds what a program printed: a line a row, its key and the samples, as in `fit 8.1 8.3 8.0`.
    pub fn add(&mut self, side: Side, printed: &str) -> Result<(), String> {
        for line in printed.lines() {
            let (key, samples) = line.split_once(' ').unwrap_or((line, ""));
            let samples: Result<Vec<f64>, _> =
                samples.split_whitespace().map(str::parse::<f64>).collect();
            let samples = samples.unwrap_or_default();
            if samples.is_empty() || !samples.iter().all(|sample| sample.is_finite()) {
                return Err(format!("{line:?} has no figures"));
            }
            self.set(side, key, Some(median(samples)))?;
        }
        Ok(())
    }

    /// Notes one median, or that it could not be had.
    pub fn set(&mut self, side: Side, key: &str, median: Option<f64>) -> Result<(), String> {
        let row = ROWS.iter().find(|row| row.key == key && row.measured_by(side));
        let row = row.ok_or_else(|| format!("{key:?} is no row of this side"))?;
        match self.0.insert(row.key, median) {
            None => Ok(()),
            Some(_) => Err(format!("{key:?} was measured twice")),
        }
    }

    /// Refuses a side that left out a row.
    pub fn complete(self, side: Side) -> Result<Self, String> {
        let missing = ROWS.iter().find(|r| r.measured_by(side) && !self.0.contains_key(r.key));
        missing.map_or(Ok(self), |row| Err(format!("{:?} was not measured", row.key)))
    }

    fn of(&self, row: &Row) -> Option<f64> {
        self.0.get(row.key).copied().flatten()
    }

    fn cell(&self, row: &Row) -> String {
        match self.0.get(row.key) {
            None => "–".to_owned(),
            Some(None) => "absent".to_owned(),
            Some(Some(figure)) => digits(*figure),
        }
    }
}

/// The middle sample; of two in the middle their mean.
fn median(mut samples: Vec<f64>) -> f64 {
    samples.sort_by(f64::total_cmp);
    let middle = samples.len() / 2;
    match samples.as_slice() {
        [] => f64::NAN,
        all if all.len() % 2 == 1 => all[middle],
        all => (all[middle - 1] + all[middle]) / 2.0,
    }
}

/// The table; `python` adds its figures and the ratios.
pub fn render(native: &Figures, chromium: &Figures, python: Option<&Figures>) -> String {
    let mut head = vec!["work", "", "native", "Chromium", "goal", ""];
    if python.is_some() {
        head.extend(["Python", "÷ Chromium", "÷ native"]);
    }
    let mut lines = vec![head.into_iter().map(str::to_owned).collect::<Vec<_>>()];
    for row in &ROWS {
        let figure = chromium.of(row);
        let verdict = match figure {
            Some(figure) if figure <= row.goal => "met",
            _ => "MISSED",
        };
        let mut cells = vec![row.name.to_owned(), row.unit.to_owned()];
        cells.extend([native.cell(row), chromium.cell(row), row.goal.to_string()]);
        cells.push(verdict.to_owned());
        if let Some(python) = python {
            cells.push(python.cell(row));
            for ours in [figure, native.of(row)] {
                cells.push(ratio(python.of(row), ours));
            }
        }
        lines.push(cells);
    }
    align(&lines)
}

/// How many times as long Python takes.
fn ratio(python: Option<f64>, ours: Option<f64>) -> String {
    match (python, ours) {
        (Some(python), Some(ours)) if ours > 0.0 => format!("{}×", digits(python / ours)),
        _ => "–".to_owned(),
    }
}

/// Three digits or so: more would be noise.
fn digits(figure: f64) -> String {
    let places = match figure {
        small if small < 9.995 => 2,
        middle if middle < 99.95 => 1,
        _ => 0,
    };
    format!("{figure:.places$}")
}

/// Columns of equal width: names and verdicts to the left, figures to the right.
fn align(lines: &[Vec<String>]) -> String {
    const LEFT: [usize; 3] = [0, 1, 5];
    let widths: Vec<usize> = (0..lines.first().map_or(0, Vec::len))
        .map(|at| lines.iter().filter_map(|l| l.get(at)).map(|c| c.chars().count()).max())
        .map(Option::unwrap_or_default)
        .collect();
    let mut text = String::new();
    for line in lines {
        let cells: Vec<String> = std::iter::zip(line, &widths)
            .enumerate()
            .map(|(at, (cell, &width))| match LEFT.contains(&at) {
                true => format!("{cell:<width$}"),
                false => format!("{cell:>width$}"),
            })
            .collect();
        text.push_str(cells.join("  ").trim_end());
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All rows of a side, each with the same median.
    fn figures(side: Side, median: f64) -> Figures {
        let mut figures = Figures::default();
        for row in ROWS.iter().filter(|row| row.measured_by(side)) {
            figures.set(side, row.key, Some(median)).expect("a new row");
        }
        figures
    }

    fn line<'a>(table: &'a str, name: &str) -> Vec<&'a str> {
        let line = table.lines().find(|line| line.starts_with(name)).expect("a line");
        line[name.len()..].split_whitespace().collect()
    }

    #[test]
    fn a_median_is_the_middle() {
        assert_eq!(median(vec![9.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(vec![9.0, 1.0, 2.0, 4.0]), 3.0);
        assert_eq!(median(vec![7.0]), 7.0);
    }

    #[test]
    fn figures_are_three_digits_or_so() {
        let shown = [0.123, 9.994, 9.996, 99.94, 99.96, 28_322.9].map(digits);
        assert_eq!(shown, ["0.12", "9.99", "10.0", "99.9", "100", "28323"]);
    }

    #[test]
    fn goals_and_ratios_are_told_by_row() {
        let mut native = figures(Side::Native, 2.0);
        native.0.insert("fit", Some(5.0));
        let mut chromium = figures(Side::Chromium, 16.0);
        chromium.0.insert("drift", Some(20.5));
        let mut python = figures(Side::Python, 40.0);
        python.0.insert("drift", None);

        let table = render(&native, &chromium, Some(&python));
        let fit = ["ms", "5.00", "16.0", "16", "met", "40.0", "2.50×", "8.00×"];
        assert_eq!(line(&table, "fit logistic"), fit);
        let drift = ["ms", "2.00", "20.5", "20", "MISSED", "absent", "–", "–"];
        assert_eq!(line(&table, "drift, 20 columns, 3,516 × 3,516"), drift);
        let picture = ["ms", "–", "16.0", "500", "met", "–", "–", "–"];
        assert_eq!(line(&table, "start to first picture"), picture);

        let table = render(&native, &chromium, None);
        assert!(!table.contains("Python"), "{table}");
        assert_eq!(line(&table, "fit logistic"), fit[..5]);
    }

    #[test]
    fn columns_stand_below_each_other() {
        let lines = [
            ["work", "", "native", "goal", "Chromium", ""],
            ["5,000 × 19", "ms", "–", "4", "12.5", "MISSED"],
            ["fit", "ms", "100", "16", "9.00", "met"],
        ];
        let lines = lines.map(|cells| cells.map(str::to_owned).to_vec());
        let table = "\
work            native  goal  Chromium
5,000 × 19  ms       –     4      12.5  MISSED
fit         ms     100    16      9.00  met
";
        assert_eq!(align(&lines), table);
    }

    #[test]
    fn what_a_program_prints_is_taken_as_samples() {
        let mut found = Figures::default();
        assert_eq!(found.add(Side::Python, "read 3 1 2\nfit 4"), Ok(()));
        assert_eq!(found.0, BTreeMap::from([("read", Some(2.0)), ("fit", Some(4.0))]));
        assert!(found.complete(Side::Python).is_err_and(|problem| problem.contains("trained")));
        assert!(figures(Side::Native, 1.0).complete(Side::Native).is_ok());
    }

    #[test]
    fn what_is_no_figure_of_this_side_is_refused() {
        let refused = |side: Side, printed: &str, word: &str| {
            let problem = Figures::default().add(side, printed).expect_err("a refusal");
            assert!(problem.contains(word), "{problem}");
        };
        refused(Side::Python, "read", "read");
        refused(Side::Python, "read 1 fast", "fast");
        refused(Side::Chromium, "picture NaN", "NaN");
        refused(Side::Python, "lime_drawn 3", "lime_drawn");
        refused(Side::Native, "picture 3", "picture");
        refused(Side::Native, "red 3", "red");
        refused(Side::Native, "read 3\nread 4", "twice");
    }
}
