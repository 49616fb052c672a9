//! Cells and rows of tables, each quoted with the names of its row and its column.

use crate::{
    answer::{
        AnswerError, AnswerKind, Citation, Gap, Missing, Notice, PartAnswer, compose,
        context::Context, mention::mentions,
    },
    corpus::{FACETS, LibraryError},
    retrieval::{Asked, Table, asked_of_table},
    text::{Span, normalize::fold},
};

/// Documents looked at for tables: those of the best hits.
const DOCUMENTS: usize = 3;
/// So much of the names of a row and a column says surely which cell is meant.
const SURE: f32 = 1.4;
/// Rows of a table that are listed at most.
const LISTED: usize = 12;

/// What is asked of a table of the documents that the question is about.
pub(super) fn answer(context: &Context<'_>) -> Result<Option<PartAnswer>, AnswerError> {
    let (retriever, query) = (context.retriever, context.query);
    let tables = retriever.tables();
    if tables.is_empty() {
        return Ok(None);
    }
    let mut documents: Vec<usize> = Vec::new();
    for hit in context.hits()? {
        let (document, _) = context.library().cited(hit.at)?;
        if !documents.contains(&document.index) && documents.len() < DOCUMENTS {
            documents.push(document.index);
        }
    }
    let all = documents.iter().flat_map(|n| tables.of_document(*n));
    let asked = all.filter_map(|table| Some((table, asked_of_table(table, query)?)));
    // Who names a row and a column may tell of anything beside.
    let asked =
        asked.filter(|(table, (asked, share))| *share > SURE || is_of(context, table, asked));
    let asked = asked.map(|(table, (asked, share))| (table, rank(&asked, share), asked));
    let Some((table, _, asked)) = asked.max_by(|(_, a, _), (_, b, _)| a.total_cmp(b)) else {
        return Ok(None);
    };
    if let Some(missing) = missing(table, &asked) {
        return Ok(Some(PartAnswer::quoting(
            AnswerKind::Passage,
            Vec::new(),
            Some(missing),
        )));
    }
    let told = told(context, table, &asked)?;
    let counted = match &asked {
        Asked::Count(rows) => Some(Notice::Counted { rows: rows.len() }),
        _ => None,
    };
    let mut answer = PartAnswer::quoting(AnswerKind::Passage, told, None);
    answer.notices.extend(counted);
    Ok(Some(answer))
}

/// The table of whose names the question says most; a cell that is asked for comes before what only may be meant.
const fn rank(asked: &Asked, share: f32) -> f32 {
    const CELL: f32 = 0.2;
    match asked {
        Asked::Cells { .. } => share + CELL,
        _ => share,
    }
}

/// True when the question is of nothing that neither the table nor its document is called.
fn is_of(context: &Context<'_>, table: &Table, asked: &Asked) -> bool {
    let rows = match asked {
        Asked::Cells { rows, .. } | Asked::Rows(rows) => rows.as_slice(),
        _ => return true,
    };
    let (retriever, query) = (context.retriever, context.query);
    let document = context.library().document(table.document);
    let others = document.map_or(&[][..], |document| &document.meta.policy.also_called);
    let keys = rows.iter().flat_map(|row| {
        let row = &table.rows[*row];
        row.cells.iter().map(|(_, _, value)| value.as_str())
    });
    let mut called: Vec<&str> = vec![&table.title, &table.key_name];
    called.extend(others.iter().map(String::as_str));
    called.extend(table.columns.iter().map(|column| column.label.as_str()));
    called.extend(keys);
    let called = fold(&called.join("\n"));
    let mut words = query.words().iter().map(|word| word.text.as_str());
    // 百分之多少 is no matter, whatever it looks like.
    words.all(|word| {
        word.contains("百分")
            || !retriever.names_a_matter(word)
            || FACETS.contains(word)
            || mentions(query, &called, word)
    })
}

