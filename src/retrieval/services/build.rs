//! Finds the services of policy documents, and their fields.

use std::sync::Arc;

use super::{
    index::{Field, Part, Service, ServiceIndex},
    names,
};
use crate::{
    corpus::{
        DocumentInfo, DocumentKind, Facet, Library, LibraryError, Passage, PassageAt, bare_label,
    },
    text::{Pattern, Span, normalize::fold},
};

/// Columns of a list that a row of it answers like a guide with: so many have to be known.
const KNOWN_COLUMNS: usize = 2;

/// What an article that lists who gets nothing begins with.
static EXCEPTIONS: Pattern = Pattern::new(
    "^[^。；]{0,16}下列(?:情形|情况|人员)[^。；]{0,10}(?:不予|不得|不能|不享受|停止|取消|不再)",
);
/// A value that says that there is none.
static NOTHING: Pattern = Pattern::new("^[\\s/／\\\\—–\\-－_.。·…*]*$|^(?:暂无|未填写|null)$");

impl ServiceIndex {
    /// Of the policy documents of `library`.
    ///
    /// # Errors
    /// [`LibraryError`] when a passage cannot be read.
    pub(crate) fn build(library: &Library) -> Result<Self, LibraryError> {
        let mut services = Vec::new();
        let documents = library.documents().iter();
        for document in documents.filter(|document| document.meta.kind == DocumentKind::Policy) {
            let passages = library.passages_of(document)?;
            let own = fields(document, &passages);
            let others: Vec<String> = [
                document.meta.policy.also_called.clone(),
                called(&own, &passages, document),
            ]
            .concat();
            let title = document.meta.title.as_str();
            let names = names::all(title, &document.meta.place, &others);
            let whole = Service {
                document: document.index,
                name: title.to_owned(),
                row: None,
                fields: own,
            };
            services.push((whole, names));
            for (n, passage) in passages.iter().enumerate() {
                if let Some(service) = row(document, document.at(n), passage) {
                    let names = names::all(&service.name, &document.meta.place, &[]);
                    services.push((service, names));
                }
            }
        }
        Ok(Self::new(services))
    }
}

/// The fields of a document as a whole: its labelled lines, and what stands below headings that are labels.
///
/// # Errors
/// [`LibraryError`] when a passage cannot be read.
pub fn fields_of(library: &Library, document: &DocumentInfo) -> Result<Vec<Field>, LibraryError> {
    Ok(fields(document, &library.passages_of(document)?))
}

/// What the fields that name the service say.
fn called(fields: &[Field], passages: &[Arc<Passage>], document: &DocumentInfo) -> Vec<String> {
    let names = fields
        .iter()
        .filter(|field| field.facet == Facet::Name && !field.is_empty);
    let names = names.filter_map(|field| {
        let part = field.parts.first()?;
        let n = (0..passages.len()).find(|n| document.at(*n) == part.at)?;
        let text = part.span.of(&passages[n].text);
        Some(
            text.split_once(['：', ':'])
                .map_or(text, |(_, value)| value)
                .trim()
                .to_owned(),
        )
    });
    names.collect()
}

/// The fields of a document: its labelled lines, and what stands below headings that are labels.
fn fields(document: &DocumentInfo, passages: &[Arc<Passage>]) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    // The heading that the last field stands below.
    let mut below: Option<&[String]> = None;
    for (n, passage) in passages.iter().enumerate() {
        let at = document.at(n);
        let labelled = passage.heading.end > 0;
        let label = passage.path.last().filter(|_| labelled).map(String::as_str);
        let value = &passage.text[passage.heading.end..];
        // **第二条** 贷款对象：城镇登记失业人员
        let after_number = value.split_once(['：', ':']).filter(|_| labelled);
        let after_number = after_number.filter(|(label, _)| label.trim().chars().count() <= 12);
        let known = |(label, value)| Some((label, value, Facet::of_label(label)?));
        let own = label.and_then(|label| known((label, value)));
        // **第七条** 有下列情形之一的，不予贷款：
        let article = label.filter(|_| EXCEPTIONS.is_match(value.trim()));
        let article = article.map(|label| (label, value, Facet::Exception));
        let labelled = own.or_else(|| after_number.and_then(known)).or(article);
        if let Some((label, value, facet)) = labelled {
            below = None;
            fields.push(Field {
                facet,
                label: bare_label(label),
                parts: vec![whole(at, passage)],
                is_empty: is_nothing(value),
            });
            continue;
        }
        let headings = passage.path.get(1..).unwrap_or_default();
        let known = headings.iter().enumerate().rev();
        let known = known.filter(|(_, heading)| heading.chars().count() <= 24);
        let known =
            known.filter_map(|(depth, heading)| Some((depth, heading, Facet::of_label(heading)?)));
        let Some((depth, heading, facet)) = known.into_iter().next() else {
            below = None;
            continue;
        };
        let path = &headings[..=depth];
        match fields.last_mut().filter(|_| below == Some(path)) {
            Some(field) => field.parts.push(whole(at, passage)),
            None => fields.push(Field {
                facet,
                label: bare_label(heading),
                parts: vec![whole(at, passage)],
                is_empty: false,
            }),
        }
        below = Some(path);
    }
    fields
}

fn whole(at: PassageAt, passage: &Passage) -> Part {
    Part {
        at,
        span: Span::new(0, passage.text.len()),
    }
}

/// The service that a row of a list is.
fn row(document: &DocumentInfo, at: PassageAt, passage: &Passage) -> Option<Service> {
    let facets: Vec<(Option<Facet>, String, Part, bool)> = passage
        .cells
        .iter()
        .map(|cell| {
            let label = bare_label(cell.name.of(&passage.text));
            let span = Span::new(cell.name.start, cell.value.end);
            let nothing = is_nothing(cell.value.of(&passage.text));
            (Facet::of_label(&label), label, Part { at, span }, nothing)
        })
        .collect();
    let named = facets
        .iter()
        .position(|(facet, ..)| *facet == Some(Facet::Name))?;
    let known = facets.iter().filter(|(facet, ..)| facet.is_some()).count();
    if known < KNOWN_COLUMNS {
        return None;
    }
    let name = passage.cells[named].value.of(&passage.text).to_owned();
    let fields = facets
        .into_iter()
        .filter_map(|(facet, label, part, is_empty)| {
            Some(Field {
                facet: facet?,
                label,
                parts: vec![part],
                is_empty,
            })
        });
    Some(Service {
        document: document.index,
        name,
        row: Some(at),
        fields: fields.collect(),
    })
}

fn is_nothing(value: &str) -> bool {
    NOTHING.is_match(fold(value).trim())
}
