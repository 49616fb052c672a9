//! Who asks on the web, where an address tells nobody.

use super::{problem::Problem, wording};
use crate::service::Request;

/// The random id that a browser made for itself. Whoever has it can see and erase what is kept by it, so it
/// is never logged: it can be neither printed nor read.
#[derive(Clone)]
pub(super) struct PersonId(String);

impl PersonId {
    /// The id that `text` is: 32 hexadecimal digits.
    ///
    /// # Errors
    /// If it is none.
    pub(super) fn read(text: &str) -> Result<Self, Problem> {
        let is_hex = text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_hex
            .then(|| Self(text.to_ascii_lowercase()))
            .ok_or(Problem::bad_request(wording::BAD_PERSON))
    }

    /// `request` as one of theirs.
    pub(super) fn makes(self, request: Request) -> Request {
        request.known_as(self.0)
    }
}

/// `request` as one of `person`, where one is told.
pub(super) fn asked_by(person: Option<PersonId>, request: Request) -> Request {
    match person {
        Some(person) => person.makes(request),
        None => request,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_32_hexadecimal_digits() {
        let id = "0123456789abcdef0123456789abcdef";
        assert!(PersonId::read(id).is_ok());
        let same = PersonId::read(&id.to_ascii_uppercase());
        assert!(same.is_ok_and(|same| same.0 == id));
        for wrong in [
            "",
            "0123",
            &id[1..],
            &id.replace('f', "g"),
            &id.replace("ef", "é"),
        ] {
            assert!(PersonId::read(wrong).is_err(), "{wrong}");
        }
    }
}
