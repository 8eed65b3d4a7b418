//! A record with changes, and with what follows from them.

use super::CounterfactualParams;
use super::lattice::{Candidate, Way};
use crate::data::{Following, Rules};
use crate::features::{Domain, Feature, FeatureSpace};

/// The record that is changed.
pub(super) struct Changing<'a> {
    encoded: &'a [f64],
    follows: Option<Follows<'a>>,
}

/// What follows, by features instead of columns.
pub(super) struct Follows<'a> {
    rules: &'a Rules,
    following: Following<'a>,
    /// By feature, its column.
    columns: Vec<Option<usize>>,
    /// By column, its feature and which values that may take.
    places: Vec<Option<Place>>,
    /// By feature, whether its values are levels.
    levels: Vec<bool>,
    /// Features that are numbers and follow from others, ascending.
    dependent: Vec<usize>,
}

struct Place {
    feature: usize,
    present: f64,
    is_locked: bool,
    way: Way,
}

impl Place {
    fn may_be(&self, value: f64) -> bool {
        !self.is_locked && self.way.allows(self.present, value)
    }
}

impl<'a> Changing<'a> {
    /// Without rules, or where they are not asked for, nothing follows.
    pub fn new(
        space: &FeatureSpace,
        encoded: &'a [f64],
        rules: Option<&'a Rules>,
        params: &CounterfactualParams,
    ) -> Self {
        let rules = rules.filter(|rules| params.follow && !rules.is_empty());
        let follows = rules.map(|rules| Follows::new(space, encoded, rules, params));
        Self { encoded, follows }
    }

    /// Features that follow from others and are not changed by themselves.
    pub fn dependent(&self) -> &[usize] {
        self.follows.as_ref().map_or(&[], |follows| &follows.dependent)
    }

    /// What follows; `None` where nothing does and every record may be.
    pub fn follows(&self) -> Option<&Follows<'a>> {
        self.follows.as_ref()
    }

    /// As it is.
    pub fn record(&self) -> &'a [f64] {
        self.encoded
    }

    /// With these changes and what follows; `None` where there is no such record.
    pub fn with(&self, changes: &[Candidate]) -> Option<Vec<f64>> {
        let mut record = self.encoded.to_vec();
        for change in changes {
            *record.get_mut(change.feature)? = change.value;
        }
        if let Some(follows) = &self.follows {
            for (feature, value) in follows.after(changes)? {
                *record.get_mut(feature)? = value;
            }
        }
        Some(record)
    }
}

impl<'a> Follows<'a> {
    fn new(
        space: &FeatureSpace,
        encoded: &[f64],
        rules: &'a Rules,
        params: &CounterfactualParams,
    ) -> Self {
        let mut columns = vec![None; space.len()];
        let place = |(column, (name, levels)): (usize, (&str, Option<&[String]>))| {
            let feature = space.position(name)?;
            // a level's number is the same on both sides, or the rules do not look at it
            let is_same = match (&space.features.get(feature)?.domain, levels) {
                (Domain::Levels(known), Some(levels)) => known == levels,
                (Domain::Numbers { .. }, None) => true,
                _ => false,
            };
            let present = *encoded.get(feature).filter(|_| is_same)?;
            *columns.get_mut(feature)? = Some(column);
            // levels have no direction
            let way = params.ways.get(name).copied().filter(|_| levels.is_none());
            let is_locked = params.locked.iter().any(|locked| locked == name);
            Some(Place { feature, present, is_locked, way: way.unwrap_or_default() })
        };
        let places: Vec<Option<Place>> = rules.columns().enumerate().map(place).collect();
        let known = |place: &Option<Place>| place.as_ref().map(|place| place.present);
        let following = rules.following(&places.iter().map(known).collect::<Vec<_>>());
        let of = |column: usize| places.get(column)?.as_ref().map(|place| place.feature);
        let mut dependent: Vec<usize> = rules.dependent().into_iter().filter_map(of).collect();
        dependent.sort_unstable();
        let is_level = |feature: &Feature| matches!(feature.domain, Domain::Levels(_));
        let levels = space.features.iter().map(is_level).collect();
        Self { rules, following, columns, places, levels, dependent }
    }

    /// The rules of the rows.
    pub fn rules(&self) -> &'a Rules {
        self.rules
    }

    /// A column's feature.
    pub fn feature_of(&self, column: usize) -> Option<usize> {
        Some(self.places.get(column)?.as_ref()?.feature)
    }

    /// A column that follows to any value.
    pub fn is_free(&self, column: usize) -> bool {
        let place = self.places.get(column).and_then(Option::as_ref);
        place.is_some_and(|place| !place.is_locked && place.way == Way::Either)
    }

    /// Levels of other features that may follow this change, by feature.
    pub fn one_fact_with(&self, change: &Candidate) -> Vec<(usize, f64)> {
        let column = self.columns.get(change.feature).copied().flatten();
        let along = column.map(|column| self.rules.one_fact_with(column, change.value as usize));
        let by_feature =
            |(column, level): (usize, usize)| Some((self.feature_of(column)?, level as f64));
        along.unwrap_or_default().into_iter().filter_map(by_feature).collect()
    }

    /// A feature whose values are levels.
    pub fn is_level(&self, feature: usize) -> bool {
        self.levels.get(feature) == Some(&true)
    }

    /// What follows, by feature.
    fn after(&self, changes: &[Candidate]) -> Option<Vec<(usize, f64)>> {
        let place = |column: usize| self.places.get(column).and_then(Option::as_ref);
        let known = changes.iter().filter_map(|change| {
            let column = self.columns.get(change.feature).copied().flatten()?;
            Some((column, change.value))
        });
        let may = |column: usize, value: f64| place(column).is_some_and(|p| p.may_be(value));
        let follows = self.following.after(&known.collect::<Vec<_>>(), &may)?;
        follows.into_iter().map(|(column, value)| Some((place(column)?.feature, value))).collect()
    }
}
