//! A model as a whole, for programs.

use serde::Deserialize;

use super::Args;
use crate::compute::{Failure, WholeQuestion};
use crate::explain::whole::{
    AverageParams, DependenceParams, ImportanceParams, ImportanceScore, InteractionsParams,
    PairParams, Part, Scale, SummaryParams, SurrogateParams,
};
use crate::models::ModelId;
use crate::web::actions::Lab;
use crate::web::explaining::HeldAnswer;

#[derive(Default, Deserialize)]
#[serde(default)]
struct WholeOptions {
    method: String,
    score: Option<ImportanceScore>,
    part: Option<Part>,
    scale: Option<Scale>,
    repeats: Option<u32>,
    rows: Option<u32>,
    background: Option<u32>,
    permutations: Option<u32>,
    samples: Option<u32>,
    depth: Option<u32>,
    least: Option<u32>,
    points: Option<u32>,
    feature: Option<String>,
    features: Option<[String; 2]>,
    seed: Option<u32>,
}

/// What each method may be told.
const METHODS: [(&str, &[&str]); 7] = [
    ("importance", &["method", "score", "part", "repeats", "seed"]),
    ("shapley", &["method", "part", "rows", "background", "permutations", "seed"]),
    ("average", &["method", "part", "rows", "samples", "seed"]),
    ("surrogate", &["method", "depth", "least", "seed"]),
    ("dependence", &["method", "feature", "scale", "part", "rows", "points", "seed"]),
    ("pair", &["method", "features", "scale", "part", "rows", "points", "seed"]),
    ("interactions", &["method", "scale", "part", "rows", "seed"]),
];

pub async fn whole(lab: Lab, args: Args) -> Result<HeldAnswer, Failure> {
    let id = ModelId(args.text(0, "modelId")?);
    let every: Vec<&str> = METHODS.iter().flat_map(|(_, names)| names.iter().copied()).collect();
    let named: WholeOptions = args.options(1, &every)?;
    let known = METHODS.iter().find(|(name, _)| *name == named.method);
    let Some((method, allowed)) = known else {
        let names: Vec<&str> = METHODS.iter().map(|(name, _)| *name).collect();
        let message = format!("method is \"{}\"; allowed: {}", named.method, names.join(", "));
        return Err(Failure::new("unknown_method", message));
    };
    let question = question(method, args.options(1, allowed)?)?;
    let (answer, ms) = lab.whole(id, question).await?;
    Ok(answer.timed(ms))
}

fn question(method: &str, of: WholeOptions) -> Result<WholeQuestion, Failure> {
    let missing = |name: &str| Failure::new("bad_argument", format!("{name} is missing"));
    let seed = of.seed.unwrap_or(42);
    Ok(match method {
        "importance" => {
            let default = ImportanceParams::default();
            WholeQuestion::Importance(ImportanceParams {
                score: of.score.unwrap_or(default.score),
                part: of.part.unwrap_or(default.part),
                repeats: of.repeats.unwrap_or(default.repeats),
                seed,
            })
        }
        "shapley" => {
            let default = SummaryParams::default();
            WholeQuestion::Shapley(SummaryParams {
                part: of.part.unwrap_or(default.part),
                rows: of.rows.unwrap_or(default.rows),
                background: of.background.unwrap_or(default.background),
                permutations: of.permutations.unwrap_or(default.permutations),
                seed,
            })
        }
        "average" => {
            let default = AverageParams::default();
            WholeQuestion::Average(AverageParams {
                part: of.part.unwrap_or(default.part),
                rows: of.rows.unwrap_or(default.rows),
                samples: of.samples.unwrap_or(default.samples),
                seed,
            })
        }
        "surrogate" => {
            let default = SurrogateParams::default();
            WholeQuestion::Surrogate(SurrogateParams {
                depth: of.depth.unwrap_or(default.depth),
                least: of.least.unwrap_or(default.least),
                seed,
            })
        }
        "dependence" => {
            let default = DependenceParams::of(&of.feature.ok_or_else(|| missing("feature"))?);
            WholeQuestion::Dependence(DependenceParams {
                scale: of.scale.unwrap_or(default.scale),
                part: of.part.unwrap_or(default.part),
                rows: of.rows.unwrap_or(default.rows),
                points: of.points.unwrap_or(default.points),
                seed,
                ..default
            })
        }
        "pair" => {
            let [one, other] = of.features.ok_or_else(|| missing("features"))?;
            let default = PairParams::of(&one, &other);
            WholeQuestion::Pair(PairParams {
                scale: of.scale.unwrap_or(default.scale),
                part: of.part.unwrap_or(default.part),
                rows: of.rows.unwrap_or(default.rows),
                points: of.points.unwrap_or(default.points),
                seed,
                ..default
            })
        }
        _ => {
            let default = InteractionsParams::default();
            WholeQuestion::Interactions(InteractionsParams {
                scale: of.scale.unwrap_or(default.scale),
                part: of.part.unwrap_or(default.part),
                rows: of.rows.unwrap_or(default.rows),
                seed,
            })
        }
    })
}
