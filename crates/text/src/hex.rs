//! Bytes as hexadecimal digits.

use std::fmt::Write as _;

/// Encodes `bytes` as two lower-case digits each.
///
/// ```
/// assert_eq!(wenzheng_text::hex::encode(&[0x0a, 0xff]), "0aff");
/// ```
#[must_use]
pub fn encode(bytes: &[u8]) -> String {
    let mut digits = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        write!(digits, "{byte:02x}").expect("a string takes any text");
    }
    digits
}
