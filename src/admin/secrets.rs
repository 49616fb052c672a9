//! One-time codes and keys, as they are made and typed.

use wenzheng_store::StoreError;

/// Letters and digits that nobody takes for one another (Crockford).
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// `chars` characters that nobody guesses.
pub(super) fn random(chars: usize) -> Result<String, StoreError> {
    let mut bytes = vec![0_u8; chars];
    getrandom::fill(&mut bytes).map_err(|error| StoreError::Disk(error.to_string()))?;
    // 256 is a multiple of 32: no character comes up more often.
    let chars = bytes
        .iter()
        .map(|byte| char::from(ALPHABET[usize::from(byte % 32)]));
    Ok(chars.collect())
}

/// A code as it was typed: without spaces and hyphens, in capitals, with what looks alike read as one.
pub(super) fn read(typed: &str) -> String {
    let plain = typed.chars().filter(char::is_ascii_alphanumeric);
    let plain = plain.map(|c| match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    });
    plain.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        assert_eq!(read("abcde-12o4i"), "ABCDE12041");
        let code = random(10).expect("the system has randomness");
        assert_eq!(read(&format!(" {} ", code.to_lowercase())), code);
    }
}
