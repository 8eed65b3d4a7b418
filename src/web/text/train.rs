//! The train page.

use super::classes::Classes;
use super::names::small;
use crate::charts::format;

pub const TITLE: &str = "How well can we tell who leaves?";
pub const NO_DATA: &str = "There is no data set yet. Without customers there is nothing to learn.";
pub const CHOOSE_DATA: &str = "Choose one";
pub const NO_TARGET: &str =
    "This table has no column to predict: choose a table with a two-level column.";
pub const NO_RUN: &str = "No model has been trained yet. Train one, and its scores appear here.";
pub const NO_RUN_SHOWN: &str =
    "No run is looked at. Choose one in the table of runs, or train a model.";

pub const FORM: &str = "Train";
pub const HOW_MANY: &str = "How many models";
pub const ONE_MODEL: &str = "One model";
pub const A_GRID: &str = "A grid";
pub const MODEL: &str = "Model";
pub const MORE_SETTINGS: &str = "More settings";
pub const VALUES: &str = "Values to try, with commas between";
pub const FOLDS: &str = "Folds";
pub const FOLDS_WHY: &str = "The training rows are cut into so many parts; each is judged by a model that never saw it. 0 for none";
pub const FOLDS_ALLOWED: &str = "0, or a whole number from 2 to 100";
pub const REPEATS: &str = "Repeats";
pub const REPEATS_WHY: &str = "How often the folds are cut anew";
pub const REPEATS_ALLOWED: &str = "a whole number from 1 to 100";
pub const DRAWN: &str = "Draw";
pub const DRAWN_WHY: &str =
    "A random search: so many combinations, drawn by the seed. 0 tries all of them";
pub const DRAWN_ALLOWED: &str = "a whole number from 0 to 1,000";
pub const TRY: &str = "Try";
pub const TRY_ONE: &str = "Try one setting";
pub const SETTINGS_SMALL: &str = "settings";
pub const WORKSHOP: &str = "The workshop's ten runs";
pub const WORKSHOP_WHY: &str =
    "Support vectors, linear and rbf, stopped after 1, 10, 100, 1,000 and 10,000 steps";
pub const GRID_NOTE: &str = "Choose by the folds, not by the test rows: of many tries the best on the test rows is so by luck too, as in the workshop. A run's model is made again when it is used.";
pub const GRID_AT_WORK: &str = "A grid is at work";
pub const GRID: &str = "Runs of the grid";
pub const RUNS_SMALL: &str = "runs";
pub const RUNS_DONE: &str = "runs, done";
pub const PAUSED: &str = "paused";
pub const PAUSING: &str = "pausing when these are done";
pub const ABOUT: &str = "about";
pub const PAUSE: &str = "Pause";
pub const RESUME: &str = "Go on";
pub const DISMISS: &str = "Dismiss";
pub const TEST_SHARE: &str = "Test share";
pub const TEST_SHARE_WHY: &str = "Share of the customers kept aside to judge the model with";
pub const TEST_SHARE_ALLOWED: &str = "above 0 and under 1";
pub const SEED: &str = "Seed";
pub const SEED_WHY: &str = "The same seed draws the same test customers, here and in scikit-learn";
pub const SEED_ALLOWED: &str = "a whole number from 0 to 4,294,967,295";
pub const TRAIN: &str = "Train";
pub const IS_TRAINING: &str = "A model is being trained";

pub const SCORES: &str = "Scores";
pub const SCORES_SUB: &str = "At threshold .50 where one is needed";
pub const SCORES_SUB_SVC: &str =
    "The class is that of the decision function, which a probability of .50 need not agree with";
pub const SCORES_SUB_SHARES: &str = "At threshold .50 where one is needed; at exactly .50 the class is the negative one, as in scikit-learn";
pub const NOTE: &str = "Note";
pub const SCORE: &str = "Score";

pub const TRAIN_ROWS: &str = "Train";
pub const TEST_ROWS: &str = "Test";
pub const MEANINGS: &str = "What they mean";
pub const UNDEFINED: &str = "Undefined: only one class is present";

pub const ACCURACY: &str = "Accuracy";
pub const ACCURACY_IS: &str = "Share of customers whose side is told rightly.";
pub const PRECISION: &str = "Precision";
pub const RECALL: &str = "Recall";
pub const F1: &str = "F1";
pub const F1_IS: &str = "Harmonic mean of precision and recall; high only if both are.";
pub const AUC: &str = "ROC AUC";
pub const LOG_LOSS: &str = "Log loss";
pub const LOG_LOSS_IS: &str =
    "Mean of −ln of the probability given to what happened, in nats; smaller is better.";
pub const BRIER: &str = "Brier score";
pub const BRIER_IS: &str =
    "Mean squared distance between probability and what happened; smaller is better.";
pub const AVERAGE_PRECISION: &str = "Average precision";
pub const N: &str = "Customers";
pub const N_IS: &str = "Rows the scores are made of.";

pub const THRESHOLD: &str = "Threshold";
pub const THRESHOLD_ALLOWED: &str = "from 0 to 1";
pub const ROC: &str = "ROC curve of the test customers";
pub const CHANCE: &str = "guessing";
pub const CONFUSION: &str = "What happened, against what the model says";
pub const HAPPENED: &str = "Happened";

pub const COEFFICIENTS: &str = "What the model weighs";
pub const COEFFICIENTS_SUB: &str = "The intercept, then columns by size of weight";
pub const COEFFICIENT: &str = "Weight";
pub const COLUMN: &str = "Column";
pub const INTERCEPT: &str = "Intercept";
pub const SHOW_LARGEST: &str = "Show the 15 largest";

