-- Times are milliseconds since 1970 in UTC. People are keyed hashes of channel and account, never ids.

-- Contents of files by their SHA-256.
CREATE TABLE blobs (
    hash BLOB PRIMARY KEY,
    bytes BLOB NOT NULL
) WITHOUT ROWID;

-- What went live, in order. `manifest` is the blob that lists the files.
CREATE TABLE editions (
    number INTEGER PRIMARY KEY,
    made_at INTEGER NOT NULL,
    author TEXT NOT NULL,
    cause TEXT NOT NULL,
    note TEXT NOT NULL,
    base INTEGER,
    manifest BLOB NOT NULL,
    version TEXT NOT NULL
);

-- What may go live: proposals, uploads that wait for a word, editions with a date.
CREATE TABLE drafts (
    number INTEGER PRIMARY KEY,
    made_at INTEGER NOT NULL,
    author BLOB NOT NULL,
    author_name TEXT NOT NULL,
    cause TEXT NOT NULL,
    note TEXT NOT NULL,
    base INTEGER NOT NULL,
    manifest BLOB NOT NULL,
    state TEXT NOT NULL,
    go_live_at INTEGER,
    detail TEXT NOT NULL
);

-- What each input (the corpus folder, the program) gave last.
CREATE TABLE inputs (
    name TEXT PRIMARY KEY,
    manifest BLOB NOT NULL,
    at INTEGER NOT NULL
);

-- Single facts, such as which edition is live.
CREATE TABLE facts (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE audit (
    seq INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    role TEXT NOT NULL,
    origin TEXT NOT NULL,
    act TEXT NOT NULL,
    outcome TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    chain BLOB NOT NULL
);

CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit is never changed'); END;

-- Rows go once they are old, and only then.
CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit
WHEN OLD.at >= (unixepoch() - 180 * 86400) * 1000
BEGIN SELECT RAISE(ABORT, 'the audit is kept for 180 days'); END;

CREATE TABLE people (
    person BLOB PRIMARY KEY,
    channel TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    places TEXT NOT NULL,
    granted_by TEXT NOT NULL,
    granted_at INTEGER NOT NULL
);

-- One-time codes and links, by the hash of what is spent.
CREATE TABLE codes (
    hash BLOB PRIMARY KEY,
    purpose TEXT NOT NULL,
    role TEXT NOT NULL,
    places TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    detail TEXT NOT NULL
);

-- Keys of the HTTP endpoints, by their hash.
CREATE TABLE tokens (
    hash BLOB PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    places TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER,
    revoked_at INTEGER
);

CREATE TABLE jobs (
    number INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    author BLOB NOT NULL,
    author_name TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    ended_at INTEGER,
    state TEXT NOT NULL,
    done INTEGER NOT NULL,
    whole INTEGER NOT NULL,
    detail TEXT NOT NULL,
    result TEXT NOT NULL
);

CREATE TABLE pins (
    number INTEGER PRIMARY KEY,
    question TEXT NOT NULL,
    detail TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at INTEGER NOT NULL
);

CREATE TABLE notices (
    number INTEGER PRIMARY KEY,
    text TEXT NOT NULL,
    places TEXT NOT NULL,
    shown_from INTEGER NOT NULL,
    shown_until INTEGER,
    made_by TEXT NOT NULL,
    made_at INTEGER NOT NULL
);

CREATE TABLE questions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    channel TEXT NOT NULL,
    person BLOB,
    answer TEXT NOT NULL,
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    question TEXT NOT NULL,
    document TEXT,
    passage TEXT,
    edition INTEGER NOT NULL,
    version TEXT NOT NULL,
    took_us INTEGER NOT NULL
);
CREATE INDEX questions_at ON questions (at);
CREATE INDEX questions_person ON questions (person) WHERE person IS NOT NULL;

-- Outlive the questions they count.
CREATE TABLE counts (
    day TEXT NOT NULL,
    channel TEXT NOT NULL,
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    number INTEGER NOT NULL,
    took_us INTEGER NOT NULL,
    PRIMARY KEY (day, channel, kind, status)
) WITHOUT ROWID;

CREATE TABLE votes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    ballot TEXT UNIQUE,
    at INTEGER NOT NULL,
    channel TEXT NOT NULL,
    person BLOB,
    answer TEXT,
    passage TEXT,
    vote TEXT NOT NULL,
    reason TEXT
);
CREATE INDEX votes_person ON votes (person) WHERE person IS NOT NULL;

-- The last questions of conversations, for minutes.
CREATE TABLE turns (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation BLOB NOT NULL,
    person BLOB,
    at INTEGER NOT NULL,
    question TEXT NOT NULL
);
CREATE INDEX turns_at ON turns (at);

-- What a chat chose: simplified or traditional characters.
CREATE TABLE preferences (
    person BLOB NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (person, name)
) WITHOUT ROWID;

-- Commands that were received, by the hash of their message, so that none is performed twice.
CREATE TABLE seen (
    key BLOB PRIMARY KEY,
    at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX seen_at ON seen (at);
