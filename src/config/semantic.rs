//! `[semantic]`: who makes vectors.

use secrecy::SecretString;

use super::reader::Reader;

/// Who makes vectors for search by meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SemanticBackend {
    /// Nobody: search by words alone.
    Off,
    /// The model inside the program.
    Builtin,
    /// An OpenAI-compatible service.
    Openai {
        /// Address of its `/v1/embeddings`.
        url: String,
        /// Name of its model.
        model: String,
    },
}

/// `[semantic]` and `WENZHENG_SEMANTIC__KEY`
#[derive(Debug, Clone)]
pub struct Semantic {
    /// Who makes vectors.
    pub backend: SemanticBackend,
    /// Key of the service.
    pub key: Option<SecretString>,
    /// Only the reports of these places are embedded; empty for all.
    pub places: Vec<String>,
}

impl Reader<'_> {
    pub(super) fn semantic(&mut self) -> Option<Semantic> {
        let backend = self.backend();
        let key = self.secret("semantic.key");
        let places = self.texts("semantic.places");
        Some(Semantic {
            backend: backend?,
            key,
            places: places?,
        })
    }

    fn backend(&mut self) -> Option<SemanticBackend> {
        let name = self.one_of("semantic.backend", &["builtin", "off", "openai"]);
        let url = self.url("semantic.url");
        let model: Option<String> = self.get("semantic.model");
        match name?.as_str() {
            "off" => Some(SemanticBackend::Off),
            "builtin" => Some(SemanticBackend::Builtin),
            _ => match (url?, model?) {
                (Some(url), model) if !model.is_empty() => {
                    Some(SemanticBackend::Openai { url, model })
                }
                (url, _) => {
                    let missing = match url {
                        None => "semantic.url",
                        Some(_) => "semantic.model",
                    };
                    let what = "semantic.backend 是 openai 时必须填写";
                    self.complain(missing, what.into());
                    None
                }
            },
        }
    }
}
