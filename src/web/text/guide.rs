//! The guide and its steps.

pub const GUIDE: &str = "Guide";
pub const OF: &str = "of";
pub const DONE: &str = "done";
pub const TO_DO: &str = "to do";
pub const STEP_DONE: &str = "Step done";
pub const CLOSE: &str = "Close the guide";
pub const TAKE_ME: &str = "Take me there";
pub const WHY: &str = "Do the steps in any order; each is checked off when it was really done";

pub const LAB_3: &str = "Lab 3: data";
pub const LOOK: &str = "Look at a customer table";
pub const LOOK_HINT: &str =
    "Data shows the rows, the columns and what was left out. You can load your own file there.";
pub const SENIORS: &str = "See how senior citizens pay";
pub const SENIORS_HINT: &str = "Click Yes in the chart of SeniorCitizen, then look closer at PaymentMethod. In IBM's file 594 of 1,142 pay by electronic check.";
pub const FILTER: &str = "Filter by an expression";
pub const FILTER_HINT: &str = "Type a condition into the filter, such as tenure < 12.";
pub const SAMPLE: &str = "Take a sample";
pub const SAMPLE_HINT: &str =
    "Choose a share of the rows. With the same seed you get the same rows again.";
pub const CLONE: &str = "Copy a column with another type";
pub const CLONE_HINT: &str = "Press Copy at Churn and read the copy as a number: each value is a gap, until Values reads Yes as 1 and No as 0.";

pub const LAB_4: &str = "Lab 4: explore";
pub const CHURNERS: &str = "Count who left";
pub const CHURNERS_HINT: &str = "Type Churn = Yes into the filter and read how many are selected. In IBM's file 1,869 of 7,032.";
pub const GROUP: &str = "Group by a category";
pub const GROUP_HINT: &str =
    "Choose a column of categories, such as PaymentMethod, and compare who leaves.";
pub const HISTOGRAM: &str = "Draw a histogram";
pub const HISTOGRAM_HINT: &str =
    "Choose a column of numbers, such as tenure. New customers leave most.";
pub const BOX: &str = "Draw a box plot";
pub const BOX_HINT: &str = "Choose a column of numbers and split it by a category: each box holds the middle half of a group.";
pub const PAIRS: &str = "Draw a pair plot";
pub const PAIRS_HINT: &str = "Look at many columns at once and see which of them move together.";

pub const LAB_5: &str = "Lab 5: train";
pub const FIT: &str = "Train a model yourself";
pub const FIT_HINT: &str =
    "The lab made the first run. Change a setting, train, and compare the two.";
pub const THRESHOLD: &str = "Move the threshold";
pub const THRESHOLD_HINT: &str =
    "A lower threshold finds more of those who leave and bothers more of those who stay.";

pub const GRID: &str = "Run the ten experiments";
pub const GRID_HINT: &str = "Choose A grid and press The workshop's ten runs. In IBM's file the linear ones get .589, .472, .655, .636 and .792 of the test customers right: more steps are not always better.";
pub const STEPS: &str = "Go through a run step by step";
pub const STEPS_HINT: &str = "Look at one of the linear runs, open Step by step and move the slider: the solver's objective gets better at every step, accuracy does not.";
pub const COMPARE: &str = "Compare runs";
pub const COMPARE_HINT: &str = "Pick two runs or more in the table below: what differs comes first, and a chart shows a score over a setting.";
pub const REGISTER: &str = "Name a champion";
pub const REGISTER_HINT: &str = "Look at a run, register it in the registry at the end of the page, and give the version the alias champion.";

pub const TRUST: &str = "See what an explanation is worth";
pub const TRUST_HINT: &str = "On Explain open Can it be trusted?: the same explanation with 30 seeds, with other settings, and beside Shapley values.";
pub const WHOLE: &str = "Look at the model as a whole";
pub const WHOLE_HINT: &str = "On Explain open The model as a whole: what gets worse when a feature is shuffled, and how the probability moves with it.";

pub const LAB_6: &str = "Lab 6: serve";
pub const DEPLOY: &str = "Deploy a model";
pub const DEPLOY_HINT: &str = "Give it a name. It then answers calls under that name.";
pub const CALL: &str = "Call it";
pub const CALL_HINT: &str = "Send one customer and read the probability and the reasons.";

pub const LAB_7: &str = "Lab 7: explain";
pub const CUSTOMER: &str = "Look at another customer";
pub const CUSTOMER_HINT: &str =
    "Step to the next customer or type a number, and see which weights change.";
pub const EDIT: &str = "Ask what if";
pub const EDIT_HINT: &str =
    "Change the internet service or the contract of a customer and watch the probability.";

pub const FIBER: &str = "Take the fiber away";
pub const FIBER_HINT: &str = "Set Internet service to DSL for a customer who has fiber optic. In IBM's file the lab's first model gives customer 2323 58.0 %, and 28.2 % with DSL. The price no longer fits then: Repair sets it.";
pub const WHATIF: &str = "Ask what would change it";
pub const WHATIF_HINT: &str = "On Explain open What would change it?: curves of every feature, and the fewest changes that bring the customer below the threshold.";

pub const ALL_CUSTOMERS: &str = "Open the table of all customers";
pub const ALL_CUSTOMERS_HINT: &str = "Every row has a probability, and each feature is coloured by its weight: one scale, centred at zero.";
pub const CONTACT: &str = "Decide whom to contact";
pub const CONTACT_HINT: &str =
    "Move the threshold over the table: who comes in, who drops out, and what the offer earns.";
pub const REASONS: &str = "Explain 10 random customers, or all";
pub const REASONS_HINT: &str = "Press 10 random: with the same seed you get the same ones again. Explain all works on every core.";
pub const SEGMENT: &str = "Open a segment";
pub const SEGMENT_HINT: &str = "In Segments choose a first column, such as InternetService, and see which group leaves most and why.";

pub const LAB_8: &str = "Lab 8: monitor";
pub const SIMULATE: &str = "Simulate calls";
pub const SIMULATE_HINT: &str = "A thousand calls show how accuracy falls when the truth changes.";
pub const DRIFT: &str = "Check for drift";
pub const DRIFT_HINT: &str =
    "Compare the customers of the calls with those the model learned from.";
