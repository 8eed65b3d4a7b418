//! Support vectors: a decision, its sign as the class, and a sigmoid of it as the probability.

use super::graph::{Attribute, Element, Graph};
use super::inputs::{Inputs, Scaled};
use super::linear::Weights;
use super::{OnnxError, Output};
use crate::features::{FeatureMatrix, OneHotEncoder};
use crate::models::svc::{FittedSvc, Kernel, Sigmoid};

/// The class is the decision's sign, but an `SVMClassifier` that has a probability takes the class from
/// that. So the decision is made apart, and a classifier whose one column it is makes the probability,
/// LIBSVM's coupling included.
pub fn support_vectors(
    graph: &mut Graph,
    inputs: &Inputs<'_>,
    fitted: &FittedSvc,
    output: &Output,
) -> Result<(), OnnxError> {
    let pipeline = inputs.pipeline;
    let encoder = OneHotEncoder::of(&pipeline.space);
    let vectors = fitted.vectors(&encoder, &pipeline.scaler).ok_or(OnnxError::Vectors)?;
    let decision = match fitted.coefficients(&encoder, &pipeline.scaler) {
        Some(weights) => {
            let weights = Weights::of(&weights, fitted.intercept, pipeline);
            linear(graph, inputs, &weights)
        }
        None => kernel_sum(graph, inputs, fitted, &vectors),
    };
    let row = graph.constant("one dimension", Element::Whole, -1.0);
    let flat = graph.apply("Reshape", &[&decision, &row], "decision of rows", &[]);
    let zero = graph.constant("zero", Element::Float, 0.0);
    let sign = graph.apply("GreaterOrEqual", &[&flat, &zero], "is positive", &[]);
    let place = graph.cast(&sign, Element::Whole, "place of the class");
    let named = [
        ("keys_int64s", Attribute::Ints(&[0, 1])),
        ("values_strings", Attribute::Texts(&output.classes)),
    ];
    graph.apply_ml_to("LabelEncoder", &place, &output.label, &named);
    match fitted.sigmoid {
        Some(sigmoid) => probability(graph, &decision, sigmoid, output),
        None => certainty(graph, &decision, &zero, output),
    }
    Ok(())
}

/// A linear kernel's sum is a weighted sum of the columns.
fn linear(graph: &mut Graph, inputs: &Inputs<'_>, of: &Weights) -> String {
    let columns = inputs.columns(graph, Scaled::Numbers);
    let weights: Vec<f32> = of.columns.iter().map(|&weight| weight as f32).collect();
    let attributes = [
        ("coefficients", Attribute::Floats(&weights)),
        ("intercepts", Attribute::Floats(&[of.intercept as f32])),
    ];
    graph.apply_ml("LinearRegressor", &columns, "decision", &attributes)
}

