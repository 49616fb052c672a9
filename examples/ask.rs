//! Asks one question of the reports inside the program, or of a folder of reports, and prints what is
//! quoted.
//!
//! ```text
//! cargo run --release --example ask -- 今年修哪几条高速 [FOLDER]
//! ```

use std::{env, error::Error, path::PathBuf};

use wenzheng::{
    answer::{Question, Status},
    assistant::{Assistant, Options},
};

#[expect(clippy::print_stdout, reason = "the result of the example")]
fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let question = Question::new(arguments.next().ok_or("what do you want to know?")?);
    let assistant = Assistant::open(Options {
        corpus_dir: arguments.next().map(PathBuf::from),
        ..Options::default()
    })?;
    let answer = assistant.answer(&question)?;
    match answer.status {
        Status::Answered => println!("the report says:"),
        Status::Partial => println!("the report comes near, {:?} is missing:", answer.missing),
        Status::NotFound => println!("the report does not speak of it"),
        Status::Smalltalk | Status::Help => println!("this is no question to the report"),
    }
    for citation in &answer.citations {
        println!("{}", citation.quote);
        println!(
            "  {}, {}",
            citation.document_title,
            citation.path.join(" › ")
        );
    }
    Ok(())
}
