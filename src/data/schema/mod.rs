//! What the columns of a table mean, as a person can see and change it.
//!
//! [`infer`](Schema::infer) looks at the texts; [`interpret`](super::interpret) makes the data set.

mod date;
mod error;
mod infer;
pub(super) mod meaning;
mod number;
pub(super) mod target;

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{ColumnKind, Role, TextColumn};

pub use date::{DateOrder, parse_day};
pub use error::SchemaError;
pub use infer::{Inferred, MAX_LEVELS};
pub(super) use infer::{Marks, is_value};
pub use meaning::{MISSING_LEVEL, Meaning};
pub use number::Decimal;

/// Most levels that a person can ask a category to have.
pub const MOST_LEVELS: usize = 1_000;

/// Most columns, copies included.
pub const MOST_COLUMNS: usize = 2_000;

/// What every column of a table means.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Schema {
    /// What stands before the decimals of a number.
    pub decimal: Decimal,
    /// Texts that stand for a missing value, as a blank cell always does.
    pub missing: Vec<String>,
    /// In the order they are shown.
    pub columns: Vec<ColumnPlan>,
    /// The class whose probability a model gives; `None` takes the one that looks like leaving, else
    /// the rarer one.
    pub positive_class: Option<String>,
}

/// What a column means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ColumnPlan {
    /// The table's column it is made of, from 0; a copy shares it with another.
    pub source: u32,
    /// What it is called.
    pub name: String,
    /// What its texts are read as.
    pub read_as: ReadAs,
    /// What it is used for.
    pub role: Role,
    /// What becomes of cells without a value.
    pub missing: MissingPolicy,
    /// Texts to be read as others, in this order.
    pub replace: Vec<Replacement>,
    /// Why no model learns from it, where that was not a person's choice.
    pub left_out: Option<LeftOut>,
}

/// What the texts of a column are read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReadAs {
    /// Text that names the row.
    Identifier,
    /// Finite numbers.
    Number,
    /// One of a few levels.
    Category,
    /// Yes or no, in one of the usual spellings; 0 and 1 become No and Yes.
    Flag,
    /// A date with year, month, day: days since the first of January 1970.
    DateYmd,
    /// Day, month, year.
    DateDmy,
    /// Month, day, year.
    DateMdy,
    /// As it stands.
    Text,
}

/// What becomes of cells that are blank or can't be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MissingPolicy {
    /// Their row is left out.
    #[default]
    DropRow,
    /// They are a level of their own, [`MISSING_LEVEL`]; for categories and flags.
    OwnLevel,
    /// They take the median of the others; for numbers and dates.
    Median,
}

/// A text to be read as another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replacement {
    /// As in the file.
    pub text: String,
    /// What it is read as.
    pub by: String,
}

/// Why a column is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeftOut {
    /// The header's cell is blank.
    NoName,
    /// More cells are blank than filled.
    MostlyBlank,
    /// Free text: more levels than [`MAX_LEVELS`].
    ManyTexts,
    /// It numbers or names the rows, as another column does.
    NamesRows,
}

impl ReadAs {
    /// Every way to read a column.
    pub const ALL: [Self; 8] = [
        Self::Number,
        Self::Category,
        Self::Flag,
        Self::DateYmd,
        Self::DateDmy,
        Self::DateMdy,
        Self::Identifier,
        Self::Text,
    ];

    /// What the values of such a column are.
    #[must_use]
    pub fn kind(self) -> ColumnKind {
        match self {
            Self::Identifier => ColumnKind::Identifier,
            Self::Number | Self::DateYmd | Self::DateDmy | Self::DateMdy => ColumnKind::Numeric,
            Self::Category | Self::Flag => ColumnKind::Categorical,
            Self::Text => ColumnKind::Text,
        }
    }

    /// How a date is written; `None` for what is no date.
    #[must_use]
    pub fn date_order(self) -> Option<DateOrder> {
        match self {
            Self::DateYmd => Some(DateOrder::Ymd),
            Self::DateDmy => Some(DateOrder::Dmy),
            Self::DateMdy => Some(DateOrder::Mdy),
            _ => None,
        }
    }

    /// What a column read so is used for at first.
    #[must_use]
    pub fn role(self) -> Role {
        match self.kind() {
            ColumnKind::Identifier => Role::Identifier,
            ColumnKind::Numeric | ColumnKind::Categorical => Role::Feature,
            ColumnKind::Text => Role::Ignored,
        }
    }
}

impl MissingPolicy {
    /// Whether a column read so can have it.
    #[must_use]
    pub fn suits(self, read_as: ReadAs) -> bool {
        match self {
            Self::DropRow => true,
            Self::OwnLevel => read_as.kind() == ColumnKind::Categorical,
            Self::Median => read_as.kind() == ColumnKind::Numeric,
        }
    }
}

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoName => "it has no name",
            Self::MostlyBlank => "it is blank in most rows",
            Self::ManyTexts => "it has too many different texts to learn from",
            Self::NamesRows => "it only tells rows apart",
        })
    }
}

