//! Parts that several pages are made of. One file a part.

pub mod card;
pub mod chart;
pub mod choice;
pub mod column_choice;
pub mod copy;
pub mod date_box;
pub mod download;
pub mod failure;
pub mod filter_box;
pub mod guide;
pub mod loading;
pub mod notices;
pub mod number_box;
pub mod probability;
pub mod rail;
pub mod segmented;
pub mod sight;
pub mod tabs;
pub mod task_bar;
pub mod threshold_slider;
pub mod top_bar;
pub mod virtual_table;
pub mod weight_bar;
