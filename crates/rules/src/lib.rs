//! Rules of who qualifies: bound to a policy document's text, judged with three values, asked one by one.
//!
//! A policy document says in prose who gets what. Beside it may lie a `*.rules.toml` in which an official
//! has copied the document's conditions one by one, each with the words that demand it. This crate reads such
//! files, holds them against the document, asks what matters, and judges; it knows nothing of chats, search,
//! clocks or folders, and makes no sentence of its own about anybody's case.
//!
//! ```
//! use wenzheng_rules::{Answers, Outcome, Policy, Use, Validity, Vocabulary, load, read_reply};
//!
//! let text = "年满80周岁的老人，每人每月50元。无法核实健在情况的，暂停发放。";
//! let rules = r#"
//! format = 1
//! document = "安政发〔2025〕1号"
//! benefit = "高龄津贴"
//! person = "老人"
//!
//! [variables]
//! age = { type = "years", ask = "老人今年满多少周岁？" }
//!
//! [rules]
//! condition = [{ id = "年龄", variable = "age", comparator = ">=", value = 80, quote = "年满80周岁的老人" }]
//! judged = ["无法核实健在情况的，暂停发放"]
//! amount = [{ pays = "每人每月50元", quote = "每人每月50元" }]
//! "#;
//! let policy = Policy { number: None, text, passages: &[text], restricting: &[text] };
//! let rules = load("a.rules.toml", rules, &Vocabulary::default(), policy, Use::Review)?;
//!
//! let mut answers = Answers::new();
//! let question = rules.next_question(&answers).expect("the age is not known");
//! assert_eq!(question.ask, "老人今年满多少周岁？");
//! let labels: Vec<&str> = question.choices.iter().map(|one| one.label.as_str()).collect();
//! assert_eq!(labels, ["不满80岁", "80岁以上"]);
//!
//! let answer = read_reply(&question, "八十二了").expect("a number");
//! answers.give(question.variable.id, answer);
//! let Outcome::Met(met) = rules.judge(&answers, Validity::InForce).outcome else { panic!() };
//! assert_eq!((met.checked(), met.left_to_office().len()), (1, 1));
//! # Ok::<(), wenzheng_rules::Problems>(())
//! ```
//!
//! # What may be relied on
//!
//! - [`load()`] gives [`Rules`] only if every quote stands in exactly one passage exactly once, every number of a
//!   rule in its quote, and the signature belongs to the text as it is now. All that is wrong is reported at
//!   once, with file, line and remedy, and concerns that file alone.
//! - A clause of the document that nobody has written a rule for is left to the office in every result
//!   ([`Rules::uncovered`]).
//! - [`Met`] comes out only when nothing that is unknown could change it, and cannot be had without what was
//!   checked and what was not. [`enumerate`] proves both for every combination of answers.
//! - An amount is decided only for those who qualify. Sums are exact; nothing is rounded.
//! - Answers ([`Answers`]) are a plain value: who keeps it, and for how long, is the caller's affair.
//!
//! # The file
//!
//! `docs/how-to/rules.md` explains the format to those who write it, in English and Chinese. In short:
//!
//! ```text
//! format = 1
//! document = "安政办发〔2025〕15号"        # the number of the document
//! digest = "sha256:…"                     # of its text, and
//! signed = { by = "…", on = 2025-03-28 }  # who has compared them: written by `sign`
//! benefit = "高龄津贴"
//! person = "老人"                          # who is judged; stands in `ask` for {person}
//!
//! [variables]   # type: yes_no, years, number (unit, whole), one_of (values), date
//! age = { type = "years", ask = "…", label = "年龄", private = true }
//!
//! [rules]
//! condition = [ TEST with id, or { id = "…", any = [TEST, TEST] } ]   # all must hold; of `any`, one
//! exclusion = [ … ]                                                   # none may hold
//! judged = ["…"]                                                      # clauses left to the office
//! plain = ["…"]                                                       # clauses that hold no condition
//! amount = [                                                          # the first that holds
//!   { TEST, pays = "每人每月50元", quote = "…" },
//!   { when = [TEST, TEST], rate = "200元/亩", of = "mu", cap = "2000元", quote = "…" },
//! ]
//! scenario = [ { given = { age = 83 }, on = 2025-05-01, expect = { outcome = "met", amount = "…" } } ]
//! ```
//!
//! A test is `variable = "age", comparator = ">=", value = 80, quote = "年满80周岁"`. A variable that the file
//! does not define is looked up in the [`Vocabulary`] that all files share.
//!
//! | part | what it owns |
//! |---|---|
//! | `truth`, `interval` | three values; ranges of numbers |
//! | `variable`, `answer`, `test`, `model`, `rules` | what a file says |
//! | `source`, `problem` | reading it, and what is wrong in it |
//! | `number`, `clause`, `digest` | numbers, clauses and digest of the document's text |
//! | `load`, `sign` | a file held against its document; the signature |
//! | `outcome`, `payment`, `judge` | what comes out |
//! | `choice`, `question` | what to ask next, and the answers to choose from |
//! | `bound`, `quantity`, `reply` | reading an answer |
//! | `mention`, `hear` | what a question already says |
//! | [`survey`] | the rules of several documents at once |
//! | `enumeration`, `scenario` | all combinations; what officials expect |

mod answer;
mod bound;
mod choice;
mod clause;
mod digest;
mod enumeration;
mod hear;
mod interval;
mod judge;
mod load;
mod mention;
mod model;
mod number;
mod outcome;
mod payment;
mod problem;
mod quantity;
mod question;
mod reply;
mod rules;
mod scenario;
mod sign;
mod source;
pub mod survey;
mod test;
mod truth;
mod variable;

pub use self::{
    answer::{Answer, Answers},
    choice::{Choice, in_words},
    digest::digest,
    enumeration::{
        Combination, Counts, Enumeration, EnumerationError, Group, MOST_COMBINATIONS, enumerate,
    },
    hear::{Heard, hear, person},
    interval::{Cut, EmptyInterval, Interval},
    load::{Policy, Use, load},
    model::{Cap, Expected, Pays, Rate, Requirement, Role, Row, Scenario, Signature},
    outcome::{Amount, Line, Mark, Met, Outcome, Payment, Quote, Sum, Validity, Verdict},
    problem::{Fault, Problem, Problems},
    question::Question,
    reply::{Unclear, read as read_reply},
    rules::Rules,
    scenario::{Mismatch, run_scenarios},
    sign::{SignError, sign},
    source::Vocabulary,
    test::{Accepts, Test},
    truth::Truth,
    variable::{Cues, Kind, Variable, VariableId},
};
