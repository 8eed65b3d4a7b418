//! What a person should look at before learning from a data set.

use serde::{Deserialize, Serialize};

use super::schema::{DateOrder, MAX_LEVELS, MissingPolicy, ReadAs};
use super::{Column, ColumnValues, Dataset, Role, Schema};
use crate::numerics::quantile::sorted;

/// Rows looked at to see whether a column gives the target away.
const LOOKED_AT: usize = 50_000;

/// Share of the rows that may be left out before it is told.
const LOST_SHARE: f64 = 0.1;

/// How sure a column must be of the target to give it away: share of rows that the more frequent class
/// of their value has, weighed by class.
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
}

/// What a person should look at, the graver things first.
#[must_use]
pub fn warnings(dataset: &Dataset, schema: &Schema) -> Vec<Warning> {
    let mut found = Vec::new();
    let mut warn = |about: About, column: &str, message: String| {
        found.push(Warning { about, column: column.to_owned(), message });
    };
    let labels = dataset.labels();
    let target = dataset.target.as_ref().map_or("", |target| target.column.as_str());
    if target.is_empty() {
        let message = "no column is predicted; choose one with two values to train a model";
        warn(About::NoTarget, "", message.to_owned());
    }
    for column in dataset.features() {
        if labels.as_deref().is_some_and(|labels| gives_away(column, labels)) {
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
    for (column, plan) in dataset.columns.iter().zip(&schema.columns) {
        let name = &column.name;
        if is_personal(column) && column.role != Role::Target {
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
            if plan.missing != MissingPolicy::DropRow && column.missing > 0 {
                let by = match plan.missing {
                    MissingPolicy::Median => "the median of the others",
                    _ => "a level of their own",
                };
                let message = format!("{} gaps of {name} take {by}", column.missing);
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
    }
    found
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

/// Whether the values decide the class in nearly all rows, each class weighing the same. A number
/// decides by its own best order: values that come with one class only count for it.
fn gives_away(column: &Column, labels: &[bool]) -> bool {
    let labels = &labels[..labels.len().min(LOOKED_AT)];
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
            for (&code, &label) in codes.iter().zip(labels) {
                if let Some(count) = counts.get_mut(usize::from(code)) {
                    count[usize::from(label)] += 1.0;
                }
            }
            let sure = counts.iter().map(|[no, yes]| (no / totals[0]).max(yes / totals[1]));
            // with as many levels as rows anything is decided
            2 * levels.len() <= labels.len() && sure.sum::<f64>() / 2.0 >= TOO_SURE
        }
        ColumnValues::Numbers(numbers) => {
            let of_class = |class: bool| {
                let rows = numbers.iter().zip(labels).filter(|&(_, &label)| label == class);
                sorted(&rows.map(|(&number, _)| number).collect::<Vec<f64>>())
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
        ColumnValues::Text(texts) => {
            let filled = texts.iter().filter(|text| !text.is_empty()).take(20);
            let (all, mails) = filled
                .fold((0, 0), |(all, mails), text| (all + 1, mails + usize::from(is_mail(text))));
            mails > 0 && 2 * mails > all
        }
        ColumnValues::Levels { levels, .. } => {
            !levels.is_empty() && levels.iter().all(|level| is_mail(level))
        }
        ColumnValues::Numbers(_) => false,
    }
}

/// Whether no date has a day after the twelfth. Whole days since 1970 give the day of the month.
fn is_ambiguous(column: &Column) -> bool {
    let ColumnValues::Numbers(days) = &column.values else { return false };
    days.iter().take(LOOKED_AT).all(|&day| super::schema::day_of_month(day) <= 12)
}
