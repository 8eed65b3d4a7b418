//! The two classes in words.

use super::names::readable;
use crate::data::Target;

/// What the positive class of a column named churn may be called.
const LEAVERS: [&str; 4] = ["yes", "true", "1", "churn"];

/// How a page speaks of the two classes: of who leaves and who stays where the target says so, else of
/// the target's own classes. Each room's words stand in its own module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Classes {
    pub(super) target: Target,
    pub(super) leave: bool,
}

impl Classes {
    /// The one place that decides it.
    #[must_use]
    pub fn of(target: &Target) -> Self {
        let is = |text: &str, word: &str| text.eq_ignore_ascii_case(word);
        let leave = is(&target.column, "churn")
            && LEAVERS.iter().any(|word| is(&target.positive_class, word));
        Self { target: target.clone(), leave }
    }

    /// The target's column.
    #[must_use]
    pub fn column(&self) -> &str {
        &self.target.column
    }

    /// "left", "Subscribed: yes".
    #[must_use]
    pub fn positive(&self) -> String {
        self.class("left", &self.target.positive_class)
    }

    /// "stayed", "Subscribed: no".
    #[must_use]
    pub fn negative(&self) -> String {
        self.class("stayed", &self.target.negative_class)
    }

    /// The class of the target's level of that name.
    #[must_use]
    pub fn place(&self, level: &str) -> usize {
        usize::from(level == self.target.positive_class)
    }

    /// After a share: "leave", "Subscribed = yes".
    #[must_use]
    pub fn are(&self) -> String {
        if self.leave { "leave".to_owned() } else { self.equation() }
    }

    /// "Share leaving", "Share with Subscribed = yes".
    #[must_use]
    pub fn share(&self) -> String {
        format!("Share {}", self.leaving())
    }

    /// The same in the middle of a sentence.
    #[must_use]
    pub fn share_small(&self) -> String {
        format!("share {}", self.leaving())
    }

    fn class(&self, word: &str, level: &str) -> String {
        match self.leave {
            true => word.to_owned(),
            false => format!("{}: {level}", readable(&self.target.column)),
        }
    }

    fn leaving(&self) -> String {
        if self.leave { "leaving".to_owned() } else { format!("with {}", self.equation()) }
    }

    /// What is predicted, in the middle of a sentence: "leaving", "Subscribed = yes".
    #[must_use]
    pub fn outcome(&self) -> String {
        if self.leave { "leaving".to_owned() } else { self.equation() }
    }

    /// One word or level for each side, negative first: "stays" and "leaves", "no" and "yes".
    #[must_use]
    pub fn sides(&self) -> [String; 2] {
        match self.leave {
            true => ["stays".to_owned(), "leaves".to_owned()],
            false => {
                let Target { negative_class, positive_class, .. } = &self.target;
                [negative_class.clone(), positive_class.clone()]
            }
        }
    }

    /// "Subscribed = yes".
    pub(super) fn equation(&self) -> String {
        format!("{} = {}", readable(&self.target.column), self.target.positive_class)
    }
}
