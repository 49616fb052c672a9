//! What renders for one platform.

use crate::channels::deployment::Deployment;

/// Renders for one platform.
#[derive(Debug)]
pub(in crate::channels::wechat) struct Renderer {
    pub(super) bytes: usize,
    pub(super) deployment: Deployment,
}

impl Renderer {
    /// Creates a renderer for replies of at most `bytes`.
    pub(in crate::channels::wechat) const fn new(bytes: usize, deployment: Deployment) -> Self {
        Self { bytes, deployment }
    }
}
