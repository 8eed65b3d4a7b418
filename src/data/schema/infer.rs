//! What the columns of a table look like.

use super::date::{self, DateOrder};
use super::meaning::flag;
use super::number::{self, Decimal};
use super::{ColumnPlan, LeftOut, Meaning, MissingPolicy, ReadAs, Schema};
use crate::data::csv::Delimiter;
use crate::data::table::{ColumnTexts, Table, TableColumn};
use crate::data::{ColumnKind, Role};

/// Most levels of a column that looks like a category; with more it looks like free text.
pub const MAX_LEVELS: usize = 50;

/// Share of the cells with a value that must be numbers, or dates, for the column to be so.
const NUMERIC_SHARE: f64 = 0.95;

/// From this many rows on, texts that all differ name their rows.
const IDENTIFIER_ROWS: usize = 20;

/// From this many rows on, a column whose gaps would cost too many rows has them filled.
const FILLED_ROWS: usize = 100;

/// Share of the rows that gaps of one column may cost.
const GAP_SHARE: f64 = 0.05;

/// Entries of a column that are looked at to see how numbers and dates are written.
const LOOKED_AT: usize = 1_000;

/// Column names that say "identifier", in lower case without spaces, `_` and `-`.
const IDENTIFIER_NAMES: [&str; 6] =
    ["id", "customerid", "clientid", "userid", "accountid", "subscriberid"];

/// Texts that stand for a missing value wherever they come.
const MARKERS: [&str; 10] = ["NA", "N/A", "n/a", "NULL", "null", "NaN", "nan", "#N/A", "<NA>", "?"];

/// Texts that stand for a missing value where all others of the column are numbers.
const MARKERS_AMONG_NUMBERS: [&str; 6] = ["-", "--", ".", "None", "none", "unknown"];

/// Bytes of the longest of them.
const LONGEST_MARKER: u32 = 7;

/// What they start with.
const FIRST_OF_MARKERS: &[u8] = b"Nn#<?-.u";

/// A schema, and what it makes of each column.
pub struct Inferred<'a> {
    /// What the columns look like.
    pub schema: Schema,
    /// One a column, where it was made on the way.
    pub meanings: Vec<Option<Meaning<'a>>>,
}

impl Schema {
    /// What the columns of a table look like.
    ///
    /// A column is an identifier when its name says so, when its texts all differ, or when it numbers
    /// the rows; numbers or dates when at least 95 % of its values are; a flag when they are yes and
    /// no, or 1 and 0; a category when it has at most [`MAX_LEVELS`] levels; else free text. Columns
    /// without a name, and those blank in most rows, are text that no model sees. Where gaps would cost
    /// more than 5 % of 100 rows or more, they are filled.
    ///
    /// `target` is the position of the column to predict.
    #[must_use]
    pub fn infer(table: &Table, target: Option<usize>) -> Inferred<'_> {
        let decimal = decimal(table);
        let missing = missing_markers(table, decimal);
        let mut schema = Self { decimal, missing, columns: Vec::new(), positive_class: None };
        let mut meanings = Vec::with_capacity(table.columns.len());
        for (position, column) in table.columns.iter().enumerate() {
            let looks = Looks::of(column, &schema, target == Some(position));
            schema.columns.push(ColumnPlan {
                source: position as u32,
                name: column.name.clone(),
                read_as: looks.read_as,
                role: if looks.left_out.is_some() { Role::Ignored } else { looks.read_as.role() },
                missing: looks.missing,
                replace: Vec::new(),
                left_out: looks.left_out,
            });
            meanings.push(looks.meaning);
        }
        one_identifier(&mut schema);
        if let Some(column) = target.and_then(|position| schema.columns.get_mut(position)) {
            column.role = Role::Target;
            column.missing = MissingPolicy::DropRow;
            column.left_out = None;
        }
        Inferred { schema, meanings }
    }
}

/// Of several columns that tell rows apart the one whose name says so, else the first, names them.
fn one_identifier(schema: &mut Schema) {
    let is_one = |column: &&ColumnPlan| column.role == Role::Identifier;
    let mut all = schema.columns.iter().filter(is_one);
    let named = all.clone().find(|column| is_identifier_name(&column.name));
    let Some(chosen) = named.or_else(|| all.next()).map(|column| column.source) else { return };
    for column in &mut schema.columns {
        if column.role == Role::Identifier && column.source != chosen {
            column.role = Role::Ignored;
            column.left_out = Some(LeftOut::NamesRows);
        }
    }
}

/// What one column looks like.
struct Looks<'a> {
    read_as: ReadAs,
    missing: MissingPolicy,
    left_out: Option<LeftOut>,
    meaning: Option<Meaning<'a>>,
}

