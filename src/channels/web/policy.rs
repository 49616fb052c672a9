//! The content security policy of every page.

/// Nothing from elsewhere, nothing inline, in the frames of `ancestors` only: `'none'`, or origins
/// with a space between them.
pub(super) fn content_security_policy(ancestors: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
         connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {ancestors}"
    )
}
