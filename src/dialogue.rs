//! Completes questions from what was asked before.

mod standing;

use crate::retrieval::{
    Context, FollowUp, IntentList, Message, PeriodConstraint, Retriever, Scope, Understanding,
};

pub use standing::Standing;

/// How much the words of the earlier question count in a follow-up.
const EARLIER_WEIGHT: f32 = 0.4;
/// How much they count where the follow-up names a place only: 那经开区呢 asks the same of it.
const OF_PLACE_WEIGHT: f32 = 0.7;
/// What a place within the county ends with.
const PLACES: [&str; 8] = ["区", "镇", "乡", "村", "县", "市", "街道", "社区"];
/// What opens a follow-up and says nothing.
const OPENINGS: [&str; 9] = [
    "那么", "那个", "这个", "还有", "另外", "那", "它", "这", "就",
];

/// Completes a follow-up (那今年呢, 总产量呢, 补贴多少) from the questions before it, `history`,
/// oldest first.
///
/// A question that stands on its own is left as it is.
///
/// `message` is what `query` was made of: it is understood again when the subject, the place or the
/// year that an earlier question named gives it another meaning (定西去年修了多少路, then 那今年呢).
#[must_use]
pub fn resolve(
    query: Understanding,
    message: &Message,
    history: &[String],
    retriever: &Retriever,
) -> Understanding {
    let standing = match history {
        [] => Standing::Alone,
        _ => Standing::of(&query, retriever),
    };
    if standing == Standing::Alone {
        return query;
    }
    let before = Before::of(history, retriever);
    let Some(subject) = &before.subject else {
        return query;
    };
    let carried = before.carried(&query, retriever);
    if standing == Standing::NoSubject && !query.is_bare() {
        return before.completed(&query, subject, &carried, retriever);
    }
    let again = carried.is_some().then(|| {
        let text = format!("{}{}", message.text(), carried.year);
        retriever.understand(&text, carried.place.as_ref())
    });
    let query = again.unwrap_or(query);
    let read = match standing {
        Standing::NewSubject => query.topic(),
        _ => format!("{} {}", own_words(&query), subject.topic()),
    };
    // 那医院呢 after 养老院 asks for nothing of the first, nor does 粮食产量呢.
    let asks_same = subject.answer_type().is_some() && !retriever.names_measure(&query);
    let weight = match (asks_same, names_place_alone(&query)) {
        (_, true) => OF_PLACE_WEIGHT,
        (true, false) => EARLIER_WEIGHT,
        (false, false) => 0.0,
    };
    let resolved = query.in_context(&Context {
        period: before.period(),
        follows: vec![(subject, weight)],
        ..Context::default()
    });
    resolved.following(FollowUp {
        earlier: subject.topic(),
        read: read.trim().to_owned(),
    })
}

/// True for a follow-up that is about nothing but a place: 那经开区呢.
fn names_place_alone(query: &Understanding) -> bool {
    let content = query.content();
    let content = content.trim_matches(|c: char| !c.is_alphanumeric());
    let words = query.words().len();
    words == 1 && PLACES.iter().any(|kind| content.ends_with(kind))
}

/// The questions before a follow-up.
struct Before {
    /// Each as understood by itself, the latest first.
    questions: Vec<Understanding>,
    /// How many of them, from the latest, name no subject.
    without_subject: usize,
    /// The last that names a subject, completed by those before it.
    subject: Option<Understanding>,
}

/// What goes on from earlier questions where several documents are loaded.
#[derive(Default)]
struct Carried {
    place: Option<Scope>,
    /// As it is typed after the question; may be empty.
    year: String,
}

impl Carried {
    fn is_some(&self) -> bool {
        self.place.is_some() || !self.year.is_empty()
    }
}

impl Before {
    fn of(history: &[String], retriever: &Retriever) -> Self {
        let latest_first = history.iter().rev();
        let questions: Vec<Understanding> = latest_first
            .map(|text| retriever.understand(text, None))
            .collect();
        let names = |question: &Understanding| {
            !is_courtesy(question, retriever)
                && Standing::of(question, retriever) != Standing::NoSubject
        };
        let at = questions.iter().position(names);
        let subject = at.map(|at| {
            let earlier = history.len() - 1 - at;
            let message = Message::new(history[earlier].as_str());
            resolve(
                questions[at].clone(),
                &message,
                &history[..earlier],
                retriever,
            )
        });
        Self {
            without_subject: at.unwrap_or(questions.len()),
            questions,
            subject,
        }
    }

