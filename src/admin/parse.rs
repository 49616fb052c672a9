//! Commands as they are typed: `/rollback 3`, `/同义词 看病 = 就医`. Latin names and Chinese ones, half-width and
//! full-width marks; the slash may be full-width too.

use wenzheng_store::AuditFilter;

use super::{
    arguments::{day_at, first, moment, number, one_word, sides, some, topic_state},
    command::Command,
    usage::{COMMANDS, Problem},
    words::{Relation, WordLine},
};
use crate::{
    editions::Take,
    staff::{Role, TextName},
    statistics::days_typed,
};

/// The command that `text` is; `None` when it is none of an administrator's.
#[must_use]
pub fn parse(text: &str) -> Option<Command> {
    let text = text.trim();
    let rest = text.strip_prefix(['/', '／'])?;
    let end = rest
        .find(|c: char| c.is_whitespace() || c == '　')
        .unwrap_or(rest.len());
    let (name, rest) = rest.split_at(end);
    // In groups Telegram adds the name of the bot.
    let name = name.split('@').next().unwrap_or_default().to_lowercase();
    let rest = rest.trim();
    if name == "join" || name == "加入" {
        let code = rest.to_owned();
        return (!code.is_empty()).then_some(Command::Join(code));
    }
    match name.as_str() {
        "mydata" | "我的数据" => return Some(Command::MyData),
        "forgetme" | "忘记我" => return Some(Command::ForgetMe),
        _ => {}
    }
    let mut commands = COMMANDS.iter();
    let listed = commands.find(|listed| listed.name == name || listed.chinese == name)?;
    let unclear = Command::Unclear(Problem {
        example: listed.example,
        what: listed.what,
    });
    Some(read(listed.name, rest).unwrap_or(unclear))
}

fn read(name: &str, rest: &str) -> Option<Command> {
    Some(match name {
        "corpus" => Command::Corpus,
        "stats" => Command::Stats(days_typed(rest)?),
        "editions" => Command::Editions,
        "jobs" => Command::Jobs,
        "drafts" => Command::Drafts,
        "pins" => Command::Pins,
        "notices" => Command::Notices,
        "texts" => Command::Texts,
        "unanswered" => Command::Unanswered,
        "tickets" => Command::Tickets,
        "ticket" => Command::Ticket(number(rest)?),
        "reply" => {
            let (ticket, text) = sides(rest)?;
            Command::Reply {
                ticket: number(ticket)?,
                text: some(text)?,
            }
        }
        "close" => Command::Close(number(rest)?),
        "keep" => Command::KeepReply(number(rest)?),
        "topic" => topic(rest)?,
        "merge" => {
            let (one, other) = rest.split_once(|c: char| !c.is_ascii_digit())?;
            Command::MergeTopics(number(one)?, number(other)?)
        }
        "refer" => {
            let (topic, answer) = sides(rest)?;
            Command::Refer {
                topic: number(topic)?,
                answer: some(answer)?,
            }
        }
        "text" => text(rest)?,
        "people" => Command::People,
        "tokens" => Command::Tokens,
        "upload" => Command::Upload,
        "console" => Command::Console,
        "reload" => Command::Reload(take(rest)?),
        "rollback" if rest.is_empty() => Command::Rollback(None),
        "rollback" => Command::Rollback(Some(number(rest)?)),
        "undo" => Command::Undo(number(rest)?),
        "diff" => {
            let (old, new) = rest.split_once(|c: char| !c.is_ascii_digit())?;
            Command::Diff(number(old)?, number(new)?)
        }
        "remove" => Command::Remove(some(rest)?),
        "synonym" => synonym(rest)?,
        "alias" => match synonym(rest)? {
            Command::Synonym { everyday, official } => Command::Words(vec![WordLine {
                everyday,
                official,
                relation: Relation::Same,
            }]),
            taken_away => taken_away,
        },
        "word" => match rest.strip_suffix(['=', '＝']) {
            Some(word) => Command::NoUserWord(one_word(word)?),
            None => Command::UserWord(one_word(rest)?),
        },
        "faq" => faq(rest)?,
        "pin" => Command::Pin(some(rest)?),
        "unpin" => Command::Unpin(number(rest)?),
        "notice" => notice(rest)?,
        "draft" => Command::Draft(number(rest)?),
        "confirm" => {
            let (draft, reason) = first(rest);
            Command::Confirm {
                draft: number(draft)?,
                reason: some(reason),
            }
        }
        "schedule" => {
            let (draft, when) = first(rest);
            Command::Schedule(number(draft)?, moment(when)?)
        }
        "cancel" => cancel(rest)?,
        "grant" => grant(rest)?,
        "revoke" => Command::Revoke(number(rest)?),
        "audit" => match rest {
            "" => Command::Audit(AuditFilter::default()),
            "检查" | "verify" => Command::VerifyAudit,
            before => Command::Audit(AuditFilter {
                before: Some(number(before)?),
                ..AuditFilter::default()
            }),
        },
        "token" => token(rest)?,
        _ => return None,
    })
}

