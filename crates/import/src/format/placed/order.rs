//! Puts the runs of a page in reading order: lines, columns, tables.

use super::{
    columns,
    rule::Rule,
    ruled::{self, Ruled},
    run::{Item, Run, Table, line},
    table,
};

/// Lines and tables from top to bottom, and the text that stands across the page: watermarks, and
/// notes in the margin.
pub(in super::super) fn items(runs: Vec<Run>, rules: Vec<Rule>) -> (Vec<Item>, Vec<String>) {
    let (runs, turned, across) = upright(runs);
    let rules = rules.into_iter().filter_map(|rule| turn(rule, turned));
    let (tables, runs) = ruled_tables(ruled::tables(rules.collect()), runs);
    let mut rows = rows(runs);
    let mut items = Vec::new();
    for (top, table) in tables {
        let above = rows.iter().take_while(|row| row[0].y > top).count();
        flow(rows.drain(..above).collect(), &mut items);
        items.push(Item::Table(table));
    }
    flow(rows, &mut items);
    items.retain(|item| !matches!(item, Item::Line(line) if line.text.trim().is_empty()));
    (items, across)
}

/// Adds what stands between ruled tables: columns, or lines and tables without lines.
fn flow(rows: Vec<Vec<Run>>, items: &mut Vec<Item>) {
    match columns::gutter(&rows) {
        Some(gutter) => {
            let lines = columns::in_order(rows, gutter);
            items.extend(lines.into_iter().map(Item::Line));
        }
        None => table::items(&rows, items),
    }
}

/// The tables that hold data, each with its upper edge, and the runs outside of them.
fn ruled_tables(ruled: Vec<Ruled>, mut runs: Vec<Run>) -> (Vec<(f32, Table)>, Vec<Run>) {
    let mut tables = Vec::new();
    for table in ruled {
        let (inside, outside): (Vec<Run>, Vec<Run>) =
            runs.into_iter().partition(|run| table.holds(run));
        let lines = |runs: Vec<Run>| rows(runs).iter().map(|row| line(row).text).collect();
        let grid = table.grid(inside.clone(), lines);
        runs = outside;
        if grid.holds_data() {
            let top = table.rows[0];
            tables.push((
                top,
                Table {
                    grid,
                    columns: table.columns,
                    ruled: true,
                },
            ));
        } else {
            runs.extend(inside);
        }
    }
    (tables, runs)
}

/// A line of a page that is turned by quarters.
fn turn(rule: Rule, turned: usize) -> Option<Rule> {
    let ends = if rule.level {
        [(rule.from, rule.at), (rule.to, rule.at)]
    } else {
        [(rule.at, rule.from), (rule.at, rule.to)]
    };
    let [one, other] = ends.map(|point| turn_point(point, turned));
    Rule::between(one, other)
}

/// Where a point of a page stands when the text, which has made so many quarter turns to the left, is
/// upright.
const fn turn_point((x, y): (f32, f32), turned: usize) -> (f32, f32) {
    match turned {
        0 => (x, y),
        1 => (y, -x),
        2 => (-x, -y),
        _ => (-y, x),
    }
}

/// Turns the page so that most of its text is upright; returns the runs, the quarter turns they had made,
/// and the rest as text.
fn upright(runs: Vec<Run>) -> (Vec<Run>, usize, Vec<String>) {
    let mut chars = [0_usize; 4];
    for run in &runs {
        if let Some(quarters) = run.quarters {
            chars[quarters] += run.text.chars().count();
        }
    }
    let turned = (0..4).max_by_key(|n| (chars[*n], 4 - n)).unwrap_or(0);
    let mut kept = Vec::new();
    let mut across = String::new();
    for mut run in runs {
        if run.quarters != Some(turned) {
            across.push_str(&run.text);
            continue;
        }
        let width = run.end - run.x;
        (run.x, run.y) = turn_point((run.x, run.y), turned);
        run.end = run.x + width;
        kept.push(run);
    }
    let across = Some(across).filter(|text| !text.trim().is_empty());
    (kept, turned, across.into_iter().collect())
}

/// The runs row by row, from top to bottom and from left to right.
fn rows(mut runs: Vec<Run>) -> Vec<Vec<Run>> {
    // The sort is stable, so that runs at the same position keep their order.
    runs.sort_by(|a, b| b.y.total_cmp(&a.y));
    let mut rows: Vec<Vec<Run>> = Vec::new();
    // Where the last row stands, and how high it is, told by its largest run: raised figures come first.
    let (mut y, mut size) = (0.0, 0.0);
    for run in runs {
        let larger = run.size > size;
        let near = (run.y - y).abs() < run.size.max(size) * 0.5;
        match rows.last_mut() {
            Some(row) if near => {
                if larger {
                    (y, size) = (run.y, run.size);
                }
                row.push(run);
            }
            _ => {
                (y, size) = (run.y, run.size);
                rows.push(vec![run]);
            }
        }
    }
    for row in &mut rows {
        row.sort_by(|a, b| a.x.total_cmp(&b.x));
        without_doubles(row);
    }
    rows
}

