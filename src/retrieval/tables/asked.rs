//! What a question asks of a table.

use super::{
    alike::said,
    table::{Column, Row, Table, TableIndex},
};
use crate::{
    corpus::Facet,
    retrieval::{
        Understanding,
        services::{asked as asked_fields, bare},
        understand::FactKind,
    },
    text::{Pattern, normalize::fold},
};

/// A row is meant from this share of what it is of …
const ROW: f32 = 0.5;
/// … and a column from this share of its name.
const COLUMN: f32 = 0.5;
/// So many rows that are meant alike are all meant.
const ALIKE: usize = 3;
/// Rows whose shares differ by less are meant alike.
const AS_MUCH: f32 = 0.01;
/// A row is surely meant from this share of what it is of.
const SURELY: f32 = 0.65;
/// How much each letter that is said counts beside the share.
const LETTER: f32 = 0.05;
/// A value of a column with so many letters picks rows.
const PICKS: usize = 3;

static WHEN: Pattern = Pattern::new(
    "几月|几号|几时|何时|哪天|哪一天|(?:什么|啥)(?:时候|时间)|多会儿|多久|多长时间|几天",
);
static SHARE: Pattern = Pattern::new("百分之|几个点|几成|比例");
static ALL: Pattern = Pattern::new("全说|都说|规定|标准|详细|全部|看一下|看看|是(?:咋|怎么)");
static MOST: Pattern = Pattern::new("最高|最大|最多|顶高|顶多");
static LEAST: Pattern = Pattern::new("最低|最小|最少|垫底");
/// What has such a word in it and asks for no end of a column.
static SET_PHRASES: Pattern =
    Pattern::new("最低(?:生活保障|工资|生活标准)|最多跑|最高(?:人民|检察|法院)");
static COUNT: Pattern = Pattern::new("(?:几|多少)(?:个)?(?:项|类|种|样|档)|一共|总共|共有");
static LIST: Pattern = Pattern::new("哪些|哪几|有啥|有什么|都有谁|都包括");

/// What is asked of a table: rows by their numbers, columns by theirs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// These cells of rows.
    Cells {
        /// The rows.
        rows: Vec<usize>,
        /// The columns, by their numbers within the source.
        columns: Vec<usize>,
    },
    /// Whole rows.
    Rows(Vec<usize>),
    /// The rows with the largest or the smallest figure of a column.
    Extreme {
        /// The rows, several where they are equal.
        rows: Vec<usize>,
        /// The column, by its number within the source.
        column: usize,
    },
    /// How many rows there are, of all or of those that were picked by a cell.
    Count(Vec<usize>),
    /// Which rows were picked by a cell.
    List(Vec<usize>),
}

/// What a question asks of `table`, and how much of the names of its rows and columns it says, the more the better;
/// `None` when it names neither a row nor a column of it.
#[must_use]
pub fn asked(table: &Table, question: &Understanding) -> Option<(Asked, f32)> {
    let folded = question.folded();
    let mut letters = bare(folded);
    let (rows, share) = meant(table, question, &letters);
    // What names the row names no column.
    for row in &rows {
        for letter in table.rows[*row].key.chars() {
            letters = letters.replacen(letter, "", 1);
        }
    }
    let (columns, named) = columns(table, &letters, folded, question);
    let picked = picked(table, folded);
    let asked = if rows.is_empty() {
        // Which of several tables is meant is told by the column, the title and what is counted.
        let counted = picked.is_some() || folded.contains(&table.key_name);
        let share = named + said(&table.title, &letters) + f32::from(u8::from(counted));
        return Some((of_all(table, question, &columns, picked)?, share));
    } else if !columns.is_empty() {
        Asked::Cells { rows, columns }
    } else if asks_a_figure(question) {
        figures(table, rows)
    } else if ALL.is_match(folded) {
        Asked::Rows(rows)
    } else {
        return None;
    };
    Some((asked, share + named))
}

