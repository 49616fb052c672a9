//! What the questions of `wenzheng eval` are answered from.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::bail;

use crate::{assistant::Snapshot, cli::context::Context, retrieval::component::Components};

/// The snapshots that the questions are for: what is loaded, and one for each report that questions
/// name.
pub(super) struct Snapshots {
    loaded: Arc<Snapshot>,
    by_document: HashMap<String, Arc<Snapshot>>,
}

impl Snapshots {
    /// Builds one for each of the `documents`, from its folder below `reports`.
    pub(super) fn build<'a>(
        documents: impl Iterator<Item = &'a str>,
        reports: Option<&Path>,
        context: &Context,
        components: Components,
    ) -> anyhow::Result<Self> {
        let loaded = if components == Components::default() {
            context.assistant.snapshot()
        } else {
            context.snapshot(|options| options.components = components)?
        };
        let mut by_document = HashMap::new();
        for document in documents {
            if !by_document.contains_key(document) {
                let dir = folder_of(reports, document)?;
                let snapshot = context.snapshot(|options| {
                    options.corpus_dir = Some(dir);
                    options.components = components;
                })?;
                by_document.insert(document.to_owned(), snapshot);
            }
        }
        Ok(Self {
            loaded,
            by_document,
        })
    }

    /// The one for questions on `document`.
    pub(super) fn of(&self, document: Option<&str>) -> &Snapshot {
        let named = document.and_then(|document| self.by_document.get(document));
        named.unwrap_or(&self.loaded)
    }
}

/// The folder that holds the report `document`, alone.
fn folder_of(reports: Option<&Path>, document: &str) -> anyhow::Result<PathBuf> {
    let Some(reports) = reports else {
        bail!("问题问的是报告 {document}：请用 --reports 指定放报告的文件夹，每份报告一个子文件夹");
    };
    let dir = reports.join(document);
    if !dir.is_dir() {
        bail!("问题问的是报告 {document}，但没有文件夹 {}", dir.display());
    }
    Ok(dir)
}
