//! The AES envelope of WeChat and WeCom.
//!
//! An encrypted message is base64 of AES-256-CBC (the IV is the beginning of the key) over
//!
//! ```text
//! 16 random bytes | length of the message, 4 bytes, big endian | message | receiver | padding
//! ```
//!
//! padded to blocks of 32 bytes after PKCS #7. The receiver is the AppID of an official account or
//! the CorpID of a company. Source: 消息加解密说明 of the WeChat and WeCom developer documents.
//!
//! The content of an envelope is not trusted: its signature proves that the sender knows the token,
//! not that its lengths are valid.

use aes::cipher::{BlockModeDecrypt, BlockModeEncrypt, KeyIvInit};
use base64::{
    Engine, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig, general_purpose::STANDARD},
};
use secrecy::{ExposeSecret, SecretBox, SecretString};
use subtle::ConstantTimeEq;

type Encryptor = cbc::Encryptor<aes::Aes256>;
type Decryptor = cbc::Decryptor<aes::Aes256>;

/// Number of random bytes before a message.
const RANDOM: usize = 16;
/// Number of bytes of the length field.
const LENGTH: usize = 4;
/// Padding extends to a multiple of this many bytes, which is also the maximum of a padding byte.
const PADDED_TO: usize = 32;

/// The 43 characters of an EncodingAESKey encode 32 bytes and two more bits, which are not zero in
/// Tencent's own keys.
const KEY_FORMAT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Why an envelope cannot be decrypted. Deliberately coarse; responses do not contain it at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum EnvelopeError {
    /// Not base64, incomplete blocks, invalid lengths or padding, or not UTF-8.
    #[error("the ciphertext is damaged")]
    Damaged,
    /// Encrypted for another account.
    #[error("the message is for another receiver")]
    OtherReceiver,
    /// The operating system provides no random bytes.
    #[error("no random bytes to be had")]
    NoRandomness,
}

/// Encrypts and decrypts messages of one account.
#[derive(Debug)]
pub(super) struct Envelope {
    key: SecretBox<[u8; 32]>,
    receiver: String,
}

impl Envelope {
    /// `None` if `aes_key` is not an EncodingAESKey (43 characters of base64).
    pub(super) fn new(aes_key: &SecretString, receiver: &str) -> Option<Self> {
        let text = aes_key.expose_secret().trim();
        if text.len() != 43 {
            return None;
        }
        let key: [u8; 32] = KEY_FORMAT.decode(text).ok()?.try_into().ok()?;
        Some(Self {
            key: SecretBox::new(Box::new(key)),
            receiver: receiver.to_owned(),
        })
    }

    /// Decrypts `sealed` and checks its receiver.
    ///
    /// # Errors
    /// [`EnvelopeError::Damaged`], [`EnvelopeError::OtherReceiver`].
    pub(super) fn open(&self, sealed: &str) -> Result<String, EnvelopeError> {
        let mut bytes = STANDARD
            .decode(sealed.trim())
            .map_err(|_| EnvelopeError::Damaged)?;
        self.decrypt(&mut bytes)?;
        let (message, receiver) = unpack(&bytes).ok_or(EnvelopeError::Damaged)?;
        if !bool::from(receiver.ct_eq(self.receiver.as_bytes())) {
            return Err(EnvelopeError::OtherReceiver);
        }
        String::from_utf8(message.to_vec()).map_err(|_| EnvelopeError::Damaged)
    }

    /// Encrypts `message` for this account.
    ///
    /// # Errors
    /// [`EnvelopeError::NoRandomness`].
    pub(super) fn seal(&self, message: &str) -> Result<String, EnvelopeError> {
        let mut random = [0; RANDOM];
        getrandom::fill(&mut random).map_err(|_| EnvelopeError::NoRandomness)?;
        Ok(self.seal_after(random, message))
    }

