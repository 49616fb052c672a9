//! Glossary terms: aliases, parts explained by the definition, passages that use them.

use std::collections::HashSet;

use wenzheng_text::{Pattern, Span, normalize::strip_quotes};

use crate::model::{Passage, PassageKind, Term, TermPart};

/// A quoted part of a term that the definition explains: “一总”即…
static PART: Pattern = Pattern::new("[“\"]([^”\"]{1,12})[”\"](?:即|指|是指|就是|：)");
/// Suffixes that people leave out.
const SUFFIXES: [&str; 9] = [
    "行动",
    "工程",
    "改革",
    "项目清单",
    "清单",
    "机制",
    "战略",
    "方略",
    "制度",
];

/// Returns the quoted parts that a definition explains, each with its clause.
pub(super) fn parts(text: &str, from: usize) -> Vec<TermPart> {
    let starts: Vec<(usize, &str)> = PART
        .captures_iter(&text[from..])
        .filter_map(|found| Some((from + found.get(0)?.start(), found.get(1)?.as_str())))
        .collect();
    starts
        .iter()
        .enumerate()
        .map(|(n, (start, name))| TermPart {
            name: (*name).to_owned(),
            span: Span::new(*start, starts.get(n + 1).map_or(text.len(), |next| next.0)),
        })
        .collect()
}

/// Returns the aliases of a term: without quotes, without suffix, each quoted part, as written.
pub(super) fn aliases(name: &str, written: &[String]) -> Vec<String> {
    let bare = strip_quotes(name);
    let mut aliases = vec![bare.clone()];
    for suffix in SUFFIXES {
        if let Some(stem) = bare.strip_suffix(suffix)
            && stem.chars().count() >= 2
        {
            aliases.push(stem.to_owned());
        }
    }
    for quoted in name.split('“').skip(1) {
        let quoted = quoted.split('”').next().unwrap_or_default();
        if quoted.chars().count() >= 2 {
            aliases.push(quoted.to_owned());
        }
    }
    aliases.extend(written.iter().cloned());
    let mut seen = HashSet::new();
    aliases.retain(|alias| seen.insert(alias.clone()));
    aliases
}

/// Records which passages use each term.
pub(super) fn find_uses(terms: &mut [Term], passages: &[Passage]) {
    let texts: Vec<String> = passages
        .iter()
        .map(|passage| strip_quotes(&passage.text))
        .collect();
    for term in terms {
        let names = term
            .aliases
            .iter()
            .chain(term.parts.iter().map(|part| &part.name));
        let names: Vec<&String> = names.filter(|name| name.chars().count() >= 2).collect();
        let uses = |(n, text): (usize, &String)| {
            let own = n == term.passage || passages[n].kind == PassageKind::Entry;
            (!own && names.iter().any(|name| text.contains(name.as_str()))).then_some(n)
        };
        term.used_in = texts.iter().enumerate().filter_map(uses).collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_leave_out_quotes_and_the_word_for_the_kind_of_measure() {
        assert_eq!(
            aliases("“三抓三促”行动", &["三抓".to_owned()]),
            ["三抓三促行动", "三抓三促", "三抓"]
        );
        assert_eq!(
            aliases("“一总六分”项目清单", &[]),
            ["一总六分项目清单", "一总六分", "一总六分项目"]
        );
        // A single character is not an alias.
        assert_eq!(aliases("新机制", &[]), ["新机制"]);
    }

    #[test]
    fn each_part_reaches_to_the_next() {
        let text = "“一总六分”：“一总”即总清单；“六分”即六个分清单。";
        let from = "“一总六分”：".len();
        let parts = parts(text, from);
        let shown: Vec<(&str, &str)> = parts
            .iter()
            .map(|part| (part.name.as_str(), part.span.of(text)))
            .collect();
        assert_eq!(
            shown,
            [
                ("一总", "“一总”即总清单；"),
                ("六分", "“六分”即六个分清单。")
            ]
        );
    }
}
