-- What every authenticated request reads takes two pages, one of the session and one of its identity: with a million identities each further index or table on the way costs one that no
-- cache holds. A session lies where its token's hash says, it names its identity by number, and addresses are in the identity's row; the table addresses says who has one.

CREATE TABLE new_identities (
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
) STRICT;
INSERT INTO new_identities (id, schema_id, traits, state, state_changed_at, external_id, metadata_public, metadata_admin, organization_id, verifiable_addresses, recovery_addresses, created_at, updated_at)
    SELECT id, schema_id, traits, state, state_changed_at, external_id, metadata_public, metadata_admin, organization_id,
        (SELECT json_group_array(json_patch(
                json_object('id', a.id, 'via', a.via, 'value', a.value, 'verified', json(iif(a.verified, 'true', 'false')), 'status', a.status, 'created_at', a.created_at, 'updated_at', a.updated_at),
                json_object('verified_at', a.verified_at)))
            FROM (SELECT * FROM verifiable_addresses v WHERE v.identity_id = i.id ORDER BY v.position) a),
        (SELECT json_group_array(json_object('id', a.id, 'via', a.via, 'value', a.value, 'created_at', a.created_at, 'updated_at', a.updated_at))
            FROM (SELECT * FROM recovery_addresses r WHERE r.identity_id = i.id ORDER BY r.position) a),
        created_at, updated_at
    FROM identities i ORDER BY i.rowid;

CREATE TABLE addresses (
    purpose     TEXT NOT NULL CHECK (purpose IN ('verification', 'recovery')),
    via         TEXT NOT NULL,
    value       TEXT NOT NULL,
    identity_id TEXT NOT NULL REFERENCES identities (id) ON DELETE CASCADE,
    PRIMARY KEY (purpose, via, value)
) STRICT, WITHOUT ROWID;
INSERT INTO addresses SELECT 'verification', via, value, identity_id FROM verifiable_addresses;
INSERT INTO addresses SELECT 'recovery', via, value, identity_id FROM recovery_addresses;
CREATE INDEX addresses_identity_id ON addresses (identity_id);

CREATE TABLE new_sessions (
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
) STRICT;
INSERT INTO new_sessions (key, token_hash, id, identity_number, active, expires_at, authenticated_at, issued_at, aal, methods, devices)
    SELECT (('0x' || substr(hex(s.token_hash), 1, 8)) ->> '$') << 32 | (('0x' || substr(hex(s.token_hash), 9, 8)) ->> '$'),
        s.token_hash, s.id, i.number, s.active, s.expires_at, s.authenticated_at, s.issued_at, s.aal, s.methods, s.devices
    FROM sessions s JOIN new_identities i ON i.id = s.identity_id;

DROP TABLE sessions;
DROP TABLE verifiable_addresses;
DROP TABLE recovery_addresses;
DROP TABLE identities;
ALTER TABLE new_identities RENAME TO identities;
ALTER TABLE new_sessions RENAME TO sessions;
CREATE UNIQUE INDEX identities_external_id ON identities (external_id) WHERE external_id IS NOT NULL;
CREATE INDEX identities_organization_id ON identities (organization_id, id) WHERE organization_id IS NOT NULL;
CREATE INDEX sessions_identity_number ON sessions (identity_number, issued_at);
CREATE INDEX sessions_expires_at ON sessions (expires_at);
