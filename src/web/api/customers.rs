//! All customers, for programs: the same rows, order, groups and threshold as in the Customers room, whose
//! file this code comes with.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use super::methods::given;
use super::shapes::wrong;
use super::{Answering, Args};
use crate::compute::Failure;
use crate::customers::{
    Choice, Clustering, CustomersError, Effect, MOST_ROWS, Order, columns, groups_allowed,
};
use crate::data::summary::ColumnSummary;
use crate::data::{DatasetId, DatasetSummary, Role, Value};
use crate::evaluation::{ConfusionMatrix, Offer, OfferParams};
use crate::explain::LimeParams;
use crate::exploration::{RowsPart, SelectionError};
use crate::models::ModelId;
use crate::web::actions::{AskedCustomers, Lab, OfGroup, Portfolio};
use crate::web::clock;
use crate::web::components::virtual_table::value_words;
use crate::web::pages::train::judge::address::OFFER;

/// Customers of one answer where nothing is said.
const USUAL_COUNT: u32 = 100;

#[derive(Default, Deserialize)]
#[serde(default)]
struct CustomersOptions {
    #[serde(rename = "where")]
    filter: String,
    find: String,
    random: Option<u32>,
    seed: Option<u32>,
    groups: Option<u32>,
    group: Option<u32>,
    sort: Option<String>,
    from: u32,
    count: Option<u32>,
    columns: Option<Vec<String>>,
    weights: bool,
    threshold: Option<f64>,
    offer: Option<OfferOptions>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct OfferOptions {
    cost: Option<f64>,
    value: Option<f64>,
    success: Option<f64>,
    /// Names that are none of these.
    #[serde(flatten)]
    unknown: BTreeMap<String, IgnoredAny>,
}

const ALLOWED: [&str; 13] = [
    "where",
    "find",
    "random",
    "seed",
    "groups",
    "group",
    "sort",
    "from",
    "count",
    "columns",
    "weights",
    "threshold",
    "offer",
];

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CustomersListed {
    selected: u32,
    from: u32,
    customers: Vec<ListedCustomer>,
    effect: ListedEffect,
    groups: Option<ListedGroups>,
    ms: f64,
}

#[derive(Serialize)]
struct ListedCustomer {
    row: u32,
    probability: f64,
    label: Option<bool>,
    values: BTreeMap<String, Value>,
    weights: Option<BTreeMap<String, f32>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ListedEffect {
    threshold: f64,
    reference: f64,
    customers: u32,
    contacted: u32,
    added: u32,
    dropped: u32,
    expected_profit: f64,
    confusion: Option<ConfusionMatrix>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ListedGroups {
    customers: Vec<u32>,
    mean_weights: Vec<BTreeMap<String, f64>>,
    between: f64,
}

/// `customers(modelId, datasetId, options)`.
#[must_use]
pub fn customers(lab: Lab, args: Args) -> Answering {
    given(listed(lab, args))
}

async fn listed(lab: Lab, args: Args) -> Result<CustomersListed, Failure> {
    let began = clock::now_ms();
    let model_id = ModelId(args.text(0, "modelId")?);
    let dataset_id = DatasetId(args.text(1, "datasetId")?);
    let options: CustomersOptions = args.options(2, &ALLOWED)?;
    let (of, dataset, reference) = portfolio(lab, &model_id, &dataset_id, options.seed)?;
    let columns = columns(&dataset);
    let question = Question::of(&options, &of, &columns, reference)?;

    let (probabilities, labels) = lab.customer_scores(of.clone()).await?;
    let places = lab.customer_places(of.clone(), question.asked).await?;
    let page = places.iter().skip(options.from as usize).take(question.count);
    let page: Vec<u32> = page.copied().collect();
    let part = lab.customer_rows(of.clone(), page.clone()).await?;
    let weights = match options.weights {
        true => Some(lab.customer_weights(of.clone(), page).await?),
        false => None,
    };
    let groups = match options.groups {
        Some(groups) => Some(lab.customer_clusters(of.clone(), groups).await?),
        None => None,
    };
    let (threshold, offer) = (question.threshold, question.offer);
    let labels_given = labels.as_deref();
    let effect = Effect::of(&probabilities, labels_given, threshold, reference, offer);
    let known = Known { probabilities: &probabilities, labels: labels_given, columns: &columns };
    Ok(CustomersListed {
        selected: places.len() as u32,
        from: options.from,
        customers: known.customers(&part, &question.columns, weights.as_deref(), &of.features),
        effect: ListedEffect {
            threshold,
            reference,
            customers: effect.customers,
            contacted: effect.contacted,
            added: effect.added,
            dropped: effect.dropped,
            expected_profit: effect.expected_profit,
            confusion: effect.confusion,
        },
        groups: groups.map(|groups| ListedGroups::of(&groups, &of.features)),
        ms: clock::now_ms() - began,
    })
}

/// Whose customers, as whose model sees them, and the threshold of the model's run.
fn portfolio(
    lab: Lab,
    model_id: &ModelId,
    dataset_id: &DatasetId,
    seed: Option<u32>,
) -> Result<(Portfolio, Arc<DatasetSummary>, f64), Failure> {
    let model = untrack(|| lab.state.model_of(model_id)).ok_or_else(|| {
        let message = format!("there is no model {} in this lab", model_id.0);
        Failure::new("unknown_model", message)
    })?;
    let is_it = |dataset: &&Arc<DatasetSummary>| dataset.id == *dataset_id;
    let dataset = lab.state.datasets.with_untracked(|all| all.iter().find(is_it).cloned());
    let dataset = dataset.ok_or_else(|| {
        let message = format!("there is no data set {} in this lab", dataset_id.0);
        Failure::new("unknown_dataset", message)
    })?;
    let run = lab.state.runs.with_untracked(|runs| {
        runs.iter().find(|run| run.model_id == *model_id).and_then(|run| run.threshold())
    });
    let default = LimeParams::default();
    let of = Portfolio {
        model_id: model_id.clone(),
        dataset_id: dataset_id.clone(),
        n_rows: dataset.kept,
        features: Arc::new(model.space.features.iter().map(|f| f.name.clone()).collect()),
        lime: LimeParams { seed: seed.unwrap_or(default.seed), ..default },
    };
    Ok((of, dataset, run.unwrap_or(0.5)))
}

/// What is asked, once it makes sense.
struct Question {
    asked: AskedCustomers,
    count: usize,
    /// Places of the columns whose values are given.
    columns: Vec<usize>,
    threshold: f64,
    offer: Offer,
}

impl Question {
    fn of(
        options: &CustomersOptions,
        of: &Portfolio,
        columns: &[ColumnSummary],
        reference: f64,
    ) -> Result<Self, Failure> {
        let identifier = columns.iter().find(|column| column.role == Role::Identifier);
        if identifier.is_none() && !options.find.trim().is_empty() {
            let allowed = "nothing, for the data set has no identifier";
            return Err(wrong("bad_param", "find", &options.find, allowed));
        }
        if options.random == Some(0) {
            return Err(wrong("bad_param", "random", "0", "a whole number from 1"));
        }
        let choice = Choice {
            filter: options.filter.clone(),
            find: options.find.clone(),
            random: options.random,
            seed: of.lime.seed,
        };
        let place = |name: &str| columns.iter().position(|column| column.name == name);
        let has_feature = |name: &str| of.features.iter().any(|feature| feature == name);
        let order = options
            .sort
            .as_ref()
            .map(|sort| Order::parse(sort, |name| place(name).is_some(), has_feature));
        let asked = AskedCustomers {
            selection: choice.selection(identifier.map(|column| column.name.as_str()), of.n_rows),
            group: group(options)?,
            order: order.transpose()?,
        };
        let count = options.count.unwrap_or(USUAL_COUNT) as usize;
        if count > MOST_ROWS {
            return Err(CustomersError::TooMany { asked: count, most: MOST_ROWS }.into());
        }
        let threshold = options.threshold.unwrap_or(reference);
        if !(0.0..=1.0).contains(&threshold) {
            let value = threshold.to_string();
            return Err(wrong("threshold_out_of_range", "threshold", &value, "from 0 to 1"));
        }
        let places = match &options.columns {
            None => (0..columns.len()).filter(|&at| Some(at) != probability(columns)).collect(),
            Some(names) => {
                let known = names.iter().map(|name| {
                    let unknown = || SelectionError::UnknownColumn { column: name.clone() };
                    place(name).ok_or_else(unknown)
                });
                known.collect::<Result<Vec<_>, _>>()?
            }
        };
        Ok(Self { asked, count, columns: places, threshold, offer: offer(options)? })
    }
}

/// The place of the probability, behind the identifiers.
fn probability(columns: &[ColumnSummary]) -> Option<usize> {
    columns.iter().position(|column| column.role != Role::Identifier)
}

fn group(options: &CustomersOptions) -> Result<Option<OfGroup>, Failure> {
    if let Some(groups) = options.groups {
        // before anybody is explained for it
        groups_allowed(groups)?;
    }
    let Some(group) = options.group else { return Ok(None) };
    match options.groups {
        None => Err(wrong(
            "bad_param",
            "group",
            &group.to_string(),
            "one of `groups`, which is missing",
        )),
        Some(groups) if (1..=groups).contains(&group) => {
            Ok(Some(OfGroup { group: group - 1, groups }))
        }
        Some(groups) => {
            Err(wrong("bad_param", "group", &group.to_string(), &format!("1 to {groups}")))
        }
    }
}

fn offer(options: &CustomersOptions) -> Result<Offer, Failure> {
    let given = options.offer.as_ref();
    if let Some(name) = given.and_then(|given| given.unknown.keys().next()) {
        let message =
            format!("unknown option \"{name}\" of an offer; allowed: cost, value, success");
        return Err(Failure::new("unknown_option", message));
    }
    let or = |value: Option<f64>, usual: f64| value.unwrap_or(usual);
    let params = OfferParams {
        offer_cost_per_customer: or(given.and_then(|of| of.cost), OFFER.offer_cost_per_customer),
        kept_value_per_customer: or(given.and_then(|of| of.value), OFFER.kept_value_per_customer),
        offer_success_share: or(given.and_then(|of| of.success), OFFER.offer_success_share),
    };
    Ok(params.check()?)
}

/// What is known of all customers.
struct Known<'a> {
    probabilities: &'a [f64],
    labels: Option<&'a [bool]>,
    columns: &'a [ColumnSummary],
}

impl Known<'_> {
    fn customers(
        &self,
        part: &RowsPart,
        wanted: &[usize],
        weights: Option<&[Vec<f32>]>,
        features: &[String],
    ) -> Vec<ListedCustomer> {
        let rows = part.places.iter().zip(&part.source_rows).zip(&part.rows).enumerate();
        let rows = rows.map(|(at, ((&place, &row), values))| {
            let value = |&column: &usize| {
                let (known, value) = (self.columns.get(column)?, values.get(column)?);
                let value = match known.is_date {
                    true => Value::Text(value_words(value, true)),
                    false => value.clone(),
                };
                Some((known.name.clone(), value))
            };
            let weights = weights
                .and_then(|all| all.get(at))
                .map(|weights| features.iter().cloned().zip(weights.iter().copied()).collect());
            ListedCustomer {
                row,
                probability: self.probabilities.get(place as usize).copied().unwrap_or(f64::NAN),
                label: self.labels.and_then(|labels| labels.get(place as usize)).copied(),
                values: wanted.iter().filter_map(value).collect(),
                weights,
            }
        });
        rows.collect()
    }
}

impl ListedGroups {
    fn of(clustering: &Clustering, features: &[String]) -> Self {
        let means = clustering.mean_weights.iter();
        let mut customers = vec![0; clustering.mean_weights.len()];
        for &group in &clustering.of_row {
            if let Some(count) = customers.get_mut(group as usize) {
                *count += 1;
            }
        }
        let named =
            |means: &Vec<f64>| features.iter().cloned().zip(means.iter().copied()).collect();
        Self { customers, mean_weights: means.map(named).collect(), between: clustering.between }
    }
}