/// What is asked of no row in particular.
fn of_all(
    table: &Table,
    question: &Understanding,
    columns: &[usize],
    picked: Option<Vec<usize>>,
) -> Option<Asked> {
    let folded = SET_PHRASES.replace_all(question.folded(), "");
    let folded = &*folded;
    if MOST.is_match(folded) || LEAST.is_match(folded) {
        return extreme(table, columns, MOST.is_match(folded));
    }
    if COUNT.is_match(folded) {
        let all = || (0..table.rows.len()).collect();
        return Some(Asked::Count(picked.unwrap_or_else(all)));
    }
    let picked = picked?;
    if LIST.is_match(folded) {
        return Some(Asked::List(picked));
    }
    // 最低生活保障城里和农村各是多少
    (asks_a_figure(question) && picked.len() <= ALIKE).then_some(Asked::Rows(picked))
}

fn asks_a_figure(question: &Understanding) -> bool {
    question.answer_type().is_some_and(|need| {
        matches!(
            need.kind,
            FactKind::Money | FactKind::Number | FactKind::Percentage
        )
    })
}

/// True when a folded question names a row of a table and a field that it has a column for: 退耕还林咨询电话.
#[must_use]
pub fn names_cell(index: &TableIndex, folded: &str) -> bool {
    let facets = asked_fields(folded);
    if facets.is_empty() {
        return false;
    }
    let letters = bare(folded);
    let tables = index.iter();
    let mut asked = tables.filter(|table| {
        let mut own = table.columns.iter().filter_map(|column| column.facet);
        own.any(|facet| facets.contains(&facet))
    });
    asked.any(|table| {
        let mut rows = table.rows.iter();
        rows.any(|row| {
            let key = bare(&fold(&row.key));
            key.chars().count() >= PICKS && said(&key, &letters) >= SURELY
        })
    })
}

/// The figures of rows: of the only column that has some, else the rows.
fn figures(table: &Table, rows: Vec<usize>) -> Asked {
    let mut amounts = table
        .columns
        .iter()
        .filter(|c| c.is_figures && !c.is_percent);
    match (amounts.next(), amounts.next()) {
        (Some(only), None) => Asked::Cells {
            rows,
            columns: vec![only.number],
        },
        _ => Asked::Rows(rows),
    }
}

/// The letters of a question with those of the official words for its everyday ones.
fn with_official_words(question: &Understanding, letters: &str) -> String {
    let mut all = letters.to_owned();
    for everyday in question.expansions() {
        for synonym in &everyday.synonyms {
            all.push(' ');
            all.push_str(&synonym.word);
        }
    }
    all
}

/// The rows that a question means, those of whose key it says most, in its own words before those that officials
/// use; with the share that it says.
fn meant(table: &Table, question: &Understanding, letters: &str) -> (Vec<usize>, f32) {
    // 一共几类救助对象 names no row though each is a 救助对象.
    let letters = letters.replace(&table.key_name, " ");
    let all: Vec<usize> = (0..table.rows.len()).collect();
    let official = with_official_words(question, &letters);
    let (rows, share) = most_said(table, &all, &letters);
    match rows.len() {
        0 => most_said(table, &all, &official),
        1 => (rows, share),
        _ => (most_said(table, &rows, &official).0, share),
    }
}

/// Of `rows` those of whose key `letters` say most.
fn most_said(table: &Table, rows: &[usize], letters: &str) -> (Vec<usize>, f32) {
    let shares = rows.iter().map(|row| {
        let key = bare(&fold(&table.rows[*row].key));
        let share = said(&key, letters);
        // Of two names said by half the longer one is said by more letters.
        let length = u8::try_from(key.chars().count()).map_or(f32::MAX, f32::from);
        (*row, share, share + LETTER * share * length)
    });
    let shares: Vec<(usize, f32, f32)> = shares.filter(|(_, share, _)| *share >= ROW).collect();
    let most = shares.iter().map(|(.., rank)| *rank).fold(0.0, f32::max);
    let rows = shares.iter().filter(|(.., rank)| most - rank < AS_MUCH);
    let rows: Vec<usize> = rows.map(|(row, ..)| *row).collect();
    if rows.len() > ALIKE {
        return (Vec::new(), 0.0);
    }
    (rows, most)
}

