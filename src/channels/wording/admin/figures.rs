//! How much was asked, in words and as a table.

use time::Date;

use crate::statistics::{Counts, Csv, Day, Figures, Latency, Totals, Votes};

/// The most headings that a chat lists.
const TOPICS: usize = 5;
/// The columns of the table.
const COLUMNS: [&str; 13] = [
    "类别",
    "名称",
    "提问",
    "已回答",
    "部分回答",
    "没有找到",
    "提问的人",
    "平均毫秒",
    "问候等",
    "有用",
    "没用",
    "一半以内毫秒",
    "95%以内毫秒",
];

/// The figures as a message.
#[must_use]
pub fn figures(figures: &Figures) -> String {
    let mut told = vec![scope(figures)];
    let before = format!("前 {} 天", figures.chosen.period.length());
    told.extend(lines(figures, &before));
    told.join("\n")
}

/// What the figures are of: `通渭县，公众号，最近 7 天（11月24日至11月30日）`.
#[must_use]
pub fn scope(figures: &Figures) -> String {
    let chosen = &figures.chosen;
    let place = Some(chosen.place.clone()).filter(|place| !place.is_empty());
    let by = Some(channel(&chosen.channel).to_owned()).filter(|channel| !channel.is_empty());
    let period = chosen.period;
    let days = match period.length() {
        1 => format!("今天（{}）", spelled(period.last())),
        days => format!(
            "最近 {days} 天（{}至{}）",
            spelled(period.first()),
            spelled(period.last())
        ),
    };
    let parts: Vec<String> = place.into_iter().chain(by).chain([days]).collect();
    parts.join("，")
}

/// The figures, a line each; `before` is what the period before is called.
pub(super) fn lines(figures: &Figures, before: &str) -> Vec<String> {
    let Totals {
        counts,
        people,
        votes,
        latency,
    } = &figures.total;
    let mut told = vec![match (counts.asked(), figures.before.counts.asked()) {
        (0, 0) => "没有人提问".to_owned(),
        (asked, then) => format!("提问 {asked} 次（比{before} {}）", change(asked, then)),
    }];
    if counts.asked() > 0 {
        told.push(ended(counts));
    }
    if let Some(people) = people {
        let then = figures.before.people;
        let change = then.map(|then| format!("（{}）", change(*people, then)));
        told.push(format!("提问的人 {people}{}", change.unwrap_or_default()));
    }
    if let Some(Votes { useful, useless }) = votes {
        told.push(format!("评价：有用 {useful}，没用 {useless}"));
    }
    if let Some(Latency { p50_ms, p95_ms }) = latency {
        told.push(format!(
            "响应时间：一半在 {}以内，95% 在 {}以内",
            seconds(*p50_ms),
            seconds(*p95_ms)
        ));
    } else if let Some(mean) = counts.mean_ms() {
        told.push(format!("响应时间：平均 {}", seconds(mean)));
    }
    if !figures.channels.is_empty() {
        let channels = figures.channels.iter();
        let channels = channels.map(|(name, asked)| format!("{} {asked}", channel(name)));
        told.push(format!("渠道：{}", channels.collect::<Vec<_>>().join("，")));
    }
    if !figures.topics.is_empty() {
        told.push("问得最多的章节：".to_owned());
        let topics = figures.topics.iter().take(TOPICS);
        told.extend(topics.map(|(section, times)| format!("· {section} {times}")));
    }
    if counts.talk > 0 {
        told.push(format!("另有问候、感谢等 {} 次，不算提问", counts.talk));
    }
    told
}

fn ended(counts: &Counts) -> String {
    let Counts {
        answered,
        partial,
        not_found,
        ..
    } = counts;
    let share = counts.share_answered().map(percent).unwrap_or_default();
    format!("已回答 {answered}（{share}），部分回答 {partial}，没有找到 {not_found}")
}

/// `81.3%`
fn percent(share: f64) -> String {
    format!("{:.1}%", share * 100.0)
}

/// By how much a number differs from that of before: `+12`, `−3`, `持平`.
#[must_use]
pub fn change(now: u64, before: u64) -> String {
    match now.cmp(&before) {
        std::cmp::Ordering::Greater => format!("+{}", now - before),
        std::cmp::Ordering::Less => format!("−{}", before - now),
        std::cmp::Ordering::Equal => "持平".to_owned(),
    }
}

/// A time, with as many figures as it is known by: `0.4 毫秒`, `18 毫秒`, `2.3 秒`.
#[must_use]
pub fn seconds(ms: f64) -> String {
    match ms {
        ms if ms < 10.0 => format!("{ms:.1} 毫秒"),
        ms if ms < 1000.0 => format!("{ms:.0} 毫秒"),
        ms => format!("{:.1} 秒", ms / 1000.0),
    }
}

/// What people call a channel.
#[must_use]
pub fn channel(name: &str) -> &str {
    match name {
        "telegram" => "Telegram",
        "wechat_oa" => "公众号",
        "wecom" => "企业微信",
        "web" => "网页",
        "mcp" => "MCP",
        "terminal" => "命令行",
        other => other,
    }
}

/// `11月30日`
pub(super) fn spelled(day: Date) -> String {
    format!("{}月{}日", u8::from(day.month()), day.day())
}

