//! Which settings are changed, as the address holds it: `changed=width-1.63,bins-decile`.

use std::fmt;

use super::super::controls::samples_allowed;
use crate::explain::{
    Discretizer, Distance, FeatureCount, FeatureSelection, LimeParams, LimeSettings, Variant,
};
use crate::web::js::number;
use crate::web::text::lime_settings::{ALL_BINS, ALL_DISTANCES, ALL_SELECTIONS};

/// The address's name for it.
pub const PARAM: &str = "changed";

/// Nothing is changed.
const NOTHING: &str = "none";
/// Features that are chosen where all have a weight otherwise: else no way of choosing would show.
const CHOSEN: u32 = 6;

/// What is changed; each of them in a column of its own.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Changed {
    pub width: Option<f64>,
    pub samples: Option<u32>,
    /// Features that get a weight.
    pub features: Option<u32>,
    pub bins: Discretizer,
    pub distance: Distance,
    pub selection: FeatureSelection,
}

impl Changed {
    pub fn width_allowed(width: f64) -> bool {
        let [min, max] = LimeSettings::WIDTH;
        (min..=max).contains(&width)
    }

    pub fn features_allowed(features: f64) -> bool {
        features.fract() == 0.0 && (1.0..=1_000.0).contains(&features)
    }

    /// What the address says; half the usual width and deciles where it says nothing. What it says that
    /// is none of them counts as unchanged.
    pub fn of(address: Option<&str>, usual_width: f64) -> Self {
        let Some(address) = address else {
            let width = Some((usual_width * 50.0).round() / 100.0);
            let width = width.filter(|width| Self::width_allowed(*width));
            return Self { width, bins: Discretizer::Decile, ..Self::default() };
        };
        let mut changed = Self::default();
        for (key, value) in address.split(',').filter_map(|part| part.split_once('-')) {
            match key {
                "width" => {
                    changed.width = number(value).filter(|width| Self::width_allowed(*width))
                }
                "samples" => {
                    let samples = number(value).filter(|samples| samples_allowed(*samples));
                    changed.samples = samples.map(|samples| samples as u32);
                }
                "features" => {
                    let features = number(value).filter(|count| Self::features_allowed(*count));
                    changed.features = features.map(|count| count as u32);
                }
                "bins" => changed.bins = of_key(&ALL_BINS, value),
                "distance" => changed.distance = of_key(&ALL_DISTANCES, value),
                "selection" => changed.selection = of_key(&ALL_SELECTIONS, value),
                _ => {}
            }
        }
        changed
    }

    /// One a setting, in the order of the fields.
    pub fn variants(self, lime: &LimeParams) -> Vec<Variant> {
        let with = |settings: LimeSettings| Variant { settings, ..Variant::default() };
        let usual = LimeSettings::default;
        let Self { width, samples, features, bins, distance, selection } = self;
        let few = FeatureCount::Top(features.unwrap_or(CHOSEN));
        let all = [
            width.map(|width| with(LimeSettings { kernel_width: Some(width), ..usual() })),
            samples
                .filter(|samples| *samples != lime.samples)
                .map(|samples| Variant { samples: Some(samples), ..Variant::default() }),
            features.map(|_| Variant { features: Some(few), ..Variant::default() }),
            (bins != Discretizer::Quartile)
                .then(|| with(LimeSettings { discretizer: bins, ..usual() })),
            (distance != Distance::Euclidean).then(|| with(LimeSettings { distance, ..usual() })),
            (selection != FeatureSelection::Auto).then(|| Variant {
                features: Some(few),
                ..with(LimeSettings { selection, ..usual() })
            }),
        ];
        all.into_iter().flatten().collect()
    }
}

impl fmt::Display for Changed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key_of = |name: &str, key: Option<&str>| key.map(|key| format!("{name}-{key}"));
        let parts = [
            self.width.map(|width| format!("width-{width}")),
            self.samples.map(|samples| format!("samples-{samples}")),
            self.features.map(|count| format!("features-{count}")),
            key_of("bins", key(&ALL_BINS, self.bins)),
            key_of("distance", key(&ALL_DISTANCES, self.distance)),
            key_of("selection", key(&ALL_SELECTIONS, self.selection)),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        f.write_str(if parts.is_empty() { NOTHING } else { "" })?;
        f.write_str(&parts.join(","))
    }
}

fn of_key<T: Copy + Default>(all: &[(T, &str, &str)], wanted: &str) -> T {
    all.iter().find(|(_, key, _)| *key == wanted).map_or_else(T::default, |(value, _, _)| *value)
}

/// `None` for the usual one.
fn key<T: Default + PartialEq>(all: &[(T, &'static str, &str)], of: T) -> Option<&'static str> {
    let found = all.iter().find(|(value, _, _)| *value == of).map(|(_, key, _)| *key);
    found.filter(|_| of != T::default())
}
