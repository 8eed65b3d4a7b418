//! scikit-learn's names of a model's settings into ours: what programs, forms and grids speak.

mod value;

use std::collections::BTreeMap;

use super::logistic::cross_validation::{MOST_STRENGTHS, even_strengths};
use super::{
    BaselineParams, BoostingParams, ClassWeight, Criterion, ElasticNetParams, ForestParams, Gamma,
    KnnParams, KnnWeights, LogisticCvParams, LogisticParams, MaxFeatures, ModelParams,
    NaiveBayesKind, NaiveBayesParams, SvcKernel, SvcParams, TreeParams, WeightedLogisticCvParams,
    WeightedLogisticParams,
};
use crate::data::split::folds::Shuffle;
pub use value::{NamedError, Value};
use value::{count, is, limit, number, refused, unknown, whole};

const FAMILIES: &str = "logistic, logistic_cv, svc, baseline, decision_tree, random_forest, gradient_boosting, \
                        naive_bayes, knn";
const LOGISTIC: &str = "C, penalty, l1_ratio, tol, max_iter, class_weight";
const LOGISTIC_CV: &str = "Cs, cv, seed, penalty, tol, max_iter, class_weight";
const SVC: &str = "C, kernel, gamma, degree, coef0, tol, max_iter, class_weight, seed";
const TREE: &str = "criterion, max_depth, min_samples_split, min_samples_leaf, max_features, \
                    class_weight, seed";
const FOREST: &str = "n_estimators, bootstrap, criterion, max_depth, min_samples_split, \
                      min_samples_leaf, max_features, class_weight, seed";
const BOOSTING: &str = "learning_rate, max_iter, max_leaf_nodes, max_depth, min_samples_leaf, \
                        l2_regularization, max_bins, class_weight, seed";
const NAIVE_BAYES: &str = "kind, var_smoothing, alpha";
const KNN: &str = "n_neighbors, weights";

/// Settings by scikit-learn's names.
pub type Given = BTreeMap<String, Value>;

/// Family and settings; what is not given is scikit-learn's default.
///
/// # Errors
/// An unknown family or setting, or a value that is none of it. Ranges are checked by the fit.
pub fn of(model: &str, given: &Given) -> Result<ModelParams, NamedError> {
    match model {
        "logistic" => logistic(given),
        "logistic_cv" => logistic_cv(given),
        "svc" => svc(given).map(ModelParams::Svc),
        "baseline" => baseline(given).map(ModelParams::Baseline),
        "decision_tree" => decision_tree(given).map(ModelParams::DecisionTree),
        "random_forest" => random_forest(given).map(ModelParams::RandomForest),
        "gradient_boosting" => gradient_boosting(given).map(ModelParams::GradientBoosting),
        "naive_bayes" => naive_bayes(given).map(ModelParams::NaiveBayes),
        "knn" => knn(given).map(ModelParams::Knn),
        _ => Err(NamedError::UnknownModel { model: model.to_owned(), allowed: FAMILIES }),
    }
}

/// What is weighted is a variant of its own, and so is what has an L2 penalty and nothing else.
fn logistic(given: &Given) -> Result<ModelParams, NamedError> {
    let class_weight = given_weight(given)?;
    let penalised = match (penalised(given)?, class_weight) {
        (params, ClassWeight::None) => return Ok(params),
        (ModelParams::ElasticNet(penalised), _) => penalised,
        (ModelParams::Logistic(params), _) => {
            let LogisticParams { c, max_iterations, tolerance } = params;
            ElasticNetParams { c, l1_ratio: 0.0, max_iterations, tolerance }
        }
        (other, _) => return Ok(other),
    };
    Ok(ModelParams::WeightedLogistic(WeightedLogisticParams { penalised, class_weight }))
}

fn given_weight(given: &Given) -> Result<ClassWeight, NamedError> {
    let weight = given.get("class_weight").map(|value| class_weight("class_weight", value));
    Ok(weight.transpose()?.unwrap_or(ClassWeight::None))
}

