-- What may be done only so often. The key is the SHA-256 of purpose and subject: addresses are not kept here.
CREATE TABLE budgets (
    key     BLOB    NOT NULL PRIMARY KEY CHECK (length(key) = 32),
    count   INTEGER NOT NULL,
    ends_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX budgets_ends_at ON budgets (ends_at);
