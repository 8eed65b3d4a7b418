//! A run step by step, on the train page.

use super::classes::Classes;
use super::names::readable;

pub const TAB: &str = "Step by step";
pub const STEP: &str = "Step";
pub const PLAY: &str = "Play";
pub const PAUSE: &str = "Pause";
pub const JUMP: &str = "Jump to a step";
pub const ALONG: &str = "Along";
pub const UPWARD: &str = "Upward";

pub const ACCURACY: &str = "Accuracy by step";
pub const ACCURACY_AXIS: &str = "Accuracy";
pub const ON_TEST: &str = "test customers";
pub const ON_TRAIN: &str = "customers learned from";
pub const OBJECTIVE: &str = "What the solver minimises, by step";
pub const OBJECTIVE_AXIS: &str = "Objective";
pub const VIOLATION: &str = "How far from done, by step";
pub const VIOLATION_AXIS: &str = "Worst violation of optimality";
pub const DASHED: &str = "The dashed line is the step shown.";
pub const STEPS_AXIS: &str = "Steps";
pub const TOLERANCE: &str = "done below";
pub const DECISION: &str = "decision value";
pub const PROBABILITY: &str = "probability over or under one half";

pub const WHY_SUPPORT: &str = "The objective falls at every step, but accuracy is not what a step minimises: a fit that is cut off has not met its conditions yet, and more steps can be worse before they are better.";
pub const WHY_NEWTON: &str = "Each step goes to the minimum of the parabola that fits the objective where it stands. The objective falls at every step; accuracy, which counts customers, need not rise with it.";
pub const IS_THE_RUN: &str = "This is the run itself.";

pub const NO_STEPS: &str = "There is nothing to go through here: this family is not fitted by steps that can be counted. Train a support vector classifier or a logistic regression and come back.";
pub const NO_STEPS_CV: &str = "There is nothing to go through here: this run is many fits, which choose its C. Train a logistic regression with the chosen C and come back.";
pub const NO_PICTURE: &str = "A picture needs two features, and this run has fewer.";

pub const SUPPORT_HOW: &str = "The run is fitted again and looked at after each of its first 20 steps, then 20 times between a power of ten and the next. A frame is what max_iter at its number gives, to the same bits: the class is the sign of the decision value. The objective is the dual one, ½·αᵀQα − Σα; the violation is that of the worst pair of customers among those the solver has not set aside.";
pub const NEWTON_HOW: &str = "The run is fitted again and looked at after every Newton step. A frame is what max_iter at its number gives, to the same bits. The objective is C times the log loss plus the penalty; the violation is how far the worst weight is from its condition of optimality.";
pub const OTHERS: &str = "Where the others are held";

/// "10".
#[must_use]
pub fn jump(step: &str) -> String {
    format!("Step {step}")
}

/// What a screen reader says of the slider.
#[must_use]
pub fn after(steps: &str) -> String {
    format!("after {}", counted(steps))
}

/// "1 step", "1,000 steps".
#[must_use]
pub fn counted(steps: &str) -> String {
    if steps == "1" { "1 step".to_owned() } else { format!("{steps} steps") }
}

/// What a frame is worth beside the run.
#[must_use]
pub fn frame(steps: &str, [test, train]: [&str; 2], run: Option<[&str; 2]>) -> String {
    let so_far = format!(
        "After {} the model is right for {test} of the test customers and {train} of those it \
         learned from",
        counted(steps)
    );
    match run {
        Some([all, run]) => format!("{so_far}; the run, after {}, for {run}.", counted(all)),
        None => format!("{so_far}. {IS_THE_RUN}"),
    }
}

/// "1,234 support vectors", "log loss .426".
#[must_use]
pub fn support(vectors: &str) -> String {
    format!("{vectors} support vectors")
}

/// The same of a logistic regression.
#[must_use]
pub fn log_loss(loss: &str) -> String {
    format!("test log loss {loss}")
}

/// The button that fits the run that ends at a frame.
#[must_use]
pub fn make_run(steps: &str) -> String {
    format!("Make a run of {}", counted(steps))
}

/// The picture's heading.
#[must_use]
pub fn picture(x: &str, y: &str) -> String {
    format!("What it says by {} and {}", super::names::small(x), super::names::small(y))
}

/// What the picture holds still.
#[must_use]
pub fn held(n_others: usize) -> String {
    let others = match n_others {
        0 => String::new(),
        1 => "The other feature is held at its median or most frequent level. ".to_owned(),
        n => format!(
            "The other {n} features are held still: numbers at their median, categories at their \
             most frequent level. "
        ),
    };
    format!(
        "{others}Dots are some of the test customers, coloured by what is true of them; they differ \
         in the other features too, so a dot on the other side need not be a mistake."
    )
}

/// "Contract: Month-to-month".
#[must_use]
pub fn other(name: &str, value: &str) -> String {
    format!("{}: {value}", readable(name))
}

impl Classes {
    /// The two sides of the boundary: "called stayed" and "called left".
    #[must_use]
    pub fn called(&self) -> [String; 2] {
        [self.negative(), self.positive()].map(|side| format!("called {side}"))
    }
}
