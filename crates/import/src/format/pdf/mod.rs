//! PDF with a text layer: lines by their place on the page, joined to paragraphs again.
//!
//! lopdf reads the objects and the fonts' encodings; what is drawn where is followed here as far as
//! text needs it (ISO 32000-1, 9.4). Running heads, page numbers and line breaks are taken out. A
//! page without text is a picture of one: such a file is refused with advice, for guessing at
//! characters is not quoting.

mod assemble;
mod fonts;
mod load;
mod page;
mod read;

pub(super) use self::read::read;
