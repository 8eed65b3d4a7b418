//! The table by keys: which row is marked, and what is said of it.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::{BLOCK, Head, ROW, Window, value_words};
use crate::charts::format;
use crate::web::text::table as text;

impl Window {
    /// Rows that can be seen from top to bottom.
    pub(super) fn fit(self) -> u32 {
        ((self.seen.get_untracked() / ROW).floor() as u32).saturating_sub(1).max(1)
    }

    /// The marked row stays in sight while the table is scrolled.
    pub(super) fn keep_marked(self) {
        let Some(marked) = self.marked else { return };
        let (first, at) = (self.first.get_untracked(), marked.get_untracked());
        let inside = at.clamp(first, first.saturating_add(self.fit() - 1));
        if inside != at {
            marked.set(inside);
        }
    }

    /// Marks a row and brings it into sight.
    fn mark(self, marked: RwSignal<u32>, row: f64) {
        let last = f64::from(self.total.get_untracked()) - 1.0;
        let row = row.clamp(0.0, last.max(0.0));
        marked.set(row as u32);
        let (first, fit) = (f64::from(self.first.get_untracked()), f64::from(self.fit()));
        if row < first {
            self.go(row);
        } else if row > first + fit - 1.0 {
            self.go(row - fit + 1.0);
        }
    }

    /// Rows and pages by keys, whatever a step of the scroll bar is.
    pub(super) fn key(self, event: &web_sys::KeyboardEvent) {
        let page = f64::from(self.count.get_untracked().saturating_sub(3).max(1));
        // what moves: the row that is marked, else the first one in sight
        let at = f64::from(self.marked.unwrap_or(self.first).get_untracked());
        let to = match event.key().as_str() {
            "ArrowDown" => at + 1.0,
            "ArrowUp" => at - 1.0,
            "PageDown" => at + page,
            "PageUp" => at - page,
            "Home" => 0.0,
            "End" => f64::from(self.total.get_untracked()),
            "Enter" => return self.open(event),
            _ => return,
        };
        event.prevent_default();
        match self.marked {
            Some(marked) => self.mark(marked, to),
            None => self.go(to),
        }
    }

    /// Follows the link of the marked row. Links of rows are no stops of Tab: the browser would
    /// scroll to them, and rows go as the table scrolls.
    fn open(self, event: &web_sys::KeyboardEvent) {
        let Some(scroller) = self.scroller.get_untracked() else { return };
        // the heads have buttons of their own
        let is_table = event.target().is_some_and(|target| target == *scroller.unchecked_ref());
        let link = scroller.query_selector("tbody tr.marked a").ok().flatten().filter(|_| is_table);
        if let Some(link) = link.and_then(|link| link.dyn_into::<web_sys::HtmlElement>().ok()) {
            event.prevent_default();
            link.click();
        }
    }

    /// "Rows 1 to 20 of 7,032", and which of them is marked, by what stands in its first column.
    pub(super) fn said(self, heads: &[Head]) -> String {
        let total = self.total.get();
        if total == 0 {
            return text::NONE.to_owned();
        }
        let count = |rows: u32| format::count(u64::from(rows));
        let first = self.first.get();
        let last = (first + self.count.get().saturating_sub(2).max(1)).min(total);
        let rows = format!(
            "{} {} {} {} {} {}",
            text::ROWS,
            count(first + 1),
            text::TO,
            count(last),
            text::OF,
            count(total)
        );
        let marked = self.marked.filter(|_| self.has_focus.get());
        let Some(marked) = marked.map(|marked| marked.get()) else { return rows };
        let value = self.blocks.with(|blocks| {
            let row = blocks.get(&(marked / BLOCK))?.rows.get((marked % BLOCK) as usize)?;
            let head = heads.first()?;
            Some(value_words(row.values.get(head.column)?, head.is_date))
        });
        text::marked(&rows, &count(marked + 1), value.as_deref().unwrap_or_default())
    }
}
