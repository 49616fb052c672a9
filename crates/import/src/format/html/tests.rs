use super::{decode, is_html, read};

const PAGE: &str = r#"<!DOCTYPE html><html><head><meta charset="utf-8">
<title>2024年某县政府工作报告_某县人民政府</title><style>p{color:red}</style></head><body>
<div class="top"><a href="/">首页</a> | <a href="/x">政务公开</a></div>
<div class="nav"><ul><li><a href="/1">机构职能</a></li><li><a href="/2">政策文件</a></li></ul></div>
<div class="wrap"><h1>2024年某县政府工作报告</h1>
<div class="info">来源：某县人民政府 发布时间：2024-01-25 <a href="javascript:">【打印】</a></div>
<div class="TRS_Editor"><p>　　各位代表：</p><p>&nbsp;&nbsp;现在，我代表县人民政府，向大会报告工作，请予审议。</p>
<p><strong>一、2023年工作回顾</strong></p><p><b>（一）经济稳中有进。</b>生产总值增长7%，迈上新台阶。</p>
<p style="display: none">看不见的文字。</p><script>var a = "<p>脚本。</p>";</script>
<p>坚持不懈，久久为功。<br>再接再厉，乘势而上。</p></div></div>
<div class="foot">主办：某县人民政府办公室　网站标识码：6211210001</div></body></html>"#;

#[test]
fn the_report_is_found_and_the_page_around_it_dropped() {
    let split = read(PAGE).expect("few attributes");
    let shown: Vec<String> = split
        .paragraphs
        .iter()
        .map(|p| format!("{} {} {}", p.mark.heading, p.mark.bold, p.text))
        .collect();
    insta::assert_snapshot!(shown.join("\n"), @r"
    1 0 2024年某县政府工作报告
    0 0 各位代表：
    0 0 现在，我代表县人民政府，向大会报告工作，请予审议。
    0 11 一、2023年工作回顾
    0 10 （一）经济稳中有进。生产总值增长7%，迈上新台阶。
    0 0 坚持不懈，久久为功。
    0 0 再接再厉，乘势而上。
    ");
    assert_eq!(split.title.as_deref(), Some("2024年某县政府工作报告"));
}

#[test]
fn the_page_may_lie_about_its_encoding() {
    let page = PAGE.replace("utf-8", "gb2312");
    assert_eq!(decode(page.as_bytes()).encoding, "UTF-8");
    let (gbk, _, _) = encoding_rs::GBK.encode(&page);
    assert_eq!(decode(&gbk).encoding, "GBK");
    assert!(is_html(PAGE.as_bytes()));
    assert!(!is_html("各位代表".as_bytes()));
}

#[test]
fn deep_nesting_is_flattened() {
    let deep = format!(
        "<html>{}各位代表。{}",
        "<div>".repeat(100_000),
        "</div>".repeat(100_000)
    );
    let split = read(&deep).expect("few attributes");
    assert_eq!(split.paragraphs.len(), 1);
}

#[test]
fn a_tag_of_endless_attributes_is_refused() {
    let many = (0..2_000).map(|n| format!("a{n}=1 ")).collect::<String>();
    assert!(read(&format!("<html><p {many}>")).is_err());
    let script = format!("<html><script>for (i=0;i<n {many}</script>各位代表。");
    assert!(read(&script).is_ok());
    assert!(read(&format!("<html><script/><p {many}>")).is_err());
    assert!(read(&format!("<html><p title=\"{many}\">")).is_ok());
}
