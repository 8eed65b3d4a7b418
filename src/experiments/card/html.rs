//! HTML that only ever holds texts as texts.

/// A document that grows. Tags and attributes are the lab's own; everything else goes in through
/// [`Html::text`], so that a text of a file is never markup.
#[derive(Default)]
pub struct Html(String);

impl Html {
    /// The document so far.
    pub fn into_string(self) -> String {
        self.0
    }

    /// The lab's own markup.
    pub fn tags(&mut self, tags: &'static str) -> &mut Self {
        self.0.push_str(tags);
        self
    }

    /// A text, escaped; what is no character of a document becomes a blank.
    pub fn text(&mut self, text: &str) -> &mut Self {
        for letter in text.chars() {
            match letter {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                letter if letter.is_control() => self.0.push(' '),
                letter => self.0.push(letter),
            }
        }
        self
    }

    /// A picture that a `Picture` brings.
    pub fn drawing(&mut self, svg: &str) -> &mut Self {
        self.0.push_str(svg);
        self
    }

    /// A heading of a section.
    pub fn heading(&mut self, text: &str) -> &mut Self {
        self.tags("<h2>").text(text).tags("</h2>\n")
    }

    /// A paragraph.
    pub fn paragraph(&mut self, text: &str) -> &mut Self {
        self.tags("<p>").text(text).tags("</p>\n")
    }

    /// Points.
    pub fn points(&mut self, points: &[String]) -> &mut Self {
        self.tags("<ul>\n");
        for point in points {
            self.tags("<li>").text(point).tags("</li>\n");
        }
        self.tags("</ul>\n")
    }

    /// Names and what they stand for.
    pub fn facts(&mut self, facts: &[(&str, String)]) -> &mut Self {
        self.tags("<dl>\n");
        for (name, value) in facts {
            self.tags("<dt>").text(name).tags("</dt><dd>").text(value).tags("</dd>\n");
        }
        self.tags("</dl>\n")
    }

    /// A table with a header; the first cell of a row names it, and all but the last `n_texts` of the
    /// others are numbers.
    pub fn table(
        &mut self,
        caption: &str,
        header: &[String],
        rows: &[Vec<String>],
        n_texts: usize,
    ) -> &mut Self {
        let is_number = |at: usize| at > 0 && at + n_texts < header.len();
        self.tags("<table>\n<caption>").text(caption).tags("</caption>\n<thead><tr>");
        for (at, cell) in header.iter().enumerate() {
            let number = is_number(at);
            self.tags(if number { "<th scope=\"col\" class=\"n\">" } else { "<th scope=\"col\">" });
            self.text(cell).tags("</th>");
        }
        self.tags("</tr></thead>\n<tbody>\n");
        for row in rows {
            self.tags("<tr>");
            for (at, cell) in row.iter().enumerate() {
                let (open, close) = match at {
                    0 => ("<th scope=\"row\">", "</th>"),
                    _ if is_number(at) => ("<td class=\"n\">", "</td>"),
                    _ => ("<td>", "</td>"),
                };
                self.tags(open).text(cell).tags(close);
            }
            self.tags("</tr>\n");
        }
        self.tags("</tbody>\n</table>\n")
    }
}