impl ColumnPlan {
    /// What `text` is read as.
    #[must_use]
    pub fn replaced<'a>(&'a self, text: &'a str) -> &'a str {
        let found = self.replace.iter().find(|replacement| replacement.text == text);
        found.map_or(text, |replacement| &replacement.by)
    }

    /// Reads each of these texts of the file that says yes or no, by itself or by what it is replaced
    /// with so far, as 1 or 0 where the column is to hold numbers, else as Yes or No; casts it so.
    pub fn read_flags<'a>(&mut self, texts: impl Iterator<Item = &'a str>, read_as: ReadAs) {
        let (yes, no) = if read_as == ReadAs::Number { ("1", "0") } else { ("Yes", "No") };
        for text in texts {
            let said = meaning::flag(self.replaced(text)).or_else(|| meaning::flag(text));
            if let Some(said) = said {
                self.replace_text(text, if said { yes } else { no });
            }
        }
        self.cast(read_as);
    }

    /// Reads `text` as `by` from now on; a text read as itself is not replaced.
    pub fn replace_text(&mut self, text: &str, by: &str) {
        self.replace.retain(|replacement| replacement.text != text);
        if text != by {
            self.replace.push(Replacement { text: text.to_owned(), by: by.to_owned() });
        }
    }

    /// Reads it in another way, with the role and the treatment of missing values that fit. A column that
    /// a person has left out stays so.
    pub fn cast(&mut self, read_as: ReadAs) {
        self.read_as = read_as;
        let by_itself = self.left_out.take().is_some();
        if !self.missing.suits(read_as) {
            self.missing = MissingPolicy::DropRow;
        }
        let fits = match self.role {
            Role::Feature | Role::Identifier => self.role == read_as.role(),
            Role::Target => read_as.kind() == ColumnKind::Categorical,
            Role::Ignored => !by_itself,
        };
        if !fits {
            self.role = read_as.role();
        }
    }
}

impl Schema {
    /// Whether `text` stands for a missing value.
    #[must_use]
    pub fn is_missing(&self, text: &str) -> bool {
        text.is_empty() || self.missing.iter().any(|marker| marker == text)
    }

    /// Which texts stand for a missing value.
    #[must_use]
    pub fn missing_of(&self, texts: &TextColumn) -> Vec<bool> {
        if self.missing.is_empty() {
            return texts.blanks();
        }
        texts.iter().map(|text| self.is_missing(text)).collect()
    }

    /// The column of that exact name.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&ColumnPlan> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// The column to predict.
    #[must_use]
    pub fn target(&self) -> Option<&ColumnPlan> {
        self.columns.iter().find(|column| column.role == Role::Target)
    }

    /// Makes a column the one to predict, or none; the one before becomes a feature again.
    pub fn set_target(&mut self, name: Option<&str>) {
        for column in &mut self.columns {
            if column.role == Role::Target {
                column.role = column.read_as.role();
            }
            if Some(column.name.as_str()) == name {
                if column.read_as.kind() != ColumnKind::Categorical {
                    column.cast(ReadAs::Category);
                }
                column.role = Role::Target;
                column.missing = MissingPolicy::DropRow;
            }
        }
        self.positive_class = None;
    }

    /// Puts a copy of a column behind it, to be read in another way; no model sees it until a person
    /// wants it to. Gives its name.
    pub fn copy_column(&mut self, position: usize) -> Option<String> {
        let mut copy = self.columns.get(position)?.clone();
        let mut number = 1;
        let original = copy.name.clone();
        while self.column(&copy.name).is_some() {
            number += 1;
            copy.name = format!("{original} {number}");
        }
        copy.role = Role::Ignored;
        copy.left_out = None;
        let name = copy.name.clone();
        self.columns.insert(position + 1, copy);
        Some(name)
    }

    /// Whether it makes sense by itself, for a table of so many columns.
    ///
    /// # Errors
    /// Names, sources, targets; see [`SchemaError`].
    pub fn check(&self, columns: usize) -> Result<(), SchemaError> {
        if self.columns.len() > MOST_COLUMNS {
            let columns = self.columns.len();
            return Err(SchemaError::TooManyColumns { columns, limit: MOST_COLUMNS });
        }
        let mut names = std::collections::BTreeSet::new();
        let mut target: Option<&ColumnPlan> = None;
        for (position, column) in (1..).zip(&self.columns) {
            if column.name.trim().is_empty() {
                return Err(SchemaError::NoName { position });
            }
            if !names.insert(column.name.as_str()) {
                return Err(SchemaError::SameName { name: column.name.clone() });
            }
            if column.source as usize >= columns {
                return Err(SchemaError::NoSource {
                    column: column.name.clone(),
                    source_column: column.source as usize + 1,
                    columns,
                });
            }
            if column.role == Role::Target {
                if let Some(first) = target {
                    return Err(SchemaError::TwoTargets {
                        first: first.name.clone(),
                        second: column.name.clone(),
                    });
                }
                target = Some(column);
            }
        }
        Ok(())
    }
}
