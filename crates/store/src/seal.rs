//! What is kept so that whoever has the database alone cannot read it: XChaCha20-Poly1305 under a key that
//! is derived from the secret of the deployment.

use chacha20poly1305::{
    Key, KeyInit as _, XChaCha20Poly1305, XNonce,
    aead::{Aead as _, Payload},
};

use crate::{SecretKey, StoreError};

/// Bytes of a nonce, which precede what was sealed.
const NONCE: usize = 24;

impl SecretKey {
    /// `plain`, encrypted for `purpose`: a random nonce, then the ciphertext with its tag.
    ///
    /// # Errors
    /// [`StoreError::Disk`] without randomness of the system.
    pub fn seal(&self, purpose: &str, plain: &[u8]) -> Result<Vec<u8>, StoreError> {
        let mut nonce = [0; NONCE];
        getrandom::fill(&mut nonce).map_err(|error| StoreError::Disk(error.to_string()))?;
        let payload = Payload {
            msg: plain,
            aad: purpose.as_bytes(),
        };
        let sealed = self
            .cipher()
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|_| StoreError::Damaged(purpose.to_owned()))?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// What was sealed for `purpose`; `None` when it was not, or with another key.
    #[must_use]
    pub fn unseal(&self, purpose: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE>()?;
        let payload = Payload {
            msg: sealed,
            aad: purpose.as_bytes(),
        };
        let plain = self.cipher().decrypt(&XNonce::from(*nonce), payload);
        plain.ok()
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        let key = self.hash("seal", &[]);
        XChaCha20Poly1305::new(&Key::from(key.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_key_and_the_purpose_open_it() {
        let key = SecretKey::passing();
        let sealed = key.seal("address", b"telegram 1").expect("randomness");
        let again = key.seal("address", b"telegram 1").expect("randomness");
        assert_ne!(sealed, again);
        let opened = key.unseal("address", &sealed);
        assert_eq!(opened.as_deref(), Some(b"telegram 1".as_slice()));
        assert_eq!(key.unseal("totp", &sealed), None);
        assert_eq!(SecretKey::passing().unseal("address", &sealed), None);
        let mut changed = sealed.clone();
        changed[NONCE] ^= 1;
        assert_eq!(key.unseal("address", &changed), None);
        assert_eq!(key.unseal("address", b"short"), None);
    }
}
