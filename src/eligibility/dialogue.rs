//! A dialogue: what was said so far, what is asked now, and what a reply makes of it.

use std::{fmt, sync::Arc};

use wenzheng_rules::{
    Answer, Answers, Question, Unclear, Validity, VariableId, Verdict, in_words, read_reply,
    survey, survey::Findings,
};

use super::{
    asked::Asked,
    benefit::Benefit,
    book::Book,
    subject::Subject,
    word::{Word, leaves},
};
use crate::retrieval::Retriever;

/// After so many replies in a row that were not understood, the next one that is not is a question of its own.
const PATIENCE: usize = 2;

/// What somebody says in a dialogue.
#[derive(Clone)]
pub enum Said {
    /// A text.
    Text(String),
    /// The choice at this place was pressed.
    Choice(usize),
    /// 不知道 was pressed.
    DontKnow,
    /// A word that steers was typed or pressed.
    Word(Word),
    /// It goes on in a private chat.
    GoesOn,
}

/// What is said back.
#[derive(Debug, Clone)]
pub enum Step {
    /// A question; with why the last reply was not understood.
    Asks(Box<Question>, Option<Unclear>),
    /// The next question is none for a group.
    AsksInPrivate,
    /// The result.
    Judged(Verdict),
    /// What the document demands, unjudged.
    Conditions(Verdict),
    /// The document does not hold.
    NotInForce,
    /// Called off.
    Stopped,
    /// All benefits; true if it was called off before everything was asked.
    Surveyed(Findings, bool),
}

/// A dialogue. A plain value that whoever keeps it keeps for minutes; it does not print what was said.
#[derive(Clone)]
pub struct Dialogue {
    pub(super) subject: Subject,
    pub(super) person: Option<String>,
    pub(super) answers: Answers,
    pending: Option<Question>,
    misread: usize,
    /// How many steps there were.
    steps: usize,
    /// True while the next reply may be an answer.
    is_open: bool,
}

impl fmt::Debug for Dialogue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dialogue").finish_non_exhaustive()
    }
}

impl Dialogue {
    /// Begins one with what the question already says.
    #[must_use]
    pub fn new(asked: &Asked) -> Self {
        let heard = asked.heard.iter();
        let answers = heard
            .map(|one| (one.variable.clone(), one.answer.clone()))
            .collect();
        Self {
            subject: asked.subject.clone(),
            person: asked.person.clone(),
            answers,
            pending: None,
            misread: 0,
            steps: 0,
            is_open: true,
        }
    }

    /// With these answers by the names of their variables, each as typed; the names of those that are none or were
    /// not understood.
    pub fn told(&mut self, answers: &[(String, String)]) -> Vec<String> {
        let mut wrong = Vec::new();
        for (name, reply) in answers {
            let variable = self.subject.variables().into_iter();
            let variable =
                variable.filter(|one| one.name == *name || one.label.as_ref() == Some(name));
            let given = variable.into_iter().find_map(|variable| {
                let question = Question {
                    variable: variable.clone(),
                    ask: variable.ask.clone(),
                    private: variable.private,
                    choices: Vec::new(),
                };
                let answer = read_reply(&question, reply).ok()?;
                Some((variable.id.clone(), answer))
            });
            match given {
                Some((id, answer)) => self.answers.give(id, answer),
                None => wrong.push(name.clone()),
            }
        }
        wrong
    }

    /// What it is about.
    #[must_use]
    pub const fn subject(&self) -> &Subject {
        &self.subject
    }

    /// How many steps there were.
    #[must_use]
    pub const fn steps(&self) -> usize {
        self.steps
    }

