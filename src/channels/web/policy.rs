//! The content security policy of every page.

/// Forbids external and inline content, and frames other than in `ancestors`: `'none'`, or origins
/// separated by spaces.
pub(super) fn content_security_policy(ancestors: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
         connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {ancestors}"
    )
}
