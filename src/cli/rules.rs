//! Rule files as commands see them: beside the documents of their folder.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail};
use time::Date;
use wenzheng_rules::{Mismatch, Rules, Use, Validity, Vocabulary, run_scenarios};

use crate::{
    corpus::{self, Library, Problem, RuleFile, Validities, document_beside},
    eligibility::{self, Benefit, VARIABLES, bind, runs},
};

/// A rule file with the documents of its folder, which may replace one another.
pub(super) struct FoundRules {
    library: Library,
    file: RuleFile,
    vocabulary: Vocabulary,
}

impl FoundRules {
    /// The rules in `file`, with the shared variables of the word lists in `lexicon`.
    pub(super) fn of_file(file: &Path, lexicon: &Path) -> anyhow::Result<Self> {
        let beside = document_beside(file).context("规则文件的名称应以 .rules.toml 结尾")?;
        if !beside.is_file() {
            bail!("旁边没有同名的政策文件：{}", beside.display());
        }
        let folder = match file.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let name = PathBuf::from(file.file_name().unwrap_or_default());
        let read = corpus::read_below(folder);
        let (files, problems) = corpus::read_rule_files(folder, [name], &read);
        let Some(rules) = files.into_iter().next() else {
            bail!("{}", lines(&problems));
        };
        Ok(Self {
            library: Library::new(corpus::load_dir(folder)?.corpus),
            file: rules,
            vocabulary: vocabulary(lexicon).0,
        })
    }

    /// The rules, held against their document.
    pub(super) fn bind(&self, purpose: Use) -> anyhow::Result<Result<Benefit, Vec<Problem>>> {
        Ok(bind(&self.library, &self.file, &self.vocabulary, purpose)?)
    }

    /// The text of the document.
    pub(super) fn policy(&self) -> &str {
        self.file.policy.as_deref().unwrap_or_default()
    }

    /// Whether the rules run on a day.
    pub(super) fn runs(&self, day: Date) -> Validity {
        let validities = Validities::of(self.library.documents());
        let document = self.library.document_by_id(&self.file.document);
        document.map_or(Validity::Expired, |document| {
            runs(&validities, document, day)
        })
    }
}

/// The shared variables of the word lists in `lexicon`, and what is wrong in them.
pub(super) fn vocabulary(lexicon: &Path) -> (Vocabulary, Vec<Problem>) {
    let file = lexicon.join(VARIABLES);
    let text = fs::read_to_string(&file).ok();
    eligibility::vocabulary(&file, text.as_deref())
}

/// The scenarios of `rules` that do not come out as expected.
pub(super) fn scenarios(rules: &Rules, runs: impl FnMut(Date) -> Validity) -> Vec<Mismatch> {
    run_scenarios(rules, runs)
}

/// What `check` says of the rule files below `dir`, whose documents make up `library`: what is wrong, and what is left
/// to the office because nobody has written a rule for it.
pub(super) struct Checked {
    /// What has to be mended, a line each.
    pub(super) problems: Vec<String>,
    /// What should be looked at, a line each.
    pub(super) hints: Vec<String>,
    /// What is in order, a line each.
    pub(super) read: Vec<String>,
}

/// Checks the rule files below `dir`.
pub(super) fn checked(dir: &Path, lexicon: &Path, library: &Library) -> anyhow::Result<Checked> {
    let below = corpus::rule_files_below(dir);
    let (files, unreadable) = corpus::read_rule_files(dir, below, &corpus::read_below(dir));
    let (vocabulary, wrong) = vocabulary(lexicon);
    let wrong = wrong.into_iter().filter(|_| !files.is_empty());
    let mut checked = Checked {
        problems: unreadable
            .into_iter()
            .chain(wrong)
            .map(|it| it.to_string())
            .collect(),
        hints: Vec::new(),
        read: Vec::new(),
    };
    let validities = Validities::of(library.documents());
    for file in &files {
        let name = file.file.display();
        let benefit = match bind(library, file, &vocabulary, Use::Answering)? {
            Ok(benefit) => benefit,
            Err(problems) => {
                checked
                    .problems
                    .extend(problems.iter().map(ToString::to_string));
                continue;
            }
        };
        let rules = &benefit.rules;
        let document = library.document(benefit.index);
        let day = |day| {
            document.map_or(Validity::Expired, |document| {
                runs(&validities, document, day)
            })
        };
        for mismatch in scenarios(rules, day) {
            checked.problems.push(format!("{name}: {mismatch}"));
        }
        for clause in rules.uncovered() {
            checked.hints.push(format!(
                "{name}: 提示：“{clause}”没有写进规则，一律显示“？由部门认定”。请写成条件，或列入 judged、plain"
            ));
        }
        checked.read.push(format!(
            "{name}：{}，{} 条条件，{} 个情形",
            rules.benefit(),
            rules.requirements().len(),
            rules.scenarios().len()
        ));
    }
    Ok(checked)
}

fn lines(problems: &[Problem]) -> String {
    let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    lines.join("\n")
}
