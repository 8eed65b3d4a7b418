//! The monitor page.
