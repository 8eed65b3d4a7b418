//! The close look at a run on the train page.

use super::classes::Classes;
use super::names::readable;
use crate::evaluation::Verdict;

pub const TITLE: &str = "Judge it closely";
pub const SUB: &str = "What one score does not say of the test customers";
pub const WAYS: &str = "Ways to judge the run";
pub const CURVES: &str = "How sure";
pub const CALIBRATION: &str = "Calibration";
pub const GAIN: &str = "Gain and lift";
pub const SCORES: &str = "Probabilities";
pub const PROFIT: &str = "Cost and profit";
pub const SLICES: &str = "Slices";
pub const LEARNING: &str = "Learning curve";
pub const COMPARE: &str = "Against another run";

pub const REFIT: &str = "Fit it again";
pub const CANCELLED: &str = "Cancelled, so this is not known yet.";

pub const RESAMPLES: &str = "Resamples";
pub const RESAMPLES_ALLOWED: &str = "a whole number from 20 to 5,000";
pub const SEED: &str = "Seed";
pub const SEED_ALLOWED: &str = "a whole number from 0 to 4,294,967,295";
pub const INTERVAL: &str = "95 % interval";
pub const ROC_SURE: &str = "ROC curve with its band";
pub const ROC_LINE: &str = "this test part";
pub const PRECISION_RECALL: &str = "Precision by recall";
pub const PRECISION_AXIS: &str = "Precision";

pub const BINS: &str = "Bins";
pub const BINS_ALLOWED: &str = "a whole number from 1 to 100";
pub const BINNING: &str = "Bins of equal";
pub const BY_WIDTH: &str = "width";
pub const BY_ROWS: &str = "size";
pub const CALIBRATION_CURVE: &str = "What probabilities are worth";
pub const SAID: &str = "Mean probability";
pub const EXPECTED_ERROR: &str = "Expected calibration error";
pub const MAXIMUM_ERROR: &str = "Largest error of a bin";
pub const IDEAL: &str = "means what it says";
pub const FEW: &str = "the same of fewer than 30";
pub const BIN: &str = "Probability";
pub const CUSTOMERS: &str = "Customers";

pub const TOP: &str = "Contact the top";
pub const TOP_UNIT: &str = "%";
pub const TOP_ALLOWED: &str = "above 0, at most 100";
pub const TAKEN: &str = "Share of customers contacted";
pub const GAIN_CURVE: &str = "Cumulative gain";
pub const LIFT_CURVE: &str = "Lift";
pub const LIFT_AXIS: &str = "Times as many as at random";
pub const RANDOM: &str = "at random";
pub const GAIN_HOW: &str = "Customers are taken from the highest probability down, those of one probability in random order. Lift is the gain over what as many customers at random would hold.";

pub const HISTOGRAM: &str = "Probabilities by class";
pub const PROBABILITY: &str = "Probability";
pub const SHARE_OF_CLASS: &str = "Share of its class";
pub const SCORES_HOW: &str = "Each class is counted in 20 bins of equal width and shown as shares of itself, so that a small class compares with a large one. The less the two overlap, the better the model tells them apart.";

pub const OFFER_COST: &str = "Offer cost";
pub const KEPT_VALUE: &str = "Value kept";
pub const PER_CUSTOMER: &str = "per customer";
pub const SUCCESS: &str = "Success rate";
pub const MONEY_ALLOWED: &str = "from 0";
pub const SHARE_ALLOWED: &str = "from 0 to 1";
pub const PROFIT_CURVE: &str = "Profit by threshold";
pub const PROFIT_AXIS: &str = "Profit on the test customers";
pub const BEST: &str = "Best threshold";
pub const CLOSED_FORM: &str = "t* = c / (s·V)";
pub const TO_CONTACT: &str = "To contact";
pub const AT_ALL: &str = "Scaled to all customers";
pub const USE_THRESHOLD: &str = "Use this threshold";
pub const OF: &str = "of";
pub const TEST_CUSTOMERS: &str = "test customers";
pub const BEST_SMALL: &str = "best";
pub const NO_THRESHOLD: &str = "over 1";
pub const NOBODY: &str = "nobody";
pub const NO_USE: &str = "With this offer no contact pays, so there is no threshold to use";

