//! How many documents there are of each kind.

use super::{DocumentInfo, DocumentKind};

/// How many documents of each kind are loaded, and how many terms they explain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Inventory {
    /// Work reports.
    pub reports: usize,
    /// Notices, guides, tables of standards, lists.
    pub policies: usize,
    /// Collections of questions with their answers.
    pub faqs: usize,
    /// Any other documents.
    pub others: usize,
    /// Documents with a glossary.
    pub glossaries: usize,
    /// Terms in all of these.
    pub terms: usize,
}

impl Inventory {
    /// Of these documents.
    #[must_use]
    pub fn of(documents: &[DocumentInfo]) -> Self {
        let mut all = Self::default();
        for document in documents {
            *match document.meta.kind {
                DocumentKind::WorkReport => &mut all.reports,
                DocumentKind::Policy => &mut all.policies,
                DocumentKind::Faq => &mut all.faqs,
                DocumentKind::Document => &mut all.others,
            } += 1;
            all.glossaries += usize::from(!document.terms.is_empty());
            all.terms += document.terms.len();
        }
        all
    }

    /// How many documents there are in all.
    #[must_use]
    pub const fn documents(&self) -> usize {
        self.reports + self.policies + self.faqs + self.others
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{Library, load_texts};

    #[test]
    fn documents_count_by_kind_and_terms_by_document() {
        let texts = [
            (
                "a.md",
                "---\ntitle: 2024年石门县政府工作报告\nplace: 石门县\nyear: 2024\n---\n\n## 2024年重点工作\n\n修路。\n\n\
                 ## 名词解释\n\n- **一核**：指县城。\n- **两翼**：指南川和北川。\n",
            ),
            (
                "b.md",
                "---\nkind: policy\ntitle: 石门县高龄津贴办法\n---\n\n## 对象\n\n老人。\n",
            ),
        ];
        let corpus = load_texts(&texts).expect("in order").corpus;
        let inventory = Inventory::of(Library::new(corpus).documents());
        assert_eq!(
            inventory,
            Inventory {
                reports: 1,
                policies: 1,
                glossaries: 1,
                terms: 2,
                ..Inventory::default()
            }
        );
        assert_eq!(inventory.documents(), 2);
    }
}