/// A long command as it is typed, so that it can be taken up after a restart.
pub(super) fn typed(command: &Command) -> String {
    match command {
        Command::Reload(take) => match take {
            Take::Ask => "/reload".to_owned(),
            Take::Input => "/reload folder".to_owned(),
            Take::Edition => "/reload keep".to_owned(),
            Take::Both => "/reload merge".to_owned(),
        },
        Command::Rollback(None) => "/rollback".to_owned(),
        Command::Rollback(Some(number)) => format!("/rollback {number}"),
        Command::Undo(number) => format!("/undo {number}"),
        Command::Remove(named) => format!("/remove {named}"),
        Command::Synonym { everyday, official } => {
            format!("/synonym {everyday} = {}", official.join("、"))
        }
        Command::Words(lines) => match lines.as_slice() {
            [line] if line.relation == Relation::Same => {
                format!("/alias {} = {}", line.everyday, line.official.join("、"))
            }
            // Many lines are not typed, and not taken up after a restart.
            _ => "/synonym".to_owned(),
        },
        Command::UserWord(word) => format!("/word {word}"),
        Command::NoUserWord(word) => format!("/word {word} ="),
        Command::NoSynonym(everyday) => format!("/synonym {everyday} ="),
        Command::Faq {
            question,
            answer,
            place,
        } => match place {
            Some(place) => format!("/faq 【{place}】{question} = {answer}"),
            None => format!("/faq {question} = {answer}"),
        },
        Command::NoFaq(question) => format!("/faq {question} ="),
        Command::KeepReply(ticket) => format!("/keep {ticket}"),
        Command::Refer { topic, answer } => format!("/refer {topic} = {answer}"),
        Command::Confirm { draft, reason } => {
            format!("/confirm {draft} {}", reason.as_deref().unwrap_or_default())
        }
        other => format!("/{}", other.name()),
    }
}

fn take(rest: &str) -> Option<Take> {
    Some(match rest {
        "" => Take::Ask,
        "文件夹" | "folder" => Take::Input,
        "保留" | "keep" => Take::Edition,
        "合并" | "merge" => Take::Both,
        _ => return None,
    })
}

fn synonym(rest: &str) -> Option<Command> {
    let (everyday, official) = sides(rest)?;
    let one_line = |text: &str| !text.contains(['\n', '\t']) && text.chars().count() <= 40;
    if !one_line(everyday) || everyday.contains(char::is_whitespace) {
        return None;
    }
    let official = official.split(|c: char| c.is_whitespace() || "、,，".contains(c));
    let official: Vec<String> = official
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    if official.is_empty() {
        return Some(Command::NoSynonym(everyday.to_owned()));
    }
    official
        .iter()
        .all(|word| one_line(word))
        .then(|| Command::Synonym {
            everyday: everyday.to_owned(),
            official,
        })
}

fn faq(rest: &str) -> Option<Command> {
    let (question, answer) = sides(rest)?;
    let (place, question) = match question.strip_prefix(['【', '[']) {
        Some(named) => {
            let (place, question) = named.split_once(['】', ']'])?;
            (some(place), question.trim())
        }
        None => (None, question),
    };
    if question.is_empty() || question.contains('\n') || question.chars().count() > 200 {
        return None;
    }
    Some(match answer {
        "" => Command::NoFaq(question.to_owned()),
        answer => Command::Faq {
            question: question.to_owned(),
            answer: answer.to_owned(),
            place,
        },
    })
}

/// `3`, `3、5 忽略`, `3 处理中 等民政局回话`, `3 拆 17`
fn topic(rest: &str) -> Option<Command> {
    let (numbers, rest) = first(rest);
    let numbers = numbers.split(['、', ',', '，']).map(number);
    let topics: Vec<i64> = numbers.collect::<Option<_>>()?;
    let (word, note) = first(rest);
    match (word, topics.as_slice()) {
        ("", [topic]) => Some(Command::Topic(*topic)),
        ("拆" | "split", [topic]) => Some(Command::SplitTopic(*topic, number(note)?)),
        (state, _) => Some(Command::SetTopics {
            state: topic_state(state)?.to_owned(),
            note: note.to_owned(),
            topics,
        }),
    }
}

fn text(rest: &str) -> Option<Command> {
    let (name, value) = sides(rest)?;
    let name = TextName::parse(name)?;
    if value.chars().count() > name.longest() {
        return None;
    }
    Some(Command::Text(name, some(value)))
}