pub const RUNS: &str = "Runs";
pub const RUNS_SUB: &str = "Every fit is kept, the newest first";
pub const RUN: &str = "Run";
pub const ACTIONS: &str = "Actions";
pub const GROUP_BY: &str = "Group by";
pub const NO_GROUPS: &str = "nothing";
pub const PIN: &str = "Pin";
pub const PIN_WHY: &str = "Keeps the column in sight when the table is scrolled sideways";
pub const TAGS: &str = "Tags";
pub const TAGS_EXAMPLE: &str = "stage=exam, favourite";
pub const TAG: &str = "Tag";
pub const BASELINE: &str = "Baseline";
pub const BASELINE_IS: &str = "The more frequent class for everyone, with its share as the probability: what the rows of the run above would score without any model";
pub const BASELINE_OF: &str = "on the rows of run";
pub const RUNS_FILTER: &str = "metrics.test_accuracy > .7 and params.kernel = \"linear\"";
pub const RUNS_CSV: &str = "Runs as CSV";
pub const PICK: &str = "Pick";
pub const PICK_ALL: &str = "Pick all";
pub const PICK_NONE: &str = "Pick none";
pub const SHOW_MORE: &str = "Show more of";
pub const OF: &str = "of";
pub const SEED_SMALL: &str = "seed";
pub const LISTED: &str = "rows as listed";
pub const TOOK: &str = "Took";
pub const DATA_SET: &str = "Data set";
pub const DATA_HASH: &str = "Digest of the data set";
pub const OF_FOLDS: &str = "folds";
pub const OF_TEST: &str = "test";
pub const OF_TRAIN: &str = "train";
pub const COMPARE: &str = "Compare";
pub const COMPARE_SUB: &str = "What differs, settings first; what is the same is folded away";
pub const DIFFERENCES: &str = "What differs";
pub const SAME: &str = "are the same";
pub const OVER: &str = "Over";
pub const OVER_SMALL: &str = "over";
pub const TOLD_APART_BY: &str = "Told apart by";
pub const NOT_SET: &str = "not set";
pub const IN_USE: &str = "In use";
pub const USE: &str = "Use";
pub const DELETE: &str = "Delete";
pub const RUNS_NOTE: &str = "Accuracy, AUC and log loss are of the test customers. No run is marked as the best: who chooses by the test scores, as the workshop did, reads them too high afterwards.";

/// "1 run", "5 runs".
#[must_use]
pub fn n_runs(n: usize) -> String {
    match n {
        1 => "1 run".to_owned(),
        n => format!("{} {RUNS_SMALL}", format::count(n as u64)),
    }
}

/// What a figure of a group is.
#[must_use]
pub fn mean_of(n: usize) -> String {
    format!("Mean of {}", n_runs(n))
}

impl Classes {
    /// The title of Train.
    #[must_use]
    pub fn train_title(&self) -> String {
        match self.leave {
            true => TITLE.to_owned(),
            false => format!("How well can we tell {}?", small(&self.target.column)),
        }
    }

    /// What precision is.
    #[must_use]
    pub fn precision_is(&self) -> String {
        match self.leave {
            true => "Of those said to leave, the share that does.".to_owned(),
            false => format!("Of those predicted {}, the share that is.", self.equation()),
        }
    }

    /// What recall is.
    #[must_use]
    pub fn recall_is(&self) -> String {
        match self.leave {
            true => "Of those who leave, the share that is found.".to_owned(),
            false => format!("Of those with {}, the share that is found.", self.equation()),
        }
    }

    /// What the area under the ROC curve is.
    #[must_use]
    pub fn auc_is(&self) -> String {
        let (one, other) = match self.leave {
            true => ("someone who leaves".to_owned(), "someone who stays"),
            false => (format!("a customer with {}", self.equation()), "another one"),
        };
        format!("Chance that {one} gets a higher probability than {other}; .5 is guessing.")
    }

    /// What average precision is.
    #[must_use]
    pub fn average_precision_is(&self) -> String {
        format!(
            "Precision averaged over every step in recall; guessing gives the {}.",
            self.share_small()
        )
    }

    /// The title of the threshold.
    #[must_use]
    pub fn threshold_title(&self) -> String {
        match self.leave {
            true => "Whom do we call a leaver?".to_owned(),
            false => format!("When do we say {}?", self.equation()),
        }
    }

    /// What the threshold does.
    #[must_use]
    pub fn threshold_does(&self) -> String {
        match self.leave {
            true => "Test customers at or above the threshold are said to leave".to_owned(),
            false => {
                format!("Test customers at or above the threshold count as {}", self.equation())
            }
        }
    }

    /// Along the ROC curve: the negative customers wrongly called.
    #[must_use]
    pub fn wrongly_called(&self) -> String {
        match self.leave {
            true => "Stayers wrongly called".to_owned(),
            false => format!("Wrongly called {}", self.target.positive_class),
        }
    }

    /// Upward: the positive customers found.
    #[must_use]
    pub fn found(&self) -> String {
        match self.leave {
            true => "Leavers found".to_owned(),
            false => format!("Rightly called {}", self.target.positive_class),
        }
    }

    /// What happened, negative first.
    #[must_use]
    pub fn happened(&self) -> [String; 2] {
        match self.leave {
            true => ["Stayed".to_owned(), "Left".to_owned()],
            false => self.sides(),
        }
    }

    /// What the model says, negative first.
    #[must_use]
    pub fn says(&self) -> [String; 2] {
        self.sides().map(|side| format!("Says {side}"))
    }

    /// What a weight of the model is.
    #[must_use]
    pub fn coefficient_is(&self) -> String {
        format!(
            "A weight is what one standard deviation more of the column adds to the log-odds of {}; \
             every column is scaled to mean 0 and deviation 1 first, so weights compare. They \
             describe the model, not causes.",
            self.outcome()
        )
    }
}
