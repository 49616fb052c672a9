//! Policy documents that no longer hold, that soon will not, and chains of them that lead nowhere.

use time::Date;

use super::{
    finding::{Doubt, Finding},
    validity_doubt::ValidityDoubt,
};
use crate::corpus::{Document, DocumentInfo, DocumentKind, Reference, Validities, Validity};

/// Days before its last one on which a document is spoken of.
const SOON: i64 = 60;

/// What is doubtful on `today` about how long the policy documents among `documents` hold; `line` gives that of a
/// key of the front matter.
pub(super) fn find(
    documents: &[Document],
    today: Date,
    line: impl Fn(&Document, &str) -> usize,
) -> Vec<Finding> {
    let listed: Vec<DocumentInfo> = documents
        .iter()
        .enumerate()
        .map(|(index, document)| DocumentInfo {
            index,
            ..DocumentInfo::of(document)
        })
        .collect();
    let validities = Validities::of(&listed);
    let found = |document: &Document, key: &str, doubt| {
        Finding::new(&document.file, line(document, key), Doubt::Validity(doubt))
    };
    let references = validities
        .unknown()
        .chain(validities.circular())
        .map(|reference| {
            let document = &documents[reference.document];
            found(
                document,
                reference.relation.key(),
                of_reference(reference, documents),
            )
        });
    let standing = listed.iter().zip(documents).filter_map(|(info, document)| {
        let doubt = of_standing(validities.on(info, today)?, today)?;
        Some(found(document, key_of_end(document), doubt))
    });
    references.chain(standing).collect()
}

/// What is doubtful about a reference that leads nowhere or in a circle.
fn of_reference(reference: &Reference, documents: &[Document]) -> ValidityDoubt {
    let (relation, name) = (reference.relation, reference.name.clone());
    match reference.to {
        None => ValidityDoubt::NotLoaded { relation, name },
        Some(to) if to == reference.document => ValidityDoubt::OfItself { relation, name },
        Some(to) => ValidityDoubt::Circular {
            relation,
            name,
            other: documents[to].file.display().to_string(),
        },
    }
}

/// What is doubtful about a document that stands so on `today`.
fn of_standing(validity: Validity, today: Date) -> Option<ValidityDoubt> {
    match validity {
        Validity::Expired { on } => Some(ValidityDoubt::Expired(on)),
        Validity::Until(until) | Validity::Extended { until, .. } => {
            let days = (until - today).whole_days();
            (days <= SOON).then_some(ValidityDoubt::ExpiresSoon { until, days })
        }
        Validity::NotYet { .. }
        | Validity::Replaced { .. }
        | Validity::OfYear(_)
        | Validity::Unstated => None,
    }
}

/// The key of the front matter that says how long a document holds.
fn key_of_end(document: &Document) -> &'static str {
    debug_assert_eq!(document.meta.kind, DocumentKind::Policy);
    match document.meta.policy.valid_years {
        Some(_) if document.meta.policy.expires_on.is_none() => "valid_years",
        _ => "expires_on",
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;
    use crate::corpus::load_texts;

    /// What is told on 30 November 2026 about policy documents with these front matters, named by their order.
    fn told(keys: &[&str]) -> Vec<String> {
        let text = |n: usize, keys: &str| {
            let text = format!(
                "---\nkind: policy\ntitle: 安和县第{n}号办法全文\n{keys}\n---\n\n## 对象\n\n老人。\n"
            );
            (format!("{n}.md"), text)
        };
        let texts: Vec<(String, String)> = keys
            .iter()
            .enumerate()
            .map(|(n, keys)| text(n, keys))
            .collect();
        let texts: Vec<(&str, &str)> = texts
            .iter()
            .map(|(name, text)| (&**name, &**text))
            .collect();
        let documents = load_texts(&texts).expect("in order").corpus.documents;
        let found = find(&documents, date!(2026 - 11 - 30), |_, key| key.len());
        found.iter().map(Finding::to_string).collect()
    }

    #[test]
    fn documents_that_end_are_told_before_and_after() {
        let expired = "已于2026年11月29日过期。如果已经延期，请导入延期的通知；如果不再执行，可以移出文件夹，留着的话回答会注明已过期";
        let rest = "请向主管部门核实到期后是否延期；如果延期，请导入延期的通知";
        for (keys, expected) in [
            (
                "expires_on: 2026-11-29",
                Some(format!("0.md:10: 提醒：{expired}")),
            ),
            (
                "expires_on: 2026-11-30",
                Some(format!(
                    "0.md:10: 提醒：2026年11月30日到期，就是今天。{rest}"
                )),
            ),
            (
                "effective_on: 2025-01-30\nvalid_years: 2",
                Some(format!(
                    "0.md:11: 提醒：2027年1月29日到期，还有60天。{rest}"
                )),
            ),
            ("expires_on: 2027-01-30", None),
            ("for_year: 2026", None),
            ("effective_on: 2027-01-01", None),
        ] {
            assert_eq!(told(&[keys]), Vec::from_iter(expected), "{keys}");
        }
    }

    #[test]
    fn what_was_replaced_or_extended_is_not_told_as_expired() {
        let old = "doc_number: 安政发〔2020〕8号\nexpires_on: 2025-12-31";
        assert_eq!(told(&[old, "repeals: 安政发〔2020〕8号"]), [""; 0]);
        let later = "extends: 安政发〔2020〕8号\nexpires_on: 2028-06-30";
        assert_eq!(told(&[old, later]), [""; 0]);
        let sooner = "extends: 安政发〔2020〕8号\nexpires_on: 2026-12-31";
        let told = told(&[old, sooner]);
        assert_eq!(told.len(), 1);
        assert!(told[0].starts_with("0.md:10: 提醒：2026年12月31日到期，还有31天。"));
    }

    #[test]
    fn chains_that_lead_nowhere_are_told_with_what_they_say() {
        let told = told(&[
            "repeals: 安政发〔2018〕1号\nextends: 安政发〔2018〕2号\nbased_on: 甘政发〔2018〕3号",
        ]);
        assert_eq!(
            told,
            [
                "0.md:7: 提醒：repeals 写了“安政发〔2018〕1号”，没有收录这份文件。请核对文号；文号没有错就不用改，以后收录旧文件时会注明已失效",
                "0.md:7: 提醒：extends 写了“安政发〔2018〕2号”，没有收录这份文件，被延期的内容无从查起。请核对文号，或导入那份文件",
                "0.md:8: 提示：based_on 写了“甘政发〔2018〕3号”，没有收录这份文件。上级文件一般不必收录",
            ]
        );
    }

    #[test]
    fn circles_are_told_at_each_of_their_documents() {
        let told = told(&[
            "doc_number: 安政发〔2024〕1号\nreplaces: 安政发〔2024〕2号",
            "doc_number: 安政发〔2024〕2号\nrepeals: 安政发〔2024〕1号",
            "doc_number: 安政发〔2024〕3号\namends: 安政发〔2024〕3号 第五条",
        ]);
        let wrong = "成了一圈。文件只会写比自己早的文件，请核对哪一处写反了";
        assert_eq!(
            told,
            [
                format!(
                    "0.md:8: 提醒：replaces 写了“安政发〔2024〕2号”，而 1.md 又直接或间接地写了这份文件，{wrong}"
                ),
                format!(
                    "1.md:7: 提醒：repeals 写了“安政发〔2024〕1号”，而 0.md 又直接或间接地写了这份文件，{wrong}"
                ),
                "2.md:6: 提醒：amends 写的“安政发〔2024〕3号”就是这份文件自己。请改成被修改的那份文件，或删去".to_owned(),
            ]
        );
    }
}
