-- What the console needs: signing in, texts of the office, figures, topics, tickets, alerts.

-- Where members can be told something, encrypted with a key that is not in the database.
ALTER TABLE people ADD COLUMN address BYTEA;

-- How somebody signs in beside one-time links: a name, a password and a second factor.
CREATE TABLE logins (
    person BYTEA PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    password TEXT NOT NULL,
    -- The secret of the second factor, encrypted; and the last step of its clock that was used.
    totp BYTEA,
    totp_step BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);

-- Sessions of the console, by the hash of what the browser has.
CREATE TABLE sessions (
    hash BYTEA PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    person BYTEA NOT NULL,
    name TEXT NOT NULL,
    device TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    used_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX sessions_person ON sessions (person);

-- Texts that the office has changed: hotline, hours, greeting.
CREATE TABLE texts (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at BIGINT NOT NULL
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
ALTER TABLE questions ADD COLUMN topic BIGINT;
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
    number BIGINT NOT NULL,
    took_us BIGINT NOT NULL,
    PRIMARY KEY (day, place, channel, kind, status)
);
INSERT INTO counts (day, place, channel, kind, status, number, took_us)
    SELECT day, '', channel, kind, status, number, took_us FROM counts_before;
DROP TABLE counts_before;

-- How long answers took: numbers of a day by the power of two of their microseconds.
CREATE TABLE latencies (
    day TEXT NOT NULL,
    bucket BIGINT NOT NULL,
    number BIGINT NOT NULL,
    PRIMARY KEY (day, bucket)
);

-- What answers cited first, by heading.
CREATE TABLE cited (
    day TEXT NOT NULL,
    place TEXT NOT NULL,
    section TEXT NOT NULL,
    number BIGINT NOT NULL,
    PRIMARY KEY (day, place, section)
);

-- Who asked on a day; goes with the questions.
CREATE TABLE visitors (
    day TEXT NOT NULL,
    place TEXT NOT NULL,
    person BYTEA NOT NULL,
    PRIMARY KEY (day, place, person)
);

-- People of many days are counted in this order, and erased by it.
CREATE INDEX visitors_person ON visitors (person, day, place);

-- Questions that were not answered well, by what they are about. `example` is a row of `questions`.
CREATE TABLE topics (
    number BIGINT PRIMARY KEY,
    place TEXT NOT NULL,
    label TEXT NOT NULL,
    missing TEXT NOT NULL,
    example BIGINT NOT NULL,
    state TEXT NOT NULL,
    person TEXT NOT NULL,
    note TEXT NOT NULL,
    first_at BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    number_of BIGINT NOT NULL,
    settled_at BIGINT,
    reopened BIGINT NOT NULL
);
CREATE TABLE topic_months (
    topic BIGINT NOT NULL,
    month TEXT NOT NULL,
    status TEXT NOT NULL,
    number BIGINT NOT NULL,
    PRIMARY KEY (topic, month, status)
);

-- Questions that people want a person to answer.
CREATE TABLE tickets (
    number BIGINT PRIMARY KEY,
    -- What a visitor of the web shows to read the reply.
    code BYTEA UNIQUE,
    channel TEXT NOT NULL,
    person BYTEA,
    -- Where the reply goes, encrypted; gone once the ticket is closed, or after seven days.
    address BYTEA,
    place TEXT NOT NULL,
    question TEXT NOT NULL,
    -- The question with its telephone number, encrypted, when the asker agreed to pass it on.
    unmasked BYTEA,
    searched TEXT NOT NULL,
    state TEXT NOT NULL,
    assigned TEXT NOT NULL,
    opened_at BIGINT NOT NULL,
    closed_at BIGINT
);
CREATE INDEX tickets_person ON tickets (person) WHERE person IS NOT NULL;
CREATE TABLE ticket_replies (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ticket BIGINT NOT NULL,
    at BIGINT NOT NULL,
    author TEXT NOT NULL,
    text TEXT NOT NULL,
    delivered_at BIGINT
);
CREATE INDEX ticket_replies_ticket ON ticket_replies (ticket);
-- Messages in the chats of the staff that speak of a ticket, so that a reply to one is known.
CREATE TABLE ticket_posts (
    post BYTEA PRIMARY KEY,
    ticket BIGINT NOT NULL
);

-- What owners hear at once.
CREATE TABLE alerts (
    number BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL
);

-- Who asked to be forgotten of late: other programs of this store may remember their conversations.
CREATE TABLE forgotten (
    person BYTEA PRIMARY KEY,
    at BIGINT NOT NULL
);
