//! Administration at the machine itself: `admin.sock` in the data folder, by which `wenzheng reload`
//! reaches the running server. An office that has only the web page needs no chat for it.
//!
//! The socket is for the user who runs the server: its mode is 0600, and whoever connects is asked for
//! by the kernel (`SO_PEERCRED`); only that user and root are served. A socket that a killed server
//! left behind is replaced, that of a living one never: the living one holds a lock on `admin.lock`.
//!
//! What is spoken is in `protocol`: a line of JSON each way, with a version, to be extended.

mod client;
mod protocol;
mod server;
mod socket;
#[cfg(test)]
mod tests;
mod wording;

pub use self::{
    client::{AskError, ask},
    protocol::{Answer, Command, ErrorName},
    server::serve,
    socket::{Socket, SocketError},
};
