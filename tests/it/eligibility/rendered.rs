//! The messages of a dialogue, as the terminal shows them.

use super::Talk;

#[test]
fn a_question_reads_back_what_was_said() {
    let text = Talk::new().says("我妈82岁农村户口能领高龄补贴不");
    insta::assert_snapshot!(text);
}

#[test]
fn a_result_has_a_line_for_each_condition_and_never_says_that_somebody_qualifies() {
    let talk = Talk::new();
    talk.says("我妈82岁农村户口能领高龄补贴不");
    talk.says("是");
    let text = talk.says("不是");
    assert!(text.contains("按您说的情况，以主管部门审核为准"));
    for bare in ["可以领", "您能领", "能够领取", "有资格领"] {
        assert!(!text.contains(bare), "{text}");
    }
    insta::assert_snapshot!(text);
}

#[test]
fn what_is_not_met_shows_its_clause() {
    let talk = Talk::new();
    talk.says("我妈能领高龄津贴吗");
    insta::assert_snapshot!(talk.says("75岁"));
}

#[test]
fn the_conditions_can_be_read_without_being_judged() {
    let talk = Talk::new();
    talk.says("我家能领种地补贴吗");
    insta::assert_snapshot!(talk.says("直接看条件"));
}

#[test]
fn all_benefits_are_listed_by_what_came_out() {
    let talk = Talk::new();
    talk.says("我妈82岁，能享受哪些政策");
    insta::assert_snapshot!(talk.says("停"));
}
