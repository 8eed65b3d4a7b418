//! What an explanation is worth, for programs.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::Args;
use super::shapes::{ExplainOptions, Features};
use crate::compute::{Failure, RecordQuestion};
use crate::explain::{
    Discretizer, Distance, FeatureSelection, LimeSettings, Narrowing, SettingsParams,
    ShapleyParams, StabilityParams, Variant,
};
use crate::models::ModelId;
use crate::web::actions::Lab;
use crate::web::explaining::HeldAnswer;

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct StabilityOptions {
    seeds: Option<u32>,
    width: Option<f64>,
    most_samples: Option<u32>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ShapleyOptions {
    background: Option<u32>,
    permutations: Option<u32>,
    seed: Option<u32>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct SettingsOptions {
    variants: Vec<VariantOptions>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct VariantOptions {
    samples: Option<u32>,
    features: Option<Features>,
    kernel_width: Option<f64>,
    discretizer: Discretizer,
    distance: Distance,
    selection: FeatureSelection,
    /// Names that are none of these.
    #[serde(flatten)]
    unknown: BTreeMap<String, IgnoredAny>,
}

impl VariantOptions {
    fn variant(self) -> Result<Variant, Failure> {
        let Self { samples, features, kernel_width, discretizer, distance, selection, unknown } =
            self;
        if let Some(name) = unknown.keys().next() {
            let message = format!(
                "unknown option \"{name}\" of a variant; allowed: samples, features, kernelWidth, discretizer, distance, selection"
            );
            return Err(Failure::new("unknown_option", message));
        }
        Ok(Variant {
            samples,
            features: features.map(Features::count).transpose()?,
            settings: LimeSettings { kernel_width, discretizer, distance, selection },
        })
    }
}

pub async fn lime_settings(lab: Lab, args: Args) -> Result<HeldAnswer, Failure> {
    let allowed = ["samples", "features", "seed", "variants"];
    let lime: ExplainOptions = args.options(2, &allowed)?;
    let SettingsOptions { variants } = args.options(2, &allowed)?;
    let (base, _) = lime.split()?;
    let variants = variants.into_iter().map(VariantOptions::variant).collect::<Result<_, _>>()?;
    ask(lab, &args, RecordQuestion::Settings(SettingsParams { base, variants })).await
}

pub async fn stability(lab: Lab, args: Args) -> Result<HeldAnswer, Failure> {
    let allowed = ["samples", "features", "seed", "seeds", "width", "mostSamples"];
    let lime: ExplainOptions = args.options(2, &allowed)?;
    let options: StabilityOptions = args.options(2, &allowed)?;
    let default = StabilityParams::default();
    let until = options.width.map(|width| Narrowing {
        width,
        most_samples: options.most_samples.unwrap_or(Narrowing::default().most_samples),
    });
    let (lime, _) = lime.split()?;
    let seeds = options.seeds.unwrap_or(default.seeds);
    ask(lab, &args, RecordQuestion::Stability(StabilityParams { lime, seeds, until })).await
}

pub async fn shapley(lab: Lab, args: Args) -> Result<HeldAnswer, Failure> {
    let options: ShapleyOptions = args.options(2, &["background", "permutations", "seed"])?;
    let default = ShapleyParams::default();
    let params = ShapleyParams {
        background: options.background.unwrap_or(default.background),
        permutations: options.permutations.unwrap_or(default.permutations),
        seed: options.seed.unwrap_or(default.seed),
    };
    ask(lab, &args, RecordQuestion::Shapley(params)).await
}

pub(super) async fn ask(
    lab: Lab,
    args: &Args,
    question: RecordQuestion,
) -> Result<HeldAnswer, Failure> {
    let id = ModelId(args.text(0, "modelId")?);
    let (answer, ms) = lab.trust(id, args.value(1, "record")?, question).await?;
    Ok(answer.timed(ms))
}
