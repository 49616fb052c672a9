//! Asks a running server over HTTP, as another program would.
//!
//! ```text
//! cargo run --release -- serve &
//! cargo run --release --example ask_over_http -- 今年修哪几条高速 [http://127.0.0.1:8080]
//! ```

use std::{env, error::Error};

use serde_json::{Value, json};

#[expect(clippy::print_stdout, reason = "the result of the example")]
fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let question = arguments.next().ok_or("what do you want to know?")?;
    let server = arguments.next();
    let server = server.as_deref().unwrap_or("http://127.0.0.1:8080");
    let answer: Value = reqwest::blocking::Client::new()
        .post(format!("{server}/api/ask"))
        .json(&json!({ "question": question }))
        .send()?
        .error_for_status()?
        .json()?;
    println!("{}", answer["status"]);
    for citation in answer["citations"].as_array().into_iter().flatten() {
        println!("{}\n  {}", citation["quote"], citation["document_title"]);
    }
    Ok(())
}