    fn seal_after(&self, random: [u8; RANDOM], message: &str) -> String {
        let length = u32::try_from(message.len()).expect("replies are a few kilobytes");
        let mut bytes = random.to_vec();
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(message.as_bytes());
        bytes.extend_from_slice(self.receiver.as_bytes());
        let padding = PADDED_TO - bytes.len() % PADDED_TO;
        let byte = u8::try_from(padding).expect("at most 32");
        bytes.extend(std::iter::repeat_n(byte, padding));
        let (key, iv) = self.key_and_iv();
        let (blocks, rest) = aes::Block::slice_as_chunks_mut(&mut bytes);
        debug_assert!(rest.is_empty(), "padded to whole blocks");
        Encryptor::new(key.into(), iv.into()).encrypt_blocks(blocks);
        STANDARD.encode(bytes)
    }

    fn decrypt(&self, bytes: &mut [u8]) -> Result<(), EnvelopeError> {
        let (key, iv) = self.key_and_iv();
        let (blocks, rest) = aes::Block::slice_as_chunks_mut(bytes);
        if !rest.is_empty() {
            return Err(EnvelopeError::Damaged);
        }
        Decryptor::new(key.into(), iv.into()).decrypt_blocks(blocks);
        Ok(())
    }

    fn key_and_iv(&self) -> (&[u8; 32], &[u8; 16]) {
        let key = self.key.expose_secret();
        (key, key.first_chunk().expect("a key has 32 bytes"))
    }
}

