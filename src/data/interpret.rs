//! [`Table`] × [`Schema`] → [`Dataset`]: what each column means, and which rows can be used.

use std::ops::Range;

use super::TextColumn;
use super::csv::ReadError;
use super::digest::digest;
use super::schema::meaning::complaint;
use super::schema::{
    ColumnPlan, Inferred, MISSING_LEVEL, MOST_LEVELS, Meaning, MissingPolicy, SchemaError, target,
};
use super::table::{ColumnTexts, Table};
use super::warnings::{Warning, warnings};
use super::{Column, ColumnKind, ColumnValues, Dataset, DatasetId, Role, RowIssue, Schema};
use crate::numerics::quantile::{quantile, sorted};

/// A data set, and what became of its table.
#[derive(Clone, Debug, PartialEq)]
pub struct Interpreted {
    /// What the table means.
    pub dataset: Dataset,
    /// How it was read.
    pub schema: Schema,
    /// Cells of each column that have no value although they are filled.
    pub unfit: Vec<u32>,
    /// What a person should look at.
    pub warnings: Vec<Warning>,
}

/// The data set whose columns mean what they look like; `target` names the column to predict, `None`
/// takes the one named Churn, or the last one with two levels. Where the one named Churn does not have
/// two classes nothing is predicted, which is warned of.
///
/// # Errors
/// [`ReadError::UnknownTarget`]; [`ReadError::NotTwoClasses`] for the target asked for;
/// [`ReadError::NoUsableRows`].
pub fn read_as_it_looks(
    table: &Table,
    name: &str,
    target: Option<&str>,
) -> Result<Interpreted, ReadError> {
    let names = table.columns.iter().map(|column| column.name.as_str());
    let wanted = target::wanted(names, target)?;
    let read = match (read_towards(table, name, wanted, wanted.is_none()), target) {
        (Err(_), None) if wanted.is_some() => read_towards(table, name, None, false),
        (read, _) => read,
    };
    let mut read = read?;
    let target = read.dataset.target.as_ref().map_or("", |target| target.column.as_str());
    read.dataset.id = DatasetId(format!("{:016x}", digest(table.digest, target.as_bytes())));
    Ok(read)
}

/// The data set with that column to predict, or the likeliest one where it may be guessed; its id is
/// still to be given.
fn read_towards(
    table: &Table,
    name: &str,
    target: Option<usize>,
    may_guess: bool,
) -> Result<Interpreted, ReadError> {
    let Inferred { mut schema, meanings } = Schema::infer(table, target);
    let cleaned = clean(table, &schema, meanings)?;
    if may_guess
        && let Some(position) = target::likely(&cleaned.columns, &schema)
        && let Some(column) = schema.columns.get_mut(position)
    {
        column.role = Role::Target;
    }
    finish(table, schema, cleaned, name)
}

/// The data set that a schema makes of a table.
///
/// # Errors
/// [`ReadError::NoUsableRows`], [`ReadError::NotTwoClasses`], [`ReadError::Schema`].
pub fn interpret(table: &Table, schema: Schema, name: &str) -> Result<Interpreted, ReadError> {
    schema.check(table.columns.len())?;
    let cleaned = clean(table, &schema, schema.columns.iter().map(|_| None).collect())?;
    let mut read = finish(table, schema, cleaned, name)?;
    let id = digest(table.digest, format!("{:?}", read.schema).as_bytes());
    read.dataset.id = DatasetId(format!("{id:016x}"));
    Ok(read)
}

/// Columns with a meaning, without the rows that could not be used.
struct Cleaned {
    columns: Vec<Column>,
    unfit: Vec<u32>,
    source_rows: Vec<u32>,
    issues: Vec<RowIssue>,
}

