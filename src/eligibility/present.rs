//! What a dialogue says, as an answer with citations.

use time::Date;
use wenzheng_rules::{
    Amount, Outcome, Payment, Question, Role, Unclear, Verdict, survey::Findings,
};

use super::{
    benefit::Benefit,
    cited::Cited,
    dialogue::{Dialogue, Step},
    subject::Subject,
};
use crate::{
    answer::{
        Answer, AnswerKind, Check, CheckAmount, CheckAmounts, CheckLine, CheckQuestion,
        CheckResult, CheckStep, CheckSurvey, Finding, Script, Sources, Status, Surveyed,
    },
    corpus::LibraryError,
    retrieval::Retriever,
    text::normalize,
};

/// Questions at most that look closer at one of all benefits.
const CLOSER: usize = 3;

/// What `step` of `dialogue` says on `today`, as the answer to `question`; its buttons carry `handle`. Where there is
/// none nothing is remembered, and what would be asked `next` is told beside the result.
///
/// # Errors
/// [`LibraryError`] when a passage cannot be read.
pub fn present(
    retriever: &Retriever,
    (dialogue, step): (&Dialogue, &Step),
    next: Option<&Question>,
    handle: Option<String>,
    (question, today): (&str, Date),
) -> Result<Answer, LibraryError> {
    let mut cited = Cited::new(retriever, today);
    let one = match &dialogue.subject {
        Subject::One(benefit) => Some(benefit.as_ref()),
        Subject::All(_) => None,
    };
    let document = one.and_then(|benefit| retriever.library().document(benefit.index));
    let said = match (step, one) {
        (Step::Asks(question, unclear), _) => CheckStep::Asks(asks(question, unclear.clone())),
        (Step::AsksInPrivate, _) => CheckStep::AsksInPrivate,
        (Step::Judged(verdict), Some(benefit)) => {
            let mut result = result(&mut cited, benefit, verdict)?;
            result.next = next.map(|question| asks(question, None));
            CheckStep::Judged(Box::new(result))
        }
        (Step::Conditions(verdict), Some(benefit)) => {
            CheckStep::Conditions(Box::new(result(&mut cited, benefit, verdict)?))
        }
        (Step::NotInForce, Some(benefit)) => {
            cited.document(benefit)?;
            CheckStep::NotInForce
        }
        (Step::Surveyed(findings, cut_short), _) => {
            let survey = survey(&mut cited, &dialogue.subject, findings)?;
            CheckStep::Surveyed(CheckSurvey {
                is_cut_short: *cut_short,
                ..survey
            })
        }
        (Step::Stopped | Step::Judged(_) | Step::Conditions(_) | Step::NotInForce, _) => {
            CheckStep::Stopped
        }
    };
    let check = Check {
        benefit: one.map_or_else(String::new, |benefit| benefit.rules.benefit().to_owned()),
        document_title: document.map_or_else(String::new, |one| one.meta.title.clone()),
        department: document.map_or_else(String::new, |one| one.meta.policy.department.clone()),
        person: dialogue.person.clone(),
        told: dialogue.read_back(),
        step: said,
        is_first: dialogue.steps() <= 1,
        handle,
    };
    Ok(answer(retriever, check, cited, question))
}

/// The answer that says that a button belongs to a step that is over.
#[must_use]
pub fn over(retriever: &Retriever, today: Date) -> Answer {
    let check = Check {
        benefit: String::new(),
        document_title: String::new(),
        department: String::new(),
        person: None,
        told: Vec::new(),
        step: CheckStep::Over,
        is_first: false,
        handle: None,
    };
    answer(retriever, check, Cited::new(retriever, today), "")
}

fn answer(retriever: &Retriever, check: Check, cited: Cited<'_>, question: &str) -> Answer {
    let simplified = normalize::to_simplified(question) == question;
    Answer {
        question: question.to_owned(),
        status: Status::Answered,
        kind: AnswerKind::Eligibility,
        sources: Sources::Others,
        script: match simplified {
            true => Script::Simplified,
            false => Script::Traditional,
        },
        citations: cited.citations,
        suggestions: closer(&check.step),
        missing: None,
        smalltalk: None,
        referral: None,
        about: None,
        check: Some(Box::new(check)),
        notices: Vec::new(),
        related: Vec::new(),
        corpus_version: retriever.library().version().to_owned(),
    }
}

