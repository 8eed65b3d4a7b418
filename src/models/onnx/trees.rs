//! Trees: every node an entry of a `TreeEnsembleClassifier`, in double precision.

use super::graph::{Attribute, Element, Graph};
use super::inputs::{Inputs, Scaled};
use super::{OnnxError, Output};
use crate::features::OneHotEncoder;
use crate::models::trees::nodes::{Precision, Seen, Trees};

/// Nodes of a model, as a file of some 60 bytes each.
const MOST_NODES: usize = 2_000_000;

/// What is made of the sum of the leaves.
#[derive(Clone, Copy)]
pub enum Made {
    /// The mean over the trees.
    Mean,
    /// 1 / (1 + exp(−(start + sum))).
    Logistic { start: f64 },
}

/// The attributes, one entry a node or a leaf's class.
#[derive(Default)]
struct Ensemble {
    tree_ids: Vec<i64>,
    node_ids: Vec<i64>,
    columns: Vec<i64>,
    modes: Vec<String>,
    thresholds: Vec<f64>,
    lefts: Vec<i64>,
    rights: Vec<i64>,
    class_trees: Vec<i64>,
    class_nodes: Vec<i64>,
    class_ids: Vec<i64>,
    class_weights: Vec<f64>,
}

impl Ensemble {
    fn node(&mut self, tree: i64, node: i64, seen: &Seen) {
        self.tree_ids.push(tree);
        self.node_ids.push(node);
        let (mode, column, threshold, left, right) = match *seen {
            Seen::Leaf { value } => {
                // both classes, so that the class is the one with the larger sum, above 0
                for (class, weight) in [(0, -value), (1, value)] {
                    self.class_trees.push(tree);
                    self.class_nodes.push(node);
                    self.class_ids.push(class);
                    self.class_weights.push(weight);
                }
                ("LEAF", 0, 0.0, 0, 0)
            }
            Seen::Split { column, threshold, right } => {
                ("BRANCH_LEQ", i64::from(column), threshold, node + 1, node + i64::from(right))
            }
        };
        self.modes.push(mode.to_owned());
        self.columns.push(column);
        self.thresholds.push(threshold);
        self.lefts.push(left);
        self.rights.push(right);
    }
}

/// Thresholds are compared with the numbers as they are given, not as they are standardised.
///
/// The sum of both classes' leaves is antisymmetric: a last tree of one leaf takes half the trees away
/// from a sum of shares, so that its sign is the class, exactly, before it is rounded to single
/// precision.
pub fn ensemble(
    graph: &mut Graph,
    inputs: &Inputs<'_>,
    (trees, precision): (&Trees, Precision),
    made: Made,
    output: &Output,
) -> Result<(), OnnxError> {
    if trees.n_nodes() > MOST_NODES {
        return Err(OnnxError::TooManyNodes { nodes: trees.n_nodes(), most: MOST_NODES });
    }
    let pipeline = inputs.pipeline;
    let first_number = OneHotEncoder::of(&pipeline.space).n_level_columns();
    let n_trees = trees.n_trees() as f64;
    let mut all = Ensemble::default();
    let mut tree = 0;
    if let Made::Logistic { start } = made {
        all.node(tree, 0, &Seen::Leaf { value: start });
        tree += 1;
    }
    for nodes in trees.each() {
        for (node, mut seen) in (0..).zip(nodes) {
            if let Seen::Split { column, threshold, .. } = &mut seen
                && *column as usize >= first_number
            {
                let scaler = &pipeline.scaler;
                let z = |number| precision.of(scaler.standardise(*column as usize, number));
                let is_left = |number| z(number) <= *threshold;
                *threshold = f64::from(last_left(is_left));
            }
            all.node(tree, node, &seen);
        }
        tree += 1;
    }
    let (scores, transform) = match made {
        Made::Mean => {
            all.node(tree, 0, &Seen::Leaf { value: -n_trees / 2.0 });
            (graph.name("votes over half"), "NONE")
        }
        Made::Logistic { .. } => (output.probabilities.clone(), "LOGISTIC"),
    };
    let columns = inputs.columns(graph, Scaled::Nothing);
    let columns = graph.cast(&columns, Element::Double, "columns in double precision");
    let attributes = [
        ("classlabels_strings", Attribute::Texts(&output.classes)),
        ("nodes_treeids", Attribute::Ints(&all.tree_ids)),
        ("nodes_nodeids", Attribute::Ints(&all.node_ids)),
        ("nodes_featureids", Attribute::Ints(&all.columns)),
        ("nodes_modes", Attribute::Texts(&all.modes)),
        ("nodes_values_as_tensor", Attribute::Doubles(&all.thresholds)),
        ("nodes_truenodeids", Attribute::Ints(&all.lefts)),
        ("nodes_falsenodeids", Attribute::Ints(&all.rights)),
        ("class_treeids", Attribute::Ints(&all.class_trees)),
        ("class_nodeids", Attribute::Ints(&all.class_nodes)),
        ("class_ids", Attribute::Ints(&all.class_ids)),
        ("class_weights_as_tensor", Attribute::Doubles(&all.class_weights)),
        ("post_transform", Attribute::Text(transform)),
    ];
    let outputs = [output.label.as_str(), scores.as_str()];
    graph.classify("TreeEnsembleClassifier", &columns, outputs, &attributes);
    if let Made::Mean = made {
        let count = graph.constant("trees", Element::Float, n_trees);
        let half = graph.constant("half", Element::Float, 0.5);
        let over = graph.apply("Div", &[&scores, &count], "share over half", &[]);
        graph.apply_to("Add", &[&over, &half], &output.probabilities, &[]);
    }
    Ok(())
}

