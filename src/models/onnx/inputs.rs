//! From named inputs to columns: what the feature pipeline does, as nodes.

use std::ops::Range;

use super::graph::{Attribute, Element, Graph};
use crate::features::{Domain, FeaturePipeline, OneHotEncoder};

/// How the columns reach the model.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Scaled {
    /// Levels as 0 and 1, numbers as they are.
    Nothing,
    /// Levels as 0 and 1, numbers standardised.
    Numbers,
    /// Every column standardised.
    Everything,
}

/// The inputs of a graph, one a feature.
pub struct Inputs<'p> {
    /// What they are.
    pub pipeline: &'p FeaturePipeline,
    /// In the order of the features.
    names: Vec<String>,
}

impl<'p> Inputs<'p> {
    /// Gives the graph its inputs: texts for levels, numbers in single precision.
    pub fn of(graph: &mut Graph, pipeline: &'p FeaturePipeline) -> Self {
        let features = pipeline.space.features.iter();
        let names = features.map(|feature| match &feature.domain {
            Domain::Levels(levels) => {
                graph.input(&feature.name, Element::Text, &format!("one of: {}", levels.join(", ")))
            }
            Domain::Numbers { median, are_dates, .. } => {
                let unit = if *are_dates { "days since 1970-01-01" } else { "a number" };
                let doc = format!("{unit}; NaN counts as the median, {median}");
                graph.input(&feature.name, Element::Float, &doc)
            }
        });
        Self { pipeline, names: names.collect() }
    }

    /// The columns made of them, `(N, n_columns)`: every level of every categorical feature, then the
    /// numbers. Gives their name.
    ///
    /// A number that is NaN becomes the median, as a field that is missing in a request does; a text
    /// that is no level is refused (`zeros = 0`).
    pub fn columns(&self, graph: &mut Graph, scaled: Scaled) -> String {
        let (levels, numbers) = (self.levels(graph, scaled), self.numbers(graph, scaled));
        let both: Vec<&str> = levels.iter().chain(&numbers).map(String::as_str).collect();
        graph.apply("Concat", &both, "columns", &[("axis", Attribute::Int(1))])
    }

    fn levels(&self, graph: &mut Graph, scaled: Scaled) -> Option<String> {
        let mut all = Vec::new();
        for (feature, name) in self.pipeline.space.features.iter().zip(&self.names) {
            if let Domain::Levels(levels) = &feature.domain {
                let attributes =
                    [("cats_strings", Attribute::Texts(levels)), ("zeros", Attribute::Int(0))];
                let wished = format!("{} as columns", feature.name);
                all.push(graph.apply_ml("OneHotEncoder", name, &wished, &attributes));
            }
        }
        if all.is_empty() {
            return None;
        }
        // an encoder of (N, 1) gives (N, 1, levels)
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        let joined = graph.apply("Concat", &all, "levels joined", &[("axis", Attribute::Int(2))]);
        let flat = graph.apply("Flatten", &[&joined], "levels", &[("axis", Attribute::Int(1))]);
        let n_columns = OneHotEncoder::of(&self.pipeline.space).n_level_columns();
        Some(match scaled {
            Scaled::Everything => self.scaled(graph, &flat, 0..n_columns),
            Scaled::Nothing | Scaled::Numbers => flat,
        })
    }

    fn numbers(&self, graph: &mut Graph, scaled: Scaled) -> Option<String> {
        let (mut all, mut medians) = (Vec::new(), Vec::new());
        for (feature, name) in self.pipeline.space.features.iter().zip(&self.names) {
            if let Domain::Numbers { median, .. } = feature.domain {
                all.push(name.as_str());
                medians.push(median as f32);
            }
        }
        if all.is_empty() {
            return None;
        }
        let joined = graph.apply("Concat", &all, "numbers joined", &[("axis", Attribute::Int(1))]);
        let attributes = [
            ("imputed_value_floats", Attribute::Floats(&medians)),
            ("replaced_value_float", Attribute::Float(f32::NAN)),
        ];
        let whole = graph.apply_ml("Imputer", &joined, "numbers", &attributes);
        let first = OneHotEncoder::of(&self.pipeline.space).n_level_columns();
        Some(match scaled {
            Scaled::Nothing => whole,
            Scaled::Numbers | Scaled::Everything => {
                self.scaled(graph, &whole, first..first + all.len())
            }
        })
    }

    /// (x − mean) / scale, in two steps: the mean rounded to single precision is taken away first, which
    /// is exact near it, then what the rounding left.
    fn scaled(&self, graph: &mut Graph, of: &str, columns: Range<usize>) -> String {
        let scaler = &self.pipeline.scaler;
        let means = scaler.mean.get(columns.clone()).unwrap_or_default();
        let scales = scaler.scale.get(columns).unwrap_or_default();
        let near: Vec<f32> = means.iter().map(|&mean| mean as f32).collect();
        let rest = means.iter().zip(&near).map(|(mean, &near)| (mean - f64::from(near)) as f32);
        let rest: Vec<f32> = rest.collect();
        let factors: Vec<f32> = scales.iter().map(|scale| (1.0 / scale) as f32).collect();
        let attributes = [
            ("offset", Attribute::Floats(&near)),
            ("scale", Attribute::Floats(&vec![1.0; near.len()])),
        ];
        let centred = graph.apply_ml("Scaler", of, &format!("{of} centred"), &attributes);
        let attributes =
            [("offset", Attribute::Floats(&rest)), ("scale", Attribute::Floats(&factors))];
        graph.apply_ml("Scaler", &centred, &format!("{of} scaled"), &attributes)
    }
}
