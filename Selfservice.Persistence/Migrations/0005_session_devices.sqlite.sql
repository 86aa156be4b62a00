-- The devices of a session are written and read with it, on every request that a host authenticates: one column instead of a table to look into.

ALTER TABLE sessions ADD COLUMN devices TEXT NOT NULL DEFAULT '[]';
UPDATE sessions SET devices =
    (SELECT json_group_array(json_object('id', d.id, 'ip_address', d.ip_address, 'user_agent', d.user_agent, 'location', d.location))
     FROM (SELECT * FROM session_devices WHERE session_id = sessions.id ORDER BY position) d);
DROP TABLE session_devices;