impl<'a> Looks<'a> {
    /// The column to predict is a category whenever its levels are few.
    #[inline(never)]
    fn of(column: &'a TableColumn, schema: &Schema, is_target: bool) -> Self {
        let texts = &column.texts;
        let (n_rows, entries) = (texts.n_rows(), texts.entries());
        let is_missing = schema.missing_of(entries);
        let filled = n_rows - texts.count(&is_missing);
        let looks = |read_as| Self {
            read_as,
            missing: MissingPolicy::DropRow,
            left_out: None,
            meaning: None,
        };
        let left_out = |reason| Self { left_out: Some(reason), ..looks(ReadAs::Text) };
        let with_gaps = |read_as: ReadAs, meaning: Option<Meaning<'a>>, filled: usize| {
            let costs = (n_rows - filled) as f64 > GAP_SHARE * n_rows as f64;
            let missing = match read_as.kind() {
                _ if n_rows < FILLED_ROWS || !costs => MissingPolicy::DropRow,
                ColumnKind::Numeric => MissingPolicy::Median,
                _ => MissingPolicy::OwnLevel,
            };
            Self { missing, meaning, ..looks(read_as) }
        };

        if !is_target {
            if is_identifier_name(&column.name) {
                return looks(ReadAs::Identifier);
            }
            if !column.named {
                return left_out(LeftOut::NoName);
            }
            if 2 * filled < n_rows {
                return left_out(LeftOut::MostlyBlank);
            }
        }
        let few_levels = match texts {
            ColumnTexts::Coded { .. } => {
                entries.len() - is_missing.iter().filter(|&&missing| missing).count() <= MAX_LEVELS
            }
            ColumnTexts::Plain { .. } => false,
        };
        let most = |rows: usize| rows > 0 && rows as f64 >= NUMERIC_SHARE * filled as f64;
        let parse_all = |parse: &dyn Fn(&str) -> Option<f64>| {
            parsed(texts, &is_missing, (1.0 - NUMERIC_SHARE) * filled as f64, parse)
        };
        if let Some(numbers) = parse_all(&|text| number::parse(text, schema.decimal)) {
            let rows = texts.count(&numbers.iter().map(|n| n.is_finite()).collect::<Vec<_>>());
            if most(rows) {
                if numbers.iter().all(|&number| !number.is_finite() || is_flag(number)) {
                    return with_gaps(ReadAs::Flag, None, rows);
                }
                if !(is_target && few_levels) {
                    if !is_target && n_rows >= IDENTIFIER_ROWS && counts_rows(texts, &numbers) {
                        return looks(ReadAs::Identifier);
                    }
                    // a number beyond the largest one has no value either
                    let meaning = Meaning::of_numbers(numbers);
                    return with_gaps(ReadAs::Number, Some(meaning), rows);
                }
            }
        }
        if !is_target {
            for order in date_orders(texts, &is_missing) {
                if let Some(days) = parse_all(&|text| date::parse(text, order)) {
                    let rows = texts.count(&days.iter().map(|n| n.is_finite()).collect::<Vec<_>>());
                    if most(rows) {
                        let read_as = match order {
                            DateOrder::Ymd => ReadAs::DateYmd,
                            DateOrder::Dmy => ReadAs::DateDmy,
                            DateOrder::Mdy => ReadAs::DateMdy,
                        };
                        return with_gaps(read_as, Some(Meaning::Numbers(days)), rows);
                    }
                }
            }
        }
        if !is_target && n_rows >= IDENTIFIER_ROWS && texts.all_differ() {
            looks(ReadAs::Identifier)
        } else if few_levels {
            let values = entries.iter().zip(&is_missing).filter(|(_, missing)| !**missing);
            let values: Vec<&str> = values.map(|(text, _)| text).collect();
            let are_flags =
                (1..=2).contains(&values.len()) && values.iter().all(|text| flag(text).is_some());
            let read_as = if are_flags { ReadAs::Flag } else { ReadAs::Category };
            with_gaps(read_as, None, filled)
        } else if is_target {
            looks(ReadAs::Text)
        } else {
            left_out(LeftOut::ManyTexts)
        }
    }
}

/// What `parse` makes of every entry, NaN where nothing; `None` once more than `most_unfit` of them
/// are no value.
fn parsed(
    texts: &ColumnTexts,
    is_missing: &[bool],
    most_unfit: f64,
    parse: &dyn Fn(&str) -> Option<f64>,
) -> Option<Vec<f64>> {
    let entries = texts.entries();
    // where entries are rows there is no need to look at all of them
    let most_unfit = match texts {
        ColumnTexts::Coded { .. } => f64::INFINITY,
        ColumnTexts::Plain { .. } => most_unfit,
    };
    let mut unfit = 0.0;
    let mut numbers = Vec::with_capacity(entries.len());
    for (text, &missing) in entries.iter().zip(is_missing) {
        let number = if missing { None } else { parse(text).filter(|n| n.is_finite()) };
        if number.is_none() && !missing {
            unfit += 1.0;
            if unfit > most_unfit {
                return None;
            }
        }
        numbers.push(number.unwrap_or(f64::NAN));
    }
    Some(numbers)
}

