//! Questions about the report as a whole.

use super::*;

#[test]
fn a_numbered_heading_counts_off_a_part() {
    for (heading, numbered) in [
        ("一、聚焦巩固成果", true),
        ("（二）建设宜居城市", true),
        ("十二、改善民生", true),
        ("十件民生实事", false),
        ("加强政府自身建设", false),
    ] {
        assert_eq!(is_numbered(heading), numbered, "{heading}");
    }
}