/// Questions that look closer at what somebody may qualify for.
fn closer(step: &CheckStep) -> Vec<String> {
    let CheckStep::Surveyed(survey) = step else {
        return Vec::new();
    };
    let may = survey.possible.iter().chain(&survey.open).take(CLOSER);
    may.map(|one| format!("我能领{}吗", one.benefit)).collect()
}

fn asks(question: &Question, unclear: Option<Unclear>) -> CheckQuestion {
    let choices = question.choices.iter();
    CheckQuestion {
        variable: question.variable.name.clone(),
        ask: question.ask.clone(),
        private: question.private,
        choices: choices
            .map(|choice| (choice.mark.clone(), choice.label.clone()))
            .collect(),
        unclear,
    }
}

fn result(
    cited: &mut Cited<'_>,
    benefit: &Benefit,
    verdict: &Verdict,
) -> Result<CheckResult, LibraryError> {
    let mut lines = Vec::with_capacity(verdict.lines.len());
    for line in &verdict.lines {
        lines.push(CheckLine {
            mark: line.mark,
            name: line.id.clone(),
            is_exclusion: line.role == Some(Role::Exclusion),
            quotes: cited.quotes(benefit, &line.quotes)?,
        });
    }
    let amounts = match &verdict.amount {
        Amount::None => CheckAmounts::None,
        Amount::NoRow => CheckAmounts::NoRow,
        Amount::Decided(payment) => CheckAmounts::Decided(amount(cited, benefit, payment)?),
        Amount::Open(all) => {
            let all = all.iter().map(|payment| amount(cited, benefit, payment));
            CheckAmounts::Open(all.collect::<Result<_, _>>()?)
        }
    };
    Ok(CheckResult {
        finding: finding(verdict),
        amounts,
        lines,
        fields: cited.fields(benefit)?,
        next: None,
    })
}

fn finding(verdict: &Verdict) -> Finding {
    match &verdict.outcome {
        Outcome::Met(met) => Finding::Met {
            checked: met.checked(),
            left: met.left_to_office().len(),
        },
        Outcome::NotMet { .. } => {
            let failed = verdict.lines.iter();
            let failed = failed.filter(|line| line.mark == wenzheng_rules::Mark::Failed);
            let named = failed.filter_map(|line| {
                let is_exclusion = line.role == Some(Role::Exclusion);
                Some((line.id.clone()?, is_exclusion))
            });
            Finding::NotMet(named.collect())
        }
        Outcome::Undecided { .. }
        | Outcome::Expired
        | Outcome::NotYetEffective
        | Outcome::Replaced => Finding::Open,
    }
}

fn amount(
    cited: &mut Cited<'_>,
    benefit: &Benefit,
    payment: &Payment,
) -> Result<CheckAmount, LibraryError> {
    Ok(CheckAmount {
        quote: cited.quote(benefit, &payment.quote)?,
        pays: payment.pays.clone(),
        sum: payment.sum.as_ref().map(ToString::to_string),
    })
}

fn survey(
    cited: &mut Cited<'_>,
    subject: &Subject,
    findings: &Findings,
) -> Result<CheckSurvey, LibraryError> {
    let mut surveyed = |found: &[(usize, Verdict)]| {
        let found = found.iter().filter_map(|(at, verdict)| {
            let benefit = subject.benefits().get(*at)?;
            Some(one_surveyed(cited, benefit, verdict))
        });
        found.collect::<Result<Vec<_>, _>>()
    };
    Ok(CheckSurvey {
        possible: surveyed(&findings.possible)?,
        open: surveyed(&findings.open)?,
        not_met: surveyed(&findings.not_met)?,
        is_cut_short: false,
    })
}

fn one_surveyed(
    cited: &mut Cited<'_>,
    benefit: &Benefit,
    verdict: &Verdict,
) -> Result<Surveyed, LibraryError> {
    let failed = match &verdict.outcome {
        Outcome::NotMet { by, quotes } => match quotes.first() {
            Some(quote) => Some((by.clone(), cited.quote(benefit, quote)?)),
            None => None,
        },
        _ => None,
    };
    Ok(Surveyed {
        benefit: benefit.rules.benefit().to_owned(),
        document_title: cited.title(benefit),
        checked: match &verdict.outcome {
            Outcome::Met(met) => met.checked(),
            _ => 0,
        },
        failed,
    })
}
