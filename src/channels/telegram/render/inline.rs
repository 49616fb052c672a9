//! Cards of inline mode, which can be sent to any chat.

use super::{
    html::alone,
    message::{Button, ButtonKind, Rendered},
};
use crate::{
    answer::{Citation, Script},
    channels::{
        deployment::Deployment,
        telegram::{
            callback,
            text::{LIMIT, shortened, units},
            wording as words,
        },
        wording::{self, in_script},
    },
    corpus::{DocumentInfo, Passage, Progress, progress},
};

/// Maximum length of a title, in UTF-16 units; Telegram allows 256 and shows about 30.
const TITLE: usize = 60;
/// Maximum length of a description, in UTF-16 units.
const DESCRIPTION: usize = 120;

/// One result of an inline query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::channels::telegram) struct Card {
    /// The passage id: at most 40 bytes (Telegram allows 64).
    pub(in crate::channels::telegram) id: String,
    /// Shown in bold above the description.
    pub(in crate::channels::telegram) title: String,
    /// The beginning of the quote.
    pub(in crate::channels::telegram) description: String,
    /// The message sent when the card is chosen.
    pub(in crate::channels::telegram) message: Rendered,
}

/// The card of a glossary entry; `entry` is its passage.
pub(in crate::channels::telegram) fn term(
    name: &str,
    document: &DocumentInfo,
    entry: &Passage,
    style: &CardStyle<'_>,
) -> Card {
    let title = in_script(name, style.script).into_owned();
    card(title, &whole(document, entry), style)
}

/// The card of a whole passage.
pub(in crate::channels::telegram) fn whole_passage(
    document: &DocumentInfo,
    passage: &Passage,
    style: &CardStyle<'_>,
) -> Card {
    self::passage(&whole(document, passage), style)
}

fn whole(document: &DocumentInfo, passage: &Passage) -> Citation {
    Citation {
        passage_id: passage.id.clone(),
        document_id: document.id.clone(),
        document_title: document.meta.title.clone(),
        path: document.headings(&passage.path).to_vec(),
        passage_kind: passage.kind,
        period: passage.period,
        progress: progress::of_whole(passage.period, &passage.text).unwrap_or(Progress::None),
        quote: passage.text.clone(),
        highlights: Vec::new(),
        cell: crate::text::Span::new(0, 0),
        place: document.meta.place.clone(),
        year: document.meta.year,
        passage: passage.text.clone(),
        row: Vec::new(),
        cut_from: None,
        standing: None,
        score: 0.0,
    }
}

/// The card of a quote.
pub(in crate::channels::telegram) fn passage(citation: &Citation, style: &CardStyle<'_>) -> Card {
    let label = wording::bracketed(&wording::citation_label(citation)).unwrap_or_default();
    let heading = citation.path.last().map_or("", String::as_str);
    let title = format!("{label}{heading}");
    let title = in_script(&title, style.script).into_owned();
    card(title, citation, style)
}

/// What the cards of one answer have in common.
#[derive(Debug, Clone, Copy)]
pub(in crate::channels::telegram) struct CardStyle<'a> {
    /// The script of the reader.
    pub(in crate::channels::telegram) script: Script,
    /// The bot's name, for the link into its private chat.
    pub(in crate::channels::telegram) username: &'a str,
    /// For the link to the web page.
    pub(in crate::channels::telegram) deployment: &'a Deployment,
}

fn card(title: String, citation: &Citation, style: &CardStyle<'_>) -> Card {
    let script = style.script;
    let html = alone(citation, script, style.deployment);
    debug_assert!(units(&html) <= LIMIT);
    let open = |label: &str, address: String| Button {
        label: in_script(label, script).into_owned(),
        kind: ButtonKind::Open(address),
    };
    // The bot can neither send to somebody else's chat nor turn pages there: links only.
    let payload = callback::start_payload(&citation.passage_id);
    let in_bot = format!("https://t.me/{}?start={payload}", style.username);
    let web = style.deployment.permalink(citation);
    let web = web.map(|address| vec![open(words::WEB, address)]);
    let mut keyboard = vec![vec![open(words::SECTION_IN_BOT, in_bot)]];
    keyboard.extend(web);
    let description = in_script(&citation.quote, script);
    let title = if title.is_empty() {
        citation.document_title.clone()
    } else {
        title
    };
    Card {
        id: citation.passage_id.to_string(),
        title: shortened(&title, TITLE),
        description: shortened(&description, DESCRIPTION),
        message: Rendered { html, keyboard },
    }
}
