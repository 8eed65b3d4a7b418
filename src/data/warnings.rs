//! What a person should look at before learning from a data set.

use serde::{Deserialize, Serialize};

use super::schema::{DateOrder, Decimal, MAX_LEVELS, Marks, MissingPolicy, ReadAs, target};
use super::{Column, ColumnValues, Dataset, Role, Schema, Table};
use crate::numerics::calendar::day_of_month;
use crate::numerics::quantile::sorted;

/// Most rows looked at to see whether a column gives the target away.
const LOOKED_AT: usize = 50_000;

/// Share of the rows that may be left out before it is told.
const LOST_SHARE: f64 = 0.1;

/// How sure a column must be of the target to give it away, see [`gives_away`].
const TOO_SURE: f64 = 0.99;

/// Column names that say that a person is told by them, in lower case, letters only.
const PERSONAL_NAMES: [&str; 27] = [
    "name",
    "surname",
    "lastname",
    "firstname",
    "fullname",
    "familyname",
    "customername",
    "email",
    "emailaddress",
    "mail",
    "phone",
    "phonenumber",
    "telephone",
    "mobile",
    "address",
    "street",
    "streetaddress",
    "birthdate",
    "birthday",
    "dateofbirth",
    "dob",
    "ssn",
    "socialsecuritynumber",
    "iban",
    "creditcardnumber",
    "passport",
    "ipaddress",
];

/// Something to look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// What kind.
    pub about: About,
    /// The column it is about; empty for the whole table.
    pub column: String,
    /// Readable alone.
    pub message: String,
}

/// What a warning is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// A feature that gives the target away.
    Leak,
    /// A feature with one value.
    Constant,
    /// A category with very many levels.
    ManyLevels,
    /// A column that tells persons.
    Personal,
    /// A column no model sees, by the lab's own choice.
    LeftOut,
    /// A column whose gaps were filled.
    Filled,
    /// Many rows left out.
    RowsLost,
    /// Dates that could be read in two ways.
    AmbiguousDates,
    /// Nothing to predict.
    NoTarget,
    /// Numbers whose mark could group thousands or stand before decimals.
    AmbiguousNumbers,
}

/// What a person should look at, the graver things first; `unfit` counts the cells of each column that
/// are filled and have no value.
#[must_use]
pub fn warnings(table: &Table, dataset: &Dataset, schema: &Schema, unfit: &[u32]) -> Vec<Warning> {
    let mut found = Vec::new();
    let mut warn = |about: About, column: &str, message: String| {
        found.push(Warning { about, column: column.to_owned(), message });
    };
    let labels = dataset.labels();
    let target = dataset.target.as_ref().map_or("", |target| target.column.as_str());
    if target.is_empty() {
        let why = target::refusal(&dataset.columns).map(|why| format!("{why}, so "));
        let message = format!(
            "{}no column is predicted; choose one with two values to train a model",
            why.unwrap_or_default()
        );
        warn(About::NoTarget, "", message);
    }
    let rows = sample(dataset.n_rows());
    let labels: Option<Vec<bool>> =
        labels.map(|labels| rows.iter().filter_map(|&row| labels.get(row).copied()).collect());
    for column in dataset.features() {
        if labels.as_deref().is_some_and(|labels| gives_away(column, &rows, labels)) {
            let name = &column.name;
            let message = format!(
                "{name} nearly decides {target}: is it known before {target} is? If not, leave it out"
            );
            warn(About::Leak, name, message);
        }
    }
    let lost = dataset.rows_read.saturating_sub(dataset.n_rows());
    if lost as f64 > LOST_SHARE * dataset.rows_read as f64 {
        let message = format!("{lost} of {} rows are left out", dataset.rows_read);
        warn(About::RowsLost, "", message);
    }
    let number_marks = ambiguous_marks(table, schema);
    for ((column, plan), &unfit) in dataset.columns.iter().zip(&schema.columns).zip(unfit) {
        let name = &column.name;
        if column.role == Role::Feature && is_personal(column) {
            let message = format!("{name} seems to tell persons: does the lesson need it?");
            warn(About::Personal, name, message);
        }
        if let Some(reason) = plan.left_out {
            warn(About::LeftOut, name, format!("{name} is left out: {reason}"));
        }
        if column.role == Role::Feature {
            match distinct(&column.values) {
                0 | 1 => warn(About::Constant, name, format!("{name} has one value in every row")),
                levels
                    if matches!(column.values, ColumnValues::Levels { .. })
                        && levels > MAX_LEVELS =>
                {
                    let message =
                        format!("{name} has {levels} values: each becomes a column of its own");
                    warn(About::ManyLevels, name, message);
                }
                _ => {}
            }
            if plan.missing != MissingPolicy::DropRow && column.missing + unfit > 0 {
                let by = match plan.missing {
                    MissingPolicy::Median => "the median of the others",
                    _ => "a level of their own",
                };
                let message = format!("{} gaps of {name} take {by}", column.missing + unfit);
                warn(About::Filled, name, message);
            }
        }
        if matches!(plan.read_as, ReadAs::DateDmy | ReadAs::DateMdy) && is_ambiguous(column) {
            let order = match plan.read_as.date_order() {
                Some(DateOrder::Mdy) => "month, day, year",
                _ => "day, month, year",
            };
            let message = format!(
                "{name} is read as {order}; no date shows that it is not the other way round"
            );
            warn(About::AmbiguousDates, name, message);
        }
        let is_number = plan.read_as == ReadAs::Number && column.role == Role::Feature;
        let text = number_marks.get(plan.source as usize).copied().flatten();
        if let Some(text) = text.filter(|_| is_number) {
            let mark = match schema.decimal {
                Decimal::Point => "a point",
                Decimal::Comma => "a comma",
            };
            let message = format!(
                "{name} is read with {mark} before decimals; no number shows that {text} is not written the other way round"
            );
            warn(About::AmbiguousNumbers, name, message);
        }
    }
    found
}

