//! Fields of services: what a guide or a list says of materials, places, times, verbatim and nothing else.

use time::Date;

use super::{
    AnswerError, AnswerKind, Gap, Missing, Notice, PartAnswer, compose, how_long, saying::sentences,
};
use crate::{
    corpus::{FACETS, Facet, LibraryError, Validity},
    retrieval::{DocumentNumber, Field, Message, Retriever, Service, Understanding, asked_fields},
    text::{Pattern, Span, normalize::fold},
};

/// The fields of a service that is asked for without a field, in this order (一次性告知).
const CARD: [Facet; 10] = [
    Facet::Target,
    Facet::Condition,
    Facet::Standard,
    Facet::Materials,
    Facet::Procedure,
    Facet::PromisedTime,
    Facet::Time,
    Facet::Hours,
    Facet::Location,
    Facet::Phone,
];
/// Names with fewer characters stand in questions about other matters too.
const SHORT: usize = 3;
/// What is left of a question that names a service and asks for all of it has no more characters.
const NOTHING_ELSE: usize = 6;
/// … and does not ask for something in particular that no field has.
static ASKS: Pattern = Pattern::new(
    "多少|几|多久|多长|何时|时候|谁|哪|有没|没有|吗|能不|是不是|咋|怎|如何|[啥么不没]$|什么",
);
/// … or asks whether somebody gets it.
static ELIGIBLE: Pattern = Pattern::new(
    "(?:能|能不能|可以|可不可以|够|够不够|还能)(?:不能)?(?:再)?(?:申请|领|办|享受|贷|报名|吃|拿|评)(?:上|到|得|得上)?(?:了)?(?:不|吗|么|嘛|没|吧|呢)?$",
);
/// Says that nobody has to apply, which answers 怎么申请.
static NOT_APPLIED_FOR: Pattern =
    Pattern::new("免申即享|(?:无需|不需要|不用|无须)(?:个人|群众|本人)?(?:提出)?申(?:请|报)");
/// The year that a question is about.
static YEAR: Pattern = Pattern::new("(?P<year>20[0-9]{2})年");

/// The answer to a message that names a service and asks for fields of it, or for nothing in particular; `None`
/// for any other. One that names none asks for a field of the service that `history`, oldest first, named last.
///
/// # Errors
/// [`AnswerError`] when the corpus cannot be read.
pub(super) fn answer(
    retriever: &Retriever,
    message: &Message,
    history: &[String],
    today: Date,
) -> Result<Option<PartAnswer>, AnswerError> {
    let services = retriever.services();
    if services.is_empty() {
        return Ok(None);
    }
    let question = retriever.understand_message(message, None);
    // A name is not corrected away.
    let named = services.named(message.folded());
    let (folded, named) = match named.is_empty() {
        false => (message.folded(), named),
        true => (question.folded(), services.named(question.folded())),
    };
    if let Some(numbered) = numbered(retriever, folded) {
        let facets = asked_fields(folded);
        return Ok(match facets.as_slice() {
            [] => card(retriever, &question, numbered)?,
            facets => of_facets(retriever, &question, numbered, facets)?,
        });
    }
    let (found, rest) = match named.first() {
        Some(first) if !is_of_another(retriever, &question, folded, first.span) => {
            (named.clone(), without(folded, first.span))
        }
        Some(_) => return Ok(None),
        None => {
            let earlier = history.iter().rev().map(|text| Message::new(text.as_str()));
            let earlier = earlier.map(|earlier| services.named(earlier.folded()));
            let earlier = earlier.into_iter().find(|named| !named.is_empty());
            let follows = earlier.filter(|_| !names_another(retriever, &question));
            (follows.unwrap_or_default(), folded.to_owned())
        }
    };
    let found = found.iter().filter_map(|named| services.get(named.service));
    let found: Vec<&Service> = found.collect();
    let year = asked_year(folded);
    let best = |question: &Understanding| {
        let found = found.iter().copied();
        let in_scope = found.filter(|service| question.scope().holds(service.document));
        // Of several of one name that of the year asked for, what holds, and of those the newest.
        in_scope.max_by_key(|service| {
            let is_of_year = year.is_some() && year == year_of(retriever, service);
            (is_of_year, rank(retriever, service, today))
        })
    };
    // A place within the name is not where it is asked about.
    let beside = || best(&retriever.understand(&rest, None));
    let Some(service) = best(&question).or_else(beside) else {
        return Ok(None);
    };
    if how_long::asks(&rest)
        && let Some(document) = retriever.library().document(service.document)
    {
        let validity = retriever.validities().on(document, today);
        let told = how_long::answer(retriever, &question, (document.index, validity))?;
        if told.is_some() {
            return Ok(told);
        }
    }
    let is_meant = year.is_some() && year == year_of(retriever, service);
    let successor = (!is_meant).then(|| successor(retriever, &question, service, today));
    let service = successor.flatten().unwrap_or(service);
    let mut facets = asked_fields(&rest);
    if facets.is_empty() && ELIGIBLE.is_match(rest.trim()) {
        let whom = [Facet::Target, Facet::Condition, Facet::Exception];
        facets.extend(
            whom.iter()
                .filter(|facet| service.told(**facet).next().is_some()),
        );
    }
    if !facets.is_empty() {
        return Ok(of_facets(retriever, &question, service, &facets)?);
    }
    let left = rest.chars().filter(|c| c.is_alphanumeric()).count();
    if named.is_empty() || left > NOTHING_ELSE || asks_something(&rest) {
        return Ok(None);
    }
    Ok(card(retriever, &question, service)?)
}

