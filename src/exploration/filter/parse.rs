//! Words → a checked filter.

use super::error::{FilterError, FilterProblem, Wanted};
use super::nearest::nearest;
use super::token::{RESERVED, Token, TokenKind, tokens};
use super::{Filter, NumberTest, ReadNumber, TextTest};
use crate::data::ColumnKind;
use crate::data::schema::{DateOrder, parse_day};
use crate::data::summary::ColumnSummary;

/// Most parentheses and `not` in each other.
const DEEPEST: usize = 50;

/// Operators that fit a number.
const OF_NUMBERS: &str = "=, !=, <, <=, >, >=, in, between";

/// Operators that fit levels and texts.
const OF_TEXTS: &str = "=, !=, in, contains";

/// See [`Filter::parse`].
pub fn parse(
    text: &str,
    columns: &[ColumnSummary],
    number: ReadNumber,
) -> Result<Filter, FilterError> {
    parse_tokens(tokens(text)?, text.chars().count(), columns, number)
}

/// The filter of some words in a text of `end` characters.
pub fn parse_tokens(
    tokens: Vec<Token>,
    end: usize,
    columns: &[ColumnSummary],
    number: ReadNumber,
) -> Result<Filter, FilterError> {
    let mut parser = Parser { tokens, at: 0, end, columns, number, depth: 0 };
    if parser.tokens.is_empty() {
        return Ok(Filter::All(Vec::new()));
    }
    let filter = parser.any()?;
    if parser.at < parser.tokens.len() {
        return Err(parser.missing(Wanted::Joint));
    }
    Ok(filter)
}

