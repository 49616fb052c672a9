//! Whether what is quoted holds on the day of the answer.

use time::Date;

use super::{Citation, Standing};
use crate::{
    corpus::{DocumentInfo, Validity},
    retrieval::Retriever,
};

/// `citations` of policy documents with how these stand on `today`.
pub(super) fn with_standing(
    retriever: &Retriever,
    citations: Vec<Citation>,
    today: Date,
) -> Vec<Citation> {
    let citations = citations.into_iter();
    citations
        .map(|citation| Citation {
            standing: of(retriever, &citation, today),
            ..citation
        })
        .collect()
}

/// How the document of `citation` stands on `today`; `None` for what is no policy document.
pub(super) fn of(retriever: &Retriever, citation: &Citation, today: Date) -> Option<Standing> {
    let document = retriever.library().document_by_id(&citation.document_id)?;
    below(retriever, document, &citation.path, today)
}

/// How a policy document stands on `today`; `None` for what is none.
#[must_use]
pub fn standing(retriever: &Retriever, document: &DocumentInfo, today: Date) -> Option<Standing> {
    below(retriever, document, &[], today)
}

/// How what stands below these headings of a policy document stands on `today`.
fn below(
    retriever: &Retriever,
    document: &DocumentInfo,
    path: &[String],
    today: Date,
) -> Option<Standing> {
    let library = retriever.library();
    let validity = retriever.validities().on(document, today)?;
    let amended = retriever.validities().amended(document.index, path);
    let by = match validity {
        Validity::Replaced { by } | Validity::Extended { by, .. } => Some(by),
        _ => amended.map(|(_, by)| by),
    };
    let by = by.and_then(|by| library.document(by));
    Some(Standing {
        validity,
        by: by
            .map(|by| match by.meta.policy.doc_number.as_str() {
                "" => format!("《{}》", by.meta.title),
                number => number.to_owned(),
            })
            .unwrap_or_default(),
        by_document: by.map(|by| by.id.clone()),
        amended: amended
            .map(|(article, _)| article.to_owned())
            .unwrap_or_default(),
    })
}
