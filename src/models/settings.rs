//! A family's settings as names and values, for showing them.

use super::catalogue::Family;
use super::params::{ClassWeight, Gamma, LogisticParams, ModelParams, SvcKernel, SvcParams};
use super::{ElasticNetParams, LogisticCvParams, WeightedLogisticParams};
use crate::data::split::folds::Shuffle;

/// One setting, spelled as in scikit-learn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// scikit-learn's name: "max_depth".
    pub name: &'static str,
    /// Its value: "5", "sqrt", "none".
    pub value: String,
}

impl Setting {
    /// Of a value that shows itself as scikit-learn spells it.
    pub(super) fn of(name: &'static str, value: impl ToString) -> Self {
        Self { name, value: value.to_string() }
    }

    /// Of a limit that need not be.
    pub(super) fn limit(name: &'static str, limit: Option<u32>) -> Self {
        Self::of(name, limit.map_or("none".to_owned(), |limit| limit.to_string()))
    }
}

impl ModelParams {
    /// Every setting that has a say in the fit, the most telling first.
    #[must_use]
    pub fn settings(&self) -> Vec<Setting> {
        match self {
            Self::Logistic(params) => logistic(params),
            Self::ElasticNet(params) => elastic_net(params),
            Self::WeightedLogistic(params) => weighted(params),
            Self::LogisticCv(params) => logistic_cv(params),
            Self::WeightedLogisticCv(params) => {
                let mut settings = logistic_cv(&params.search);
                settings.push(class_weight(params.class_weight));
                settings
            }
            Self::Svc(params) => svc(params),
            Self::Baseline(_) => vec![],
            Self::DecisionTree(params) => params.settings(),
            Self::RandomForest(params) => params.settings(),
            Self::GradientBoosting(params) => params.settings(),
            Self::NaiveBayes(params) => params.settings(),
            Self::Knn(params) => params.settings(),
        }
    }
}

impl ModelParams {
    /// What a form shows first, and what is not as the family comes.
    #[must_use]
    pub fn telling_settings(&self) -> Vec<Setting> {
        let family = Family::of(Some(self.name()));
        let first = family.fields.iter().take(family.shown);
        let usual = self.usual().settings();
        let mut settings = self.settings();
        settings.retain(|setting| {
            first.clone().any(|field| field.name == setting.name) || !usual.contains(setting)
        });
        settings
    }

    /// The same family with its defaults.
    #[must_use]
    pub fn usual(&self) -> Self {
        match self {
            Self::Logistic(_) => Self::Logistic(Default::default()),
            Self::Svc(_) => Self::Svc(Default::default()),
            // one family: scikit-learn's comes with an L2 penalty
            Self::ElasticNet(_) | Self::WeightedLogistic(_) => Self::Logistic(Default::default()),
            Self::LogisticCv(_) | Self::WeightedLogisticCv(_) => {
                Self::LogisticCv(Default::default())
            }
            Self::Baseline(_) => Self::Baseline(Default::default()),
            Self::DecisionTree(_) => Self::DecisionTree(Default::default()),
            Self::RandomForest(_) => Self::RandomForest(Default::default()),
            Self::GradientBoosting(_) => Self::GradientBoosting(Default::default()),
            Self::NaiveBayes(_) => Self::NaiveBayes(Default::default()),
            Self::Knn(_) => Self::Knn(Default::default()),
        }
    }
}

fn logistic(params: &LogisticParams) -> Vec<Setting> {
    vec![
        Setting::of("C", params.c),
        Setting::of("penalty", "l2"),
        Setting::of("max_iter", params.max_iterations),
        Setting::of("tol", params.tolerance),
    ]
}

fn weighted(params: &WeightedLogisticParams) -> Vec<Setting> {
    let ElasticNetParams { c, l1_ratio, max_iterations, tolerance } = params.penalised;
    let mut settings = match l1_ratio > 0.0 {
        true => elastic_net(&params.penalised),
        false => logistic(&LogisticParams { c, max_iterations, tolerance }),
    };
    settings.push(class_weight(params.class_weight));
    settings
}

fn elastic_net(params: &ElasticNetParams) -> Vec<Setting> {
    let is_l1 = params.l1_ratio == 1.0;
    let mut settings = vec![
        Setting::of("C", params.c),
        Setting::of("penalty", if is_l1 { "l1" } else { "elasticnet" }),
    ];
    settings.extend((!is_l1).then(|| Setting::of("l1_ratio", params.l1_ratio)));
    settings.push(Setting::of("max_iter", params.max_iterations));
    settings.push(Setting::of("tol", params.tolerance));
    settings
}

fn logistic_cv(params: &LogisticCvParams) -> Vec<Setting> {
    let seed = match params.shuffle {
        Shuffle::No => "none".to_owned(),
        Shuffle::Seeded { seed } => seed.to_string(),
    };
    vec![
        Setting::of("Cs", params.strengths.len()),
        Setting::of("cv", params.n_folds),
        Setting::of("seed", seed),
        Setting::of("max_iter", params.max_iterations),
        Setting::of("tol", params.tolerance),
    ]
}

fn svc(params: &SvcParams) -> Vec<Setting> {
    let (name, gamma, degree, coef0) = match params.kernel {
        SvcKernel::Linear => ("linear", None, None, None),
        SvcKernel::Rbf { gamma } => ("rbf", Some(gamma), None, None),
        SvcKernel::Poly { gamma, degree, coef0 } => {
            ("poly", Some(gamma), Some(degree), Some(coef0))
        }
        SvcKernel::Sigmoid { gamma, coef0 } => ("sigmoid", Some(gamma), None, Some(coef0)),
    };
    let mut settings = vec![Setting::of("C", params.c), Setting::of("kernel", name)];
    settings.extend(gamma.map(|gamma| {
        Setting::of(
            "gamma",
            match gamma {
                Gamma::Scale => "scale".to_owned(),
                Gamma::Auto => "auto".to_owned(),
                Gamma::Value(gamma) => gamma.to_string(),
            },
        )
    }));
    settings.extend(degree.map(|degree| Setting::of("degree", degree)));
    settings.extend(coef0.map(|coef0| Setting::of("coef0", coef0)));
    settings.push(Setting::limit("max_iter", params.max_iterations));
    settings.push(Setting::of("tol", params.tolerance));
    settings.push(class_weight(params.class_weight));
    settings.push(Setting::of("seed", params.seed));
    settings
}

pub(super) fn class_weight(weight: ClassWeight) -> Setting {
    let value = match weight {
        ClassWeight::None => "none".to_owned(),
        ClassWeight::Balanced => "balanced".to_owned(),
        ClassWeight::Given { negative, positive } => format!("{negative} : {positive}"),
    };
    Setting::of("class_weight", value)
}