fn notice(rest: &str) -> Option<Command> {
    if let Some(taken_down) = rest.strip_prefix('撤') {
        return Some(Command::NoNotice(number(taken_down)?));
    }
    let words: Vec<&str> = rest.split_whitespace().collect();
    let (mut text, mut from, mut until) = (Vec::new(), None, None);
    let mut words = words.iter().peekable();
    while let Some(word) = words.next() {
        let time = words.peek().and_then(|day| day_at(day));
        match (*word, time) {
            ("从" | "from", Some(at)) => (from, _) = (Some(at), words.next()),
            // Until the end of that day.
            ("到" | "until", Some(at)) => (until, _) = (Some(at + 86_400_000), words.next()),
            _ => text.push(*word),
        }
    }
    let text = some(&text.join(" ")).filter(|text| text.chars().count() <= 300)?;
    Some(Command::Notice { text, from, until })
}

fn cancel(rest: &str) -> Option<Command> {
    match rest
        .strip_prefix("任务")
        .or_else(|| rest.strip_prefix("job"))
    {
        Some(job) => Some(Command::Cancel(-number(job)?)),
        None => Some(Command::Cancel(number(rest)?)),
    }
}

fn grant(rest: &str) -> Option<Command> {
    let (role, rest) = first(rest);
    let (name, places) = first(rest);
    Some(Command::Invite {
        role: Role::parse(role)?,
        name: some(name)?,
        places: places.split_whitespace().map(str::to_owned).collect(),
    })
}

fn token(rest: &str) -> Option<Command> {
    let (role, rest) = first(rest);
    if role == "收回" || role == "revoke" {
        return Some(Command::NoToken(some(rest)?));
    }
    let (name, rest) = first(rest);
    let (days, places) = first(rest);
    let days = number(days).and_then(|days| u16::try_from(days).ok())?;
    Some(Command::Token {
        name: some(name)?,
        role: Role::parse(role)?,
        places: places.split_whitespace().map(str::to_owned).collect(),
        days,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_read_by_either_name_in_any_width() {
        for (typed, command) in [
            ("/rollback", Command::Rollback(None)),
            ("/回退 ３", Command::Rollback(Some(3))),
            ("／撤销 第3版", Command::Undo(3)),
            ("/diff 3 5", Command::Diff(3, 5)),
            ("/Reload@wz_bot", Command::Reload(Take::Ask)),
            ("/reload 合并", Command::Reload(Take::Both)),
            (
                "/synonym 看病＝就医、医疗",
                Command::Synonym {
                    everyday: "看病".into(),
                    official: vec!["就医".into(), "医疗".into()],
                },
            ),
            ("/synonym 看病 =", Command::NoSynonym("看病".into())),
            (
                "/faq 【通渭县】几点上班 = 上午八点半。",
                Command::Faq {
                    question: "几点上班".into(),
                    answer: "上午八点半。".into(),
                    place: Some("通渭县".into()),
                },
            ),
            (
                "/confirm 4 报告就是这样写的",
                Command::Confirm {
                    draft: 4,
                    reason: Some("报告就是这样写的".into()),
                },
            ),
            (
                "/grant 编辑 小李 通渭县 陇西县",
                Command::Invite {
                    role: Role::Editor,
                    name: "小李".into(),
                    places: vec!["通渭县".into(), "陇西县".into()],
                },
            ),
            ("/加入 ABC", Command::Join("ABC".into())),
            ("/cancel 任务 7", Command::Cancel(-7)),
            ("/audit 检查", Command::VerifyAudit),
            ("/统计 30天", Command::Stats(30)),
        ] {
            assert_eq!(parse(typed), Some(command), "{typed}");
        }
        assert_eq!(parse("/ask 低保"), None);
        assert_eq!(parse("今年修路吗"), None);
    }

    #[test]
    fn a_long_command_is_read_as_it_was_written() {
        for listed in COMMANDS {
            let command = parse(listed.example).expect(listed.name);
            if command.is_long() {
                assert_eq!(parse(&typed(&command)), Some(command));
            }
        }
    }

    #[test]
    fn what_is_not_understood_says_how_it_is_written() {
        for typed in [
            "/undo",
            "/undo x",
            "/diff 3",
            "/synonym 看病",
            "/grant 主席 小李",
        ] {
            assert!(matches!(parse(typed), Some(Command::Unclear(_))), "{typed}");
        }
    }

    #[test]
    fn a_notice_has_days_of_china() {
        let typed = "/notice 周六 停机 从 2026-12-01 到 2026-12-03";
        let Some(Command::Notice { text, from, until }) = parse(typed) else {
            panic!("a notice");
        };
        assert_eq!(text, "周六 停机");
        assert_eq!(from, Some(1_796_054_400_000));
        assert_eq!(
            until.zip(from).map(|(until, from)| until - from),
            Some(3 * 86_400_000)
        );
    }

    #[test]
    fn every_example_is_read_and_for_the_role_it_is_listed_with() {
        for listed in COMMANDS {
            let command = parse(listed.example).expect(listed.name);
            assert!(
                !matches!(command, Command::Unclear(_)),
                "{}",
                listed.example
            );
            assert_eq!(command.least(), listed.least, "{}", listed.name);
            assert!(parse(&format!("/{}", listed.chinese)).is_some());
        }
    }
}