pub const SCORE: &str = "Score";
pub const SCORE_ACCURACY: &str = "Accuracy";
pub const SCORE_RECALL: &str = "Recall";
pub const SCORE_PRECISION: &str = "Precision";
pub const SCORE_AUC: &str = "ROC AUC";
pub const SLICE: &str = "Slice";
pub const GAP: &str = "Gap to all";
pub const BEHIND: &str = "Behind the score";
pub const ALL_CUSTOMERS: &str = "All test customers";
pub const SHOW_WORST: &str = "Show the worst 12";
pub const SLICES_HOW: &str = "A slice is one level of a category, or one of four ranges of a number with about as many customers each. Intervals are Wilson's, of the AUC Newcombe's, with 95 %. Of so many slices some look bad by chance, and those with few customers behind the score come last.";
pub const NO_SLICES: &str = "No column cuts these customers into slices.";

pub const LEARNING_CURVE: &str = "Score by number of customers learned from";
pub const LEARNED_FROM: &str = "Customers learned from";
pub const ON_TRAIN: &str = "score on those customers";
pub const ON_TEST: &str = "score on the test customers";
pub const GO_ON: &str = "Go on";
pub const LEARNING_HOW: &str = "The same settings are fitted on growing shares of the training customers, each class in its proportion and the smaller part within the larger (seed 0), and judged on the same test customers. The last point is the run itself.";

pub const OTHER: &str = "Other run";
pub const NO_OTHER: &str = "There is no other run on the same customers and the same split. Train one with other settings.";
pub const ALONE: &str = "Only this run right";
pub const OTHER_ALONE: &str = "Only the other right";
pub const MCNEMAR: &str = "McNemar's exact test";
pub const DELONG: &str = "DeLong's test";
pub const ACCURACY_DIFFERENCE: &str = "Difference in accuracy";
pub const TINY: &str = "< .001";
pub const AUC_DIFFERENCE: &str = "Difference in AUC";
pub const P: &str = "p";
pub const COMPARE_HOW: &str = "Both models are judged on the same customers, so what is easy or hard for both cancels. McNemar's exact test asks of the customers that one model alone gets right whether they could be split so evenly by chance; DeLong's asks the same of the areas under the ROC curves. A difference is said to be shown at p under .05.";

/// "Run 3 (Random forest)".
#[must_use]
pub fn run_name(number: u32, label: &str) -> String {
    format!("Run {number} ({label})")
}

/// "Show all 43".
#[must_use]
pub fn show_all(n: usize) -> String {
    format!("Show all {n}")
}

/// Why it is not fitted again at once.
#[must_use]
pub fn takes(seconds: &str) -> String {
    format!("For this the model is fitted again, which took {seconds} s.")
}

/// What two intervals of an area and an average precision come to.
#[must_use]
pub fn sure(low: &str, high: &str) -> String {
    format!(
        "In about 95 of 100 test parts like this one, the ROC AUC would lie between {low} and {high}."
    )
}

/// How they are made.
#[must_use]
pub fn sure_how(draws: &str, n_test: &str, left_out: u32) -> String {
    let out = match left_out {
        0 => String::new(),
        n => format!(" Of them {n} held one class alone and are left out."),
    };
    format!(
        "The {n_test} test customers are drawn again with replacement, {draws} times; intervals and \
         bands hold the middle 95 % of the draws.{out} Two runs whose intervals overlap can still \
         differ: set them against each other on the same customers."
    )
}

/// How far probabilities are off.
#[must_use]
pub fn off_by(expected: &str, most: &str) -> String {
    format!(
        "On average a probability is off by {expected} (expected calibration error), in the worst \
         bin by {most}."
    )
}

/// What the score would be if everybody got the base rate.
#[must_use]
pub fn base_rate(uncertainty: &str) -> String {
    format!("{uncertainty} for saying the base rate to all")
}

/// What contacting from a threshold on earns.
#[must_use]
pub fn earned_there(profit: &str) -> String {
    format!("earns {profit}")
}

