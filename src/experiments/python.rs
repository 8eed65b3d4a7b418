//! A run as a script for scikit-learn that gives its scores again.
//!
//! It reads the data set as the lab exports it: the rows kept, each cell as it was read. So it needs no
//! word of how the file was cut, which gaps were filled and which texts stand for what.

use std::fmt::Write;

use super::{Run, ThresholdRule};
use crate::data::split::folds::Shuffle;
use crate::data::summary::ColumnSummary;
use crate::data::{ColumnKind, Role};
use crate::models::naive_bayes::NaiveBayesKind;
use crate::models::trees::{Criterion, MaxFeatures};
use crate::models::{
    BoostingParams, ClassWeight, ElasticNetParams, Gamma, KnnWeights, ModelParams, Provenance,
    Split, SvcKernel, SvcParams, TreeParams,
};

/// The script. `columns`: those of the run's data set.
///
/// Python 3.10, scikit-learn 1.5 and pandas 2 or later; `python run.py DATA.csv`. It ends with an error
/// when a score differs from the run's by 0.01 or more.
#[must_use]
pub fn script(run: &Run, columns: &[ColumnSummary]) -> String {
    let made = &run.provenance;
    let model = model(&made.params);
    let features = |kind: ColumnKind| {
        columns.iter().filter(move |column| column.role == Role::Feature && column.kind == kind)
    };
    let dates = features(ColumnKind::Numeric).filter(|column| column.is_date);
    let listed = |columns: Vec<&ColumnSummary>| {
        let names = columns.iter().map(|column| text(&column.name));
        format!("[{}]", names.collect::<Vec<_>>().join(", "))
    };
    let mut levels = String::new();
    for column in features(ColumnKind::Categorical) {
        let known = column.levels.iter().map(|level| text(level)).collect::<Vec<_>>().join(", ");
        push(&mut levels, format_args!("    {}: [{known}],\n", text(&column.name)));
    }
    let (rule_import, rule) = rule(run.rule());
    let test = &run.evaluation.test;
    let mut script = String::new();
    push(
        &mut script,
        format_args!(
            "\"\"\"Run {number}: {label} on {data}, fitted again by scikit-learn.

    python run.py DATA.csv

DATA.csv is the data set as Churn Lab exports it.
\"\"\"

import sys

import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.metrics import accuracy_score, log_loss, roc_auc_score
from sklearn.model_selection import {rule_import}train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
{imports}
NUMBERS = {numbers}
DATES = {dates}
LEVELS = {{
{levels}}}

data = pd.read_csv(sys.argv[1], dtype=str, keep_default_na=False)
for name in NUMBERS:
    column = data[name]
    data[name] = (
        (pd.to_datetime(column) - pd.Timestamp(0)) / pd.Timedelta(days=1)
        if name in DATES
        else pd.to_numeric(column)
    )
x = data[[*LEVELS, *NUMBERS]]
y = (data[{target}] == {positive}).to_numpy()
{split}
one_hot = OneHotEncoder(categories=list(LEVELS.values()), sparse_output=False)
columns = ColumnTransformer([(\"levels\", one_hot, list(LEVELS)), (\"numbers\", \"passthrough\", NUMBERS)])
{setup}model = make_pipeline(
    columns,
    StandardScaler(),
    {model},
)
{rule}model.fit(x.iloc[train], y[train])

probability = model.predict_proba(x.iloc[test])[:, 1]
scores = {{
    \"accuracy\": (accuracy_score(y[test], model.predict(x.iloc[test])), {accuracy}),
    \"roc_auc\": (roc_auc_score(y[test], probability), {auc}),
    \"log_loss\": (log_loss(y[test], probability), {loss}),
}}
wrong = False
for name, (here, there) in scores.items():
    print(f\"{{name}}: {{here:.5f}}, in the lab {{there:.5f}}\")
    wrong |= abs(here - there) >= 0.01
sys.exit(\"the scores differ\" if wrong else 0)
",
            number = run.number,
            label = made.params.label(),
            data = in_docs(&made.dataset_name),
            imports = model.imports,
            numbers = listed(features(ColumnKind::Numeric).collect()),
            dates = listed(dates.collect()),
            target = text(&made.target.column),
            positive = text(&made.target.positive_class),
            split = split(made),
            setup = model.setup,
            model = model.call,
            rule_import = rule_import,
            rule = rule,
            accuracy = test.accuracy,
            auc = test.roc_auc.map_or("float(\"nan\")".to_owned(), |auc| auc.to_string()),
            loss = test.log_loss,
        ),
    );
    script
}

/// A string takes every word.
fn push(to: &mut String, words: std::fmt::Arguments<'_>) {
    to.write_fmt(words).unwrap_or_default();
}

/// A text of Python.
fn text(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            letter if letter.is_control() => {
                push(&mut quoted, format_args!("\\u{:04x}", u32::from(letter)));
            }
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

/// A name within the script's own words.
fn in_docs(name: &str) -> String {
    name.chars().filter(|letter| !letter.is_control() && !matches!(letter, '"' | '\\')).collect()
}

fn split(made: &Provenance) -> String {
    match &made.split {
        Split::Random { test_ratio, seed } => format!(
            "train, test = train_test_split(np.arange(len(y)), test_size={test_ratio}, random_state={seed})"
        ),
        Split::Rows { train, test } => format!("train = {train:?}\ntest = {test:?}"),
    }
}

/// What comes to a class in another way than the model by itself: the import, and a line.
fn rule(rule: ThresholdRule) -> (&'static str, String) {
    match rule {
        ThresholdRule::Own => ("", String::new()),
        ThresholdRule::Fixed(threshold) => (
            "FixedThresholdClassifier, ",
            format!(
                "model = FixedThresholdClassifier(model, threshold={threshold}, response_method=\"predict_proba\")\n"
            ),
        ),
        ThresholdRule::Tuned(score) => (
            "TunedThresholdClassifierCV, ",
            format!(
                "model = TunedThresholdClassifierCV(model, scoring=\"{}\", response_method=\"predict_proba\")\n",
                score.name()
            ),
        ),
    }
}

/// How scikit-learn makes a model.
struct Model {
    /// Lines of imports.
    imports: &'static str,
    /// Lines before the model.
    setup: &'static str,
    /// The estimator.
    call: String,
}

fn model(params: &ModelParams) -> Model {
    let linear = "from sklearn.linear_model import LogisticRegression\n";
    let plain = |imports, call| Model { imports, setup: "", call };
    match params {
        ModelParams::Logistic(params) => plain(
            linear,
            format!(
                "LogisticRegression(C={}, solver=\"newton-cholesky\", tol=1e-10, max_iter=10_000)",
                params.c
            ),
        ),
        ModelParams::WeightedLogistic(params) => {
            let ElasticNetParams { c, l1_ratio, .. } = params.penalised;
            let (solver, penalty) = match l1_ratio > 0.0 {
                true => (
                    "solver=\"saga\", tol=1e-6, max_iter=100_000",
                    format!("penalty=\"elasticnet\", l1_ratio={l1_ratio}, "),
                ),
                false => ("solver=\"newton-cholesky\", tol=1e-10, max_iter=10_000", String::new()),
            };
            let weight = class_weight(params.class_weight);
            plain(
                linear,
                format!("LogisticRegression({penalty}C={c}, class_weight={weight}, {solver})"),
            )
        }
        ModelParams::ElasticNet(params) => plain(
            linear,
            format!(
                "LogisticRegression(penalty=\"elasticnet\", l1_ratio={}, C={}, solver=\"saga\", tol=1e-6, max_iter=100_000)",
                params.l1_ratio, params.c
            ),
        ),
        ModelParams::LogisticCv(params) => {
            let (shuffle, seed) = match params.shuffle {
                Shuffle::No => ("False", "None".to_owned()),
                Shuffle::Seeded { seed } => ("True", seed.to_string()),
            };
            plain(
                "from sklearn.linear_model import LogisticRegressionCV\nfrom sklearn.model_selection import StratifiedKFold\n",
                format!(
                    "LogisticRegressionCV(Cs={:?}, cv=StratifiedKFold({}, shuffle={shuffle}, random_state={seed}), solver=\"newton-cholesky\", tol=1e-10, max_iter=10_000)",
                    params.strengths, params.n_folds
                ),
            )
        }
        ModelParams::Svc(params) => plain("from sklearn.svm import SVC\n", svc(params)),
        ModelParams::Baseline(_) => plain(
            "from sklearn.dummy import DummyClassifier\n",
            "DummyClassifier(strategy=\"prior\")".to_owned(),
        ),
        ModelParams::DecisionTree(params) => plain(
            "from sklearn.tree import DecisionTreeClassifier\n",
            format!("DecisionTreeClassifier({})", tree(params)),
        ),
        ModelParams::RandomForest(params) => plain(
            "from sklearn.ensemble import RandomForestClassifier\n",
            format!(
                "RandomForestClassifier(n_estimators={}, bootstrap={}, {})",
                params.n_estimators,
                if params.bootstrap { "True" } else { "False" },
                tree(&params.trees)
            ),
        ),
        ModelParams::GradientBoosting(params) => {
            plain("from sklearn.ensemble import HistGradientBoostingClassifier\n", boosting(params))
        }
        ModelParams::NaiveBayes(params) => {
            let var_smoothing = params.var_smoothing;
            match params.kind {
                NaiveBayesKind::Gaussian => plain(
                    "from sklearn.naive_bayes import GaussianNB\n",
                    format!("GaussianNB(var_smoothing={var_smoothing})"),
                ),
                NaiveBayesKind::Categorical => Model {
                    imports: "from sklearn.base import BaseEstimator, ClassifierMixin\nfrom sklearn.naive_bayes import CategoricalNB, GaussianNB\n",
                    setup: MIXED_BAYES,
                    call: format!("MixedNB({}, {var_smoothing})", params.alpha),
                },
            }
        }
        ModelParams::Knn(params) => plain(
            "from sklearn.neighbors import KNeighborsClassifier\n",
            format!(
                "KNeighborsClassifier({}, weights=\"{}\", algorithm=\"kd_tree\")",
                params.n_neighbors,
                match params.weights {
                    KnnWeights::Uniform => "uniform",
                    KnnWeights::Distance => "distance",
                }
            ),
        ),
    }
}

/// scikit-learn has no naive Bayes of levels and numbers together: both are added up.
const MIXED_BAYES: &str = "

class MixedNB(ClassifierMixin, BaseEstimator):
    \"\"\"CategoricalNB of the levels and GaussianNB of the numbers, as one; takes standardised columns.\"\"\"

    def __init__(self, alpha, var_smoothing):
        self.alpha, self.var_smoothing = alpha, var_smoothing

    def parts(self, x):
        codes, first = [], 0
        for known in LEVELS.values():
            codes.append(x[:, first : first + len(known)].argmax(axis=1))
            first += len(known)
        return np.column_stack(codes), x[:, first:]

    def fit(self, x, y):
        codes, numbers = self.parts(x)
        known = [len(levels) for levels in LEVELS.values()]
        self.classes_ = np.unique(y)
        self.levels = CategoricalNB(alpha=self.alpha, min_categories=known).fit(codes, y)
        self.numbers = GaussianNB(var_smoothing=self.var_smoothing).fit(numbers, y)
        return self

    def predict_proba(self, x):
        codes, numbers = self.parts(x)
        joint = self.levels.predict_joint_log_proba(codes) + self.numbers.predict_joint_log_proba(numbers)
        joint -= np.log(self.numbers.class_prior_)
        odds = joint[:, 1] - joint[:, 0]
        positive = 1 / (1 + np.exp(-odds))
        return np.column_stack([1 - positive, positive])

    def predict(self, x):
        return self.predict_proba(x)[:, 1] > 0.5


";

fn svc(params: &SvcParams) -> String {
    let gamma = |gamma: Gamma| match gamma {
        Gamma::Scale => "\"scale\"".to_owned(),
        Gamma::Auto => "\"auto\"".to_owned(),
        Gamma::Value(gamma) => gamma.to_string(),
    };
    let kernel = match params.kernel {
        SvcKernel::Linear => "kernel=\"linear\"".to_owned(),
        SvcKernel::Rbf { gamma: of } => format!("kernel=\"rbf\", gamma={}", gamma(of)),
        SvcKernel::Poly { gamma: of, degree, coef0 } => {
            format!("kernel=\"poly\", gamma={}, degree={degree}, coef0={coef0}", gamma(of))
        }
        SvcKernel::Sigmoid { gamma: of, coef0 } => {
            format!("kernel=\"sigmoid\", gamma={}, coef0={coef0}", gamma(of))
        }
    };
    format!(
        "SVC(C={}, {kernel}, tol={}, max_iter={}, class_weight={}, probability=True, random_state={})",
        params.c,
        params.tolerance,
        params.max_iterations.map_or("-1".to_owned(), |most| most.to_string()),
        class_weight(params.class_weight),
        params.seed,
    )
}

fn limit(limit: Option<u32>) -> String {
    limit.map_or("None".to_owned(), |limit| limit.to_string())
}

fn class_weight(weight: ClassWeight) -> String {
    match weight {
        ClassWeight::None => "None".to_owned(),
        ClassWeight::Balanced => "\"balanced\"".to_owned(),
        ClassWeight::Given { negative, positive } => {
            format!("{{False: {negative}, True: {positive}}}")
        }
    }
}

fn tree(params: &TreeParams) -> String {
    let max_features = match params.max_features {
        MaxFeatures::All => "None".to_owned(),
        MaxFeatures::Sqrt => "\"sqrt\"".to_owned(),
        MaxFeatures::Log2 => "\"log2\"".to_owned(),
        MaxFeatures::Count(count) => count.to_string(),
        // 1.0 and 1 are two things in Python
        MaxFeatures::Share(share) => format!("{share:?}"),
    };
    let criterion = match params.criterion {
        Criterion::Gini => "gini",
        Criterion::Entropy => "entropy",
    };
    format!(
        "criterion=\"{criterion}\", max_depth={}, min_samples_split={}, min_samples_leaf={}, max_features={max_features}, class_weight={}, random_state={}",
        limit(params.max_depth),
        params.min_samples_split,
        params.min_samples_leaf,
        class_weight(params.class_weight),
        params.seed,
    )
}

fn boosting(params: &BoostingParams) -> String {
    format!(
        "HistGradientBoostingClassifier(learning_rate={}, max_iter={}, max_leaf_nodes={}, max_depth={}, min_samples_leaf={}, l2_regularization={}, max_bins={}, class_weight={}, early_stopping=False, random_state={})",
        params.learning_rate,
        params.max_iter,
        limit(params.max_leaf_nodes),
        limit(params.max_depth),
        params.min_samples_leaf,
        params.l2_regularization,
        params.max_bins,
        class_weight(params.class_weight),
        params.seed,
    )
}
