//! The two classes in words.

use crate::data::Target;
use crate::web::text::names::{readable, small};

/// What the positive class of a column named churn may be called.
const LEAVERS: [&str; 4] = ["yes", "true", "1", "churn"];

/// How a page speaks of the two classes: of who leaves and who stays where the target says so, else of
/// the target's own classes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Classes {
    target: Target,
    leave: bool,
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

    /// The page's title.
    #[must_use]
    pub fn title(&self) -> String {
        match self.leave {
            true => super::TITLE.to_owned(),
            false => format!("{} {}?", super::TITLE_OF, small(&self.target.column)),
        }
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

    fn class(&self, word: &str, level: &str) -> String {
        match self.leave {
            true => word.to_owned(),
            false => format!("{}: {level}", readable(&self.target.column)),
        }
    }

    fn leaving(&self) -> String {
        if self.leave { "leaving".to_owned() } else { format!("with {}", self.equation()) }
    }

    fn equation(&self) -> String {
        format!("{} = {}", readable(&self.target.column), self.target.positive_class)
    }
}
