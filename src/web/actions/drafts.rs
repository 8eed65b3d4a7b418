//! What is typed into forms and not sent yet.

use leptos::prelude::*;

use super::Lab;

impl Lab {
    /// Keeps what is typed into a form, so that it is there when its room is come back to; `None`
    /// forgets it.
    pub fn keep_draft(self, form: &str, typed: Option<String>) {
        self.write.drafts.update(|drafts| match typed {
            Some(typed) => {
                drafts.insert(form.to_owned(), typed);
            }
            None => {
                drafts.remove(form);
            }
        });
    }
}
