//! Rule files that are put in: they are no documents, and belong beside the one that they are about.

use std::{
    io::Read as _,
    path::{Path, PathBuf},
};

use wenzheng_rules::Use;

use super::office::Office;
use crate::{
    corpus::{DocumentInfo, DocumentKind, RULES_ENDING, RuleFile, is_rule_file},
    eligibility::{self, VARIABLES, bind},
    retrieval::DocumentNumber,
    text::normalize::fold,
    upload::{Converted, Waiting},
};

/// Bytes of a rule file at most.
const MOST: u64 = 256 * 1024;

/// A rule file that was put in.
pub(super) struct TakenRules {
    /// As it is shown before it goes live, with what is wrong in it.
    pub(super) file: Converted,
    /// Where it belongs.
    pub(super) path: String,
}

impl Office {
    /// The rule file that was put in; `None` for what is none. The inner error says why it is not taken.
    pub(super) fn rules_of(&self, file: &Waiting) -> Option<Result<TakenRules, String>> {
        let label = file.label();
        is_rule_file(Path::new(label)).then(|| self.taken_rules(file, label))
    }

    fn taken_rules(&self, file: &Waiting, label: &str) -> Result<TakenRules, String> {
        let mut text = String::new();
        let open = file
            .open()
            .map_err(|_| "文件没有收完整，请重新发送".to_owned())?;
        let read = open.take(MOST + 1).read_to_string(&mut text);
        if read.is_err() || text.len() as u64 > MOST {
            return Err("不是规则文件：应为 UTF-8 文字，不超过 256 KB".to_owned());
        }
        let snapshot = self.publisher.assistant().snapshot();
        let library = snapshot.library();
        let stem = label.strip_suffix(RULES_ENDING).unwrap_or(label);
        let document = library
            .documents()
            .iter()
            .find(|document| document.file.file_stem().is_some_and(|own| own == stem))
            .or_else(|| library.documents().iter().find(|one| is_about(&text, one)))
            .ok_or_else(|| {
                "没有找到它的政策文件：文件名应和政策文件相同，或者在 document 里写对文号"
                    .to_owned()
            })?;
        let (_, live) = self.publisher.live_edition();
        let beside = live
            .files
            .keys()
            .find(|path| super::changes::is_of(path, &document.id.0));
        let stem = beside.and_then(|path| path.strip_suffix(".md"));
        let path = stem
            .map(|stem| format!("{stem}{RULES_ENDING}"))
            .ok_or_else(|| "它的政策文件已经不在了，请重新发送".to_owned())?;
        Ok(TakenRules {
            file: Converted {
                folder: String::new(),
                name: path.rsplit('/').next().unwrap_or_default().to_owned(),
                kind: DocumentKind::Policy,
                title: format!("规则：{}", document.meta.title),
                place: document.meta.place.clone(),
                year: document.meta.year,
                warnings: Vec::new(),
                report: self.told_of(&text, label, document),
                passages: 0,
                preview: Vec::new(),
                text,
            },
            path,
        })
    }

    /// What rules for `document` hold, or what is wrong in them, a line each.
    fn told_of(&self, text: &str, label: &str, document: &DocumentInfo) -> Vec<String> {
        let (_, live) = self.publisher.live_edition();
        let mut paths = live.files.keys();
        let path = paths.find(|path| super::changes::is_of(path, &document.id.0));
        let kept = |path: &str| self.publisher.text(path).ok().flatten();
        let variables = kept(&format!("lexicon/{VARIABLES}"));
        let (vocabulary, _) = eligibility::vocabulary(Path::new(VARIABLES), variables.as_deref());
        let file = RuleFile {
            file: PathBuf::from(label),
            document: document.id.clone(),
            text: text.to_owned(),
            policy: path.and_then(|path| kept(path)),
        };
        let snapshot = self.publisher.assistant().snapshot();
        match bind(snapshot.library(), &file, &vocabulary, Use::Answering) {
            Ok(Ok(benefit)) => vec![format!(
                "和文件对得上：{}，{} 条条件",
                benefit.rules.benefit(),
                benefit.rules.requirements().len()
            )],
            Ok(Err(problems)) => {
                let wrong = problems.iter().map(ToString::to_string);
                let first = "这份规则现在不能用，生效了也不会用来核对：".to_owned();
                [first].into_iter().chain(wrong).collect()
            }
            Err(_) => vec!["政策文件读不了，没有核对".to_owned()],
        }
    }
}

/// True when the rules name the number of this document.
fn is_about(rules: &str, document: &DocumentInfo) -> bool {
    let line = rules
        .lines()
        .find(|line| line.trim_start().starts_with("document"));
    let named = DocumentNumber::all(&fold(line.unwrap_or_default()));
    let own = DocumentNumber::all(&fold(&document.meta.policy.doc_number));
    own.iter()
        .any(|own| named.iter().any(|named| own.is_same(named)))
}
