//! A rule file held against the document that it lies beside.

use std::path::Path;

use wenzheng_rules::{Policy, Problems, Use, Vocabulary, digest, load};

use super::benefit::Benefit;
use crate::{
    corpus::{DocumentInfo, Facet, Fault, Library, LibraryError, PassageAt, Problem, RuleFile},
    retrieval::fields_of,
};

/// The sections that say who gets something, and who does not.
const RESTRICTING: [Facet; 3] = [Facet::Target, Facet::Condition, Facet::Exception];

/// What a rule file says, as a benefit of its document; the inner error tells what is wrong in it, each with its line and
/// what to do.
///
/// # Errors
/// [`LibraryError`] when the document cannot be read.
pub fn bind(
    library: &Library,
    file: &RuleFile,
    vocabulary: &Vocabulary,
    purpose: Use,
) -> Result<Result<Benefit, Vec<Problem>>, LibraryError> {
    let document = library.document_by_id(&file.document);
    let (Some(document), Some(text)) = (document, &file.policy) else {
        let fault = "旁边没有同名的政策文件（.md）。请把规则和它的文件放在同一个文件夹，文件名相同";
        let problem = Problem::new(&file.file, 0, Fault::Rules(fault.to_owned()));
        return Ok(Err(vec![problem]));
    };
    let passages = library.passages_of(document)?;
    let texts: Vec<&str> = passages
        .iter()
        .map(|passage| passage.text.as_str())
        .collect();
    let restricting = restricting(library, document)?;
    let restricting: Vec<&str> = restricting
        .iter()
        .map(|(at, start)| &texts[at.passage][*start..])
        .collect();
    let number = document.meta.policy.doc_number.as_str();
    let policy = Policy {
        number: Some(number).filter(|number| !number.is_empty()),
        text,
        passages: &texts,
        restricting: &restricting,
    };
    let name = file.file.display().to_string();
    Ok(match load(&name, &file.text, vocabulary, policy, purpose) {
        Ok(rules) => Ok(Benefit {
            fingerprint: digest(&format!("{}\n{}", file.text, digest(text))),
            document: document.id.clone(),
            index: document.index,
            passages: (0..passages.len()).map(|n| document.at(n)).collect(),
            rules,
        }),
        Err(problems) => Err(refusals(&file.file, &problems)),
    })
}

/// The passages on who gets something and who does not, and where in each the label ends.
fn restricting(
    library: &Library,
    document: &DocumentInfo,
) -> Result<Vec<(PassageAt, usize)>, LibraryError> {
    let fields = fields_of(library, document)?;
    let fields = fields
        .iter()
        .filter(|field| RESTRICTING.contains(&field.facet));
    let mut places = Vec::new();
    for part in fields.flat_map(|field| &field.parts) {
        let passage = library.passage(part.at)?;
        // 服务对象：城镇…: the label is no clause, a heading within the section may be one.
        let label = passage.path.last().and_then(|label| Facet::of_label(label));
        let start = label.map_or(0, |_| passage.heading.end);
        places.push((part.at, start));
    }
    Ok(places)
}

/// What is wrong in the rule file `file`, as problems of the corpus that keep nothing else from being served.
pub(super) fn refusals(file: &Path, problems: &Problems) -> Vec<Problem> {
    let problems = problems.0.iter();
    problems
        .map(|problem| Problem::new(file, problem.line, Fault::Rules(problem.fault.to_string())))
        .collect()
}
