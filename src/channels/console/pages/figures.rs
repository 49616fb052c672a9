//! How much was asked: what is chosen, the numbers, the charts with the same figures as tables.

use maud::{Markup, PreEscaped, html};
use serde::Deserialize;
use wenzheng_chart::{Chart, Kind, Theme, svg};
use wenzheng_store::now;

use super::filter::{channels, known_channel};
use crate::{
    channels::{
        console::{state::Console, trouble::Trouble, who::Who},
        wording::admin as words,
    },
    statistics::{Chosen, Figures, Period},
};

/// How many days can be chosen, and how many are shown first.
const DAYS: [u16; 4] = [7, 30, 90, 365];
const FIRST: u16 = 30;

/// What somebody chose.
#[derive(Debug, Default, Deserialize)]
pub(in crate::channels::console) struct Filter {
    #[serde(default)]
    days: String,
    #[serde(default)]
    place: String,
    #[serde(default)]
    channel: String,
}

impl Filter {
    /// What is shown to `who`: what cannot be chosen counts as not chosen.
    pub(super) fn chosen(&self, who: &Who) -> Chosen {
        let days = self.days.parse().ok();
        let days = days.filter(|days| DAYS.contains(days)).unwrap_or(FIRST);
        Chosen {
            period: Period::until_now(now(), days),
            place: who.place(self.place.trim()),
            channel: known_channel(&self.channel).unwrap_or_default().to_owned(),
        }
    }
}

/// The figures, and the places of `who` that were asked about.
pub(super) async fn read(
    console: &Console,
    who: &Who,
    chosen: Chosen,
) -> Result<(Figures, Vec<String>), Trouble> {
    let read = console.service.with_office(move |office| {
        let places = office.asked_places(chosen.period)?;
        Ok((office.figures(&chosen)?, places))
    });
    let (figures, mut places) = read.await?.ok_or(Trouble::NoStore)?;
    places.retain(|place| who.place(place) == *place);
    let place = &figures.chosen.place;
    if !place.is_empty() && !places.contains(place) {
        places.push(place.clone());
    }
    Ok((figures, places))
}

/// The numbers and charts, below what they are of.
pub(super) fn show(console: &Console, who: &Who, figures: &Figures, places: &[String]) -> Markup {
    html! {
        section aria-labelledby="asked" {
            h2 #asked { "大家问了什么" }
            (form(console, who, figures, places))
            p.soft { (words::scope(figures)) "。每天按北京时间计算；问候、感谢等不算提问。" }
            (numbers(figures))
            @for chart in words::charts(figures) { (drawn(&chart)) }
        }
    }
}

fn form(console: &Console, who: &Who, figures: &Figures, places: &[String]) -> Markup {
    let Chosen {
        period,
        place,
        channel,
    } = &figures.chosen;
    let has_all = who.place("").is_empty();
    html! {
        form.row.filters method="get" action=(console.path("/admin")) {
            label { "时间 "
                select name="days" {
                    @for days in DAYS {
                        option value=(days) selected[days == period.length()] { "最近 " (days) " 天" }
                    }
                }
            }
            label { "地方 "
                select name="place" {
                    @if has_all { option value="" selected[place.is_empty()] { "所有地方" } }
                    @for name in places {
                        option value=(name) selected[name == place] { (name) }
                    }
                }
            }
            (channels(channel))
            button.button type="submit" { "查看" }
            button.quiet type="submit" formaction=(console.path("/admin/export.csv")) { "导出表格" }
            button.quiet type="submit" formaction=(console.path("/admin/export.json")) { "导出 JSON" }
        }
    }
}

fn numbers(figures: &Figures) -> Markup {
    let (now, then) = (&figures.total, &figures.before);
    let before = format!("比前 {} 天", figures.chosen.period.length());
    let counted = |name: &str, now: u64, then: u64| {
        let change = format!("{before} {}", words::change(now, then));
        number(name, &now.to_string(), &change)
    };
    let share = now.counts.share_answered();
    html! {
        dl.numbers {
            (counted("提问", now.counts.asked(), then.counts.asked()))
            @match (now.people, then.people) {
                (Some(people), Some(then)) => { (counted("提问的人", people, then)) }
                (Some(people), None) => { (number("提问的人", &people.to_string(), "")) }
                (None, _) => {}
            }
            (number("已回答", &now.counts.answered.to_string(),
                &share.map(|share| format!("占 {:.1}%", share * 100.0)).unwrap_or_default()))
            (counted("部分回答", now.counts.partial, then.counts.partial))
            (counted("没有找到", now.counts.not_found, then.counts.not_found))
            @if let Some(votes) = now.votes {
                (number("评价", &format!("有用 {}", votes.useful), &format!("没用 {}", votes.useless)))
            }
            @if let Some(latency) = now.latency {
                (number("响应时间", &words::seconds(latency.p50_ms),
                    &format!("一半在此以内；95% 在 {}以内", words::seconds(latency.p95_ms))))
            } @else if let Some(mean) = now.counts.mean_ms() {
                (number("响应时间", &words::seconds(mean), "平均"))
            }
        }
        @if now.votes.is_none() {
            p.soft { "评价不分地方和渠道，选了地方或渠道就不显示；人数和章节不分渠道，选了渠道就不显示。" }
        } @else if now.people.is_none() {
            p.soft { "有的提问看不出是谁问的，或者已经过了保存的时间，所以不显示人数。" }
        }
    }
}

fn number(name: &str, value: &str, beside: &str) -> Markup {
    html! {
        div { dt { (name) } dd { b { (value) } @if !beside.is_empty() { span.soft { (beside) } } } }
    }
}

/// A chart, and below it the same figures as a table.
fn drawn(chart: &Chart) -> Markup {
    let labelled = match chart.kind {
        Kind::HorizontalBars => "名称",
        Kind::StackedBars | Kind::Lines => "从这一天起",
    };
    html! {
        figure.card.drawn {
            // Made by our own crate, which escapes every text.
            (PreEscaped(svg(chart, Theme::Page)))
            details {
                summary { "看数字：" (chart.title) }
                table {
                    thead { tr {
                        th scope="col" { (labelled) }
                        @for series in &chart.series {
                            th scope="col" { @if series.name.is_empty() { "次数" } @else { (series.name) } }
                        }
                    } }
                    tbody {
                        @for (at, label) in chart.labels.iter().enumerate() {
                            tr {
                                td { (label) }
                                @for series in &chart.series { td { (cell(series.values.get(at))) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn cell(value: Option<&Option<f64>>) -> String {
    value
        .copied()
        .flatten()
        .map_or_else(|| "—".to_owned(), |value| value.to_string())
}

#[cfg(test)]
mod tests {
    use wenzheng_chart::Series;

    use super::*;

    #[test]
    fn a_table_has_the_figures_of_its_chart_and_a_dash_where_there_are_none() {
        let chart = Chart {
            title: "每天<提问>".into(),
            kind: Kind::Lines,
            labels: vec!["11-29".into(), "11-30".into()],
            series: vec![Series::measured("平均", [Some(18.5), None])],
        };
        let page = drawn(&chart).into_string();
        assert!(page.contains("<td>11-29</td><td>18.5</td>"));
        assert!(page.contains("<td>11-30</td><td>—</td>"));
        assert!(page.contains("<svg") && !page.contains("<提问>"));
    }
}
