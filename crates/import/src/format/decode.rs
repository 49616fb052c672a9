//! Decodes the bytes of a text file.

use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// The text of a file and the name of its encoding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Decoded {
    pub(crate) text: String,
    pub(crate) encoding: &'static str,
}

/// Characters and marks common in every report, in both scripts. Text decoded with the wrong encoding
/// has hardly any of them.
const COMMON: &str = "，。、：；的一是在不了和有大为年中工作发展经济社会建设政府推进加强实施全面坚持提升改革民生產業經濟發實會國這個為與對們開設進強業";

/// Bytes sampled to guess the encoding.
const SAMPLE: usize = 64 * 1024;

/// Decodes UTF-8, UTF-16, GB 18030 (which includes GBK and GB 2312) or Big5, chosen by byte order mark
/// or else by which result looks most like Chinese.
///
/// Invalid bytes become U+FFFD; nothing is refused.
pub(crate) fn decode(bytes: &[u8]) -> Decoded {
    let encoding = Encoding::for_bom(bytes).map_or_else(|| guess(bytes), |(encoding, _)| encoding);
    let (text, _) = encoding.decode_with_bom_removal(bytes);
    Decoded {
        text: text.into_owned(),
        encoding: encoding.name(),
    }
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let valid = match std::str::from_utf8(sample) {
        Ok(_) => true,
        // The sample may end within a character.
        Err(error) => error.error_len().is_none() && error.valid_up_to() + 4 > sample.len(),
    };
    let zeros = sample.contains(&0);
    if valid && !zeros && std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    // Ties are resolved in this order; GBK is the most likely.
    let mut best = (GB18030, familiarity(sample, GB18030));
    for encoding in [BIG5, UTF_16LE, UTF_16BE, UTF_8] {
        let score = familiarity(sample, encoding);
        if score > best.1 {
            best = (encoding, score);
        }
    }
    best.0
}

/// Share of common characters, minus a penalty for invalid ones.
fn familiarity(bytes: &[u8], encoding: &'static Encoding) -> f32 {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    likeness(&text)
}

/// How much `text` looks like Chinese: the share of common characters, minus a penalty for invalid ones.
pub(super) fn likeness(text: &str) -> f32 {
    let (mut known, mut lost, mut all) = (0, 0, 0);
    for c in text.chars().filter(|c| !c.is_whitespace()).take(SAMPLE) {
        all += 1;
        known += i32::from(COMMON.contains(c));
        lost += i32::from(c == '\u{fffd}' || c == '\0');
    }
    if all == 0 {
        return 0.0;
    }
    (known - 4 * lost) as f32 / all as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_told_apart() {
        let text = "各位代表：现在，我代表县人民政府报告工作。";
        let traditional = "各位代表：現在，我代表縣人民政府報告工作。";
        let (gbk, _, _) = GB18030.encode(text);
        let (big5, _, _) = BIG5.encode(traditional);
        let utf16 = |order: fn(u16) -> [u8; 2]| -> Vec<u8> {
            text.encode_utf16().flat_map(order).collect()
        };
        for (bytes, encoding, text) in [
            (text.as_bytes().to_vec(), "UTF-8", text),
            ([b"\xef\xbb\xbf", text.as_bytes()].concat(), "UTF-8", text),
            (gbk.to_vec(), "gb18030", text),
            (big5.to_vec(), "Big5", traditional),
            (
                [b"\xff\xfe".to_vec(), utf16(u16::to_le_bytes)].concat(),
                "UTF-16LE",
                text,
            ),
            (utf16(u16::to_le_bytes), "UTF-16LE", text),
            (utf16(u16::to_be_bytes), "UTF-16BE", text),
            (
                [text.as_bytes(), b"\xff"].concat(),
                "UTF-8",
                "各位代表：现在，我代表县人民政府报告工作。\u{fffd}",
            ),
        ] {
            let decoded = decode(&bytes);
            assert_eq!(decoded.encoding, encoding);
            assert_eq!(decoded.text, text);
        }
    }
}
