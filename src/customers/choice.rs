//! Which customers are looked at.

use crate::exploration::{SampleParams, Selection};

/// Which customers are looked at: those drawn that pass the filter and have the text in their identifier.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Choice {
    /// A filter in words. Default empty, which leaves all.
    pub filter: String,
    /// Part of an identifier. Default empty, which leaves all.
    pub find: String,
    /// How many of all customers are drawn. Default all of them.
    pub random: Option<u32>,
    /// Seed of the draw. Default 0.
    pub seed: u32,
}

impl Choice {
    /// As a selection of rows. Without an identifier nothing is found by it, so `find` says nothing.
    #[must_use]
    pub fn selection(&self, identifier: Option<&str>, n_rows: u32) -> Selection {
        let find = Some(self.find.trim()).filter(|find| !find.is_empty());
        let find = find.zip(identifier).map(|(find, name)| {
            let (name, find) = (name.replace('`', "``"), find.replace('"', "\"\""));
            format!("`{name}` contains \"{find}\"")
        });
        let filter = match (find, self.filter.trim()) {
            (None, _) => self.filter.clone(),
            (Some(find), "") => find,
            (Some(find), filter) => format!("({filter}) and {find}"),
        };
        let sample = self.random.filter(|_| n_rows > 0).map(|count| SampleParams {
            fraction: (f64::from(count) / f64::from(n_rows)).min(1.0),
            seed: self.seed,
        });
        Selection { filter, sample, ..Selection::default() }
    }
}