fn clean<'a>(
    table: &'a Table,
    schema: &'a Schema,
    made: Vec<Option<Meaning<'a>>>,
) -> Result<Cleaned, ReadError> {
    let mut usable = vec![true; table.n_rows()];
    let mut issues = table.issues.clone();
    let mut parts = Vec::with_capacity(schema.columns.len());
    for (plan, made) in schema.columns.iter().zip(made) {
        let Some(source) = table.columns.get(plan.source as usize) else { continue };
        let texts = &source.texts;
        // what a column that is left out would be is told as well, and costs no row
        let mut meaning = made.unwrap_or_else(|| Meaning::of(texts, plan, schema));
        let gaps = Gaps::of(texts, plan, schema, &meaning);
        if matches!(plan.role, Role::Identifier | Role::Ignored) {
            parts.push((plan, texts, Meaning::Texts, gaps));
            continue;
        }
        match plan.missing {
            MissingPolicy::DropRow => {
                for (at, text) in gaps.rows(texts) {
                    usable[at] = false;
                    issues.push(RowIssue {
                        row: table.source_rows[at],
                        column: plan.name.clone(),
                        message: format!("{} {}", plan.name, complaint(text, plan, schema)),
                    });
                }
            }
            MissingPolicy::OwnLevel | MissingPolicy::Median => {
                fill(&mut meaning, texts).map_err(|NothingToTake| {
                    let text = texts.entries().iter().find(|text| !schema.is_missing(text));
                    let found = complaint(text.unwrap_or_default(), plan, schema);
                    SchemaError::NoMedian { column: plan.name.clone(), found }
                })?;
            }
        }
        parts.push((plan, texts, meaning, gaps));
    }
    issues.sort_by_key(|issue| issue.row);
    let kept = runs(&usable);
    if kept.is_empty() {
        let first =
            issues.iter().take(3).map(|issue| format!("row {}: {}", issue.row, issue.message));
        let first_issues = first.collect::<Vec<_>>().join("; ");
        return Err(ReadError::NoUsableRows { rows_read: table.rows_read, first_issues });
    }
    let source_rows: Vec<&[u32]> = kept.iter().map(|run| &table.source_rows[run.clone()]).collect();
    let source_rows = source_rows.concat();
    let unfit = parts.iter().map(|(.., gaps)| gaps.unfit).collect();
    let columns = parts
        .into_iter()
        .map(|(plan, texts, meaning, gaps)| column(plan, texts, meaning, gaps.missing, &kept));
    Ok(Cleaned { columns: columns.collect::<Result<_, _>>()?, unfit, source_rows, issues })
}

/// The data set of columns that mean something; its id is still to be given.
fn finish(
    table: &Table,
    schema: Schema,
    cleaned: Cleaned,
    name: &str,
) -> Result<Interpreted, ReadError> {
    let Cleaned { mut columns, unfit, source_rows, issues } = cleaned;
    let target = match schema.columns.iter().position(|column| column.role == Role::Target) {
        None => None,
        Some(position) => {
            let Some(column) = columns.get_mut(position) else {
                return Err(ReadError::NoUsableRows {
                    rows_read: table.rows_read,
                    first_issues: String::new(),
                });
            };
            column.role = Role::Target;
            Some(target::of(column, schema.positive_class.as_deref())?)
        }
    };
    let dataset = Dataset {
        id: DatasetId(String::new()),
        name: name.to_owned(),
        columns,
        target,
        rows_read: table.rows_read,
        source_rows,
        issues,
    };
    let warnings = warnings(table, &dataset, &schema, &unfit);
    Ok(Interpreted { dataset, schema, unfit, warnings })
}

/// The entries of a column that have no value.
struct Gaps {
    /// One an entry.
    entries: Vec<bool>,
    /// Cells that are blank or stand for a missing value.
    missing: u32,
    /// Cells that are filled with something else than the column's values.
    unfit: u32,
}

impl Gaps {
    #[inline(never)]
    fn of(texts: &ColumnTexts, plan: &ColumnPlan, schema: &Schema, meaning: &Meaning<'_>) -> Self {
        let is_missing: Vec<bool> = if plan.replace.is_empty() {
            schema.missing_of(texts.entries())
        } else {
            let entries = texts.entries().iter();
            entries.map(|text| schema.is_missing(plan.replaced(text))).collect()
        };
        let missing = texts.count(&is_missing) as u32;
        if *meaning == Meaning::Texts {
            return Self { entries: Vec::new(), missing, unfit: 0 };
        }
        let entries: Vec<bool> = (0..is_missing.len()).map(|at| meaning.is_null(at)).collect();
        let unfit = (texts.count(&entries) as u32).saturating_sub(missing);
        Self { entries, missing, unfit }
    }

    /// The rows without a value, and their texts.
    fn rows<'a>(&'a self, texts: &'a ColumnTexts) -> Vec<(usize, &'a str)> {
        if !self.entries.contains(&true) {
            return Vec::new();
        }
        let entries: Vec<&str> = texts.entries().iter().collect();
        let mut rows = Vec::new();
        let mut at = 0;
        texts.for_each_row(|entry| {
            if self.entries.get(entry) == Some(&true) {
                rows.push((at, entries.get(entry).copied().unwrap_or_default()));
            }
            at += 1;
        });
        rows
    }
}

