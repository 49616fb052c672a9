//! One variable of `[variables]`.

use toml::de::DeValue;

use super::fields::{FLAG, Fields, TEXT, TEXTS, Value, text, wrong};
use crate::{
    problem::{Fault, Faults},
    variable::{Cues, Kind, Variable, VariableId},
};

/// Reads the variable `name`, which is defined by `value`; `None` with a fault if it cannot be used.
pub(super) fn read(
    name: &str,
    at: usize,
    value: &Value<'_>,
    faults: &mut Faults,
) -> Option<Variable> {
    if !is_name(name) {
        faults.at(at, Fault::BadName(name.to_owned()));
    }
    let mut fields = Fields::of(value, name, faults)?;
    let ask = fields.required("ask", TEXT, faults);
    let kind = kind(&mut fields, ask.as_deref().unwrap_or_default(), faults);
    let label = fields.optional("label", TEXT, faults);
    let private = fields.optional("private", FLAG, faults).unwrap_or_default();
    let cues = cues(&mut fields, faults);
    fields.finish(faults);
    Some(Variable {
        id: VariableId(name.to_owned()),
        name: name.to_owned(),
        kind: kind?,
        ask: ask?,
        label,
        private,
        cues,
        is_shared_wording: false,
    })
}

/// Lower-case ASCII, so that it can be typed at a terminal and stand in a protocol.
fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

fn kind(fields: &mut Fields<'_>, ask: &str, faults: &mut Faults) -> Option<Kind> {
    let written = fields.required("type", TEXT, faults)?;
    match written.as_str() {
        "yes_no" => Some(Kind::YesNo),
        "date" => Some(Kind::Date),
        "years" => {
            let of_ask = if ask.contains('岁') { "岁" } else { "年" };
            let unit = fields.optional("unit", (unit_of_years, "“岁”或“年”"), faults);
            Some(Kind::Years {
                unit: unit.unwrap_or_else(|| of_ask.to_owned()),
            })
        }
        "number" => {
            let unit = fields.required("unit", TEXT, faults);
            let whole = fields.optional("whole", FLAG, faults);
            Some(Kind::Number {
                unit: unit?,
                whole: whole.unwrap_or_default(),
            })
        }
        "one_of" => {
            let values = fields.required("values", TEXTS, faults)?;
            let mut distinct = values.clone();
            distinct.sort_unstable();
            distinct.dedup();
            if distinct.len() == values.len() && values.len() > 1 {
                return Some(Kind::OneOf(values));
            }
            faults.at(
                fields.place_of("values"),
                wrong("values", "两个以上互不相同的值"),
            );
            None
        }
        _ => {
            let expected = "yes_no、years、number、one_of 或 date";
            faults.at(fields.place_of("type"), wrong("type", expected));
            None
        }
    }
}

fn unit_of_years(value: &DeValue<'_>) -> Option<String> {
    text(value).filter(|unit| matches!(unit.as_str(), "岁" | "年"))
}

fn cues(fields: &mut Fields<'_>, faults: &mut Faults) -> Cues {
    let mut words = |key| fields.optional(key, TEXTS, faults).unwrap_or_default();
    let [yes, no, hear] = ["yes", "no", "hear"].map(&mut words);
    let also = fields.table("also", faults);
    let mut pairs = Vec::new();
    for (value, _, words) in also.iter().flat_map(Fields::entries) {
        let words_of = |words: &DeValue<'_>| -> Option<Vec<String>> {
            let words = words.as_array()?.iter();
            words.map(|word| text(word.get_ref())).collect()
        };
        match words_of(words.get_ref()) {
            Some(words) => pairs.extend(words.into_iter().map(|word| (value.to_owned(), word))),
            None => faults.at(words.span().start, wrong(value, TEXTS.1)),
        }
    }
    Cues {
        yes,
        no,
        hear,
        also: pairs,
    }
}