/// The figures as a table for spreadsheets: a row for all, for the period before, for each day, channel and
/// heading. Cells that are not counted stay empty.
#[must_use]
pub fn as_csv(figures: &Figures) -> String {
    let mut csv = Csv::default();
    csv.row(COLUMNS);
    let mut row = |mut cells: Vec<String>| {
        cells.resize(COLUMNS.len(), String::new());
        csv.row(cells);
    };
    row(totals("合计", &scope(figures), &figures.total));
    row(totals("上一期", "", &figures.before));
    for Day {
        day,
        counts,
        people,
        times,
    } in &figures.days
    {
        let mut cells = counted("日期", &day.to_string(), counts, *people);
        // No votes.
        cells.extend([String::new(), String::new()]);
        cells.extend(took(times.latency()));
        row(cells);
    }
    for (name, asked) in &figures.channels {
        row(["渠道", channel(name), &asked.to_string()]
            .map(str::to_owned)
            .to_vec());
    }
    for (section, times) in &figures.topics {
        row(["章节", section, &times.to_string()]
            .map(str::to_owned)
            .to_vec());
    }
    csv.finish()
}

fn totals(kind: &str, name: &str, totals: &Totals) -> Vec<String> {
    let votes = |of: fn(&Votes) -> u64| totals.votes.as_ref().map(of);
    let mut cells = counted(kind, name, &totals.counts, totals.people);
    cells.extend([
        whole(votes(|votes| votes.useful)),
        whole(votes(|votes| votes.useless)),
    ]);
    cells.extend(took(totals.latency));
    cells
}

fn took(latency: Option<Latency>) -> [String; 2] {
    [
        measured(latency.map(|latency| latency.p50_ms)),
        measured(latency.map(|latency| latency.p95_ms)),
    ]
}

fn counted(kind: &str, name: &str, counts: &Counts, people: Option<u64>) -> Vec<String> {
    vec![
        kind.to_owned(),
        name.to_owned(),
        counts.asked().to_string(),
        counts.answered.to_string(),
        counts.partial.to_string(),
        counts.not_found.to_string(),
        whole(people),
        measured(counts.mean_ms()),
        counts.talk.to_string(),
    ]
}

fn whole(number: Option<u64>) -> String {
    number.map(|number| number.to_string()).unwrap_or_default()
}

fn measured(ms: Option<f64>) -> String {
    ms.map(|ms| format!("{ms:.1}")).unwrap_or_default()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::statistics::{Chosen, Period, Times};

    /// A week with 123 questions, after one with 100.
    pub(in super::super) fn week() -> Figures {
        let counts = Counts {
            answered: 100,
            partial: 12,
            not_found: 11,
            talk: 15,
            took_us: 2_460_000,
        };
        let before = Counts {
            answered: 90,
            not_found: 10,
            ..Counts::default()
        };
        // Noon in China on 30 November 2026.
        let period = Period::until_now(1_796_011_200_000, 7);
        let day = |day| Day {
            day,
            counts: Counts::default(),
            people: Some(0),
            times: Times::default(),
        };
        let mut days: Vec<Day> = period.days().map(day).collect();
        if let Some(last) = days.last_mut() {
            last.counts = counts;
            // From 8.192 to 16.384 ms.
            last.times.add(13, 100);
        }
        Figures {
            chosen: Chosen {
                period,
                place: String::new(),
                channel: String::new(),
            },
            days,
            total: Totals {
                counts,
                people: Some(45),
                votes: Some(Votes {
                    useful: 12,
                    useless: 3,
                }),
                latency: Some(Latency {
                    p50_ms: 8.21,
                    p95_ms: 1510.0,
                }),
            },
            before: Totals {
                counts: before,
                people: Some(48),
                ..Totals::default()
            },
            channels: vec![("telegram".into(), 80), ("wechat_oa".into(), 43)],
            topics: vec![("加快交通建设".into(), 20), ("=教育".into(), 5)],
        }
    }

    #[test]
    fn a_week_in_words() {
        assert_eq!(
            figures(&week()),
            "最近 7 天（11月24日至11月30日）\n\
             提问 123 次（比前 7 天 +23）\n\
             已回答 100（81.3%），部分回答 12，没有找到 11\n\
             提问的人 45（−3）\n\
             评价：有用 12，没用 3\n\
             响应时间：一半在 8.2 毫秒以内，95% 在 1.5 秒以内\n\
             渠道：Telegram 80，公众号 43\n\
             问得最多的章节：\n\
             · 加快交通建设 20\n\
             · =教育 5\n\
             另有问候、感谢等 15 次，不算提问"
        );
    }

    #[test]
    fn what_is_not_counted_for_a_choice_is_not_told() {
        let mut chosen = week();
        chosen.chosen.place = "通渭县".into();
        chosen.chosen.channel = "web".into();
        chosen.total.people = None;
        chosen.total.votes = None;
        chosen.total.latency = None;
        let told = figures(&chosen);
        assert!(told.starts_with("通渭县，网页，最近 7 天"));
        assert!(!told.contains("提问的人") && !told.contains("评价"));
        assert!(told.contains("响应时间：平均 20 毫秒"));
    }

    #[test]
    fn a_table_holds_the_same_figures_and_runs_nothing() {
        let table = as_csv(&week());
        let rows: Vec<&str> = table.trim_start_matches('\u{feff}').split("\r\n").collect();
        assert!(rows[0].starts_with("类别,名称,提问,"));
        let all = ",123,100,12,11,45,20.0,15,12,3,8.2,1510.0";
        assert_eq!(
            rows[1],
            format!("合计,最近 7 天（11月24日至11月30日）{all}")
        );
        assert_eq!(
            rows[9],
            "日期,2026-11-30,123,100,12,11,0,20.0,15,,,11.6,15.8"
        );
        assert!(rows.contains(&"渠道,公众号,43,,,,,,,,,,"));
        assert!(rows.contains(&"章节,'=教育,5,,,,,,,,,,"));
        let is_whole = |row: &&str| row.split(',').count() == COLUMNS.len();
        assert!(rows.iter().filter(|row| !row.is_empty()).all(is_whole));
    }
}