/// The field of a row that is empty where it is asked for.
fn missing(table: &Table, asked: &Asked) -> Option<Missing> {
    let Asked::Cells { rows, columns } = asked else {
        return None;
    };
    let row = &table.rows[*rows.first()?];
    let says = |column: &&usize| {
        row.cell(**column)
            .is_some_and(|cell| says_something(&cell.2))
    };
    if rows.len() > 1 || columns.iter().any(|column| says(&column)) {
        return None;
    }
    let column = table
        .columns
        .iter()
        .find(|column| Some(&column.number) == columns.first())?;
    Some(Missing {
        topic: row.key.clone(),
        asked: Gap::Field,
        words: column.label.clone(),
    })
}

fn says_something(cell: &str) -> bool {
    cell.chars().any(char::is_alphanumeric)
}

fn told(
    context: &Context<'_>,
    table: &Table,
    asked: &Asked,
) -> Result<Vec<Citation>, LibraryError> {
    let (rows, columns): (&[usize], &[usize]) = match asked {
        Asked::Cells { rows, columns } => (rows, columns),
        Asked::Extreme { rows, column } => (rows, std::slice::from_ref(column)),
        Asked::Rows(rows) => (rows, &[]),
        Asked::Count(rows) | Asked::List(rows) => (rows, std::slice::from_ref(&table.key)),
    };
    let mut told = Vec::new();
    for row in rows.iter().take(LISTED) {
        told.extend(cited(context, table, *row, columns)?);
    }
    if let Some(note) = table.note
        && !matches!(asked, Asked::Count(_) | Asked::List(_))
    {
        let (document, passage) = context.library().cited(note)?;
        let whole = Span::new(0, passage.text.len());
        let keys = || table.rows.iter().map(|row| row.key.as_str());
        let mut of_these = rows.iter().map(|row| table.rows[*row].key.as_str());
        // A note on other rows is none of these.
        let names = |key: &str| common(key, &passage.text);
        if of_these.any(names) || !keys().any(names) {
            let period = passage.period;
            told.push(compose::citation(
                document,
                &passage,
                whole,
                period,
                1.0,
                context.query,
            ));
        }
    }
    Ok(told)
}

/// True when a text says most of a name: 特困人员 of 城市特困人员.
fn common(name: &str, text: &str) -> bool {
    let starts = name.char_indices().map(|(at, _)| &name[at..]);
    starts
        .filter(|end| 2 * end.chars().count() > name.chars().count())
        .any(|end| text.contains(end))
}

/// A row, or cells of it, cited below what the row is of.
fn cited(
    context: &Context<'_>,
    table: &Table,
    row: usize,
    columns: &[usize],
) -> Result<Vec<Citation>, LibraryError> {
    let row = &table.rows[row];
    let (document, passage) = context.library().cited(row.at)?;
    let cite = |span: Span, path: Option<&str>| {
        let period = passage.period;
        let mut cited = compose::citation(document, &passage, span, period, 1.0, context.query);
        let unit = unit(&passage.text).filter(|_| path.is_some());
        cited.path.extend(path.map(str::to_owned));
        cited.path.extend(unit.map(str::to_owned));
        cited
    };
    if columns.is_empty() {
        return Ok(vec![cite(Span::new(0, passage.text.len()), None)]);
    }
    let cells = columns.iter().filter_map(|column| row.cell(*column));
    let cells = cells.filter(|cell| says_something(&cell.2));
    Ok(cells
        .map(|(_, span, _)| cite(*span, Some(&row.key)))
        .collect())
}

/// The unit that a row is read with: 单位：元/月
fn unit(text: &str) -> Option<&str> {
    let inside = text.strip_suffix('）')?;
    let (_, unit) = inside.rsplit_once('（')?;
    unit.starts_with("单位：").then_some(unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_is_of_the_rows_that_it_names() {
        assert!(common("城市特困人员", "注：特困人员另发照料护理费。"));
        assert!(!common("城市低保", "注：特困人员另发照料护理费。"));
        assert_eq!(unit("一类：520（单位：元/月）"), Some("单位：元/月"));
        assert_eq!(unit("一类：520（暂定）"), None);
    }
}