/// The number in single precision that stands for a threshold of double precision: the largest whose
/// shortest decimal, 29.85 say, goes left. `is_left` holds up to some number and not above.
///
/// Tables hold decimals, and whoever asks the graph rounds them to single precision; so a value keeps its
/// side even where the threshold is the value itself, or lies nearer to it than single precision can
/// tell. Only values that single precision can't tell from each other can change sides.
fn last_left(is_left: impl Fn(f64) -> bool) -> f32 {
    // the bits of finite numbers are in the order of the numbers, once those of negative ones are turned
    let turned = |bits: i64| bits ^ (bits >> 63 & i64::MAX);
    let number = |key: i64| f64::from_bits(turned(key) as u64);
    let key = |number: f64| i128::from(turned(number.to_bits() as i64));
    let (mut left, mut right) = (key(-f64::from(f32::MAX)), key(f64::from(f32::MAX)));
    if !is_left(-f64::from(f32::MAX)) {
        return f32::NEG_INFINITY;
    }
    while right - left > 1 {
        let middle = (left + right) / 2;
        if is_left(number(middle as i64)) { left = middle } else { right = middle }
    }
    let near = number(left as i64) as f32;
    let decimal = near.to_string().parse().unwrap_or(f64::from(near));
    if is_left(decimal) { near } else { near.next_down() }
}

#[cfg(test)]
mod tests {
    use super::last_left;

    /// `left` goes left and `right` right, by a threshold on another scale.
    fn check(left: f64, right: f64, threshold: f64) {
        let scaled = |number: f64| (number - 2283.3) / 2266.7;
        let at = scaled(threshold);
        let found = last_left(|number| scaled(number) <= at);
        assert!(left as f32 <= found, "{left} goes right at {found}");
        assert!(right as f32 > found, "{right} goes left at {found}");
    }

    #[test]
    fn values_keep_their_side() {
        for (left, right) in
            [(1.0, 2.0), (-8.0, -7.5), (-1.0, 0.0), (29.85, 29.9), (4000.0, 4000.05)]
        {
            check(left, right, left / 2.0 + right / 2.0);
            // a threshold can be a value, which goes left, or lie just below one, which goes right
            check(left, right, left);
            check(left, right, right - 1e-9);
        }
        // neighbours of single precision
        for left in [1.0_f32, 1.000_000_1, -3.0, 8684.8, 29.85] {
            let (left, right) = (f64::from(left), f64::from(left.next_up()));
            check(left, right, left / 2.0 + right / 2.0);
        }
        assert_eq!(last_left(|_| false), f32::NEG_INFINITY);
        assert!(last_left(|_| true) >= f32::MAX.next_down());
    }
}