/// Σ βᵢ·K(xᵢ, x) + b in double precision, rounded at the end: an `SVMRegressor` adds in single precision,
/// and 2,400 vectors put its probability off by 1e-4.
fn kernel_sum(
    graph: &mut Graph,
    inputs: &Inputs<'_>,
    fitted: &FittedSvc,
    vectors: &FeatureMatrix,
) -> String {
    let columns = inputs.columns(graph, Scaled::Everything);
    let x = graph.cast(&columns, Element::Double, "x");
    // as they are kept, so that lengths and products are of the same numbers
    let dense = vectors.to_dense().mapv(|cell| f64::from(cell as f32));
    let (n_columns, n_vectors) = (dense.ncols() as i64, dense.nrows() as i64);
    let cells: Vec<f64> = dense.t().iter().copied().collect();
    let single = Element::Float;
    let kept = graph.table("support vectors kept", single, &[n_columns, n_vectors], &cells);
    let vectors = graph.cast(&kept, Element::Double, "support vectors");
    let products = graph.apply("MatMul", &[&x, &vectors], "products", &[]);
    let number = |graph: &mut Graph, name, value| graph.constant(name, Element::Double, value);
    let kernel = match fitted.kernel {
        Kernel::Linear => products,
        Kernel::Rbf { gamma } => {
            // ‖x‖² + ‖v‖² − 2·x·v
            let axes = [("axes", Attribute::Ints(&[1])), ("keepdims", Attribute::Int(1))];
            let of_x = graph.apply("ReduceSumSquare", &[&x], "squares of rows", &axes);
            let squares: Vec<f64> =
                dense.rows().into_iter().map(|row| row.iter().map(|z| z * z).sum()).collect();
            let shape = [1, n_vectors];
            let of_v = graph.table("squares of vectors", Element::Double, &shape, &squares);
            let both = graph.apply("Add", &[&of_x, &of_v], "squares", &[]);
            let minus_2 = number(graph, "minus two", -2.0);
            let less = graph.apply("Mul", &[&products, &minus_2], "products twice", &[]);
            let distance = graph.apply("Add", &[&both, &less], "squared distances", &[]);
            let gamma = number(graph, "minus gamma", -gamma);
            let exponent = graph.apply("Mul", &[&distance, &gamma], "exponents", &[]);
            graph.apply("Exp", &[&exponent], "kernel", &[])
        }
        Kernel::Poly { gamma, coef0, .. } | Kernel::Sigmoid { gamma, coef0 } => {
            let gamma = number(graph, "gamma", gamma);
            let coef0 = number(graph, "coef0", coef0);
            let scaled = graph.apply("Mul", &[&products, &gamma], "products scaled", &[]);
            let shifted = graph.apply("Add", &[&scaled, &coef0], "products shifted", &[]);
            match fitted.kernel {
                Kernel::Poly { degree, .. } => {
                    let degree = number(graph, "degree", f64::from(degree));
                    graph.apply("Pow", &[&shifted, &degree], "kernel", &[])
                }
                _ => graph.apply("Tanh", &[&shifted], "kernel", &[]),
            }
        }
    };
    let shape = [n_vectors, 1];
    let double = Element::Double;
    let betas = graph.table("dual coefficients", double, &shape, &fitted.dual_coefficients);
    let sum = graph.apply("MatMul", &[&kernel, &betas], "kernel sum", &[]);
    let intercept = number(graph, "intercept", fitted.intercept);
    let exact = graph.apply("Add", &[&sum, &intercept], "decision in double precision", &[]);
    graph.cast(&exact, single, "decision")
}

/// The sigmoid is of the decision towards the negative class, the first one: the one support vector is
/// 1, and counts −1.
fn probability(graph: &mut Graph, decision: &str, sigmoid: Sigmoid, output: &Output) {
    let attributes = [
        ("classlabels_strings", Attribute::Texts(&output.classes)),
        ("kernel_type", Attribute::Text("LINEAR")),
        ("kernel_params", Attribute::Floats(&[0.0; 3])),
        ("vectors_per_class", Attribute::Ints(&[1, 0])),
        ("support_vectors", Attribute::Floats(&[1.0])),
        ("coefficients", Attribute::Floats(&[-1.0])),
        ("rho", Attribute::Floats(&[0.0])),
        ("prob_a", Attribute::Floats(&[sigmoid.a as f32])),
        ("prob_b", Attribute::Floats(&[sigmoid.b as f32])),
    ];
    let unused = graph.name("class by probability");
    graph.classify("SVMClassifier", decision, [&unused, &output.probabilities], &attributes);
}

/// Without a sigmoid the probability of the class is 1.
fn certainty(graph: &mut Graph, decision: &str, zero: &str, output: &Output) {
    let parts = [("Less", "is negative of rows"), ("GreaterOrEqual", "is positive of rows")];
    let [negative, positive] = parts.map(|(operator, wished)| {
        let is = graph.apply(operator, &[decision, zero], wished, &[]);
        graph.cast(&is, Element::Float, &format!("{wished} as a number"))
    });
    let axis = [("axis", Attribute::Int(1))];
    graph.apply_to("Concat", &[&negative, &positive], &output.probabilities, &axis);
}
