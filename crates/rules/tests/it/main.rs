//! Rule files and their documents together.

// Small documents with rules, and the worked example.
mod support;

// The worked example: its table of outcomes, its scenarios, its dialogue.
mod example;

// A second document, of another make.
mod disability;

// What is wrong in a file is told with line and remedy; one digit refuses the rules.
mod faults;

// Amounts: rows, rates, caps.
mod amounts;

// Which question comes next, held against all ways in which answers can turn out.
mod asking;

// Several documents over shared variables.
mod several;
