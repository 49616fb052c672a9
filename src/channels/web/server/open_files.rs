//! How many files and connections the process may have open.

use nix::sys::resource::{Resource, getrlimit, setrlimit};

/// Raises the limit of the process to what the system lets it have, and returns it.
///
/// Many systems start programs with 1,024, for the sake of old ones that use `select`, and let them
/// have far more.
pub(super) fn raise() -> usize {
    let Ok((soft, hard)) = getrlimit(Resource::RLIMIT_NOFILE) else {
        return 1_024;
    };
    let raised = setrlimit(Resource::RLIMIT_NOFILE, hard, hard).is_ok();
    usize::try_from(if raised { hard } else { soft }).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_raised_to_what_is_allowed() {
        let (_, hard) = getrlimit(Resource::RLIMIT_NOFILE).expect("every system has one");
        assert_eq!(raise(), usize::try_from(hard).unwrap_or(usize::MAX));
        let (soft, _) = getrlimit(Resource::RLIMIT_NOFILE).expect("every system has one");
        assert_eq!(soft, hard);
    }
}