/// Drops what is drawn twice, a little to the side, to look bold.
fn without_doubles(row: &mut Vec<Run>) {
    let mut kept: Vec<Run> = Vec::new();
    for run in row.drain(..) {
        let double =
            kept.iter_mut().rev().take(4).find(|before| {
                before.text == run.text && (run.x - before.x).abs() < run.size * 0.2
            });
        match double {
            Some(before) => before.bold = true,
            None => kept.push(run),
        }
    }
    *row = kept;
}

#[cfg(test)]
mod tests {
    use super::{super::run::run, *};

    fn texts(runs: Vec<Run>) -> Vec<String> {
        let (items, _) = items(runs, Vec::new());
        let text = |item: Item| match item {
            Item::Line(line) => line.text,
            Item::Table(table) => {
                let rows = table
                    .grid
                    .pieces(false)
                    .into_iter()
                    .map(|piece| piece.text.replace('\t', "|"));
                rows.collect::<Vec<_>>().join(" / ")
            }
        };
        items.into_iter().map(text).collect()
    }

    #[test]
    fn a_page_on_its_side_is_turned_and_a_watermark_is_told() {
        let turned = |x, y, text| Run {
            quarters: Some(1),
            ..run(x, y, text)
        };
        let mark = Run {
            quarters: None,
            ..run(5.0, 5.0, "内部资料")
        };
        let runs = vec![
            turned(40.0, 0.0, "第二行。"),
            turned(20.0, 0.0, "第一行，"),
            mark,
        ];
        let (items, across) = items(runs, Vec::new());
        let lines: Vec<String> = items
            .into_iter()
            .map(|item| match item {
                Item::Line(line) => line.text,
                Item::Table(_) => String::new(),
            })
            .collect();
        assert_eq!(lines, ["第一行，", "第二行。"]);
        assert_eq!(across, ["内部资料"]);
    }

    #[test]
    fn what_is_drawn_twice_to_look_bold_is_read_once() {
        assert_eq!(
            texts(vec![
                run(0.0, 0.0, "人"),
                run(0.5, 0.0, "人"),
                run(10.0, 0.0, "人")
            ]),
            ["人人"]
        );
    }

    #[test]
    fn small_figures_above_the_others_are_raised() {
        let small = |x, y, text| Run {
            size: 6.0,
            ..run(x, y, text)
        };
        assert_eq!(
            texts(vec![
                run(0.0, 0.0, "绿地10km"),
                small(60.0, 3.5, "2"),
                run(66.0, 0.0, "，三抓三促"),
                small(116.0, 3.5, "[1]"),
                small(134.0, 0.0, "2"),
            ]),
            ["绿地10km²，三抓三促[1]2"]
        );
    }

    #[test]
    fn columns_are_read_one_after_the_other() {
        let mut runs = vec![run(60.0, 100.0, "横贯两栏的大标题文字在此")];
        for n in 0..6 {
            let y = 80.0 - 12.0 * n as f32;
            runs.push(run(0.0, y, &format!("左栏第{n}行文字排满")));
            runs.push(run(110.0, y, &format!("右栏第{n}行文字排满")));
        }
        let texts = texts(runs);
        assert_eq!(texts[0], "横贯两栏的大标题文字在此");
        assert!(
            texts[1..7].iter().all(|text| text.starts_with("左栏")),
            "{texts:?}"
        );
        assert!(
            texts[7..].iter().all(|text| text.starts_with("右栏")),
            "{texts:?}"
        );
    }

    #[test]
    fn aligned_cells_are_a_table() {
        let mut runs = vec![run(0.0, 90.0, "低保标准如下：")];
        for (n, row) in [
            ["类别", "项目", "标准"],
            ["社会救助", "城市低保", "730元"],
            ["老年福利", "", "96元"],
        ]
        .iter()
        .enumerate()
        {
            for (column, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
                runs.push(run(100.0 * column as f32, 70.0 - 20.0 * n as f32, cell));
            }
        }
        runs.push(run(0.0, 10.0, "以上标准从今年起执行。"));
        assert_eq!(
            texts(runs),
            [
                "低保标准如下：",
                "类别|项目|标准 / 社会救助|城市低保|730元 / 老年福利||96元",
                "以上标准从今年起执行。"
            ]
        );
    }
}
