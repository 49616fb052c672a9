//! Files of a web form, written to the spool while they arrive.

use axum::{
    body::Body,
    extract::{
        DefaultBodyLimit, FromRequest as _, Multipart, Request,
        multipart::{Field, MultipartError},
    },
    http::header::CONTENT_LENGTH,
};
use futures::{StreamExt as _, TryStreamExt as _};
use tokio::time::timeout;

use super::{
    error::SpoolError,
    metered::Metered,
    spool::{Spool, Waiting},
};

/// The name of the fields that hold files.
const FILE: &str = "file";
/// Other fields of a form at most.
const FIELDS: usize = 16;
/// Bytes of such a field at most.
const FIELD_BYTES: usize = 4 * 1024;

/// What a form held.
#[derive(Debug, Default)]
pub struct Received {
    /// The files of its fields called `file`, in order; at least one.
    pub files: Vec<Waiting>,
    /// Its other fields, name and value, in order; at most 16 of at most 4 KiB each.
    pub fields: Vec<(String, String)>,
}

impl Received {
    /// The value of the first field called `name`.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&str> {
        let mut fields = self.fields.iter();
        let found = fields.find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// Receives the form in `request` (`multipart/form-data`) from `editor`, all its files or none.
///
/// It keeps its own limits, whatever body limit the router has, and holds about a megabyte in memory however much is
/// sent. What a refused request still sends is taken and thrown away up to a point, so that its sender sees the
/// answer and no broken connection.
///
/// # Errors
/// [`SpoolError`]; nothing of the request is left then.
pub async fn receive(
    spool: &Spool,
    editor: &str,
    request: Request,
) -> Result<Received, SpoolError> {
    let limits = *spool.limits();
    let (mut parts, body) = request.into_parts();
    let body = Metered::new(body, limits.request_bytes());
    let length = parts.headers.get(CONTENT_LENGTH);
    let length = length.and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    let received = if length.is_some_and(|length| length > limits.request_bytes()) {
        Err(too_large(spool))
    } else {
        parts.extensions.clear();
        let mut request = Request::from_parts(parts, Body::from_stream(body.clone()));
        DefaultBodyLimit::disable().apply(&mut request);
        let form = Multipart::from_request(request, &()).await;
        let form = form.map_err(|_| SpoolError::Broken);
        let read = async { read(spool, editor, form?, &body).await };
        let read = timeout(limits.patience, read).await;
        read.unwrap_or(Err(SpoolError::TooSlow))
    };
    if received.is_err() {
        let _ = timeout(limits.patience, body.drain(limits.idle)).await;
    }
    received
}

async fn read(
    spool: &Spool,
    editor: &str,
    mut form: Multipart,
    body: &Metered,
) -> Result<Received, SpoolError> {
    let idle = spool.limits().idle;
    let broken = |_: MultipartError| {
        if body.is_over() {
            too_large(spool)
        } else {
            SpoolError::Broken
        }
    };
    let mut received = Received::default();
    loop {
        let next = timeout(idle, form.next_field()).await;
        let next = next.map_err(|_| SpoolError::TooSlow)?;
        let Some(field) = next.map_err(broken)? else {
            break;
        };
        if field.name() != Some(FILE) {
            received.fields.push(text(field, &received, body).await?);
            continue;
        }
        let name = field.file_name().unwrap_or_default().to_owned();
        let mut pieces = field
            .map_err(broken)
            .inspect_ok(|piece| body.taken(piece.len()));
        // A browser sends an empty file without a name where none was chosen.
        let first = timeout(idle, pieces.next()).await;
        let first = first.map_err(|_| SpoolError::TooSlow)?.transpose()?;
        if name.is_empty() && first.as_ref().is_none_or(|first| first.is_empty()) {
            continue;
        }
        if received.files.len() >= spool.limits().files {
            let most = spool.limits().files;
            return Err(SpoolError::TooManyFiles { most });
        }
        let pieces = futures::stream::iter(first.map(Ok)).chain(pieces);
        received
            .files
            .push(spool.keep(editor, &name, pieces).await?);
    }
    if received.files.is_empty() {
        return Err(SpoolError::NoFile);
    }
    Ok(received)
}

/// A field that is no file: its name and value.
async fn text(
    mut field: Field<'_>,
    received: &Received,
    body: &Metered,
) -> Result<(String, String), SpoolError> {
    let name = field.name().unwrap_or_default().to_owned();
    let mut value = Vec::new();
    while let Some(piece) = field.chunk().await.map_err(|_| SpoolError::Broken)? {
        body.taken(piece.len());
        value.extend_from_slice(&piece);
        if value.len() > FIELD_BYTES {
            return Err(SpoolError::Broken);
        }
    }
    let value = String::from_utf8(value).map_err(|_| SpoolError::Broken)?;
    if received.fields.len() >= FIELDS || name.len() > FIELD_BYTES {
        return Err(SpoolError::Broken);
    }
    Ok((name, value))
}

fn too_large(spool: &Spool) -> SpoolError {
    SpoolError::FileTooLarge {
        most: spool.limits().file_bytes,
    }
}
