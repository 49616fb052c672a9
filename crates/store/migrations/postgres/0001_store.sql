-- Times are milliseconds since 1970 in UTC. People are keyed hashes of channel and account, never ids.

-- Contents of files by their SHA-256.
CREATE TABLE blobs (
    hash BYTEA PRIMARY KEY,
    bytes BYTEA NOT NULL
);

-- What went live, in order. `manifest` is the blob that lists the files.
CREATE TABLE editions (
    number BIGINT PRIMARY KEY,
    made_at BIGINT NOT NULL,
    author TEXT NOT NULL,
    cause TEXT NOT NULL,
    note TEXT NOT NULL,
    base BIGINT,
    manifest BYTEA NOT NULL,
    version TEXT NOT NULL
);

-- What may go live: proposals, uploads that wait for a word, editions with a date.
CREATE TABLE drafts (
    number BIGINT PRIMARY KEY,
    made_at BIGINT NOT NULL,
    author BYTEA NOT NULL,
    author_name TEXT NOT NULL,
    cause TEXT NOT NULL,
    note TEXT NOT NULL,
    base BIGINT NOT NULL,
    manifest BYTEA NOT NULL,
    state TEXT NOT NULL,
    go_live_at BIGINT,
    detail TEXT NOT NULL
);

-- What each input (the corpus folder, the program) gave last.
CREATE TABLE inputs (
    name TEXT PRIMARY KEY,
    manifest BYTEA NOT NULL,
    at BIGINT NOT NULL
);

-- Single facts, such as which edition is live.
CREATE TABLE facts (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE audit (
    seq BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    role TEXT NOT NULL,
    origin TEXT NOT NULL,
    act TEXT NOT NULL,
    outcome TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    chain BYTEA NOT NULL
);

-- Rows go once they are old, and only then.
CREATE FUNCTION audit_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND OLD.at < (extract(epoch FROM now())::bigint - 180 * 86400) * 1000 THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'the audit is never changed, and kept for 180 days';
END $$;
CREATE TRIGGER audit_is_kept BEFORE UPDATE OR DELETE ON audit
    FOR EACH ROW EXECUTE FUNCTION audit_is_kept();
CREATE TRIGGER audit_is_not_emptied BEFORE TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION audit_is_kept();

CREATE TABLE people (
    person BYTEA PRIMARY KEY,
    channel TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    places TEXT NOT NULL,
    granted_by TEXT NOT NULL,
    granted_at BIGINT NOT NULL
);

-- One-time codes and links, by the hash of what is spent.
CREATE TABLE codes (
    hash BYTEA PRIMARY KEY,
    purpose TEXT NOT NULL,
    role TEXT NOT NULL,
    places TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    detail TEXT NOT NULL
);

-- Keys of the HTTP endpoints, by their hash.
CREATE TABLE tokens (
    hash BYTEA PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    places TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT,
    revoked_at BIGINT
);

CREATE TABLE jobs (
    number BIGINT PRIMARY KEY,
    kind TEXT NOT NULL,
    author BYTEA NOT NULL,
    author_name TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    ended_at BIGINT,
    state TEXT NOT NULL,
    done BIGINT NOT NULL,
    whole BIGINT NOT NULL,
    detail TEXT NOT NULL,
    result TEXT NOT NULL
);

CREATE TABLE pins (
    number BIGINT PRIMARY KEY,
    question TEXT NOT NULL,
    detail TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at BIGINT NOT NULL
);

CREATE TABLE notices (
    number BIGINT PRIMARY KEY,
    text TEXT NOT NULL,
    places TEXT NOT NULL,
    shown_from BIGINT NOT NULL,
    shown_until BIGINT,
    made_by TEXT NOT NULL,
    made_at BIGINT NOT NULL
);

CREATE TABLE questions (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at BIGINT NOT NULL,
    channel TEXT NOT NULL,
    person BYTEA,
    answer TEXT NOT NULL,
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    question TEXT NOT NULL,
    document TEXT,
    passage TEXT,
    edition BIGINT NOT NULL,
    version TEXT NOT NULL,
    took_us BIGINT NOT NULL
);
CREATE INDEX questions_at ON questions (at);
CREATE INDEX questions_person ON questions (person) WHERE person IS NOT NULL;

-- Outlive the questions they count.
CREATE TABLE counts (
    day TEXT NOT NULL,
    channel TEXT NOT NULL,
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    number BIGINT NOT NULL,
    took_us BIGINT NOT NULL,
    PRIMARY KEY (day, channel, kind, status)
);

CREATE TABLE votes (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ballot TEXT UNIQUE,
    at BIGINT NOT NULL,
    channel TEXT NOT NULL,
    person BYTEA,
    answer TEXT,
    passage TEXT,
    vote TEXT NOT NULL,
    reason TEXT
);
CREATE INDEX votes_person ON votes (person) WHERE person IS NOT NULL;

-- The last questions of conversations, for minutes.
CREATE TABLE turns (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    conversation BYTEA NOT NULL,
    person BYTEA,
    at BIGINT NOT NULL,
    question TEXT NOT NULL
);
CREATE INDEX turns_at ON turns (at);

-- What a chat chose: simplified or traditional characters.
CREATE TABLE preferences (
    person BYTEA NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (person, name)
);

-- Commands that were received, by the hash of their message, so that none is performed twice.
CREATE TABLE seen (
    key BYTEA PRIMARY KEY,
    at BIGINT NOT NULL
);
CREATE INDEX seen_at ON seen (at);
