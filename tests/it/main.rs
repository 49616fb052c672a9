//! End to end, one module for each way in.

// The web channel over a real socket: pages, JSON API, headers, limits, shutdown.
mod web;
