//! Who gets a place: so many connections in all, and so many of one peer.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
};

use crate::channels::{client::Client, proxies::TrustedProxies};

/// Connections of one peer that is no trusted proxy. A browser opens six; an office or a school comes
/// from one address.
const OF_ONE_PEER: usize = 128;

/// The places for connections.
#[derive(Debug)]
pub(super) struct Places {
    all: usize,
    trusted: TrustedProxies,
    taken: Mutex<Taken>,
}

#[derive(Debug, Default)]
struct Taken {
    all: usize,
    by_peer: HashMap<Client, usize>,
}

/// A place, free again when dropped.
#[derive(Debug)]
pub(super) struct Place {
    places: Arc<Places>,
    /// `None` for a trusted proxy.
    peer: Option<Client>,
}

impl Places {
    /// So many places as `all`. Proxies that are `trusted` may take any number: all visitors behind one
    /// are one peer.
    pub(super) fn new(all: usize, trusted: TrustedProxies) -> Arc<Self> {
        Arc::new(Self {
            all,
            trusted,
            taken: Mutex::default(),
        })
    }

    /// Takes a place for a connection from `ip`; `None` if there is none for it.
    pub(super) fn take(self: &Arc<Self>, ip: IpAddr) -> Option<Place> {
        let peer = (!self.trusted.trusts(ip)).then(|| Client::of(ip));
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if taken.all == self.all {
            return None;
        }
        if let Some(peer) = &peer {
            let of_peer = taken.by_peer.entry(peer.clone()).or_default();
            if *of_peer == OF_ONE_PEER {
                return None;
            }
            *of_peer += 1;
        }
        taken.all += 1;
        Some(Place {
            places: Arc::clone(self),
            peer,
        })
    }

    /// True if there is none for anybody.
    pub(super) fn are_taken(&self) -> bool {
        let taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.all == self.all
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self
            .places
            .taken
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        taken.all -= 1;
        let Some(peer) = &self.peer else { return };
        if let Some(of_peer) = taken.by_peer.get_mut(peer) {
            *of_peer -= 1;
            if *of_peer == 0 {
                taken.by_peer.remove(peer);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    fn taken(places: &Arc<Places>, from: &str, wanted: usize) -> Vec<Place> {
        (0..wanted).filter_map(|_| places.take(ip(from))).collect()
    }

    #[test]
    fn one_peer_cannot_take_the_places_of_all() {
        let places = Places::new(1_000, TrustedProxies::default());
        let held = taken(&places, "203.0.113.1", 500);
        assert_eq!(held.len(), OF_ONE_PEER);
        assert_eq!(taken(&places, "2001:db8::1", 100).len(), 100);
        // Addresses of one network are one peer.
        let subscriber: Vec<Place> = (0..500u16)
            .filter_map(|n| places.take([0x2001, 0xdb8, 0, 0, 0, 0, 0, n].into()))
            .collect();
        assert_eq!(subscriber.len(), OF_ONE_PEER);
        drop((held, subscriber));
        assert_eq!(taken(&places, "203.0.113.1", 1).len(), 1);
        let left = places.taken.lock().expect("no panic");
        assert!(left.all == 0 && left.by_peer.is_empty());
    }

    #[test]
    fn a_trusted_proxy_takes_as_many_as_there_are() {
        let places = Places::new(300, TrustedProxies::default());
        let held = taken(&places, "127.0.0.1", 500);
        assert_eq!(held.len(), 300);
        assert!(places.are_taken());
        assert!(places.take(ip("203.0.113.1")).is_none());
        let nobody = Places::new(300, TrustedProxies::new(Vec::new()));
        assert_eq!(taken(&nobody, "127.0.0.1", 500).len(), OF_ONE_PEER);
    }
}
