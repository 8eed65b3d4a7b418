//! Two samples → [`DriftReport`].

use super::bins::Bins;
use super::sample::{Sample, SampleValues};
use super::shares::{Shares, chi2};
use super::{ColumnDrift, DriftError, DriftParams, DriftReport, Share, Side, numbers};
use crate::data::ColumnKind;

/// Compares the columns both sides have, in the reference's order.
///
/// # Errors
/// A threshold out of range, a side without rows, no common column, or a column that holds numbers
/// on one side and texts on the other.
pub fn report(
    reference: &Sample<'_>,
    current: &Sample<'_>,
    params: &DriftParams,
) -> Result<DriftReport, DriftError> {
    params.check()?;
    for (sample, side) in [(reference, Side::Reference), (current, Side::Current)] {
        if sample.n == 0 {
            return Err(DriftError::EmptySide { side });
        }
    }
    let mut columns = Vec::with_capacity(reference.columns.len());
    for before in &reference.columns {
        if let Some(now) = current.columns.iter().find(|column| column.name == before.name) {
            columns.push(match (&before.values, &now.values) {
                (SampleValues::Numbers(r), SampleValues::Numbers(c)) => {
                    numeric(before.name, r, c, params)
                }
                (SampleValues::Levels(r), SampleValues::Levels(c)) => {
                    categorical(before.name, r, c, params)
                }
                (r, c) => {
                    return Err(DriftError::UnequalKinds {
                        column: before.name.to_owned(),
                        reference: r.kind(),
                        current: c.kind(),
                    });
                }
            });
        }
    }
    if columns.is_empty() {
        return Err(DriftError::NoCommonColumn {
            reference: names(reference),
            current: names(current),
        });
    }
    let drifted = columns.iter().filter(|column| column.drifted).count();
    Ok(DriftReport {
        share: drifted as f64 / columns.len() as f64,
        columns,
        n_reference: reference.n,
        n_current: current.n,
    })
}

fn names(sample: &Sample<'_>) -> String {
    let names: Vec<&str> = sample.columns.iter().map(|column| column.name).collect();
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}

fn numeric(name: &str, reference: &[f64], current: &[f64], params: &DriftParams) -> ColumnDrift {
    let bins = Bins::of(reference);
    let shares = Shares::of(&bins.counts(reference), &bins.counts(current));
    let distance = numbers::wasserstein(reference, current);
    let deviation = numbers::standard_deviation(reference);
    let wasserstein =
        if distance == 0.0 { Some(0.0) } else { (deviation > 0.0).then(|| distance / deviation) };
    ColumnDrift {
        ks: Some(numbers::ks(reference, current)),
        wasserstein,
        ..from_shares(name, ColumnKind::Numeric, bins.labels(), &shares, params)
    }
}

fn categorical(
    name: &str,
    reference: &[(&str, u32)],
    current: &[(&str, u32)],
    params: &DriftParams,
) -> ColumnDrift {
    let mut levels: Vec<&str> = reference.iter().chain(current).map(|&(level, _)| level).collect();
    levels.sort_unstable();
    levels.dedup();
    let counts = |side: &[(&str, u32)]| -> Vec<u32> {
        let of = |level: &&str| {
            let at = side.binary_search_by_key(level, |&(level, _)| level);
            at.ok().and_then(|at| side.get(at)).map_or(0, |&(_, count)| count)
        };
        levels.iter().map(of).collect()
    };
    let (r, c) = (counts(reference), counts(current));
    let labels = levels.iter().map(|&level| level.to_owned()).collect();
    ColumnDrift {
        chi2: Some(chi2(&r, &c)),
        ..from_shares(name, ColumnKind::Categorical, labels, &Shares::of(&r, &c), params)
    }
}

/// What both kinds of columns have.
fn from_shares(
    name: &str,
    kind: ColumnKind,
    labels: Vec<String>,
    shares: &Shares,
    params: &DriftParams,
) -> ColumnDrift {
    let psi = shares.psi();
    ColumnDrift {
        name: name.to_owned(),
        kind,
        psi,
        ks: None,
        chi2: None,
        jensen_shannon: shares.jensen_shannon(),
        wasserstein: None,
        drifted: psi >= params.psi_threshold,
        shares: labels
            .into_iter()
            .zip(shares.reference.iter().zip(&shares.current))
            .map(|(label, (&reference, &current))| Share { label, reference, current })
            .collect(),
    }
}