/// True when the question is of another matter than the short name in it: 低保 in 低保户的孩子上学.
fn is_of_another(
    retriever: &Retriever,
    question: &Understanding,
    folded: &str,
    name: Span,
) -> bool {
    let name = name.of(folded);
    let mut words = question.words().iter().map(|word| word.text.as_str());
    name.chars().count() < SHORT
        && words.any(|word| {
            let is_name = word.contains(name) || name.contains(word);
            !is_name && retriever.names_a_matter(word) && !FACETS.contains(word)
        })
}

/// The service of the document whose number a folded question names.
fn numbered<'a>(retriever: &'a Retriever, folded: &str) -> Option<&'a Service> {
    let asked = DocumentNumber::all(folded);
    let asked = asked.first()?;
    let mut documents = retriever.library().documents().iter();
    let document = documents.find(|document| {
        let own = DocumentNumber::all(&fold(&document.meta.policy.doc_number));
        own.iter().any(|own| own.is_same(asked))
    })?;
    let own = retriever.services().of_document(document.index).first();
    own.filter(|service| !service.fields.is_empty())
}

/// True for words that ask for something in particular.
pub(super) fn asks_something(folded: &str) -> bool {
    ASKS.is_match(folded)
}

/// True for a question with a noun of its own: one that no label of a field has.
fn names_another(retriever: &Retriever, question: &Understanding) -> bool {
    let mut words = question.words().iter().map(|word| word.text.as_str());
    words.any(|word| retriever.names_a_matter(word) && !FACETS.contains(word))
}

/// What took the place of the document that a service is of, as a service; `None` while it holds.
fn successor<'a>(
    retriever: &'a Retriever,
    question: &Understanding,
    service: &Service,
    today: Date,
) -> Option<&'a Service> {
    // Who asks for the old one by its number or as such gets it.
    retriever.in_force(question, today)?;
    let document = retriever.library().document(service.document)?;
    let Some(Validity::Replaced { by }) = retriever.validities().on(document, today) else {
        return None;
    };
    let own = retriever.services().of_document(by).first();
    own.filter(|service| !service.fields.is_empty())
}

/// The year that a folded question names in figures.
fn asked_year(folded: &str) -> Option<i32> {
    let year = YEAR.captures(folded)?.name("year")?;
    year.as_str().parse().ok()
}

fn year_of(retriever: &Retriever, service: &Service) -> Option<i32> {
    let document = retriever.library().document(service.document)?;
    document.meta.policy.for_year
}

/// Whether what tells of a service holds, whether it is of the place that leads, and when it was issued.
fn rank(retriever: &Retriever, service: &Service, today: Date) -> (bool, bool, Option<Date>) {
    let Some(document) = retriever.library().document(service.document) else {
        return (false, false, None);
    };
    let validity = retriever.validities().on(document, today);
    (
        validity.is_none_or(|validity| validity.holds(today)),
        retriever.catalog().leads(service.document),
        document.meta.policy.begins_on(),
    )
}

fn without(folded: &str, span: Span) -> String {
    format!("{} {}", &folded[..span.start], &folded[span.end..])
}

/// What the service says of these facets; `None` when it has no fields at all.
pub(super) fn of_facets(
    retriever: &Retriever,
    question: &Understanding,
    service: &Service,
    facets: &[Facet],
) -> Result<Option<PartAnswer>, LibraryError> {
    if service.fields.is_empty() {
        return Ok(None);
    }
    let (mut citations, mut absent) = (Vec::new(), Vec::new());
    for facet in facets {
        let told = as_named(question.folded(), told(service, *facet));
        if told.is_empty() && *facet == Facet::Procedure {
            let document = service.document;
            let nothing = sentences(retriever, question, document, &NOT_APPLIED_FOR)?;
            if !nothing.is_empty() {
                citations.extend(nothing);
                continue;
            }
        }
        if told.is_empty() {
            absent.push(*facet);
        }
        for field in told {
            citations.extend(cited(retriever, question, (service, field))?);
        }
    }
    let missing = absent.first().map(|facet| Missing {
        topic: service.name.clone(),
        asked: Gap::Field,
        words: words(*facet).to_owned(),
    });
    let mut answer = PartAnswer::quoting(AnswerKind::Passage, citations, missing);
    if !absent.is_empty() {
        answer.notices.extend(phone(retriever, service)?);
    }
    Ok(Some(answer))
}