/// "1 to under 9".
#[must_use]
pub fn between(from: &str, to: &str, closed: bool) -> String {
    if closed { format!("{from} to {to}") } else { format!("{from} to under {to}") }
}

/// What the best threshold earns.
#[must_use]
pub fn earns(threshold: &str, profit: &str, customer: &str, all: &str, contacted: &str) -> String {
    format!(
        "Contacting from {threshold} on earns most: {profit} on the test customers, {customer} per \
         customer; of all {all} customers about {contacted} would be contacted."
    )
}

/// That nothing is to be earned.
pub const EARNS_NOTHING: &str =
    "Contact nobody: at every threshold the offer costs more than it brings.";

/// The worst slice.
#[must_use]
pub fn worst(slice: &str, score: &str, value: &str, interval: &str, all: &str) -> String {
    format!("Worst: {slice}, {score} {value} ({interval}), against {all} of all test customers.")
}

/// That no slice has rows enough.
pub const ALL_FEW: &str =
    "Every slice has fewer than 30 customers behind the score: too few to tell.";

/// How a score grew.
#[must_use]
pub fn grew(score: &str, [few, from]: [&str; 2], [all, to]: [&str; 2], gap: &str) -> String {
    format!(
        "From {few} to {all} customers, {score} on the test customers goes from {from} to {to}; on \
         the customers it learned from it is {gap} at the end."
    )
}

/// What a paired test says; `what` is told apart.
#[must_use]
pub fn verdict(verdict: Verdict, what: &str, [first, second]: [&str; 2]) -> String {
    match verdict {
        Verdict::Identical => format!("{what}: {first} and {second} say the same of everybody."),
        Verdict::TooFewToTell => {
            format!("{what}: too little differs to tell {first} and {second} apart.")
        }
        Verdict::NoDifferenceShown => {
            format!("{what}: no difference shown; what there is could be chance.")
        }
        Verdict::FirstBetter => format!("{what}: {first} is better, by more than chance explains."),
        Verdict::SecondBetter => {
            format!("{what}: {second} is better, by more than chance explains.")
        }
    }
}

impl Classes {
    /// "those who stayed" and "those who left"; "those with Plan = no" and "those with Plan = yes".
    fn those(&self) -> [String; 2] {
        match self.leave {
            true => ["those who stayed".to_owned(), "those who left".to_owned()],
            false => {
                let column = readable(&self.target.column);
                let negative = format!("those with {column} = {}", self.target.negative_class);
                [negative, format!("those with {}", self.equation())]
            }
        }
    }

    /// How calibration is shown.
    #[must_use]
    pub fn calibration_how(&self, bins: u32, by_rows: bool) -> String {
        let width = if by_rows { "with about as many customers each" } else { "of equal width" };
        format!(
            "Test customers in {bins} bins {width}: a point is the mean probability of a bin against \
             its {}, the band Wilson's 95 % interval of that share. Bins of fewer than 30 customers \
             are pale.",
            self.share_small()
        )
    }

    /// What contacting the most likely ones reaches.
    #[must_use]
    pub fn reached(&self, top: &str, taken: &str, all: &str, found: &str, lift: &str) -> String {
        let likely = match self.leave {
            true => "most likely to leave".to_owned(),
            false => format!("with the highest probability of {}", self.equation()),
        };
        let [_, those] = self.those();
        format!(
            "The {top} {likely}, {taken} of {all} test customers, hold {found} of {those}: {lift} \
             times as many as at random."
        )
    }

    /// How the classes lie about a threshold.
    #[must_use]
    pub fn at_or_above(&self, threshold: &str, positive: &str, negative: &str) -> String {
        let [stayed, left] = self.those();
        format!(
            "At the threshold {threshold} or above: {positive} of {left}, and {negative} of {stayed}."
        )
    }

    /// What profit is.
    #[must_use]
    pub fn profit_how(&self) -> String {
        let [_, those] = self.those();
        format!(
            "Every customer contacted costs the offer; of {those}, the offer works for the success \
             rate and keeps the value of each. Profit is set against contacting nobody, in the unit of \
             your amounts; t* is exact where probabilities mean what they say. The best threshold is \
             searched on these same test customers, so its profit reads a little too high."
        )
    }
}
