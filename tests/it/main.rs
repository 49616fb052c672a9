//! End to end, one module for each way in.

// What the bot answers: claims, properties, figures.
mod answers;
// Dependencies between modules.
mod arrows;
// The bundled corpus and broken ones.
mod corpus;
// From a report as it was found to a corpus file.
mod import;
// The same answers on every channel.
mod rendering;
// The web channel over a real socket: pages, JSON API, headers, limits, shutdown.
mod web;
