//! What the text of a policy document hints at and does not say, to be asked of whoever imports it.

/// Shown to administrators, each with the key of the front matter to fill in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Question {
    /// No office below the text or in the title.
    #[error("没有读到发文机关。是谁发的？请填 issuer")]
    Issuer,
    /// No date below the text.
    #[error("没有读到成文日期（落款的日期）。是哪一天？请填 issued_on，例如 issued_on: 2025-03-20")]
    IssuedOn,
    /// 自印发之日起施行: no day that can be read off.
    #[error("写的是“自印发之日起施行”，看不出是哪一天。请填 effective_on")]
    EffectiveOn,
    /// 有效期 with neither years nor a day.
    #[error("写到了有效期，没有读出到哪一天。请填 expires_on 或 valid_years")]
    Validity,
    /// A term of validity and no day that it begins on.
    #[error("写了有效几年，没有读出从哪一天算起。请填 effective_on")]
    ValidityFrom,
    /// 同时废止 without a document's name.
    #[error("写到了同时废止，没有读出废止哪份文件。请填 repeals")]
    Repeals,
    /// Neither title nor folder names a place.
    #[error("没有读到是哪个地方的文件。请填 place")]
    Place,
}