/// Where no number of the table shows which mark stands before decimals: of each of its columns a text
/// that could be two numbers.
fn ambiguous_marks<'a>(table: &'a Table, schema: &Schema) -> Vec<Option<&'a str>> {
    let is_number = |source: usize| {
        let mut plans = schema.columns.iter().filter(|plan| plan.source as usize == source);
        plans.any(|plan| plan.read_as == ReadAs::Number)
    };
    let columns = table.columns.iter().enumerate();
    let marks = columns.map(|(source, column)| (is_number(source), Marks::of(&column.texts)));
    let marks: Vec<(bool, Marks<'_>)> = marks.collect();
    if marks.iter().any(|(_, marks)| marks.needed != [0, 0]) {
        return Vec::new();
    }
    marks.into_iter().map(|(is_number, marks)| marks.either.filter(|_| is_number)).collect()
}

/// Different values: all of a category, at most two of numbers.
fn distinct(values: &ColumnValues) -> usize {
    match values {
        ColumnValues::Levels { levels, .. } => levels.len(),
        ColumnValues::Numbers(numbers) => {
            let first = numbers.first();
            1 + usize::from(numbers.iter().any(|number| Some(number) != first))
        }
        ColumnValues::Text(_) => 2,
    }
}

/// At most [`LOOKED_AT`] rows from all over the table, ascending: one of every few, at another place
/// each time, so that no order of the rows, sorted or in turns, hides a class.
fn sample(n_rows: usize) -> Vec<usize> {
    let step = n_rows.div_ceil(LOOKED_AT).max(1);
    // multiples of the golden ratio's fraction fill the step evenly
    let place = |at: u32| ((u64::from(at.wrapping_mul(0x9e37_79b9)) * step as u64) >> 32) as usize;
    let rows = (0..).zip((0..n_rows).step_by(step)).map(|(at, first)| first + place(at));
    rows.filter(|row| *row < n_rows).collect()
}

/// Whether the values decide the class of those rows, nearly. A level decides for the class that it has
/// the larger share of, each class weighing the same: the share of rows decided rightly counts. Numbers
/// decide by their order: the share of pairs of two classes whose numbers stand in the same order
/// counts, as it is or turned round.
fn gives_away(column: &Column, rows: &[usize], labels: &[bool]) -> bool {
    let totals = labels.iter().fold([0.0_f64; 2], |mut totals, &label| {
        totals[usize::from(label)] += 1.0;
        totals
    });
    if totals.contains(&0.0) {
        return false;
    }
    match &column.values {
        ColumnValues::Levels { levels, codes } => {
            let mut counts = vec![[0.0_f64; 2]; levels.len()];
            for (&row, &label) in rows.iter().zip(labels) {
                let code = codes.get(row).map(|&code| usize::from(code));
                if let Some(count) = code.and_then(|code| counts.get_mut(code)) {
                    count[usize::from(label)] += 1.0;
                }
            }
            let sure = counts.iter().map(|[no, yes]| (no / totals[0]).max(yes / totals[1]));
            // with as many levels as rows anything is decided
            2 * levels.len() <= labels.len() && sure.sum::<f64>() / 2.0 >= TOO_SURE
        }
        ColumnValues::Numbers(numbers) => {
            let of_class = |class: bool| {
                let rows = rows.iter().zip(labels).filter(|&(_, &label)| label == class);
                sorted(&rows.filter_map(|(&row, _)| numbers.get(row).copied()).collect::<Vec<_>>())
            };
            let (no, yes) = (of_class(false), of_class(true));
            let auc = auc(&no, &yes);
            auc.max(1.0 - auc) >= TOO_SURE
        }
        ColumnValues::Text(_) => false,
    }
}

/// Share of the pairs whose positive number is the larger one, ties counting half; ascending numbers.
fn auc(negative: &[f64], positive: &[f64]) -> f64 {
    let won = positive.iter().map(|&number| {
        let below = negative.partition_point(|&other| other < number);
        let up_to = negative.partition_point(|&other| other <= number);
        (below + up_to) as f64 / 2.0
    });
    won.sum::<f64>() / (negative.len() as f64 * positive.len() as f64)
}

fn is_personal(column: &Column) -> bool {
    let letters = column.name.chars().filter(char::is_ascii_alphabetic);
    let plain: String = letters.map(|letter| letter.to_ascii_lowercase()).collect();
    if PERSONAL_NAMES.contains(&plain.as_str()) {
        return true;
    }
    let is_mail = |text: &str| {
        text.split_once('@').is_some_and(|(user, host)| !user.is_empty() && host.contains('.'))
    };
    match &column.values {
        ColumnValues::Levels { levels, .. } => {
            !levels.is_empty() && levels.iter().all(|level| is_mail(level))
        }
        ColumnValues::Numbers(_) | ColumnValues::Text(_) => false,
    }
}

/// Whether no date has a day after the twelfth. Whole days since 1970 give the day of the month.
fn is_ambiguous(column: &Column) -> bool {
    let ColumnValues::Numbers(days) = &column.values else { return false };
    days.iter().all(|&day| day_of_month(day) <= 12)
}
