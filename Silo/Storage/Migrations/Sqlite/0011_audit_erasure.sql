-- What is older than five years may be erased (article 2224 of the Code civil), and nothing that is younger.
DROP TRIGGER AuditTrail_Delete;
CREATE TRIGGER AuditTrail_Delete BEFORE DELETE ON AuditTrail WHEN OLD.At > unixepoch('now', '-5 years') * 1000
BEGIN SELECT RAISE(ABORT, 'The audit trail is only ever added to.'); END;