/// Whether the numbers count the rows: each one more than that of the row before.
fn counts_rows(texts: &ColumnTexts, numbers: &[f64]) -> bool {
    let mut next = None::<f64>;
    let mut counts = true;
    texts.for_each_row(|entry| {
        let number = numbers.get(entry).copied().unwrap_or(f64::NAN);
        counts = counts && next.is_none_or(|next| next == number);
        next = Some(number + 1.0);
    });
    counts
}

/// The orders in which dates may be written, the likeliest first; none where the first values are no
/// dates.
fn date_orders(texts: &ColumnTexts, is_missing: &[bool]) -> Vec<DateOrder> {
    let values: Vec<&str> = texts
        .entries()
        .iter()
        .zip(is_missing)
        .filter(|(_, missing)| !**missing)
        .take(LOOKED_AT)
        .map(|(text, _)| text)
        .collect();
    let slashes = values.first().is_some_and(|text| text.contains('/'));
    let by_habit = match slashes {
        true => [DateOrder::Ymd, DateOrder::Mdy, DateOrder::Dmy],
        false => [DateOrder::Ymd, DateOrder::Dmy, DateOrder::Mdy],
    };
    let fits =
        |order: DateOrder| values.iter().filter(|text| date::parse(text, order).is_some()).count();
    let most = by_habit.iter().map(|&order| fits(order)).max().unwrap_or(0);
    by_habit.into_iter().filter(|&order| most > 0 && fits(order) == most).collect()
}

/// The decimal mark that more texts need; where none is needed more, the comma if cells are separated
/// by semicolons, as they are where a comma stands before decimals.
fn decimal(table: &Table) -> Decimal {
    let marks = table.columns.iter().map(|column| Marks::of(&column.texts));
    let needed = marks
        .fold([0, 0], |[point, comma], marks| [point + marks.needed[0], comma + marks.needed[1]]);
    match needed {
        [point, comma] if point > comma => Decimal::Point,
        [point, comma] if point < comma => Decimal::Comma,
        _ if table.format.delimiter == Delimiter::Semicolon => Decimal::Comma,
        _ => Decimal::Point,
    }
}

/// What texts say of the decimal mark.
pub struct Marks<'a> {
    /// Texts that are a number with a point before decimals and none with a comma, and the other way
    /// round.
    pub needed: [u32; 2],
    /// The first text that is one number with the point and another with the comma.
    pub either: Option<&'a str>,
}

impl<'a> Marks<'a> {
    /// Those of the first texts of a column.
    pub fn of(texts: &'a ColumnTexts) -> Self {
        let mut marks = Self { needed: [0, 0], either: None };
        for text in texts.entries().iter().take(LOOKED_AT) {
            if text.contains(['.', ',']) {
                match Decimal::ALL.map(|decimal| number::parse(text, decimal)) {
                    [Some(_), None] => marks.needed[0] += 1,
                    [None, Some(_)] => marks.needed[1] += 1,
                    [Some(_), Some(_)] => marks.either = marks.either.or(Some(text)),
                    [None, None] => {}
                }
            }
        }
        marks
    }
}

/// The texts of the table that stand for a missing value, sorted.
fn missing_markers(table: &Table, decimal: Decimal) -> Vec<String> {
    let mut found: Vec<&str> = Vec::new();
    for column in &table.columns {
        let mut among_numbers: Vec<&str> = Vec::new();
        for text in column.texts.entries().short(LONGEST_MARKER, FIRST_OF_MARKERS) {
            if MARKERS.contains(&text) {
                found.push(text);
            } else if MARKERS_AMONG_NUMBERS.contains(&text) {
                among_numbers.push(text);
            }
        }
        let is_value = |text: &&str| {
            !text.is_empty() && !MARKERS.contains(text) && !MARKERS_AMONG_NUMBERS.contains(text)
        };
        if !among_numbers.is_empty() {
            let mut values = column.texts.entries().iter().filter(is_value).peekable();
            let has_values = values.peek().is_some();
            if has_values && values.all(|text| number::parse(text, decimal).is_some()) {
                found.append(&mut among_numbers);
            }
        }
        found.sort_unstable();
        found.dedup();
    }
    found.into_iter().map(str::to_owned).collect()
}

/// Whether a text is a number, yes or no, or stands for a missing value: no name of a column, as a
/// single letter may be.
pub fn is_value(text: &str) -> bool {
    (text.len() > 1 && flag(text).is_some())
        || MARKERS.contains(&text)
        || text.parse::<f64>().is_ok()
}

fn is_flag(number: f64) -> bool {
    number == 0.0 || number == 1.0
}

fn is_identifier_name(name: &str) -> bool {
    let plain: String = name
        .chars()
        .filter(|c| !matches!(c, ' ' | '_' | '-'))
        .flat_map(char::to_lowercase)
        .collect();
    IDENTIFIER_NAMES.contains(&plain.as_str())
}
