//! The customers page.

use super::classes::Classes;
use super::names::small;

pub const TITLE: &str = "All customers";
pub const SUB: &str = "Every customer with the probability and the reasons for it; a reason is what the model goes by, not a cause";
pub const NEED_MODEL: &str = "All customers are shown once there is a model.";
pub const TRAIN_ONE: &str = "Train one";
pub const NEED_DATA: &str = "There is no data set yet.";
pub const READ_ONE: &str = "Read or draw one";

pub const WAYS: &str = "Ways to look at the customers";
pub const TABLE: &str = "Table";
pub const SEGMENTS: &str = "Segments";

pub const CUSTOMERS_TABLE: &str = "Customers, coloured by the weight of each feature";
pub const FILTER_EXAMPLE: &str = "probability > .5 and Contract = \"Two year\"";
pub const SEARCH: &str = "Find an identifier";
pub const SORT_BY_WEIGHT: &str = "Sort by weight of";
pub const NO_WEIGHT: &str = "no feature";
pub const FIRST_END: &str = "First come weights";
pub const SORT_FIRST: &str = "An order by weight needs every selected customer explained first; until then the table stays as it was";
pub const GROUP_FIRST: &str =
    "A group by reasons needs every customer explained first; until then the table stays as it was";
pub const LEAVE: &str = "All customers instead of";
pub const ALL_COLUMNS: &str = "All columns";
pub const STRONGEST: &str = "10 strongest";
pub const SHOW_WEIGHTS: &str = "Show weights";
pub const TEN_RANDOM: &str = "10 random";
pub const ALL: &str = "All customers";
pub const SEED: &str = "Seed";
pub const SEED_ALLOWED: &str = "a whole number from 0 to 4,294,967,295";
pub const EXPLAIN_ALL: &str = "Explain all";
pub const CSV: &str = "CSV";
pub const CSV_WHY: &str =
    "The selected customers with their probabilities and the three largest reasons of each";
pub const NOT_SAVED: &str = "The browser did not take the file";
pub const ALL_EXPLAINED: &str = "All are explained";
pub const EXPLAINED: &str = "customers explained";
pub const OF: &str = "of";
pub const SELECTED: &str = "customers selected";
pub const NO_COLOUR: &str = "A cell without colour is not explained yet, or its weight is zero; which of the two, its title says. Colours are LIME's weights on 5,000 neighbours, as on Explain.";
pub const KEYS: &str = "In the table, arrow keys go from customer to customer and Enter explains the one that is marked.";
pub const SCALE: &str = "one scale for all, up to";
pub const NOT_EXPLAINED: &str = "not explained yet";
pub const WEIGHT: &str = "weight";
pub const EXPLAIN_ONE: &str = "Explain";

pub const THRESHOLD: &str = "Threshold";
pub const THRESHOLD_ALLOWED: &str = "from 0 to 1";
pub const THRESHOLD_CARD: &str = "What a threshold does";
pub const TO_CONTACT: &str = "To contact";
pub const FLIPPED: &str = "Flipped";
pub const PROFIT: &str = "Expected profit";
pub const PROFIT_NOTE: &str = "Σ p·s·V − c over the customers to contact, if probabilities mean what they say. Customers that trained the model flatter the counts; Train judges it on customers it never saw.";
pub const OFFER_COST: &str = "Offer costs";
pub const KEPT_VALUE: &str = "Kept customer is worth";
pub const SUCCESS: &str = "Offer works for";
pub const COUNTS: &str = "True and predicted class of all customers";
pub const HAPPENED: &str = "In the data";
pub const BELOW: &str = "below the threshold";
pub const FROM: &str = "from the threshold on";

pub const FIRST: &str = "First column";
pub const SECOND: &str = "Second column";
pub const NO_SECOND: &str = "none";
pub const BY: &str = "Segments by";
pub const BY_COLUMNS: &str = "columns";
pub const BY_REASONS: &str = "reasons";
pub const GROUPS: &str = "Groups";
pub const GROUPS_ALLOWED: &str = "a whole number from 2 to 8";
pub const CLUSTERS_HOW: &str = "Every customer is explained; customers whose weights are near each other are one group (k-means, starts drawn by the seed). Main reasons are the group's largest mean weights.";
pub const SEGMENT: &str = "Segment";
pub const N: &str = "Customers";
pub const MEAN: &str = "Mean probability";
pub const REASONS: &str = "Main reasons";
pub const QUARTILES: &str = "Numbers are cut into quartile bins. Main reasons are the largest mean weights of the customers explained so far. The interval is Wilson's, 95 %.";

/// "+12 come in, −3 drop out against .50".
#[must_use]
pub fn flips(added: &str, dropped: &str, reference: &str) -> String {
    format!("+{added} come in, −{dropped} drop out against {reference}")
}

impl Classes {
    /// Over the shares of a segment: "Share leaving".
    #[must_use]
    pub fn segment_share(&self) -> String {
        self.share()
    }

    /// What both ends of the colours say: "towards stays".
    #[must_use]
    pub fn towards(&self) -> [String; 2] {
        self.sides().map(|side| format!("towards {}", small(&side)))
    }
}

/// "telco-scored.csv".
#[must_use]
pub fn csv_name(dataset: &str) -> String {
    format!("{}-scored.csv", dataset.trim_end_matches(".csv"))
}

/// "Group 1".
#[must_use]
pub fn group(place: usize) -> String {
    format!("Group {}", place + 1)
}

/// "Group 2 of 4 by reasons".
#[must_use]
pub fn group_of(place: usize, groups: u32) -> String {
    format!("{} of {groups} by reasons", group(place))
}

/// What the strongest columns are.
#[must_use]
pub fn strongest_why(explained: &str) -> String {
    format!(
        "strongest are the features with the largest mean absolute weight of the {explained} customers explained so far"
    )
}

/// "The groups hold 62% of what differs between the customers' reasons."
#[must_use]
pub fn between(share: &str) -> String {
    format!("The groups hold {share} of what differs between the customers' reasons.")
}