/// There are no others to take the median of.
struct NothingToTake;

/// Gives the entries without a value one: the level of missing values, or the median of the others.
fn fill(meaning: &mut Meaning<'_>, texts: &ColumnTexts) -> Result<(), NothingToTake> {
    match meaning {
        Meaning::Texts => {}
        Meaning::Levels(levels) => {
            for level in levels {
                level.get_or_insert(MISSING_LEVEL);
            }
        }
        Meaning::Numbers(numbers) => {
            let mut values = Vec::new();
            texts.for_each_row(|entry| {
                values.extend(numbers.get(entry).filter(|number| number.is_finite()));
            });
            let median = quantile(&sorted(&values), 0.5).ok_or(NothingToTake)?;
            for number in numbers.iter_mut().filter(|number| number.is_nan()) {
                *number = median;
            }
        }
    }
    Ok(())
}

/// The rows that are true, as runs of neighbours.
fn runs(rows: &[bool]) -> Vec<Range<usize>> {
    let mut start = 0;
    let mut runs = Vec::new();
    for run in rows.chunk_by(|row, next| row == next) {
        let end = start + run.len();
        if run.first() == Some(&true) {
            runs.push(start..end);
        }
        start = end;
    }
    runs
}

/// The kept rows of a column.
#[inline(never)]
fn column(
    plan: &ColumnPlan,
    texts: &ColumnTexts,
    meaning: Meaning<'_>,
    missing: u32,
    kept: &[Range<usize>],
) -> Result<Column, ReadError> {
    let values = match meaning {
        // where entries are rows they are the numbers already
        Meaning::Numbers(numbers)
            if matches!(texts, ColumnTexts::Plain { .. })
                && matches!(kept, [all] if *all == (0..numbers.len())) =>
        {
            ColumnValues::Numbers(numbers)
        }
        Meaning::Numbers(numbers) => ColumnValues::Numbers(texts.map(kept, |entry| numbers[entry])),
        Meaning::Levels(levels) => self::levels(plan, texts, &levels, kept)?,
        Meaning::Texts => ColumnValues::Text(self::texts(texts, kept)),
    };
    let kind = match plan.role {
        Role::Ignored if plan.read_as.kind() != ColumnKind::Identifier => ColumnKind::Text,
        _ => plan.read_as.kind(),
    };
    let is_date = plan.read_as.date_order().is_some();
    Ok(Column { name: plan.name.clone(), kind, role: plan.role, missing, is_date, values })
}

/// The levels that kept rows have, sorted by code point, and each row's index into them.
fn levels(
    plan: &ColumnPlan,
    texts: &ColumnTexts,
    entries: &[Option<&str>],
    kept: &[Range<usize>],
) -> Result<ColumnValues, ReadError> {
    let mut seen = vec![false; entries.len()];
    texts.for_each(kept, |entry| seen[entry] = true);
    let mut levels: Vec<&str> = entries
        .iter()
        .zip(&seen)
        .filter(|(_, seen)| **seen)
        .filter_map(|(text, _)| *text)
        .collect();
    levels.sort_unstable();
    levels.dedup();
    if levels.len() > MOST_LEVELS {
        return Err(SchemaError::TooManyLevels {
            column: plan.name.clone(),
            levels: levels.len(),
            limit: MOST_LEVELS,
        }
        .into());
    }
    let index = |text: &Option<&str>| {
        let text = text.unwrap_or_default();
        levels.partition_point(|other| *other < text) as u16
    };
    let index: Vec<u16> = entries.iter().map(index).collect();
    Ok(ColumnValues::Levels {
        codes: texts.map(kept, |entry| index[entry]),
        levels: levels.into_iter().map(str::to_owned).collect(),
    })
}

fn texts(texts: &ColumnTexts, kept: &[Range<usize>]) -> TextColumn {
    match texts {
        ColumnTexts::Plain { texts, .. } => texts.select(kept),
        ColumnTexts::Coded { .. } => {
            let entries: Vec<&str> = texts.entries().iter().collect();
            let mut all = TextColumn::default();
            texts.for_each(kept, |entry| all.push(entries[entry]));
            all
        }
    }
}