/// The fields that answer for a facet: 几天 asks for what is promised and what the law allows.
fn told(service: &Service, facet: Facet) -> Vec<&Field> {
    let alike: &[Facet] = match facet {
        Facet::Time => &[Facet::PromisedTime, Facet::LegalTime, Facet::Time],
        Facet::PromisedTime => &[Facet::PromisedTime, Facet::Time],
        Facet::Department => &[Facet::Department],
        _ => std::slice::from_ref(&facet),
    };
    let all = |facet: &Facet| service.told(*facet).collect::<Vec<_>>();
    if facet == Facet::PromisedTime {
        return alike
            .iter()
            .map(all)
            .find(|told| !told.is_empty())
            .unwrap_or_default();
    }
    alike.iter().flat_map(all).collect()
}

/// Of several fields those whose label the question names: 额度 asks for 贷款额度 and not for 贴息标准.
fn as_named<'a>(question: &str, told: Vec<&'a Field>) -> Vec<&'a Field> {
    let is_named = |field: &&Field| {
        let last = field
            .label
            .char_indices()
            .nth_back(1)
            .map_or(0, |(at, _)| at);
        question.contains(&field.label[last..])
    };
    if told.iter().any(is_named) {
        return told.into_iter().filter(|field| is_named(field)).collect();
    }
    told
}

/// Cites a field: below the headings of its passage, or below its row and its column.
fn cited(
    retriever: &Retriever,
    question: &Understanding,
    (service, field): (&Service, &Field),
) -> Result<Vec<super::Citation>, LibraryError> {
    let parts = field.parts.iter().map(|part| {
        let (document, passage) = retriever.library().cited(part.at)?;
        let period = passage.period;
        let mut cited = compose::citation(document, &passage, part.span, period, 1.0, question);
        if service.row.is_some() {
            cited
                .path
                .extend([service.name.clone(), field.label.clone()]);
        }
        Ok(cited)
    });
    parts.collect()
}

/// Where to ask for what is not written: the service's own number, else its document's.
fn phone(retriever: &Retriever, service: &Service) -> Result<Option<Notice>, LibraryError> {
    if let Some(field) = service.told(Facet::Phone).next()
        && let Some(part) = field.parts.first()
    {
        let passage = retriever.library().passage(part.at)?;
        let text = part.span.of(&passage.text);
        let number = text
            .split_once(['：', ':'])
            .map_or(text, |(_, number)| number);
        return Ok(Some(Notice::AskAt {
            number: number.trim().to_owned(),
        }));
    }
    let document = retriever.library().document(service.document);
    let number = document.map(|document| document.meta.policy.phone.clone());
    Ok(number
        .filter(|number| !number.is_empty())
        .map(|number| Notice::AskAt { number }))
}

/// All that a service says, in the order in which people need it.
pub(super) fn card(
    retriever: &Retriever,
    question: &Understanding,
    service: &Service,
) -> Result<Option<PartAnswer>, LibraryError> {
    let mut citations = Vec::new();
    for facet in CARD {
        for field in service.told(facet) {
            citations.extend(cited(retriever, question, (service, field))?);
        }
    }
    Ok((!citations.is_empty()).then(|| PartAnswer::quoting(AnswerKind::Passage, citations, None)))
}

/// What a field is called when it is missing.
const fn words(facet: Facet) -> &'static str {
    match facet {
        Facet::Name => "事项名称",
        Facet::Target => "办理对象",
        Facet::Condition => "办理条件",
        Facet::Exception => "不予办理的情形",
        Facet::Standard => "标准",
        Facet::Fee => "收费情况",
        Facet::Materials => "办理材料",
        Facet::Procedure => "办理流程",
        Facet::Means => "办理方式",
        Facet::Visits => "要跑几次",
        Facet::Result => "办理结果",
        Facet::Location => "办理地点",
        Facet::Hours => "办公时间",
        Facet::Phone => "咨询电话",
        Facet::Complaints => "投诉电话",
        Facet::PromisedTime => "承诺办理时限",
        Facet::LegalTime => "法定办理时限",
        Facet::Time => "办理时限",
        Facet::Deadline => "截止时间",
        Facet::Basis => "办理依据",
        Facet::Payment => "发放方式",
        Facet::Department => "主管部门",
    }
}
