//! Years that a question names in figures.

use crate::text::Pattern;

static YEAR: Pattern = Pattern::new("((?:19|20)[0-9]{2})(年?)|([0-9]{2})年");
/// 2021到2024年
static RANGE: Pattern = Pattern::new("((?:19|20)[0-9]{2})年?(?:到|至|-|—|~)((?:19|20)[0-9]{2})年");

/// Years that a range may name at most.
const RANGE_YEARS: i32 = 10;

/// Years named in figures, ascending, each once; 2021到2024年 names four. Two digits name a year only
/// when it is `loaded`: nobody means 2010 by 10年.
pub(crate) fn named_years(folded: &str, loaded: impl Fn(i32) -> bool) -> Vec<i32> {
    let year = |digits: &str| digits.parse::<i32>().unwrap_or(0);
    let mut years: Vec<i32> = Vec::new();
    for found in RANGE.captures_iter(folded) {
        let (from, to) = (year(&found[1]), year(&found[2]));
        if from < to && to - from < RANGE_YEARS {
            years.extend(from..=to);
        }
    }
    for found in YEAR.captures_iter(folded) {
        match (found.get(1), found.get(3)) {
            // 2085 of 2085人 is no year.
            (Some(digits), _) if !found[2].is_empty() => years.push(year(digits.as_str())),
            (_, Some(digits)) => {
                years.extend(Some(2000 + year(digits.as_str())).filter(|year| loaded(*year)));
            }
            _ => {}
        }
    }
    years.sort_unstable();
    years.dedup();
    years
}
