use std::{io::Write as _, time::Instant};

use wenzheng::upload::{ConvertError, ConvertLimits, wording};
use zip::{ZipWriter, write::SimpleFileOptions};

use super::convert_bytes;

const HEAD: &str = "2024年清水县政府工作报告\n各位代表：\n2023年工作回顾\n";

/// A Word file whose body is `piece`, `times` times.
fn docx(piece: &[u8], times: usize) -> Vec<u8> {
    let mut archive = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let packed = SimpleFileOptions::default();
    archive
        .start_file("word/document.xml", packed)
        .expect("room");
    for _ in 0..times {
        archive.write_all(piece).expect("room");
    }
    archive.finish().expect("room").into_inner()
}

/// A PDF whose page has this content.
fn pdf(content: &[u8]) -> Vec<u8> {
    let objects: [&[u8]; 3] = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/MediaBox[0 0 595 842]>>",
    ];
    let mut out = b"%PDF-1.5\n".to_vec();
    let mut places = Vec::new();
    for (n, object) in objects.into_iter().chain([content]).enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n", n + 1).bytes());
        out.extend_from_slice(object);
        out.extend_from_slice(b"\nendobj\n");
    }
    let table = out.len();
    out.extend(b"xref\n0 5\n0000000000 65535 f \n");
    for place in places {
        out.extend(format!("{place:010} 00000 n \n").bytes());
    }
    out.extend(format!("trailer<</Root 1 0 R/Size 5>>\nstartxref\n{table}\n%%EOF").bytes());
    out
}

/// `content` as the stream of a page.
fn stream(content: &[u8]) -> Vec<u8> {
    let head = format!("<</Length {}>>stream\n", content.len());
    [head.as_bytes(), content, b"\nendstream"].concat()
}

/// A nest of `tag`, `depth` deep, with a word in the middle.
fn nest(tag: &str, depth: usize) -> Vec<u8> {
    let open = format!("<{tag}>").repeat(depth);
    let close = format!("</{tag}>").repeat(depth);
    format!("<html>{open}修路{close}").into_bytes()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_means_harm_is_read_or_refused_and_nothing_falls_over() {
    let limits = ConvertLimits::default();
    let million = vec![b' '; 1 << 20];
    for (label, bytes) in [
        ("bomb.docx", docx(&million, 600)),
        ("deep.docx", docx(&b"<w:p>".repeat(100_000), 10)),
        ("deep.html", nest("div", 1_000_000)),
        ("deep.pdf", pdf(&b"[".repeat(3_000_000))),
        ("deep-content.pdf", pdf(&stream(&b"[".repeat(3_000_000)))),
        ("deep-strings.pdf", pdf(&stream(&b"(".repeat(3_000_000)))),
        (
            "marks.txt",
            [HEAD.as_bytes(), &b"!?,:;()".repeat(300_000)].concat(),
        ),
        ("zeros.txt", vec![0; 20 << 20]),
    ] {
        let begun = Instant::now();
        let outcome = convert_bytes(&bytes, label, &limits).await;
        let took = begun.elapsed();
        assert!(took < limits.wall, "{label}: {took:?}");
        match outcome {
            Ok(_) | Err(ConvertError::Refused(_) | ConvertError::Ended(_)) => {}
            Err(other) => panic!("{label}: {other:?}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_takes_too_much_memory_ends_the_process_alone() {
    // Three million characters, the most that the importer takes.
    let bytes = format!("{HEAD}{}", "坚持稳中求进工作总基调。\n".repeat(240_000));
    let limits = ConvertLimits {
        memory_bytes: 120 << 20,
        ..ConvertLimits::default()
    };
    let ended = convert_bytes(bytes.as_bytes(), "大.txt", &limits).await;
    assert!(matches!(ended, Err(ConvertError::Ended(_))), "{ended:?}");
    let told = wording::not_converted(&ended.expect_err("it ended"));
    assert_eq!(told, "这个文件处理时超出了内存或时间限制，没有导入");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_takes_too_long_ends_the_process_alone() {
    let damaged = "巴ㄎ键S芪?!叭┮粯I".repeat(20) + "\n";
    let bytes = format!("{HEAD}{}", damaged.repeat(4_000));
    let limits = ConvertLimits {
        cpu_seconds: 1,
        ..ConvertLimits::default()
    };
    let ended = convert_bytes(bytes.as_bytes(), "慢.txt", &limits).await;
    assert!(matches!(ended, Err(ConvertError::Ended(_))), "{ended:?}");
}
