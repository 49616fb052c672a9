//! A message as data: HTML and buttons; which buttons are below an answer.

use crate::{
    answer::{Answer, Script, Status},
    channels::{
        deployment::Deployment,
        telegram::{
            callback::{Action, Pick, Press, ScriptChoice, Suggested},
            text::units,
            wording as words,
        },
        wording::{self, in_script},
    },
    corpus::PassageId,
    service::{AnswerId, Reason, Vote},
};

/// A message, ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::channels::telegram) struct Rendered {
    /// For `parse_mode=HTML`; never empty, at most [`LIMIT`](crate::channels::telegram::text::LIMIT)
    /// UTF-16 units.
    pub(in crate::channels::telegram) html: String,
    /// Rows of buttons; may be empty.
    pub(in crate::channels::telegram) keyboard: Vec<Vec<Button>>,
}

/// A button below a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::channels::telegram) struct Button {
    /// Its label.
    pub(in crate::channels::telegram) label: String,
    /// Its action.
    pub(in crate::channels::telegram) kind: ButtonKind,
}

/// The action of a [`Button`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::channels::telegram) enum ButtonKind {
    /// Sends a callback query.
    Press(Press),
    /// Sends a callback query that sets the script of the chat.
    Choose(ScriptChoice),
    /// Sends a callback query that asks the question on its label.
    Suggested(Suggested),
    /// Sends a callback query that says something in a dialogue on who qualifies.
    Pick(Pick),
    /// Opens the private chat, in which the dialogue goes on.
    InPrivate(Pick),
    /// Opens a URL.
    Open(String),
    /// Sends a callback query that gives a command of administrators.
    Perform(String),
}

/// The buttons below `answer` but for suggested questions: section and related passages, web page,
/// votes.
pub(super) fn keyboard(answer: &Answer, deployment: &Deployment) -> Vec<Vec<Button>> {
    let script = answer.script;
    let Some(first) = answer.citations.first() else {
        // More was asked for, and nothing is cited.
        let related = answer.related.first();
        let related = related.map(|first| button(words::RELATED, Action::Related, first, script));
        let related = related.map(|related| vec![related]);
        let refused = matches!(answer.status, Status::NotFound | Status::Partial);
        let votes =
            (refused && answer.referral.is_none()).then(|| votes(&Press::no_passage(), script));
        return related.into_iter().chain(votes).collect();
    };
    let press = |label, action| button(label, action, &first.passage_id, script);
    let mut reading = vec![press(words::SECTION, Action::Section)];
    if !answer.related.is_empty() {
        reading.push(press(words::RELATED, Action::Related));
    }
    let votes = votes(&first.passage_id, script);
    // A button rather than a link in the text, for which Telegram would show a preview.
    let web = deployment.permalink(first).map(|address| Button {
        label: in_script(words::WEB, script).into_owned(),
        kind: ButtonKind::Open(address),
    });
    let further: Vec<Button> = web.into_iter().collect();
    let rows = [reading, further, votes];
    rows.into_iter().filter(|row| !row.is_empty()).collect()
}

/// 有用 and 没用.
fn votes(passage: &PassageId, script: Script) -> Vec<Button> {
    [
        (words::USEFUL, Vote::Useful),
        (words::USELESS, Vote::Useless),
    ]
    .map(|(label, vote)| button(label, Action::Vote(vote), passage, script))
    .to_vec()
}

/// Names the answer in those `buttons` that vote on it.
pub(in crate::channels::telegram) fn name_answer(buttons: &mut [Vec<Button>], id: &AnswerId) {
    for button in buttons.iter_mut().flatten() {
        if let ButtonKind::Press(press) = &mut button.kind
            && press.action.is_vote()
        {
            press.answer = Some(id.clone());
        }
    }
}

/// UTF-16 units of the text below a picture, by the Bot API.
const CAPTION: usize = 1024;

impl Rendered {
    /// True when it can stand below a picture. Its markup counts as well here, which Telegram does not count.
    pub(in crate::channels::telegram) fn is_caption(&self) -> bool {
        units(&self.html) <= CAPTION
    }

    /// The same with buttons that lead to the private chat with the bot of this name.
    pub(in crate::channels::telegram) fn leading_to(mut self, bot: Option<&str>) -> Self {
        for button in self.keyboard.iter_mut().flatten() {
            if let ButtonKind::InPrivate(pick) = &button.kind
                && let (Some(bot), Some(payload)) = (bot, pick.payload())
            {
                let address = format!("https://t.me/{bot}?start={payload}");
                button.kind = ButtonKind::Open(address);
            }
        }
        self
    }

    /// Adds the button 相关用语 below the first row.
    pub(in crate::channels::telegram) fn offer_terms(
        &mut self,
        passage: &PassageId,
        script: Script,
    ) {
        let terms = button(words::TERMS, Action::Terms, passage, script);
        let is_link = |button: &Button| matches!(button.kind, ButtonKind::Open(_));
        match self.keyboard.get_mut(1) {
            Some(second) if second.iter().any(is_link) => second.insert(0, terms),
            _ => {
                let below_the_first = self.keyboard.len().min(1);
                self.keyboard.insert(below_the_first, vec![terms]);
            }
        }
    }
}

/// Buttons that ask why an answer did not help, two per row.
pub(in crate::channels::telegram) fn reasons(
    passage: &PassageId,
    script: Script,
) -> Vec<Vec<Button>> {
    let buttons = Reason::ALL.map(|reason| {
        button(
            wording::reason(reason),
            Action::Reason(reason),
            passage,
            script,
        )
    });
    buttons.chunks(2).map(<[Button]>::to_vec).collect()
}

/// A button that sends a callback query to the bot.
pub(super) fn button(label: &str, action: Action, passage: &PassageId, script: Script) -> Button {
    Button {
        label: in_script(label, script).into_owned(),
        kind: ButtonKind::Press(Press {
            action,
            passage: passage.clone(),
            script,
            answer: None,
        }),
    }
}
