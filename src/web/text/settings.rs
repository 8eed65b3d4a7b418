//! The families of models and their settings in words.

/// The family as it is chosen.
#[must_use]
pub fn family(name: &str) -> &'static str {
    match name {
        "logistic" => "Logistic regression",
        "logistic_cv" => "Logistic regression, C chosen by folds",
        "svc" => "Support vector classifier",
        "decision_tree" => "Decision tree",
        "random_forest" => "Random forest",
        "gradient_boosting" => "Gradient boosting",
        "naive_bayes" => "Naive Bayes",
        "knn" => "Nearest neighbours",
        _ => "Baseline",
    }
}

/// What the family does, in one sentence.
#[must_use]
pub fn idea(name: &str) -> &'static str {
    match name {
        "logistic" => "Adds up a weight for every value; the sum is the log-odds",
        "logistic_cv" => {
            "The same, with the strength of the penalty that does best on rows left out"
        }
        "svc" => "Draws the border that leaves most room between the classes",
        "decision_tree" => "Asks one question after another until the answer is clear",
        "random_forest" => "Asks many trees, each grown on drawn customers, and takes the mean",
        "gradient_boosting" => "Grows small trees, each mending what those before leave wrong",
        "naive_bayes" => "Multiplies what each value says alone, as if it knew of no other",
        "knn" => "Looks at the most similar customers it has seen",
        _ => "Says the same of everybody; what every model must beat",
    }
}

/// A setting in words, and what it does.
#[must_use]
pub fn setting(family: &str, name: &str) -> [&'static str; 2] {
    match (family, name) {
        (_, "C") => ["C", "Inverse strength of the penalty: a small C keeps weights small"],
        (_, "penalty") => [
            "Penalty",
            "l2 keeps all weights small, l1 makes many exactly 0, elasticnet mixes both",
        ],
        (_, "l1_ratio") => ["Share of l1", "0 is l2 alone, 1 is l1 alone"],
        ("gradient_boosting", "max_iter") => ["Trees", "How many trees are grown"],
        (_, "max_iter") => ["Steps at most", "The solver stops after so many steps, done or not"],
        (_, "tol") => ["Tolerance", "The solver stops when it is this close to the optimum"],
        (_, "Cs") => ["Values of C", "How many are tried, evenly in the exponent from 10⁻⁴ to 10⁴"],
        (_, "cv") => ["Folds", "Parts of the training rows, each left out once"],
        ("logistic_cv", "seed") => ["Model seed", "Mixes rows before they are dealt to folds"],
        (_, "seed") => ["Model seed", "The same seed gives the same model"],
        (_, "kernel") => ["Kernel", "How the likeness of two customers is measured"],
        (_, "gamma") => ["Gamma", "How near a customer must be to count: large is very near"],
        (_, "degree") => ["Degree", "Power of the polynomial"],
        (_, "coef0") => ["Offset", "Added within the kernel"],
        (_, "class_weight") => {
            ["Class weights", "balanced lets an error on the rarer class cost more"]
        }
        (_, "max_depth") => ["Depth at most", "Questions from the root to a leaf"],
        (_, "min_samples_leaf") => ["Rows in a leaf", "A leaf has at least so many"],
        (_, "min_samples_split") => ["Rows to split", "What has fewer is not split any more"],
        (_, "criterion") => ["Criterion", "What a split has to lower most"],
        (_, "max_features") => ["Columns a split sees", "Drawn anew for every split"],
        (_, "n_estimators") => ["Trees", "How many trees are grown"],
        (_, "bootstrap") => ["Draw rows", "Each tree learns from rows drawn with replacement"],
        (_, "learning_rate") => ["Learning rate", "Share of its step that each tree takes"],
        (_, "max_leaf_nodes") => ["Leaves of a tree", "At most"],
        (_, "l2_regularization") => ["Penalty", "Keeps the values of leaves small"],
        (_, "max_bins") => ["Bins of a number", "At most; splits lie between bins"],
        (_, "kind") => {
            ["Levels as", "gaussian takes their columns for numbers, as GaussianNB does"]
        }
        (_, "alpha") => ["Added rows", "Added to the count of every level, so that none is 0"],
        (_, "var_smoothing") => ["Added variance", "As a share of the largest one"],
        (_, "n_neighbors") => ["Neighbours", "How many are asked"],
        (_, "weights") => ["They count", "uniform all the same, distance the nearer the more"],
        _ => ["", ""],
    }
}
