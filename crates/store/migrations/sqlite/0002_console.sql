-- What the console needs: signing in, texts of the office, figures, topics, tickets, alerts.

-- Where members can be told something, encrypted with a key that is not in the database.
ALTER TABLE people ADD COLUMN address BLOB;

-- How somebody signs in beside one-time links: a name, a password and a second factor.
CREATE TABLE logins (
    person BLOB PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    password TEXT NOT NULL,
    -- The secret of the second factor, encrypted; and the last step of its clock that was used.
    totp BLOB,
    totp_step INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
);

-- Sessions of the console, by the hash of what the browser has.
CREATE TABLE sessions (
    hash BLOB PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    person BLOB NOT NULL,
    name TEXT NOT NULL,
    device TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    used_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
);
CREATE INDEX sessions_person ON sessions (person);

-- Texts that the office has changed: hotline, hours, greeting.
CREATE TABLE texts (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at INTEGER NOT NULL
);

-- How a pinned question fared when a candidate was judged last, as JSON; empty until then.
ALTER TABLE pins ADD COLUMN replay TEXT NOT NULL DEFAULT '';

-- For which places whoever acted has their role, 、 between them; empty for all. The chain covers it where it is
-- not empty, so that rows of before stay whole.
ALTER TABLE audit ADD COLUMN places TEXT NOT NULL DEFAULT '';
CREATE INDEX audit_actor ON audit (actor, seq, role);
CREATE INDEX audit_role ON audit (role, seq);
CREATE INDEX audit_places ON audit (seq) WHERE places <> '';

-- Of which place the answer was, under which heading its first citation stands, and which words the
-- documents do not have.
ALTER TABLE questions ADD COLUMN place TEXT NOT NULL DEFAULT '';
ALTER TABLE questions ADD COLUMN section TEXT NOT NULL DEFAULT '';
ALTER TABLE questions ADD COLUMN missing TEXT NOT NULL DEFAULT '';
ALTER TABLE questions ADD COLUMN topic INTEGER;
CREATE INDEX questions_topic ON questions (topic, id) WHERE topic IS NOT NULL;
CREATE INDEX questions_topic_at ON questions (topic, at, channel) WHERE topic IS NOT NULL;
CREATE INDEX questions_answer ON questions (answer);
CREATE INDEX votes_at ON votes (at);

-- Counts know the place as well.
ALTER TABLE counts RENAME TO counts_before;
CREATE TABLE counts (
    day TEXT NOT NULL,
    place TEXT NOT NULL,
    channel TEXT NOT NULL,
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    number INTEGER NOT NULL,
    took_us INTEGER NOT NULL,
    PRIMARY KEY (day, place, channel, kind, status)
) WITHOUT ROWID;
INSERT INTO counts (day, place, channel, kind, status, number, took_us)
    SELECT day, '', channel, kind, status, number, took_us FROM counts_before;
DROP TABLE counts_before;

-- How long answers took: numbers of a day by the power of two of their microseconds.
CREATE TABLE latencies (
    day TEXT NOT NULL,
    bucket INTEGER NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (day, bucket)
) WITHOUT ROWID;

-- What answers cited first, by heading.
CREATE TABLE cited (
    day TEXT NOT NULL,
    place TEXT NOT NULL,
    section TEXT NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (day, place, section)
) WITHOUT ROWID;

-- Who asked on a day; goes with the questions.
CREATE TABLE visitors (
    day TEXT NOT NULL,
    place TEXT NOT NULL,
    person BLOB NOT NULL,
    PRIMARY KEY (day, place, person)
) WITHOUT ROWID;

-- People of many days are counted in this order, and erased by it.
CREATE INDEX visitors_person ON visitors (person, day, place);

-- Questions that were not answered well, by what they are about. `example` is a row of `questions`.
CREATE TABLE topics (
    number INTEGER PRIMARY KEY,
    place TEXT NOT NULL,
    label TEXT NOT NULL,
    missing TEXT NOT NULL,
    example INTEGER NOT NULL,
    state TEXT NOT NULL,
    person TEXT NOT NULL,
    note TEXT NOT NULL,
    first_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    number_of INTEGER NOT NULL,
    settled_at INTEGER,
    reopened INTEGER NOT NULL
);
CREATE TABLE topic_months (
    topic INTEGER NOT NULL,
    month TEXT NOT NULL,
    status TEXT NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (topic, month, status)
) WITHOUT ROWID;

-- Questions that people want a person to answer.
CREATE TABLE tickets (
    number INTEGER PRIMARY KEY,
    -- What a visitor of the web shows to read the reply.
    code BLOB UNIQUE,
    channel TEXT NOT NULL,
    person BLOB,
    -- Where the reply goes, encrypted; gone once the ticket is closed, or after seven days.
    address BLOB,
    place TEXT NOT NULL,
    question TEXT NOT NULL,
    -- The question with its telephone number, encrypted, when the asker agreed to pass it on.
    unmasked BLOB,
    searched TEXT NOT NULL,
    state TEXT NOT NULL,
    assigned TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    closed_at INTEGER
);
CREATE INDEX tickets_person ON tickets (person) WHERE person IS NOT NULL;
CREATE TABLE ticket_replies (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    ticket INTEGER NOT NULL,
    at INTEGER NOT NULL,
    author TEXT NOT NULL,
    text TEXT NOT NULL,
    delivered_at INTEGER
);
CREATE INDEX ticket_replies_ticket ON ticket_replies (ticket);
-- Messages in the chats of the staff that speak of a ticket, so that a reply to one is known.
CREATE TABLE ticket_posts (
    post BLOB PRIMARY KEY,
    ticket INTEGER NOT NULL
) WITHOUT ROWID;

-- What owners hear at once.
CREATE TABLE alerts (
    number INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL
);

-- Who asked to be forgotten of late: other programs of this store may remember their conversations.
CREATE TABLE forgotten (
    person BLOB PRIMARY KEY,
    at INTEGER NOT NULL
);