struct Parser<'a> {
    tokens: Vec<Token>,
    at: usize,
    /// Characters of the text.
    end: usize,
    columns: &'a [ColumnSummary],
    number: ReadNumber,
    depth: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn next_is(&self, word: &str) -> bool {
        self.peek().is_some_and(|token| token.is(word))
    }

    /// Goes past the next token if it is this word.
    fn take(&mut self, word: &str) -> bool {
        let found = self.next_is(word);
        self.at += usize::from(found);
        found
    }

    fn take_kind(&mut self, kind: &TokenKind) -> bool {
        let found = self.peek().is_some_and(|token| token.kind == *kind);
        self.at += usize::from(found);
        found
    }

    fn missing(&self, wanted: Wanted) -> FilterError {
        let (from, to) = self.peek().map_or((self.end, self.end), |token| (token.from, token.to));
        let found = self.peek().map(Token::shown);
        FilterError { from, to, problem: FilterProblem::Missing { wanted, found } }
    }

    fn any(&mut self) -> Result<Filter, FilterError> {
        let first = self.all()?;
        let mut parts = vec![first];
        while self.take("or") {
            parts.push(self.all()?);
        }
        Ok(one_or(parts, Filter::Any))
    }

    fn all(&mut self) -> Result<Filter, FilterError> {
        let first = self.part()?;
        let mut parts = vec![first];
        while self.take("and") {
            parts.push(self.part()?);
        }
        Ok(one_or(parts, Filter::All))
    }

    fn part(&mut self) -> Result<Filter, FilterError> {
        let negated = self.next_is("not");
        if !negated && !self.peek().is_some_and(|token| token.kind == TokenKind::Open) {
            return self.test();
        }
        if self.depth == DEEPEST {
            let mut error = self.missing(Wanted::Column);
            error.problem = FilterProblem::TooDeep { most: DEEPEST };
            return Err(error);
        }
        self.at += 1;
        self.depth += 1;
        let inner = if negated {
            Filter::Not(Box::new(self.part()?))
        } else {
            let inner = self.any()?;
            if !self.take_kind(&TokenKind::Close) {
                return Err(self.missing(Wanted::Closing));
            }
            inner
        };
        self.depth -= 1;
        Ok(inner)
    }

    fn test(&mut self) -> Result<Filter, FilterError> {
        let column = self.column()?;
        let Some(token) = self.peek().cloned() else {
            return Err(self.missing(Wanted::Operator { column }));
        };
        self.at += 1;
        if let TokenKind::Compare(sign) = token.kind {
            return self.compared(column, sign, &token);
        }
        let negated = token.is("not");
        let operator = if negated { self.peek().cloned() } else { Some(token.clone()) };
        if negated {
            self.at += 1;
        }
        let test = match operator {
            Some(operator) if operator.is("in") => {
                let values = self.list(column)?;
                self.one_of(column, values)?
            }
            Some(operator) if operator.is("between") => self.between(column, &operator)?,
            Some(operator) if operator.is("contains") => self.contains(column, &operator)?,
            _ => {
                self.at -= 1;
                let wanted = match negated {
                    true => Wanted::Negated { column },
                    false => Wanted::Operator { column },
                };
                return Err(self.missing(wanted));
            }
        };
        Ok(if negated { Filter::Not(Box::new(test)) } else { test })
    }

    fn column(&mut self) -> Result<usize, FilterError> {
        let named = match self.peek().map(|token| (token, &token.kind)) {
            Some((token, TokenKind::Word(_))) if RESERVED.iter().any(|word| token.is(word)) => None,
            Some((token, TokenKind::Word(name) | TokenKind::Name(name))) => Some((token, name)),
            _ => None,
        };
        let Some((token, name)) = named else { return Err(self.missing(Wanted::Column)) };
        let names = || self.columns.iter().map(|column| column.name.as_str());
        let Some(place) = names().position(|column| column == name) else {
            let problem = FilterProblem::UnknownColumn {
                name: name.clone(),
                nearest: nearest(name, names()),
            };
            return Err(FilterError { from: token.from, to: token.to, problem });
        };
        self.at += 1;
        Ok(place)
    }

    /// A value for the column: a text in quotes, or a word.
    fn value(&mut self, column: usize) -> Result<(String, Token), FilterError> {
        let found = match self.peek().map(|token| (token, &token.kind)) {
            Some((token, TokenKind::Word(_))) if RESERVED.iter().any(|word| token.is(word)) => None,
            Some((token, TokenKind::Word(text) | TokenKind::Text(text))) => {
                Some((text.clone(), token.clone()))
            }
            _ => None,
        };
        let found = found.ok_or_else(|| self.missing(Wanted::Value { column }))?;
        self.at += 1;
        Ok(found)
    }

    fn list(&mut self, column: usize) -> Result<Vec<(String, Token)>, FilterError> {
        if !self.take_kind(&TokenKind::Open) {
            return Err(self.missing(Wanted::List));
        }
        let mut values = vec![self.value(column)?];
        while self.take_kind(&TokenKind::Comma) {
            values.push(self.value(column)?);
        }
        if !self.take_kind(&TokenKind::Close) {
            return Err(self.missing(Wanted::ListGoesOn));
        }
        Ok(values)
    }

    fn compared(
        &mut self,
        column: usize,
        sign: &'static str,
        operator: &Token,
    ) -> Result<Filter, FilterError> {
        let is_number = self.kind(column) == ColumnKind::Numeric;
        if !is_number && !matches!(sign, "=" | "!=") {
            return Err(self.unfit(column, operator));
        }
        let value = self.value(column)?;
        let test: fn(f64) -> NumberTest = match sign {
            "<" => NumberTest::Below,
            "<=" => NumberTest::UpTo,
            ">" => NumberTest::Above,
            ">=" => NumberTest::From,
            _ => {
                let test = self.one_of(column, vec![value])?;
                return Ok(if sign == "=" { test } else { Filter::Not(Box::new(test)) });
            }
        };
        Ok(Filter::Number { column, test: test(self.as_number(column, &value)?) })
    }

    fn between(&mut self, column: usize, operator: &Token) -> Result<Filter, FilterError> {
        if self.kind(column) != ColumnKind::Numeric {
            return Err(self.unfit(column, operator));
        }
        let first = self.value(column)?;
        let from = self.as_number(column, &first)?;
        if !self.take("and") {
            return Err(self.missing(Wanted::And));
        }
        let second = self.value(column)?;
        let to = self.as_number(column, &second)?;
        if from > to {
            let problem = FilterProblem::EmptyRange { from, to };
            return Err(FilterError { from: first.1.from, to: second.1.to, problem });
        }
        Ok(Filter::Number { column, test: NumberTest::Between(from, to) })
    }

    fn contains(&mut self, column: usize, operator: &Token) -> Result<Filter, FilterError> {
        let kind = self.kind(column);
        if kind == ColumnKind::Numeric {
            return Err(self.unfit(column, operator));
        }
        let (part, _) = self.value(column)?;
        let part = part.to_ascii_lowercase();
        Ok(match kind {
            ColumnKind::Categorical => Filter::Levels {
                column,
                passes: self
                    .levels(column)
                    .iter()
                    .map(|level| level.to_ascii_lowercase().contains(&part))
                    .collect(),
            },
            _ => Filter::Text { column, test: TextTest::Contains(part) },
        })
    }

    /// Rows whose value is one of these.
    fn one_of(&self, column: usize, values: Vec<(String, Token)>) -> Result<Filter, FilterError> {
        Ok(match self.kind(column) {
            ColumnKind::Numeric => {
                let numbers = values.iter().map(|value| self.as_number(column, value));
                let numbers = numbers.collect::<Result<Vec<f64>, FilterError>>()?;
                Filter::Number { column, test: NumberTest::OneOf(numbers) }
            }
            ColumnKind::Categorical => {
                let mut passes = vec![false; self.levels(column).len()];
                for value in &values {
                    let place = self.level(column, value)?;
                    if let Some(passes) = passes.get_mut(place) {
                        *passes = true;
                    }
                }
                Filter::Levels { column, passes }
            }
            ColumnKind::Identifier | ColumnKind::Text => {
                let texts = values.into_iter().map(|(text, _)| text).collect();
                Filter::Text { column, test: TextTest::OneOf(texts) }
            }
        })
    }

    fn level(&self, column: usize, (level, token): &(String, Token)) -> Result<usize, FilterError> {
        let levels = self.levels(column);
        levels.iter().position(|known| known == level).ok_or_else(|| FilterError {
            from: token.from,
            to: token.to,
            problem: FilterProblem::UnknownLevel {
                column: self.name(column),
                level: level.clone(),
                nearest: nearest(level, levels.iter().map(String::as_str)),
                levels: levels.to_vec(),
            },
        })
    }

    fn as_number(&self, column: usize, value: &(String, Token)) -> Result<f64, FilterError> {
        let (text, token) = value;
        let is_date = self.columns.get(column).is_some_and(|column| column.is_date);
        let day = is_date.then(|| parse_day(text, DateOrder::Ymd)).flatten().map(f64::from);
        day.or_else(|| (self.number)(text)).ok_or_else(|| {
            let (column, found) = (self.name(column), text.clone());
            let problem = match is_date {
                true => FilterProblem::NotADate { column, found },
                false => FilterProblem::NotANumber { column, found },
            };
            FilterError { from: token.from, to: token.to, problem }
        })
    }

    fn unfit(&self, column: usize, operator: &Token) -> FilterError {
        let is_number = self.kind(column) == ColumnKind::Numeric;
        let problem = FilterProblem::Operator {
            column: self.name(column),
            operator: operator.shown(),
            allowed: if is_number { OF_NUMBERS } else { OF_TEXTS },
        };
        FilterError { from: operator.from, to: operator.to, problem }
    }

    fn kind(&self, column: usize) -> ColumnKind {
        self.columns.get(column).map_or(ColumnKind::Text, |column| column.kind)
    }

    fn name(&self, column: usize) -> String {
        self.columns.get(column).map_or_else(String::new, |column| column.name.clone())
    }

    fn levels(&self, column: usize) -> &[String] {
        self.columns.get(column).map_or(&[], |column| &column.levels)
    }
}

/// The only part itself, several joined.
fn one_or(mut parts: Vec<Filter>, join: fn(Vec<Filter>) -> Filter) -> Filter {
    match (parts.len(), parts.pop()) {
        (1, Some(only)) => only,
        (_, last) => {
            parts.extend(last);
            join(parts)
        }
    }
}
