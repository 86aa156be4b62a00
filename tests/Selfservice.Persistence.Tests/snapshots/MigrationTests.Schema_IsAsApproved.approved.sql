CREATE TABLE addresses (
    purpose     TEXT NOT NULL CHECK (purpose IN ('verification', 'recovery')),
    via         TEXT NOT NULL,
    value       TEXT NOT NULL,
    identity_id TEXT NOT NULL REFERENCES identities (id) ON DELETE CASCADE,
    PRIMARY KEY (purpose, via, value)
) STRICT, WITHOUT ROWID

CREATE INDEX addresses_identity_id ON addresses (identity_id)

CREATE TABLE budgets (
    key     BLOB    NOT NULL PRIMARY KEY CHECK (length(key) = 32),
    count   INTEGER NOT NULL,
    ends_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID

CREATE INDEX budgets_ends_at ON budgets (ends_at)

CREATE TABLE courier_dispatches (
    id            TEXT    NOT NULL PRIMARY KEY,
    message_id    TEXT    NOT NULL REFERENCES courier_messages (id) ON DELETE CASCADE,
    error_code    INTEGER,
    error_message TEXT,
    error_reason  TEXT,
    ended_at      INTEGER NOT NULL,
    CHECK ((error_code IS NULL) = (error_message IS NULL))
) STRICT

CREATE INDEX courier_dispatches_message_id ON courier_dispatches (message_id, ended_at, id)

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
) STRICT

CREATE INDEX courier_messages_created_at ON courier_messages (created_at, id)

CREATE INDEX courier_messages_due_at ON courier_messages (due_at, id) WHERE due_at IS NOT NULL

CREATE INDEX courier_messages_ended ON courier_messages (updated_at) WHERE due_at IS NULL

CREATE INDEX courier_messages_recipient ON courier_messages (recipient, created_at, id)

CREATE TABLE credential_identifiers (
    type        TEXT    NOT NULL,
    identifier  TEXT    NOT NULL,
    identity_id TEXT    NOT NULL,
    position    INTEGER NOT NULL,
    PRIMARY KEY (type, identifier),
    FOREIGN KEY (identity_id, type) REFERENCES credentials (identity_id, type) ON DELETE CASCADE
) STRICT, WITHOUT ROWID

CREATE INDEX credential_identifiers_identity_id ON credential_identifiers (identity_id, type)

CREATE TABLE credentials (
    identity_id TEXT    NOT NULL REFERENCES identities (id) ON DELETE CASCADE,
    type        TEXT    NOT NULL,
    config      TEXT    NOT NULL,
    version     INTEGER NOT NULL,
    position    INTEGER NOT NULL,
    created_at  INTEGER NOT NULL,
    updated_at  INTEGER NOT NULL,
    PRIMARY KEY (identity_id, type)
) STRICT

CREATE TABLE errors (
    id         TEXT    NOT NULL PRIMARY KEY,
    document   BLOB    NOT NULL,
    created_at INTEGER NOT NULL
) STRICT

CREATE INDEX errors_created_at ON errors (created_at)

CREATE TABLE flows (
    id           TEXT    NOT NULL PRIMARY KEY,
    kind         TEXT    NOT NULL,
    client_type  TEXT    NOT NULL CHECK (client_type IN ('browser', 'api')),
    expires_at   INTEGER NOT NULL,
    completed_at INTEGER,
    csrf_secret  BLOB    NOT NULL,
    document     BLOB    NOT NULL,
    context      BLOB    NOT NULL
) STRICT

CREATE INDEX flows_expires_at ON flows (expires_at)

CREATE TABLE "identities" (
    -- A number is never given twice: a session that outlived its identity must not become another's.
    number               INTEGER PRIMARY KEY AUTOINCREMENT,
    id                   TEXT    NOT NULL UNIQUE,
    schema_id            TEXT    NOT NULL,
    traits               TEXT    NOT NULL,
    state                TEXT    NOT NULL CHECK (state IN ('active', 'inactive')),
    state_changed_at     INTEGER,
    external_id          TEXT,
    metadata_public      TEXT,
    metadata_admin       TEXT,
    organization_id      TEXT,
    verifiable_addresses TEXT    NOT NULL,
    recovery_addresses   TEXT    NOT NULL,
    created_at           INTEGER NOT NULL,
    updated_at           INTEGER NOT NULL
) STRICT

CREATE UNIQUE INDEX identities_external_id ON identities (external_id) WHERE external_id IS NOT NULL

CREATE INDEX identities_organization_id ON identities (organization_id, id) WHERE organization_id IS NOT NULL

CREATE TABLE leases (
    name       TEXT    NOT NULL PRIMARY KEY,
    owner      TEXT    NOT NULL,
    held_until INTEGER NOT NULL
) STRICT, WITHOUT ROWID

CREATE TABLE one_time_secrets (
    id               TEXT    NOT NULL PRIMARY KEY,
    purpose          TEXT    NOT NULL,
    mac              BLOB    NOT NULL CHECK (length(mac) = 32),
    flow_id          TEXT    REFERENCES flows (id) ON DELETE CASCADE,
    identity_id      TEXT    REFERENCES identities (id) ON DELETE CASCADE,
    subject          TEXT    NOT NULL,
    issued_at        INTEGER NOT NULL,
    expires_at       INTEGER NOT NULL,
    used_at          INTEGER
) STRICT

CREATE INDEX one_time_secrets_expires_at ON one_time_secrets (expires_at)

CREATE INDEX one_time_secrets_flow_id ON one_time_secrets (flow_id) WHERE flow_id IS NOT NULL

CREATE INDEX one_time_secrets_identity_id ON one_time_secrets (identity_id) WHERE identity_id IS NOT NULL

CREATE INDEX one_time_secrets_mac ON one_time_secrets (mac)

CREATE TABLE schema_migrations (
    version    INTEGER NOT NULL PRIMARY KEY,
    name       TEXT    NOT NULL,
    hash       TEXT    NOT NULL,
    applied_at INTEGER NOT NULL
) STRICT

CREATE TABLE "sessions" (
    -- The first eight bytes of the hash of its token.
    key              INTEGER PRIMARY KEY,
    token_hash       BLOB    NOT NULL CHECK (length(token_hash) = 32),
    id               TEXT    NOT NULL UNIQUE,
    identity_number  INTEGER NOT NULL REFERENCES identities (number) ON DELETE CASCADE,
    active           INTEGER NOT NULL CHECK (active IN (0, 1)),
    expires_at       INTEGER NOT NULL,
    authenticated_at INTEGER NOT NULL,
    issued_at        INTEGER NOT NULL,
    aal              INTEGER NOT NULL CHECK (aal BETWEEN 0 AND 2),
    methods          TEXT    NOT NULL,
    devices          TEXT    NOT NULL
) STRICT

CREATE INDEX sessions_expires_at ON sessions (expires_at)

CREATE INDEX sessions_identity_number ON sessions (identity_number, issued_at)

CREATE TABLE sqlite_sequence(name,seq)

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
) STRICT

CREATE INDEX webhook_deliveries_due_at ON webhook_deliveries (due_at, id) WHERE due_at IS NOT NULL

CREATE INDEX webhook_deliveries_ended_at ON webhook_deliveries (ended_at, id) WHERE ended_at IS NOT NULL