/// The columns that a question asks for: those it names most of, else those whose label is of a field it asks for,
/// else those that hold the kind of figure it asks for; with the share of the name that it says.
fn columns(
    table: &Table,
    letters: &str,
    folded: &str,
    question: &Understanding,
) -> (Vec<usize>, f32) {
    let letters = letters.replace("标准", " ");
    let letters = letters.as_str();
    let numbers = |is_asked: &dyn Fn(&Column) -> bool| -> Vec<usize> {
        let asked = table.columns.iter().filter(|column| is_asked(column));
        asked.map(|column| column.number).collect()
    };
    let shares = table
        .columns
        .iter()
        .map(|column| said(&column.name, letters));
    let most = shares.fold(0.0, f32::max);
    if most >= COLUMN {
        let named = numbers(&|column| most - said(&column.name, letters) < AS_MUCH);
        return (named, most);
    }
    if WHEN.is_match(folded) {
        return (numbers(&|column| column.facet.is_some_and(is_when)), 0.0);
    }
    if SHARE.is_match(folded) {
        return (numbers(&|column| column.is_percent), 0.0);
    }
    let facets = asked_fields(folded);
    let fields = numbers(&|column| column.facet.is_some_and(|facet| facets.contains(&facet)));
    let several = table
        .columns
        .iter()
        .filter(|column| column.is_figures)
        .count()
        > 1;
    // 标准 asks for all figures of a row.
    let asks_all = several && facets.as_slice() == [Facet::Standard];
    if !fields.is_empty() && !asks_all {
        return (fields, 0.0);
    }
    let of_kind = match question.answer_type().map(|need| need.kind) {
        Some(FactKind::Percentage) => numbers(&|column| column.is_percent),
        Some(FactKind::Date) => numbers(&|column| column.facet.is_some_and(is_when)),
        _ => Vec::new(),
    };
    (of_kind, 0.0)
}

/// True for fields of time: 几月发 asks for 发放时间, whatever facet its label is of.
const fn is_when(facet: Facet) -> bool {
    matches!(
        facet,
        Facet::Time | Facet::Hours | Facet::Deadline | Facet::Payment
    )
}

fn extreme(table: &Table, columns: &[usize], is_most: bool) -> Option<Asked> {
    let is_figures = |column: &&Column| column.is_figures;
    let named = table.columns.iter().filter(is_figures);
    let mut named = named.filter(|column| columns.contains(&column.number));
    let only = || {
        let mut all = table.columns.iter().filter(is_figures);
        all.next().filter(|_| all.next().is_none())
    };
    let column = match (named.next(), named.next()) {
        (Some(column), None) => column,
        (Some(_), Some(_)) => return None,
        (None, _) => only()?,
    };
    let figure = |row: &Row| {
        let (_, _, text) = row.cell(column.number)?;
        let digits = text.chars().filter(|c| c.is_ascii_digit() || *c == '.');
        digits.collect::<String>().parse::<f64>().ok()
    };
    let figures: Vec<(usize, f64)> = table
        .rows
        .iter()
        .enumerate()
        .filter_map(|(n, row)| Some((n, figure(row)?)))
        .collect();
    let all = figures.iter().map(|(_, figure)| *figure);
    let end = if is_most {
        all.fold(f64::NEG_INFINITY, f64::max)
    } else {
        all.fold(f64::INFINITY, f64::min)
    };
    let rows = figures
        .iter()
        .filter(|(_, figure)| (figure - end).abs() < 1e-9);
    Some(Asked::Extreme {
        rows: rows.map(|(n, _)| *n).collect(),
        column: column.number,
    })
}

/// The rows with a cell that a question says whole (县民政局), the longest such.
fn picked(table: &Table, folded: &str) -> Option<Vec<usize>> {
    let cells = table.rows.iter().flat_map(|row| &row.cells);
    let said = cells.filter(|(column, _, value)| {
        *column != table.key && value.chars().count() >= PICKS && folded.contains(value.as_str())
    });
    let (column, _, value) = said.max_by_key(|(_, _, value)| value.len())?;
    let rows = table.rows.iter().enumerate();
    let picked = rows.filter(|(_, row)| row.cell(*column).is_some_and(|(_, _, own)| own == value));
    Some(picked.map(|(n, _)| n).collect())
}