/// An L2 penalty has a solver of its own, which takes no `l1_ratio`.
fn penalised(given: &Given) -> Result<ModelParams, NamedError> {
    let mut params = LogisticParams::default();
    let mut l1_ratio = None;
    for (name, value) in given {
        match name.as_str() {
            "C" => params.c = number(name, value)?,
            "tol" => params.tolerance = number(name, value)?,
            "max_iter" => {
                params.max_iterations = whole(name, value, 1.0, "a whole number above 0")?
            }
            "l1_ratio" => l1_ratio = Some(number(name, value)?),
            "penalty" | "class_weight" => {}
            _ => return Err(unknown(name, "logistic", LOGISTIC)),
        }
    }
    let LogisticParams { c, max_iterations, tolerance } = params;
    let sparse = |l1_ratio| {
        ModelParams::ElasticNet(ElasticNetParams { c, l1_ratio, max_iterations, tolerance })
    };
    match (given.get("penalty"), l1_ratio) {
        (Some(penalty), Some(l1_ratio)) if is(penalty, "elasticnet") => Ok(sparse(l1_ratio)),
        (Some(penalty), None) if is(penalty, "elasticnet") => {
            Err(refused("penalty", penalty, "\"elasticnet\" with an l1_ratio"))
        }
        (_, Some(l1_ratio)) => {
            let value = Value::Number(l1_ratio);
            Err(refused("l1_ratio", &value, "only with penalty \"elasticnet\""))
        }
        (None, None) => Ok(ModelParams::Logistic(params)),
        (Some(penalty), None) if is(penalty, "l2") => Ok(ModelParams::Logistic(params)),
        (Some(penalty), None) if is(penalty, "l1") => Ok(sparse(1.0)),
        (Some(penalty), None) => Err(refused("penalty", penalty, "\"l2\", \"l1\", \"elasticnet\"")),
    }
}

fn logistic_cv(given: &Given) -> Result<ModelParams, NamedError> {
    let mut params = LogisticCvParams::default();
    for (name, value) in given {
        match name.as_str() {
            "Cs" => {
                let allowed = "how many, a whole number from 1 to 100";
                let n = whole(name, value, 1.0, allowed)?;
                if n as usize > MOST_STRENGTHS {
                    return Err(refused(name, value, allowed));
                }
                params.strengths = even_strengths(n);
            }
            "cv" => params.n_folds = whole(name, value, 2.0, "a whole number from 2")?,
            "seed" => {
                let seed = whole(name, value, 0.0, "a whole number from 0")?;
                params.shuffle = Shuffle::Seeded { seed };
            }
            "tol" => params.tolerance = number(name, value)?,
            "max_iter" => {
                params.max_iterations = whole(name, value, 1.0, "a whole number above 0")?
            }
            "penalty" if is(value, "l2") => {}
            "penalty" => return Err(refused(name, value, "\"l2\"")),
            "class_weight" => {}
            _ => return Err(unknown(name, "logistic_cv", LOGISTIC_CV)),
        }
    }
    Ok(match given_weight(given)? {
        ClassWeight::None => ModelParams::LogisticCv(params),
        class_weight => ModelParams::WeightedLogisticCv(WeightedLogisticCvParams {
            search: params,
            class_weight,
        }),
    })
}

/// The lab shows probabilities, so they are always fitted.
fn svc(given: &Given) -> Result<SvcParams, NamedError> {
    let mut params = SvcParams { probability: true, ..SvcParams::default() };
    let (mut gamma, mut degree, mut coef0) = (Gamma::Scale, 3, 0.0);
    for (name, value) in given {
        match name.as_str() {
            "C" => params.c = number(name, value)?,
            "tol" => params.tolerance = number(name, value)?,
            "max_iter" if matches!(value, Value::None) || *value == Value::Number(-1.0) => {
                params.max_iterations = None;
            }
            "max_iter" => {
                let most = whole(name, value, 1.0, "a whole number above 0, or -1 for no limit")?;
                params.max_iterations = Some(most);
            }
            "seed" => params.seed = whole(name, value, 0.0, "a whole number from 0")?,
            "class_weight" => params.class_weight = class_weight(name, value)?,
            "gamma" if is(value, "scale") => gamma = Gamma::Scale,
            "gamma" if is(value, "auto") => gamma = Gamma::Auto,
            "gamma" => gamma = Gamma::Value(number(name, value)?),
            "degree" => degree = whole(name, value, 0.0, "a whole number from 0")?,
            "coef0" => coef0 = number(name, value)?,
            "kernel" => {}
            _ => return Err(unknown(name, "svc", SVC)),
        }
    }
    params.kernel = match given.get("kernel") {
        None => SvcKernel::Rbf { gamma },
        Some(kernel) if is(kernel, "rbf") => SvcKernel::Rbf { gamma },
        Some(kernel) if is(kernel, "linear") => SvcKernel::Linear,
        Some(kernel) if is(kernel, "poly") => SvcKernel::Poly { gamma, degree, coef0 },
        Some(kernel) if is(kernel, "sigmoid") => SvcKernel::Sigmoid { gamma, coef0 },
        Some(other) => return Err(refused("kernel", other, "linear, rbf, poly, sigmoid")),
    };
    Ok(params)
}

fn baseline(given: &Given) -> Result<BaselineParams, NamedError> {
    match given.keys().next() {
        None => Ok(BaselineParams {}),
        Some(name) => Err(unknown(name, "baseline", "none")),
    }
}

fn decision_tree(given: &Given) -> Result<TreeParams, NamedError> {
    let mut params = TreeParams::default();
    for (name, value) in given {
        if !set_tree(&mut params, name, value)? {
            return Err(unknown(name, "decision_tree", TREE));
        }
    }
    Ok(params)
}

