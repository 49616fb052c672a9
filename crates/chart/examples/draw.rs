//! Draws one chart of each kind, and one without data, into a folder: as SVG for a page and as PNG.
//!
//! ```text
//! cargo run -p wenzheng-chart --example draw -- target/charts
//! ```

use std::{env, error::Error, fs, path::PathBuf};

use wenzheng_chart::{Chart, Kind, Series, Theme, png, svg};

/// Wide enough to look sharp in a chat.
const WIDTH_PX: u32 = 900;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(env::args().nth(1).ok_or("into which folder?")?);
    fs::create_dir_all(&folder)?;
    let charts = [
        ("questions", questions()),
        ("month", month()),
        ("topics", topics()),
        ("times", times()),
        ("nothing", nothing()),
    ];
    for (name, chart) in charts {
        let file = folder.join(name);
        fs::write(file.with_extension("svg"), svg(&chart, Theme::Page))?;
        fs::write(file.with_extension("png"), png(&chart, WIDTH_PX)?)?;
    }
    Ok(())
}

fn questions() -> Chart {
    Chart {
        title: "每周提问".into(),
        kind: Kind::StackedBars,
        labels: (41..=48).map(|week| format!("第{week}周")).collect(),
        series: vec![
            Series::counts("已回答", [231, 244, 128, 352, 347, 212, 309, 280]),
            Series::counts("只答一部分", [36, 49, 24, 71, 58, 40, 42, 39]),
            Series::counts("未找到", [23, 35, 12, 57, 44, 21, 30, 18]),
        ],
    }
}

fn month() -> Chart {
    let asked = (1..=30).map(|day| (day * 37 + day * day * 11) % 60);
    Chart {
        title: "最近30天的提问".into(),
        kind: Kind::StackedBars,
        labels: (1..=30).map(|day| format!("11-{day:02}")).collect(),
        series: vec![Series::counts("提问", asked)],
    }
}

fn topics() -> Chart {
    let topics = [
        ("城乡居民基本医疗保险缴费标准和报销比例", 128),
        ("农村危房改造补助", 96),
        ("《民生实事》进展情况（2024年）", 81),
        ("黄芪、马铃薯产业奖补", 64),
        ("一中男生宿舍", 33),
        ("供暖温度不足18℃怎么办", 17),
        ("低保", 8),
        ("退役军人优待证", 0),
    ];
    Chart {
        title: "问得最多的事".into(),
        kind: Kind::HorizontalBars,
        labels: topics.iter().map(|(topic, _)| (*topic).into()).collect(),
        series: vec![Series::counts("次数", topics.map(|(_, count)| count))],
    }
}

fn times() -> Chart {
    let day = |day: u32| (day != 9).then_some(f64::from(40 + day * 7 % 23));
    let slow = |day: u32| (day != 9).then_some(f64::from(150 + day * 53 % 170));
    Chart {
        title: "响应时间（毫秒）".into(),
        kind: Kind::Lines,
        labels: (1..=14).map(|day| format!("11-{day:02}")).collect(),
        series: vec![
            Series::measured("一半的问题快于", (1..=14).map(day)),
            Series::measured("九成五快于", (1..=14).map(slow)),
        ],
    }
}

fn nothing() -> Chart {
    Chart {
        title: "响应时间（毫秒）".into(),
        kind: Kind::Lines,
        labels: Vec::new(),
        series: Vec::new(),
    }
}
