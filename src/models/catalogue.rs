//! The families and their settings, for forms: what there is to set, what it may be, where one starts.

/// A family of models.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Family {
    /// Its name: "svc".
    pub name: &'static str,
    /// Its settings, the most telling first.
    pub fields: &'static [Field],
    /// How many of them a form shows at once; the rest is asked for.
    pub shown: usize,
}

/// A setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// scikit-learn's name.
    pub name: &'static str,
    /// What it may be.
    pub kind: FieldKind,
    /// Where a form starts; empty: not given.
    pub start: &'static str,
    /// The setting it goes with, and the values of that which it goes with.
    pub only: Option<(&'static str, &'static [&'static str])>,
}

/// What a setting may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// A number.
    Number,
    /// A number or one of these words.
    NumberOr(&'static [&'static str]),
    /// One of these words.
    Choice(&'static [&'static str]),
}

const fn number(name: &'static str, start: &'static str) -> Field {
    Field { name, kind: FieldKind::Number, start, only: None }
}

const fn choice(name: &'static str, words: &'static [&'static str]) -> Field {
    Field { name, kind: FieldKind::Choice(words), start: words[0], only: None }
}

const fn number_or(
    name: &'static str,
    start: &'static str,
    words: &'static [&'static str],
) -> Field {
    Field { name, kind: FieldKind::NumberOr(words), start, only: None }
}

const fn only(field: Field, other: &'static str, values: &'static [&'static str]) -> Field {
    Field { only: Some((other, values)), ..field }
}

const NONE: &[&str] = &["none"];
const CLASS_WEIGHT: Field = choice("class_weight", &["none", "balanced"]);
const SEED: Field = number("seed", "0");

/// Every family, in the order a form offers them.
pub const FAMILIES: [Family; 9] = [
    Family {
        name: "logistic",
        fields: &[
            number("C", "1"),
            choice("penalty", &["l2", "l1", "elasticnet"]),
            only(number("l1_ratio", "0.5"), "penalty", &["elasticnet"]),
            number("max_iter", "100"),
            number("tol", "1e-9"),
            CLASS_WEIGHT,
        ],
        shown: 3,
    },
    Family {
        name: "logistic_cv",
        fields: &[
            number("Cs", "10"),
            number("cv", "5"),
            number("seed", ""),
            number("max_iter", "100"),
            number("tol", "1e-9"),
            CLASS_WEIGHT,
        ],
        shown: 2,
    },
    Family {
        name: "svc",
        fields: &[
            number("C", "1"),
            choice("kernel", &["rbf", "linear", "poly", "sigmoid"]),
            // without a limit some fits take a very long time
            number_or("max_iter", "10000", NONE),
            only(
                number_or("gamma", "scale", &["scale", "auto"]),
                "kernel",
                &["rbf", "poly", "sigmoid"],
            ),
            only(number("degree", "3"), "kernel", &["poly"]),
            only(number("coef0", "0"), "kernel", &["poly", "sigmoid"]),
            number("tol", "0.001"),
            CLASS_WEIGHT,
            SEED,
        ],
        shown: 3,
    },
    Family {
        name: "decision_tree",
        fields: &[
            number_or("max_depth", "none", NONE),
            number("min_samples_leaf", "1"),
            choice("criterion", &["gini", "entropy"]),
            number("min_samples_split", "2"),
            number_or("max_features", "none", &["none", "sqrt", "log2"]),
            CLASS_WEIGHT,
            SEED,
        ],
        shown: 2,
    },
    Family {
        name: "random_forest",
        fields: &[
            number("n_estimators", "100"),
            number_or("max_depth", "none", NONE),
            number("min_samples_leaf", "1"),
            number_or("max_features", "sqrt", &["sqrt", "log2", "none"]),
            choice("criterion", &["gini", "entropy"]),
            number("min_samples_split", "2"),
            choice("bootstrap", &["true", "false"]),
            CLASS_WEIGHT,
            SEED,
        ],
        shown: 3,
    },
    Family {
        name: "gradient_boosting",
        fields: &[
            number("learning_rate", "0.1"),
            number("max_iter", "100"),
            number_or("max_leaf_nodes", "31", NONE),
            number_or("max_depth", "none", NONE),
            number("min_samples_leaf", "20"),
            number("l2_regularization", "0"),
            number("max_bins", "255"),
            CLASS_WEIGHT,
            SEED,
        ],
        shown: 3,
    },
    Family {
        name: "naive_bayes",
        fields: &[
            choice("kind", &["categorical", "gaussian"]),
            number("alpha", "1"),
            number("var_smoothing", "1e-9"),
        ],
        shown: 3,
    },
    Family {
        name: "knn",
        fields: &[number("n_neighbors", "5"), choice("weights", &["uniform", "distance"])],
        shown: 2,
    },
    Family { name: "baseline", fields: &[], shown: 0 },
];

impl Family {
    /// The family of that name; else the first.
    #[must_use]
    pub fn of(name: Option<&str>) -> &'static Self {
        let [first, ..] = &FAMILIES;
        FAMILIES.iter().find(|family| Some(family.name) == name).unwrap_or(first)
    }
}
