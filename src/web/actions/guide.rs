//! The steps of the guide that are done.

use leptos::prelude::*;

use super::Lab;
use crate::web::storage::saved::{Setting, put_setting};

impl Lab {
    /// Keeps steps of the guide as done.
    pub fn finish_steps(self, ids: Vec<&'static str>) {
        self.write.guide.update(|done| done.extend(ids.into_iter().map(str::to_owned)));
        let all = self.state.guide.with_untracked(|done| done.join(" "));
        self.background(self.keep_guide(all));
    }

    async fn keep_guide(self, all: String) {
        self.keep(put_setting(Setting::Guide, &all)).await;
    }
}
