//! The estimator of a run, as scikit-learn spells it.

use crate::data::split::folds::Shuffle;
use crate::models::naive_bayes::NaiveBayesKind;
use crate::models::trees::{Criterion, MaxFeatures};
use crate::models::{
    BoostingParams, ClassWeight, ElasticNetParams, Gamma, KnnWeights, LogisticCvParams,
    ModelParams, SvcKernel, SvcParams, TreeParams,
};

/// How scikit-learn makes a model.
pub(super) struct Model {
    /// Lines of imports.
    pub imports: &'static str,
    /// Lines before the model.
    pub setup: &'static str,
    /// The estimator.
    pub call: String,
}

pub(super) fn model(params: &ModelParams) -> Model {
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
        ModelParams::LogisticCv(params) => logistic_cv(params, ClassWeight::None),
        ModelParams::WeightedLogisticCv(params) => logistic_cv(&params.search, params.class_weight),
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

fn logistic_cv(params: &LogisticCvParams, weight: ClassWeight) -> Model {
    let (shuffle, seed) = match params.shuffle {
        Shuffle::No => ("False", "None".to_owned()),
        Shuffle::Seeded { seed } => ("True", seed.to_string()),
    };
    let weight = match weight {
        ClassWeight::None => String::new(),
        weight => format!(", class_weight={}", class_weight(weight)),
    };
    Model {
        imports: "from sklearn.linear_model import LogisticRegressionCV\nfrom sklearn.model_selection import StratifiedKFold\n",
        setup: "",
        call: format!(
            "LogisticRegressionCV(Cs={:?}, cv=StratifiedKFold({}, shuffle={shuffle}, random_state={seed}){weight}, solver=\"newton-cholesky\", tol=1e-10, max_iter=10_000)",
            params.strengths, params.n_folds
        ),
    }
}
