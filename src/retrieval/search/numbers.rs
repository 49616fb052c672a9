//! Named numbers, each list declared once: the features of a sentence, the features of confidence.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, Visitor};

/// Declares an enum of names and an array of as many numbers, which is read from a table with
/// these names as keys.
macro_rules! numbers {
    (
        $(#[$about_names:meta])* $names:ident;
        $(#[$about_values:meta])* $values:ident;
        $($(#[$about:meta])* $variant:ident = $name:literal;)+
    ) => {
        $(#[$about_names])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $names {
            $($(#[$about])* $variant,)+
        }

        impl $names {
            /// All of them, in the order in which they are added up and printed.
            pub const ALL: [Self; [$($name),+].len()] = [$(Self::$variant),+];

            const NAMES: [&'static str; Self::ALL.len()] = [$($name),+];

            /// Its name in `config/ranking.toml` and in explanations.
            #[must_use]
            pub const fn name(self) -> &'static str {
                Self::NAMES[self as usize]
            }
        }

        $(#[$about_values])*
        #[derive(Debug, Clone, Copy, Default, PartialEq)]
        pub struct $values([f32; $names::ALL.len()]);

        impl $values {
            /// These numbers, and 0 for all others.
            #[must_use]
            pub fn of<const N: usize>(numbers: [($names, f32); N]) -> Self {
                let mut values = Self::default();
                for (name, number) in numbers {
                    values[name] = number;
                }
                values
            }

            /// In the order of the names.
            #[must_use]
            pub const fn from_values(values: [f32; $names::ALL.len()]) -> Self {
                Self(values)
            }

            /// In the order of the names.
            #[must_use]
            pub const fn values(&self) -> [f32; $names::ALL.len()] {
                self.0
            }

            /// Names and numbers, in order.
            #[must_use]
            pub fn rows(&self) -> [(&'static str, f32); $names::ALL.len()] {
                $names::ALL.map(|name| (name.name(), self[name]))
            }

            /// The sum of each number times its namesake of `other`.
            fn dot(&self, other: &Self) -> f32 {
                self.0.iter().zip(other.0).map(|(a, b)| a * b).sum()
            }
        }

        impl std::ops::Index<$names> for $values {
            type Output = f32;

            fn index(&self, name: $names) -> &f32 {
                &self.0[name as usize]
            }
        }

        impl std::ops::IndexMut<$names> for $values {
            fn index_mut(&mut self, name: $names) -> &mut f32 {
                &mut self.0[name as usize]
            }
        }

        impl<'de> serde::Deserialize<'de> for $values {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let read = $crate::retrieval::search::numbers::read;
                read(deserializer, &$names::NAMES).map(Self)
            }
        }
    };
}
pub(super) use numbers;

/// Names of the version before, each with the one that it has now: two words a line.
const RENAMED: &str = include_str!("../../../config/ranking-renamed.txt");

/// The names that a number may have in a file: its own, and the one of the version before.
pub(super) fn is_called(name: &str, key: &str) -> bool {
    let former = |line: &str| line.split_once(' ') == Some((key, name));
    key == name || RENAMED.lines().any(former)
}

/// Reads one number for each name; every one is wanted once, by its name of now or of the version
/// before.
pub(super) fn read<'de, D: Deserializer<'de>, const N: usize>(
    deserializer: D,
    names: &'static [&'static str; N],
) -> Result<[f32; N], D::Error> {
    deserializer.deserialize_map(Table { names })
}

struct Table<const N: usize> {
    names: &'static [&'static str; N],
}

impl<'de, const N: usize> Visitor<'de> for Table<N> {
    type Value = [f32; N];

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a table of numbers")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<[f32; N], A::Error> {
        let mut numbers = [None; N];
        while let Some(n) = map.next_key_seed(KeySeed { names: self.names })? {
            if numbers[n].is_some() {
                return Err(A::Error::duplicate_field(self.names[n]));
            }
            numbers[n] = Some(map.next_value()?);
        }
        if let Some(n) = numbers.iter().position(Option::is_none) {
            return Err(A::Error::missing_field(self.names[n]));
        }
        Ok(numbers.map(Option::unwrap_or_default))
    }
}

/// Tells a key by either of its names.
struct KeySeed {
    names: &'static [&'static str],
}

impl<'de> DeserializeSeed<'de> for KeySeed {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for KeySeed {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name of the list")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<usize, E> {
        let found = self.names.iter().position(|name| is_called(name, key));
        found.ok_or_else(|| E::unknown_field(key, self.names))
    }
}
