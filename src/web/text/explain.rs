//! The explain page.

use super::classes::Classes;
use super::names::readable;

/// Before anything is known of the target.
pub const TITLE: &str = "Why would this customer leave?";
pub const SUB: &str = "as the model sees them. Change any value";
pub const CUSTOMER: &str = "Customer";
pub const CUSTOMER_HINT: &str = "ID or row number";
pub const SHOW: &str = "Show";
pub const RANDOM: &str = "Random customer";
pub const UNDO: &str = "Undo";
pub const RESET: &str = "Reset";
pub const NOTHING_TO_UNDO: &str = "Nothing has been changed";
pub const FEATURE: &str = "Feature";
pub const VALUE: &str = "Value";
pub const WEIGHT: &str = "Weight";
pub const BAR: &str = "Weight from zero";
pub const NOT_CHOSEN: &str = "not chosen";
pub const CHANGED: &str = "changed";
pub const OF_100: &str = "of 100";
pub const WAS: &str = "was";
pub const THRESHOLD_50: &str = "threshold 50";
pub const SETTINGS: &str = "How it is made";
pub const FEATURES: &str = "Features shown";
pub const SHOW_ALL: &str = "Show all";
pub const ALL: &str = "All";
pub const SEED: &str = "Seed";
pub const SEED_WHY: &str = "The same seed draws the same neighbours, here and in Python's lime";
pub const SAMPLES: &str = "Neighbours";
pub const METHOD: &str = "LIME draws neighbours that resemble the training data, asks the model about each, and fits a straight line that counts close ones most. A weight is what the condition adds to that line.";
pub const NOT_CAUSAL: &str = "Weights describe the model, not causes.";
pub const WEAK: &str = "The straight line fits the model poorly here: read the weights with care.";
pub const NEED_MODEL: &str = "There is no model for this data set yet.";
pub const TRAIN_ONE: &str = "Train one";
pub const SEED_ALLOWED: &str = "a whole number from 0 to 4,294,967,295";
pub const SAMPLES_ALLOWED: &str = "a whole number from 2 to 100,000";

/// The features that are folded away.
#[must_use]
pub fn others(count: usize) -> String {
    match count {
        1 => "1 other, its weight".to_owned(),
        count => format!("{count} others together"),
    }
}

impl Classes {
    /// The title of Explain before there is a probability.
    #[must_use]
    pub fn explain_waiting(&self) -> String {
        match self.leave {
            true => TITLE.to_owned(),
            false => format!("What speaks for {}?", self.equation()),
        }
    }

    /// The title of Explain: which side is likely.
    #[must_use]
    pub fn explain_title(&self, positive: bool) -> String {
        let side = match (self.leave, positive) {
            (true, true) => "this customer likely to leave".to_owned(),
            (true, false) => "this customer likely to stay".to_owned(),
            (false, true) => format!("{} likely", self.equation()),
            (false, false) => format!("{} unlikely", self.equation()),
        };
        format!("Why is {side}?")
    }

    /// The title of the weights.
    #[must_use]
    pub fn weights_title(&self) -> String {
        match self.leave {
            true => "What speaks for leaving, what for staying".to_owned(),
            false => format!("What speaks for {}, what against", self.equation()),
        }
    }

    /// "Probability of leaving", "Probability of Subscribed = yes".
    #[must_use]
    pub fn probability(&self) -> String {
        format!("Probability of {}", self.outcome())
    }

    /// What is known of a customer: in short, and what that is.
    #[must_use]
    pub fn truth(&self, positive: bool) -> [String; 2] {
        let [negative, this] = self.happened();
        let class = if positive { this } else { negative };
        match self.leave {
            true => [class, "is what this customer did, as stored".to_owned()],
            false => {
                let column = readable(&self.target.column);
                [format!("{column}: {class}"), "is what is stored of this customer".to_owned()]
            }
        }
    }
}
