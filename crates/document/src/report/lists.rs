//! Items, rows and entries: the blocks of lists, tables and glossaries.

use wenzheng_text::{Pattern, normalize::strip_quotes};

use super::{
    build::{Builder, Draft},
    label, terms,
};
use crate::{
    model::{Block, BlockKind, PassageKind, Period, Term},
    problem::Fault,
};

/// “十件民生实事”, “10件民生实事”, “为民实事”.
static LIVELIHOOD: Pattern =
    Pattern::new("([0-9一二三四五六七八九十]+[件项])?(为民|民生)(办)?实事");

impl Builder<'_> {
    pub(super) fn livelihood_item(&mut self, text: &str, line: usize) {
        // What a document that is no report lists stays with what introduces it.
        if self.meta.kind.is_titled()
            && let Some(open) = &mut self.open
        {
            open.text.push('\n');
            open.text.push_str(text);
            return;
        }
        // A heading that runs into its text opens the list like a paragraph does.
        if let Some(heading) = self.take_run_in() {
            self.open = Some(heading);
        }
        let label = match (&self.list, &mut self.open) {
            (Some(label), _) => label.clone(),
            (None, Some(open)) => {
                let label = label(&open.text);
                open.path.push(label.clone());
                label
            }
            (None, None) => match self.headings.last() {
                Some(heading) => label(heading),
                None => return, // reported by the reader
            },
        };
        self.list = Some(label.clone());
        let mut path = self.headings.clone();
        path.push(label);
        let period = self
            .open
            .as_ref()
            .map_or_else(|| self.period(), |open| open.period);
        self.push(Draft {
            kind: PassageKind::LivelihoodItem,
            path,
            text: text.to_owned(),
            heading: 0,
            period,
            line,
            cells: Vec::new(),
        });
    }

    /// Looks at the table that begins with block `at`, if one does: where it holds labels and their values,
    /// its rows are read as fields, its head among them when that is one too.
    pub(super) fn begin_table(&mut self, blocks: &[Block], at: usize) {
        let BlockKind::TableRow { header, .. } = &blocks[at].kind else {
            self.in_fields = false;
            return;
        };
        let same = |block: &&Block| matches!(&block.kind, BlockKind::TableRow { header: own, .. } if own == header);
        if at > 0 && same(&&blocks[at - 1]) {
            return;
        }
        let rows = blocks[at..]
            .iter()
            .take_while(same)
            .map(|block| &block.kind);
        self.in_fields = label::is_table_of_fields(&rows.collect::<Vec<_>>());
        if self.in_fields && label::is_field(header) {
            self.field_row(header, blocks[at].line);
        }
    }

    /// A row of a label and its value; a value that is missing is told by nobody.
    fn field_row(&mut self, cells: &[String], line: usize) {
        self.close_run_in();
        self.close_paragraph();
        let [label, value] = cells else { return };
        if value.is_empty() {
            return;
        }
        let mut path = self.headings.clone();
        path.push(label::name(label));
        let label = label.trim_end_matches(['：', ':']);
        self.push(Draft {
            kind: PassageKind::Paragraph,
            path,
            heading: label.len() + "：".len(),
            text: format!("{label}：{value}"),
            period: self.period(),
            line,
            cells: Vec::new(),
        });
    }

    /// A row is a passage of its own, below the caption of its table.
    pub(super) fn table_row(&mut self, header: &[String], cells: &[String], line: usize) {
        if self.in_fields {
            return self.field_row(cells, line);
        }
        self.close_run_in();
        self.close_paragraph();
        let (text, cells) = self.above.row(header, cells);
        if text.is_empty() {
            return;
        }
        let mut path = self.headings.clone();
        path.extend(self.above.caption.clone());
        self.push(Draft {
            kind: PassageKind::Paragraph,
            path,
            heading: 0,
            text,
            period: self.period(),
            line,
            cells,
        });
    }

    pub(super) fn entry(&mut self, name: &str, definition: &str, written: &[String], line: usize) {
        self.close_paragraph();
        if !self.names.insert(strip_quotes(name)) {
            let fault = Fault::DuplicateEntry(name.to_owned());
            self.faults.push((line, fault));
        }
        let text = format!("{name}：{definition}");
        let parts = terms::parts(&text, name.len() + "：".len());
        let path = vec![
            self.headings.first().cloned().unwrap_or_default(),
            name.to_owned(),
        ];
        self.terms.push(Term {
            name: name.to_owned(),
            aliases: terms::aliases(name, written),
            definition: definition.to_owned(),
            parts,
            passage: self.passages.len(),
            used_in: Vec::new(),
        });
        self.push(Draft {
            kind: PassageKind::Entry,
            path,
            heading: name.len() + "：".len(),
            text,
            period: Period::Undated,
            line,
            cells: Vec::new(),
        });
    }
}

/// What the list that `intro` opens is called: 十件民生实事.
fn label(intro: &str) -> String {
    LIVELIHOOD
        .find_iter(intro)
        .map(|found| found.as_str())
        .max_by_key(|label| label.len())
        .unwrap_or("民生实事")
        .to_owned()
}
