//! scikit-learn's names of a model's settings into ours.

use std::collections::BTreeMap;

use super::shapes::wrong;
use crate::compute::Failure;
use crate::data::Value;
use crate::models::{ClassWeight, Gamma, LogisticParams, ModelParams, SvcKernel, SvcParams};

const LOGISTIC: &str = "C, penalty, tol, max_iter";
const SVC: &str = "C, kernel, gamma, degree, coef0, tol, max_iter, class_weight, seed";

/// Settings by name, as a program gave them.
type Given = BTreeMap<String, Value>;

/// Family and settings.
pub fn of(model: &str, given: &Given) -> Result<ModelParams, Failure> {
    match model {
        "logistic" => logistic(given).map(ModelParams::Logistic),
        "svc" => svc(given).map(ModelParams::Svc),
        _ => Err(wrong("unknown_model_kind", "model", model, "logistic, svc")),
    }
}

fn logistic(given: &Given) -> Result<LogisticParams, Failure> {
    let mut params = LogisticParams::default();
    for (name, value) in given {
        match name.as_str() {
            "C" => params.c = number(name, value)?,
            "tol" => params.tolerance = number(name, value)?,
            "max_iter" => {
                params.max_iterations = whole(name, value, 1.0, "a whole number above 0")?
            }
            "penalty" if is(value, "l2") => {}
            "penalty" => return Err(refused(name, value, "\"l2\"")),
            _ => return Err(unknown(name, "logistic", LOGISTIC)),
        }
    }
    Ok(params)
}

/// The lab shows probabilities, so they are always fitted.
fn svc(given: &Given) -> Result<SvcParams, Failure> {
    let mut params = SvcParams { probability: true, ..SvcParams::default() };
    let (mut gamma, mut degree, mut coef0) = (Gamma::Scale, 3, 0.0);
    for (name, value) in given {
        match name.as_str() {
            "C" => params.c = number(name, value)?,
            "tol" => params.tolerance = number(name, value)?,
            "max_iter" if *value == Value::Number(-1.0) => params.max_iterations = None,
            "max_iter" => {
                let most = whole(name, value, 1.0, "a whole number above 0, or -1 for no limit")?;
                params.max_iterations = Some(most);
            }
            "seed" => params.seed = whole(name, value, 0.0, "a whole number from 0")?,
            "class_weight" if is(value, "balanced") => params.class_weight = ClassWeight::Balanced,
            "class_weight" => return Err(refused(name, value, "\"balanced\"")),
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

fn is(value: &Value, text: &str) -> bool {
    matches!(value, Value::Text(given) if given == text)
}

fn number(name: &str, value: &Value) -> Result<f64, Failure> {
    match value {
        Value::Number(number) => Ok(*number),
        Value::Text(_) => Err(refused(name, value, "a number")),
    }
}

/// From `least` to the largest 32-bit number.
fn whole(name: &str, value: &Value, least: f64, allowed: &str) -> Result<u32, Failure> {
    let number = number(name, value)?;
    if number.fract() != 0.0 || !(least..=f64::from(u32::MAX)).contains(&number) {
        return Err(refused(name, value, allowed));
    }
    Ok(number as u32)
}

fn refused(name: &str, value: &Value, allowed: &str) -> Failure {
    wrong("bad_param", name, &value.to_string(), allowed)
}

fn unknown(name: &str, model: &str, allowed: &str) -> Failure {
    let message = format!("unknown parameter \"{name}\" of {model}; allowed: {allowed}");
    Failure::new("unknown_param", message)
}