    /// The period that was named last after the subject was.
    fn period(&self) -> Option<PeriodConstraint> {
        let since = self.questions[..self.without_subject].iter();
        since
            .map(Understanding::period)
            .find(|period| period.is_named())
    }

    /// The place and the year of the earlier questions, unless `query` names its own.
    fn carried(&self, query: &Understanding, retriever: &Retriever) -> Carried {
        if !retriever.catalog().has_others() {
            return Carried::default();
        }
        let names_place = query.scope().place_named;
        let names_year = query.scope().year_named || !query.resolved_years().is_empty();
        let mut questions = self.questions.iter().map(Understanding::scope);
        let place = questions.find(|scope| scope.place_named);
        let mut questions = self.questions.iter();
        let year = questions.find(|earlier| earlier.scope().year_named);
        let year = year.filter(|_| !names_year);
        let year = year.and_then(|earlier| earlier.period().year());
        // 今年 is another year elsewhere: the word goes on, not what it stood for.
        let keeps_word = names_place && query.resolved_years().is_empty();
        let word = self.questions.first().filter(|_| keeps_word);
        let word = word.and_then(|earlier| earlier.resolved_years().first());
        Carried {
            place: place.filter(|_| !names_place).cloned(),
            year: match (year, word) {
                (Some(year), _) => format!(" {year}年"),
                (None, Some((word, _))) => format!(" {word}"),
                (None, None) => String::new(),
            },
        }
    }

    /// `query`, which names no subject, with that of the earlier question before its own words.
    fn completed(
        &self,
        query: &Understanding,
        subject: &Understanding,
        carried: &Carried,
        retriever: &Retriever,
    ) -> Understanding {
        let about = retriever.subject(subject);
        let own = year_after_a_result(query, subject, retriever)
            .unwrap_or_else(|| own_words(query).to_owned());
        let text = format!("{about} {own}{}", carried.year);
        let read = retriever.understand(&text, carried.place.as_ref());
        let read = read.in_context(&Context {
            period: self.period().or_else(|| period_of(subject, retriever)),
            ..Context::default()
        });
        read.following(FollowUp {
            read: format!("{about} {own}"),
            earlier: about,
        })
    }
}

/// What a follow-up says itself, without its opening and 呢.
fn own_words(query: &Understanding) -> &str {
    let mut text = query.folded().trim_matches(|c: char| !c.is_alphanumeric());
    while let Some(rest) = OPENINGS.iter().find_map(|word| text.strip_prefix(word)) {
        text = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
    }
    text.strip_suffix('呢').unwrap_or(text)
}

/// The words of a follow-up that asks for the year after the plan right after a question on a
/// result: who calls the year of the review 今年 means the plan by 明年.
fn year_after_a_result(
    query: &Understanding,
    subject: &Understanding,
    retriever: &Retriever,
) -> Option<String> {
    let plan = retriever.years().plan;
    let mut resolved = query.resolved_years().iter();
    let (word, _) = resolved.find(|(word, year)| word.starts_with('明') && *year == plan + 1)?;
    let asked_result = matches!(subject.period(), PeriodConstraint::Done(_));
    let asked_result = asked_result || asks_a_result(subject, retriever);
    asked_result.then(|| own_words(query).replace(word.as_str(), &format!("{plan}年")))
}

/// The period that goes on from the subject's question; none where 今年 stands for the plan's year
/// beside words of a result (今年修了几个): who asks so may mean either year.
fn period_of(subject: &Understanding, retriever: &Retriever) -> Option<PeriodConstraint> {
    let period = subject.period();
    let planned = matches!(period, PeriodConstraint::Planned(_));
    (!planned || !asks_a_result(subject, retriever)).then_some(period)
}

/// True when the wording of a question is that of what was done.
fn asks_a_result(question: &Understanding, retriever: &Retriever) -> bool {
    let intents = retriever.intents();
    intents.matches(IntentList::Done, question.folded())
        || question.period() == PeriodConstraint::LeansDone
}

/// True for thanks and greetings, which ask nothing.
fn is_courtesy(question: &Understanding, retriever: &Retriever) -> bool {
    let bare: String = question
        .folded()
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect();
    let lists = [
        IntentList::Greeting,
        IntentList::Thanks,
        IntentList::Farewell,
        IntentList::More,
    ];
    let greets = |list| retriever.intents().matches(list, &bare);
    bare.is_empty() || lists.into_iter().any(greets)
}

#[cfg(test)]
mod follow_up_tests;