    /// True while the next reply may be an answer.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.is_open
    }

    /// Goes on with the rules of `book`; false when they are not those that it began with.
    pub fn renew(&mut self, book: &Book) -> bool {
        let current = |benefit: &Arc<Benefit>| book.of(&benefit.document).cloned();
        let now = match &self.subject {
            Subject::One(benefit) => current(benefit).map(Subject::One),
            Subject::All(benefits) => {
                let now = benefits.iter().map(current);
                now.collect::<Option<Vec<_>>>().map(Subject::All)
            }
        };
        match now.filter(|now| now.is_same(&self.subject)) {
            Some(now) => {
                self.subject = now;
                true
            }
            None => false,
        }
    }

    /// The first thing said; `runs` tells whether the rules run.
    pub fn begin(&mut self, runs: Validity, in_group: bool) -> Step {
        if runs != Validity::InForce {
            self.is_open = false;
            self.steps += 1;
            return Step::NotInForce;
        }
        self.next(None, in_group)
    }

    /// What is said to a reply; `None` if that is something else and leaves the dialogue.
    pub fn hear(&mut self, retriever: &Retriever, said: Said, in_group: bool) -> Option<Step> {
        let said = match said {
            Said::Text(text) => match Word::read(&text) {
                Some(word) => Said::Word(word),
                None => Said::Text(text),
            },
            other => other,
        };
        match (said, self.pending.clone()) {
            (Said::Word(word), _) => self.steer(&word, in_group),
            (Said::GoesOn, _) => Some(self.next(None, in_group)),
            (_, None) => None,
            (Said::Choice(at), Some(question)) => {
                let answer = question.choices.get(at)?.answer.clone();
                Some(self.give(question.variable.id, answer, in_group))
            }
            (Said::DontKnow, Some(question)) => {
                Some(self.give(question.variable.id, Answer::DontKnow, in_group))
            }
            (Said::Text(text), Some(question)) => {
                if leaves(retriever, &question, &text) {
                    return None;
                }
                match read_reply(&question, &text) {
                    Ok(answer) => Some(self.give(question.variable.id, answer, in_group)),
                    Err(_) if self.misread >= PATIENCE => None,
                    Err(unclear) => {
                        self.misread += 1;
                        Some(self.next(Some(unclear), in_group))
                    }
                }
            }
        }
    }

    fn give(&mut self, variable: VariableId, answer: Answer, in_group: bool) -> Step {
        self.answers.give(variable, answer);
        self.misread = 0;
        self.next(None, in_group)
    }

    /// What a word does. After the end there is only something to change.
    fn steer(&mut self, word: &Word, in_group: bool) -> Option<Step> {
        match word {
            Word::Change(what) => {
                self.take_back(what)?;
                self.is_open = true;
                Some(self.next(None, in_group))
            }
            _ if !self.is_open => None,
            Word::Stop => {
                self.end();
                Some(match &self.subject {
                    Subject::One(_) => Step::Stopped,
                    Subject::All(_) => Step::Surveyed(self.findings(), true),
                })
            }
            Word::Conditions => {
                self.end();
                Some(match &self.subject {
                    Subject::One(benefit) => {
                        let verdict = benefit.rules.judge(&Answers::new(), Validity::InForce);
                        Step::Conditions(verdict)
                    }
                    Subject::All(_) => Step::Surveyed(self.findings(), true),
                })
            }
        }
    }

    /// Takes an answer back: the last one, or that to what is called `what`; `None` where nothing is called so.
    fn take_back(&mut self, what: &str) -> Option<()> {
        if what.is_empty() {
            self.answers.undo();
            return Some(());
        }
        let variables = self.subject.variables().into_iter();
        let mut called = variables.filter(|variable| {
            let label = variable.label.as_deref().unwrap_or(&variable.ask);
            label.contains(what) && self.answers.get(&variable.id).is_some()
        });
        let id = called.next()?.id.clone();
        self.answers.forget(&id);
        Some(())
    }

    fn end(&mut self) {
        self.is_open = false;
        self.pending = None;
        self.steps += 1;
    }

    /// The next question, or what came out.
    fn next(&mut self, unclear: Option<Unclear>, in_group: bool) -> Step {
        self.steps += 1;
        let person = self.person.as_deref();
        let question = self.subject.next_question(&self.answers, person);
        match question {
            Some(question) if question.private && in_group => {
                self.pending = None;
                Step::AsksInPrivate
            }
            Some(question) => {
                self.pending = Some(question.clone());
                Step::Asks(Box::new(question), unclear)
            }
            None => {
                self.is_open = false;
                self.pending = None;
                match &self.subject {
                    Subject::One(benefit) => {
                        Step::Judged(benefit.rules.judge(&self.answers, Validity::InForce))
                    }
                    Subject::All(_) => Step::Surveyed(self.findings(), false),
                }
            }
        }
    }

    /// How far the result is, with what would be asked next.
    #[must_use]
    pub fn so_far(&self) -> (Step, Option<Question>) {
        let question = self
            .subject
            .next_question(&self.answers, self.person.as_deref());
        let step = match &self.subject {
            Subject::One(benefit) => {
                Step::Judged(benefit.rules.judge(&self.answers, Validity::InForce))
            }
            Subject::All(_) => Step::Surveyed(self.findings(), question.is_some()),
        };
        (step, question)
    }

    fn findings(&self) -> Findings {
        let benefits = self.subject.benefits().iter();
        let rules: Vec<_> = benefits.map(|benefit| &benefit.rules).collect();
        survey::findings(&rules, &self.answers)
    }

    /// What was said so far, in words: what was asked, and what was said of it.
    #[must_use]
    pub fn read_back(&self) -> Vec<(String, String)> {
        let given = self.answers.iter().filter_map(|(id, answer)| {
            let variable = self.subject.variable(id)?;
            let asked = variable
                .ask
                .replace("{person}", "")
                .trim_end_matches(['？', '?'])
                .to_owned();
            let label = variable.label.clone().unwrap_or(asked);
            Some((label, in_words(&variable.kind, answer)))
        });
        given.collect()
    }
}
