//! Signatures of WeChat and WeCom: SHA-1 over the sorted parts, in lower-case hexadecimal.
//!
//! Source: 接入指南 (signature) and 消息加解密说明 (msg_signature) of the WeChat and WeCom developer
//! documents; the test vectors are those of Tencent's sample code.

use secrecy::{ExposeSecret, SecretString};
use sha1::{Digest, Sha1};
use subtle::ConstantTimeEq;

use crate::text::hex;

/// The signature over `token` and `parts`: 40 hexadecimal digits.
pub(super) fn sign(token: &SecretString, parts: &[&str]) -> String {
    let mut sorted: Vec<&str> = parts.to_vec();
    sorted.push(token.expose_secret());
    sorted.sort_unstable();
    let mut hash = Sha1::new();
    for part in sorted {
        hash.update(part.as_bytes());
    }
    hex::encode(&hash.finalize())
}

/// True if `given` is the signature over `token` and `parts`, compared in constant time.
pub(super) fn is_signed(token: &SecretString, parts: &[&str], given: &str) -> bool {
    sign(token, parts).as_bytes().ct_eq(given.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_signatures_hold_and_others_do_not() {
        let vectors = [
            // Tencent's WeCom sample (WXBizMsgCrypt).
            (
                "QDG6eK",
                "1409659589",
                "263014780",
                "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==",
                "5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3",
            ),
            // wechatpy's tests (MIT).
            (
                "123456",
                "1411443780",
                "437374425",
                "4ByGGj+sVCYcvGeQYhaKIk1o0pQRNbRjxybjTGblXrBaXlTXeOo1+bXFXDQQb1o6co6Yh9Bv41n7hOchLF6p+Q==",
                "dd6b9c95b495b3f7e2901bfbc76c664930ffdb96",
            ),
        ];
        for (token, timestamp, nonce, cipher, signature) in vectors {
            let token = SecretString::from(token);
            assert_eq!(sign(&token, &[timestamp, nonce, cipher]), signature);
            // The order of the parts does not matter.
            assert!(is_signed(&token, &[cipher, timestamp, nonce], signature));
            assert!(!is_signed(&token, &[timestamp, nonce], signature));
            assert!(!is_signed(
                &token,
                &[timestamp, nonce, cipher],
                &signature[1..]
            ));
            assert!(!is_signed(&token, &[timestamp, nonce, cipher], ""));
        }
    }
}
