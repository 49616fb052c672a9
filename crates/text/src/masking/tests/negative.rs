//! Texts without a number of a person.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// What looks like one more or less.
pub(super) const TEXTS: &[&str] = &[
    // Documents.
    "国发〔2025〕15号",
    "通政发[2024]3号",
    "甘政办发（2023）138号",
    "通渭县人民政府2023年第12345678号公告",
    "第13812345678号",
    "GB 11643-1999、GB/T 2260-2007",
    "ISBN 978-7-5097-1234-5",
    "国办函〔2024〕1号、〔2024〕15号、〔2024〕138号",
    "索引号620000-2024-000138",
    "项目代码2020-621121-77-03-012345",
    "GB50016-2014(2018)",
    "京ICP备13812345号",
    // Figures.
    "12000000000元",
    "总产值123.45亿元",
    "1380000亩",
    "投资13800000000元",
    "投资13800000000 元",
    "投资13,800,000,000元",
    "总产值13812345678，增长7%",
    "合计：13812345678",
    "¥13812345678.50",
    "13812345678.50元",
    "13812345678万元",
    "13812345678亩耕地",
    "13812345678斤粮食",
    "13800000000人",
    "13800000000人次",
    "13812345678公里",
    "13812345678立方米",
    "13800000000-13900000000元",
    "１３８００００００００元",
    "一百三十八亿元",
    "6217001234567890123元",
    "补贴标准3000 4000 5000 6000元",
    "15000 200000",
    "增长13.8%、14.5%、15.6%、17.8%",
    "一三五二四六七八九十",
    "经度105.13812345678",
    "纬度35.2101，经度105.2401",
    "0.13812345678",
    // Days and times.
    "2023-2024",
    "1998-2003 215",
    "2023年12月31日18:30:00",
    "2023-12-31 18:30:00",
    "20231231183000",
    "1999-10-01 100",
    "1998.10.01-2003.12.31",
    "2024/01/02 2024/03/04",
    "二〇二三年十二月三十一日",
    "二〇二三—二〇二四学年",
    "1949 1978 2012 2017",
    "1701234567890毫秒",
    // Telephones of offices.
    "12345",
    "12333、12345、110、119、120",
    "12345 12333 12315 110",
    "110 120 119 122 12345",
    "95588 95599 95533 95566",
    "0938-5551234",
    "0938 5551234",
    "09385551234",
    "(0938)5551234",
    "+86-938-5551234",
    "010-81234567",
    "0938-5551234-8001",
    "0938-5551234、5551235",
    "400-138-1234",
    "400 138 1234",
    "400-138-1234-5678",
    "4001381234",
    "800-820-8820",
    "5551234 5556789",
    // Codes.
    "743300",
    "邮编743300 传真0938-5552345",
    "91620100MA138123XQ",
    "91621121138123456X",
    "9162112113812345XA",
    "11621121013943456X",
    "12100000400002259P",
    "区划代码621121 621121100201",
    "621121103205GB00012",
    "192.168.13.145",
    "1.3.8.1.2.3.4.5.6.7.8.9",
    "v1.138.1234.5678",
    "138.1234.5678.9",
    "1.3.12.45.678.90",
    "13、14、15、16、17、18、19",
    "1 2 3 4 5 6 7 8 9 10 11 12",
    "1 3 5 7 9 11 13 15",
    "0123456789",
    "12345678901",
    "138****5678",
    "QQ号138123456",
    "138123456789",
    "a1b2c3d4e5f6a7b8c9d0",
];

fn repository_root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Every string in the question sets, every line of the corpus.
pub(super) fn repository() -> Vec<String> {
    let mut texts = Vec::new();
    for file in files(&repository_root().join("tests/quality"), "jsonl") {
        let text = fs::read_to_string(&file).expect("a file of the repository");
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            strings(&serde_json::from_str(line).expect("a record"), &mut texts);
        }
    }
    for file in files(&repository_root().join("corpus"), "md") {
        texts.push(fs::read_to_string(&file).expect("a file of the repository"));
    }
    texts
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder of the repository") {
        let path = entry.expect("it can be read").path();
        if path.is_dir() {
            found.append(&mut files(&path, extension));
        } else if path.extension().is_some_and(|e| e == extension) {
            found.push(path);
        }
    }
    found
}

fn strings(value: &serde_json::Value, texts: &mut Vec<String>) {
    match value {
        serde_json::Value::String(text) => texts.push(text.clone()),
        serde_json::Value::Array(values) => values.iter().for_each(|value| strings(value, texts)),
        serde_json::Value::Object(fields) => {
            fields.values().for_each(|value| strings(value, texts))
        }
        _ => (),
    }
}