/// Extracts message and receiver from decrypted bytes.
fn unpack(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let padding = usize::from(*bytes.last()?);
    if !(1..=PADDED_TO).contains(&padding) {
        return None;
    }
    let bytes = bytes.get(..bytes.len().checked_sub(padding)?)?;
    let (_, bytes) = bytes.split_first_chunk::<RANDOM>()?;
    let (length, bytes) = bytes.split_first_chunk::<LENGTH>()?;
    let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
    bytes.split_at_checked(length)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const OFFICIAL_KEY: &str = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";

    fn envelope(key: &str, receiver: &str) -> Envelope {
        Envelope::new(&SecretString::from(key), receiver).expect("a sound key")
    }

    /// Tencent's WeCom sample (WXBizMsgCrypt for C#, Java and PHP).
    #[test]
    fn the_official_wecom_sample_is_opened() {
        let key = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C";
        let sealed = "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==";
        let opened = envelope(key, "wx5823bf96d3bd56c7").open(sealed);
        assert_eq!(opened.as_deref(), Ok("1616140317555161061"));
        let other = envelope(key, "wx5823bf96d3bd56c8").open(sealed);
        assert_eq!(other, Err(EnvelopeError::OtherReceiver));
    }

    /// Tencent's sample for official accounts (Sample.py).
    #[test]
    fn the_official_account_sample_is_opened() {
        let sealed = "hyzAe4OzmOMbd6TvGdIOO6uBmdJoD0Fk53REIHvxYtJlE2B655HuD0m8KUePWB3+LrPXo87wzQ1QLvbeUgmBM4x6F8PGHQHFVAFm\
            OD2LdJF9FrXpbUAh0B5GIItb52sn896wVsMSHGuPE328HnRGBcrS7C41IzDWyWNlZkyyXwon8T332jisa+h6tEDYsVticbSnyU8d\
            KOIbgU6ux5VTjg3yt+WGzjlpKn6NPhRjpA912xMezR4kw6KWwMrCVKSVCZciVGCgavjIQ6X8tCOp3yZbGpy0VxpAe+77TszTfRd5\
            RJSVO/HTnifJpXgCSUdUue1v6h0EIBYYI1BD1DlD+C0CR8e6OewpusjZ4uBl9FyJvnhvQl+q5rv1ixrcpCumEPo5MJSgM9ehVsNP\
            fUM669WuMyVWQLCzpu9GhglF2PE=";
        let opened = envelope(OFFICIAL_KEY, "wx2c2769f8efd9abc2").open(sealed);
        let opened = opened.expect("sealed for this account");
        assert!(
            opened.contains("<Content><![CDATA[abcdteT]]></Content>"),
            "{opened}"
        );
        assert!(
            opened.contains("<MsgId>6054768590064713728</MsgId>"),
            "{opened}"
        );
    }

    /// Tencent's Java test, with fixed random bytes and so a fixed ciphertext.
    #[test]
    fn the_official_java_sample_is_sealed_byte_for_byte() {
        let sealed = envelope(OFFICIAL_KEY, "wxb11529c136998cb6")
            .seal_after(*b"aaaabbbbccccdddd", "我是中文abcd123");
        assert_eq!(
            sealed,
            "jn1L23DB+6ELqJ+6bruv21Y6MD7KeIfP82D6gU39rmkgczbWwt5+3bnyg5K55bgVtVzd832WzZGMhkP72vVOfg=="
        );
    }

    /// From the tests of wechatpy (MIT).
    #[test]
    fn the_wechatpy_sample_is_opened() {
        let key = "kWxPEV2UEDyxWpmPdKC3F4dgPDmOvfKX1HGnEUDS1aR";
        let sealed = "4ByGGj+sVCYcvGeQYhaKIk1o0pQRNbRjxybjTGblXrBaXlTXeOo1+bXFXDQQb1o6co6Yh9Bv41n7hOchLF6p+Q==";
        let opened = envelope(key, "wx49f0ab532d5d035a").open(sealed);
        assert_eq!(opened.as_deref(), Ok("5927782489442352469"));
    }

    #[test]
    fn only_43_characters_of_base64_are_a_key() {
        for key in ["", "short", &OFFICIAL_KEY[1..], &format!("{OFFICIAL_KEY}=")] {
            assert!(
                Envelope::new(&SecretString::from(key), "wx").is_none(),
                "{key}"
            );
        }
        let not_base64 = format!("{}!", &OFFICIAL_KEY[1..]);
        assert!(Envelope::new(&SecretString::from(not_base64), "wx").is_none());
    }

    #[test]
    fn the_key_is_not_shown() {
        let shown = format!("{:?}", envelope(OFFICIAL_KEY, "wx"));
        assert!(
            shown.contains("REDACTED") && !shown.contains("105"),
            "{shown}"
        );
    }

    /// Correctly encrypted, but with invalid lengths or padding.
    #[test]
    fn hostile_contents_are_damaged_and_nothing_worse() {
        let envelope = envelope(OFFICIAL_KEY, "wx");
        let sealed = |plain: &[u8]| {
            let mut bytes = plain.to_vec();
            let (key, iv) = envelope.key_and_iv();
            let (blocks, _) = aes::Block::slice_as_chunks_mut(&mut bytes);
            Encryptor::new(key.into(), iv.into()).encrypt_blocks(blocks);
            STANDARD.encode(bytes)
        };
        let block = |middle: &[u8], fill: u8| {
            let mut bytes = vec![b'r'; RANDOM];
            bytes.extend_from_slice(middle);
            bytes.resize(32, fill);
            bytes
        };
        for hostile in [
            String::new(),
            "!!!!".into(),
            "QQ==".into(),
            sealed(&[b'r'; 16]),
            sealed(&block(b"\xff\xff\xff\xffxxxx", 8)),
            sealed(&block(b"\0\0\0\x01x", 0)),
            sealed(&block(b"\0\0\0\x01x", 0xff)),
            sealed(&block(b"\0\0\0\x0cxxxx", 8)),
            sealed(&[32; 32]),
        ] {
            assert_eq!(
                envelope.open(&hostile),
                Err(EnvelopeError::Damaged),
                "{hostile}"
            );
        }
        // The message is not UTF-8.
        let not_text = sealed(&block(b"\0\0\0\x01\xffwx", 9));
        assert_eq!(envelope.open(&not_text), Err(EnvelopeError::Damaged));
    }

    proptest! {
        #[test]
        fn what_is_sealed_is_opened_again(message in "[a-z县😀<>]{0,80}", receiver in "[a-z0-9]{0,40}") {
            let envelope = envelope(OFFICIAL_KEY, &receiver);
            let sealed = envelope.seal(&message).expect("there is randomness");
            let bytes = STANDARD.decode(&sealed).expect("base64");
            prop_assert_eq!(bytes.len() % PADDED_TO, 0);
            prop_assert_eq!(envelope.open(&sealed), Ok(message));
        }

        #[test]
        fn no_input_panics(bytes in prop::collection::vec(any::<u8>(), 0..128), text in ".{0,64}") {
            let envelope = envelope(OFFICIAL_KEY, "wx");
            let _ = envelope.open(&STANDARD.encode(&bytes));
            let _ = envelope.open(&text);
            let _ = unpack(&bytes);
        }
    }
}
