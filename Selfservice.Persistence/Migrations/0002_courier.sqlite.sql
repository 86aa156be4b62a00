-- due_at is when the next attempt is due, or, while a host sends the message, when that host's lease ends; null once it was sent or abandoned.

CREATE TABLE courier_messages (
    id              TEXT    NOT NULL PRIMARY KEY,
    status          TEXT    NOT NULL CHECK (status IN ('queued', 'processing', 'sent', 'abandoned')),
    channel         TEXT    NOT NULL,
    recipient       TEXT    NOT NULL,
    subject         TEXT    NOT NULL,
    body            TEXT    NOT NULL,
    template        TEXT    NOT NULL,
    template_data   TEXT    NOT NULL,
    request_headers TEXT,
    culture         TEXT,
    send_count      INTEGER NOT NULL,
    failure_count   INTEGER NOT NULL,
    due_at          INTEGER,
    lease_owner     TEXT,
    created_at      INTEGER NOT NULL,
    updated_at      INTEGER NOT NULL,
    CHECK ((due_at IS NULL) = (status IN ('sent', 'abandoned'))),
    CHECK ((lease_owner IS NULL) = (status <> 'processing'))
) STRICT;
CREATE INDEX courier_messages_due_at ON courier_messages (due_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX courier_messages_created_at ON courier_messages (created_at, id);
CREATE INDEX courier_messages_recipient ON courier_messages (recipient, created_at, id);
CREATE INDEX courier_messages_ended ON courier_messages (updated_at) WHERE due_at IS NULL;

CREATE TABLE courier_dispatches (
    id            TEXT    NOT NULL PRIMARY KEY,
    message_id    TEXT    NOT NULL REFERENCES courier_messages (id) ON DELETE CASCADE,
    error_code    INTEGER,
    error_message TEXT,
    error_reason  TEXT,
    ended_at      INTEGER NOT NULL,
    CHECK ((error_code IS NULL) = (error_message IS NULL))
) STRICT;
CREATE INDEX courier_dispatches_message_id ON courier_dispatches (message_id, ended_at, id);
