//! Bytes of a text file to text.

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// A file's text and the name of the encoding it was in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) encoding: &'static str,
}

/// Reads UTF-8, UTF-16 with a byte order mark, or else GB 18030, which includes GBK and GB 2312.
///
/// Bytes that mean nothing become U+FFFD; nothing is refused.
pub(super) fn decode(bytes: &[u8]) -> Decoded {
    let encoding = Encoding::for_bom(bytes).map_or_else(
        || {
            if std::str::from_utf8(bytes).is_ok() {
                UTF_8
            } else {
                GB18030
            }
        },
        |(encoding, _)| encoding,
    );
    debug_assert!([UTF_8, UTF_16LE, UTF_16BE, GB18030].contains(&encoding));
    let (text, _) = encoding.decode_with_bom_removal(bytes);
    Decoded {
        text: text.into_owned(),
        encoding: encoding.name(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_told_apart() {
        let text = "通渭县";
        let (gbk, _, _) = GB18030.encode(text);
        for (bytes, encoding) in [
            (text.as_bytes(), "UTF-8"),
            (b"\xef\xbb\xbf\xe9\x80\x9a\xe6\xb8\xad\xe5\x8e\xbf", "UTF-8"),
            (&gbk, "gb18030"),
            (b"\xff\xfe\x1a\x90\x2d\x6e\xbf\x53", "UTF-16LE"),
        ] {
            let decoded = decode(bytes);
            assert_eq!(decoded.encoding, encoding);
            assert_eq!(decoded.text, text);
        }
    }
}
