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
    assert_eq!(decode(page.as_bytes(), None).encoding, "UTF-8");
    let (gbk, _, _) = encoding_rs::GBK.encode(&page);
    assert_eq!(decode(&gbk, None).encoding, "GBK");
    let latin = PAGE.replace("utf-8", "iso-8859-1");
    let (gbk, _, _) = encoding_rs::GBK.encode(&latin);
    assert_eq!(decode(&gbk, None).text, latin);
    assert_eq!(decode(latin.as_bytes(), Some("gbk")).text, latin);
    let utf16: Vec<u8> = [0xfeff]
        .into_iter()
        .chain(PAGE.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    assert!(is_html(&utf16));
    assert_eq!(decode(&utf16, None).text, PAGE);
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

fn shown(page: &str) -> Vec<String> {
    let paragraphs = read(page).expect("few attributes").paragraphs;
    let shown = |p: crate::paragraph::Paragraph| p.text.replace('\t', "|");
    paragraphs.into_iter().map(shown).collect()
}

#[test]
fn what_was_taken_out_is_listed_and_not_read() {
    let page = "<html><p>低保标准<del>460元</del><ins>510元。</ins><s>作废。</s><p style='text-decoration: line-through'>旧条款。<p>平方公里：12km<sup>2</sup>。<p><ruby>矬<rt>cuó</rt></ruby>里村。</html>";
    assert_eq!(
        shown(page),
        ["低保标准510元。", "平方公里：12km²。", "矬里村。"]
    );
    let left_out = read(page).expect("few attributes").left_out;
    let left_out: Vec<&str> = left_out.iter().map(|l| l.text.as_str()).collect();
    assert_eq!(
        left_out,
        ["（划掉的文字）460元作废。", "（划掉的文字）旧条款。"]
    );
}

#[test]
fn tables_keep_their_rows_and_merged_cells() {
    let page = "<html><p>低保标准如下：</p><table><tr><th>类别<th>项目<th>标准</tr><tr><td rowspan=2><p>社会救助</p><td>城市低保<td>730元<tr><td>农村低保<td></table><p>以上从今年起执行。</p></html>";
    assert_eq!(
        shown(page),
        [
            "低保标准如下：",
            "类别|项目|标准",
            "社会救助|城市低保|730元",
            "社会救助|农村低保|",
            "以上从今年起执行。"
        ]
    );
}

#[test]
fn tables_that_place_the_page_are_no_tables() {
    let page = "<html><table><tr><td>首页<td><table><tr><td>各位代表：<br>坚持不懈，久久为功。</td></tr></table></td></tr></table></html>";
    assert_eq!(shown(page), ["各位代表：", "坚持不懈，久久为功。"]);
}