fn random_forest(given: &Given) -> Result<ForestParams, NamedError> {
    let mut params = ForestParams::default();
    for (name, value) in given {
        match (name.as_str(), value) {
            ("n_estimators", _) => params.n_estimators = count(name, value)?,
            ("bootstrap", Value::Flag(flag)) => params.bootstrap = *flag,
            ("bootstrap", _) => return Err(refused(name, value, "true, false")),
            _ if set_tree(&mut params.trees, name, value)? => {}
            _ => return Err(unknown(name, "random_forest", FOREST)),
        }
    }
    Ok(params)
}

/// False when a tree has no setting of that name.
fn set_tree(params: &mut TreeParams, name: &str, value: &Value) -> Result<bool, NamedError> {
    match name {
        "criterion" if is(value, "gini") => params.criterion = Criterion::Gini,
        "criterion" if is(value, "entropy") => params.criterion = Criterion::Entropy,
        "criterion" => return Err(refused(name, value, "\"gini\", \"entropy\"")),
        "max_depth" => params.max_depth = limit(name, value)?,
        "min_samples_split" => params.min_samples_split = count(name, value)?,
        "min_samples_leaf" => params.min_samples_leaf = count(name, value)?,
        "max_features" => params.max_features = max_features(name, value)?,
        "class_weight" => params.class_weight = class_weight(name, value)?,
        "seed" => params.seed = whole(name, value, 0.0, "a whole number from 0")?,
        _ => return Ok(false),
    }
    Ok(true)
}

/// In JavaScript 1 and 1.0 are one number: it is one column.
fn max_features(name: &str, value: &Value) -> Result<MaxFeatures, NamedError> {
    match value {
        Value::None => Ok(MaxFeatures::All),
        Value::Text(text) if text == "sqrt" => Ok(MaxFeatures::Sqrt),
        Value::Text(text) if text == "log2" => Ok(MaxFeatures::Log2),
        Value::Number(share) if *share > 0.0 && *share < 1.0 => Ok(MaxFeatures::Share(*share)),
        Value::Number(_) => count(name, value).map(MaxFeatures::Count),
        _ => Err(refused(
            name,
            value,
            "\"sqrt\", \"log2\", null, a share under 1, a number of columns",
        )),
    }
}

fn gradient_boosting(given: &Given) -> Result<BoostingParams, NamedError> {
    let mut params = BoostingParams::default();
    for (name, value) in given {
        match name.as_str() {
            "learning_rate" => params.learning_rate = number(name, value)?,
            "max_iter" => params.max_iter = count(name, value)?,
            "max_leaf_nodes" => params.max_leaf_nodes = limit(name, value)?,
            "max_depth" => params.max_depth = limit(name, value)?,
            "min_samples_leaf" => params.min_samples_leaf = count(name, value)?,
            "l2_regularization" => params.l2_regularization = number(name, value)?,
            "max_bins" => params.max_bins = count(name, value)?,
            "class_weight" => params.class_weight = class_weight(name, value)?,
            "seed" => params.seed = whole(name, value, 0.0, "a whole number from 0")?,
            _ => return Err(unknown(name, "gradient_boosting", BOOSTING)),
        }
    }
    Ok(params)
}

fn naive_bayes(given: &Given) -> Result<NaiveBayesParams, NamedError> {
    let mut params = NaiveBayesParams::default();
    for (name, value) in given {
        match name.as_str() {
            "kind" if is(value, "categorical") => params.kind = NaiveBayesKind::Categorical,
            "kind" if is(value, "gaussian") => params.kind = NaiveBayesKind::Gaussian,
            "kind" => return Err(refused(name, value, "\"categorical\", \"gaussian\"")),
            "var_smoothing" => params.var_smoothing = number(name, value)?,
            "alpha" => params.alpha = number(name, value)?,
            _ => return Err(unknown(name, "naive_bayes", NAIVE_BAYES)),
        }
    }
    Ok(params)
}

fn knn(given: &Given) -> Result<KnnParams, NamedError> {
    let mut params = KnnParams::default();
    for (name, value) in given {
        match name.as_str() {
            "n_neighbors" => params.n_neighbors = count(name, value)?,
            "weights" if is(value, "uniform") => params.weights = KnnWeights::Uniform,
            "weights" if is(value, "distance") => params.weights = KnnWeights::Distance,
            "weights" => return Err(refused(name, value, "\"uniform\", \"distance\"")),
            _ => return Err(unknown(name, "knn", KNN)),
        }
    }
    Ok(params)
}

fn class_weight(name: &str, value: &Value) -> Result<ClassWeight, NamedError> {
    match value {
        Value::None => Ok(ClassWeight::None),
        Value::Text(text) if text == "balanced" => Ok(ClassWeight::Balanced),
        _ => Err(refused(name, value, "\"balanced\", null")),
    }
}
