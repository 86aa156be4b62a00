-- Calls of web hooks that nobody waits for. due_at is when the next attempt is due, or, while a host makes one, when that host's lease ends; null once the call was given up.
-- What was made is deleted.

CREATE TABLE webhook_deliveries (
    id          TEXT    NOT NULL PRIMARY KEY,
    target      TEXT    NOT NULL,
    body        TEXT    NOT NULL,
    attempts    INTEGER NOT NULL,
    fault       TEXT,
    due_at      INTEGER,
    lease_owner TEXT,
    created_at  INTEGER NOT NULL,
    ended_at    INTEGER,
    CHECK ((due_at IS NULL) = (ended_at IS NOT NULL))
) STRICT;
CREATE INDEX webhook_deliveries_due_at ON webhook_deliveries (due_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX webhook_deliveries_ended_at ON webhook_deliveries (ended_at, id) WHERE ended_at IS NOT NULL;
