//! End to end, one module for each way in.

// An office that changes what answers, on both databases.
mod administration;
// What the bot answers: claims, properties, figures.
mod answers;
// Dependencies between modules.
mod arrows;
// The bundled corpus and broken ones.
mod corpus;
// Lists of questions with curated answers.
mod curated;
// A file, and a real server.
mod databases;
// People who ask: conversations, what is kept of whom.
mod people;
mod policies;
// Questions that somebody wrote who had not seen the program.
mod policy_questions;
// Who qualifies, by the rules beside policy documents.
mod eligibility;
// What is kept of whoever asks on the web.
mod mine;
// One report in every format, and files that mean harm.
mod formats;
// From a report as it was found to a corpus file.
mod import;
// Real reports set in other ways.
mod layouts;
mod meaning;
// Documents that are no reports.
mod documents;
// What the questions before change.
mod follow_ups;
// How much was asked: commands, exports, what owners are told every week.
mod figures;
// The same of a million questions; by hand.
mod figures_of_a_million;
// The same answers on every channel.
mod rendering;
// The channel that stands as an example, over a real socket.
mod line_channel;
// Damaged text put back by what other reports say.
mod repair;
// Whole replies are judged as the judge in Python does.
mod replies;
// Real reports: what each is and holds.
mod reports;
// Questions offered to go on with.
mod offers;
// Reports of several places and years.
mod several;
// A store that is found late, or that two programs share.
mod stores;
// What commands print.
mod terminal;
// Files that people send: read by another process, received over a real socket.
mod uploads;
// The web channel over a real socket: pages, JSON API, headers, limits, shutdown.
mod web;
// Candidates judged by the questions inside the program.
mod replay;
// Questions put together that ask about the same.
mod groups;
