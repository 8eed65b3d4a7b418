//! The explore page.

use super::classes::Classes;
use super::names::small;

pub const TITLE: &str = "Who leaves?";
pub const TITLE_WITHOUT: &str = "What is in the table?";
pub const TITLE_OF: &str = "What goes with";
pub const ASSOCIATED: &str = "Differences describe these customers; they don't say why";
pub const EMPTY: &str = "There is no data set yet.";
pub const READ_ONE: &str = "Read or draw one";
pub const NO_TARGET: &str =
    "This table has no column to predict, so charts show how many customers there are";

pub const WAYS: &str = "Ways to look at the selection";
pub const OVERVIEW: &str = "Overview";
pub const ONE_COLUMN: &str = "One column";
pub const TWO_COLUMNS: &str = "Two columns";
pub const MANY_COLUMNS: &str = "Many columns";
pub const ROWS: &str = "Rows";

pub const SELECTION: &str = "Selection";
pub const ALL: &str = "All";
pub const OF: &str = "of";
pub const SELECTED: &str = "customers selected";
pub const OVERALL: &str = "overall";
pub const REMOVE: &str = "Remove";
pub const CLEAR: &str = "Clear all";
pub const HOW_TO_PICK: &str =
    "Click a bar to pick it, drag over a chart to pick a range; Back takes a step back";
pub const IGNORED: &str = "This data set has nothing to pick for";
pub const FILTER_EXAMPLE: &str = "Contract = \"Two year\" and tenure < 12";
pub const SAMPLE: &str = "Sample of";
pub const FRACTION: &str = "Fraction";
pub const FRACTION_ALLOWED: &str = "above 0, at most 1";
pub const SEED: &str = "Seed";
pub const SEED_SMALL: &str = "seed";
pub const SEED_ALLOWED: &str = "a whole number from 0 to 4,294,967,295";

pub const COLUMN: &str = "Column";
pub const COLUMNS: &str = "Columns";
pub const BINS: &str = "Bins";
pub const BINS_ALLOWED: &str = "a whole number from 1 to 100";
pub const PICKED_FROM: &str = "Picked from";
pub const PICKED_TO: &str = "Picked to";
pub const AT_MOST: &str = "at most";
pub const UNDER: &str = "under";
pub const AT_LEAST: &str = "at least";
pub const BOXES_BY: &str = "Boxes by";
pub const NO_CLASS: &str = "nothing";
pub const ALONG: &str = "Along";
pub const UPWARD: &str = "Upward";
pub const PICTURE: &str = "Picture";
pub const PAIR_PLOT: &str = "Pair plot";
pub const CORRELATIONS: &str = "Correlations";
pub const NO_NUMBERS: &str = "Choose a column of numbers";

pub const SHARE_UP_TO: &str = "Share of customers up to a value of";
pub const CUSTOMERS: &str = "Customers";
pub const CUSTOMERS_SMALL: &str = "customers";
pub const NUMBER_OF_CUSTOMERS: &str = "number of customers";
pub const EVERYONE: &str = "all selected";
pub const SHARE_OF_CLASS: &str = "Share of those";
pub const TO: &str = "to";
pub const TO_UNDER: &str = "to under";
pub const FROM: &str = "from";
pub const BY: &str = "by";
pub const AND: &str = "and";
pub const WITHIN: &str = "within";
pub const SIDE_BY_SIDE: &str = "side by side";
pub const STACKED: &str = "stacked";

pub const WITH: &str = "with";
pub const MOST_CUSTOMERS: &str = "Most customers are those";
pub const TOO_FEW: &str = "Too few customers to compare";

pub const V: &str = "V";
pub const ETA: &str = "η";
pub const LEVELS: &str = "levels";
pub const MISSING: &str = "missing in the file";
pub const INFORMATION: &str = "nats";
pub const CLOSER: &str = "Look closer";
pub const CRAMERS_V: &str = "Cramér's V";
pub const CRAMERS_V_ALL: &str = "How categories go together";

pub const TOGETHER: &str = "How numbers move together";
pub const ASSOCIATION: &str = "association";
pub const CORRELATION: &str = "correlation";
pub const SELECTED_ROWS: &str = "Selected rows";
pub const NO_ROWS: &str = "the worker answered rows with something else";

impl Classes {
    /// The title of Explore.
    #[must_use]
    pub fn explore_title(&self) -> String {
        match self.leave {
            true => TITLE.to_owned(),
            false => format!("{} {}?", TITLE_OF, small(&self.target.column)),
        }
    }

    /// What tells the classes apart: "who left and who stayed", "subscribed".
    #[must_use]
    pub fn both(&self) -> String {
        match self.leave {
            true => "who left and who stayed".to_owned(),
            false => small(&self.target.column),
        }
    }

    /// Before the group where the positive class is most frequent.
    #[must_use]
    pub fn most(&self) -> String {
        match self.leave {
            true => "Most leave".to_owned(),
            false => format!("{} most often", self.equation()),
        }
    }

    /// Before the group where it is least frequent.
    #[must_use]
    pub fn fewest(&self) -> &'static str {
        if self.leave { "fewest" } else { "least often" }
    }

    /// Where it is equally frequent in all groups.
    #[must_use]
    pub fn alike(&self) -> String {
        match self.leave {
            true => "As many leave everywhere".to_owned(),
            false => format!("{} as often everywhere", self.equation()),
        }
    }

    /// What the strengths of the columns mean.
    #[must_use]
    pub fn strength_why(&self) -> String {
        let target = if self.leave { "leaving".to_owned() } else { small(&self.target.column) };
        format!(
            "The strongest first: Cramér's V (V) of categories, the correlation ratio (η) of numbers; \
             0 says nothing about {target}, 1 decides it. Mutual information is in nats"
        )
    }
}
