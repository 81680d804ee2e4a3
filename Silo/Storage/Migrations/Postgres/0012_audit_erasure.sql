-- What is older than five years may be erased (article 2224 of the Code civil), and nothing that is younger.
DROP TRIGGER AuditTrail_Delete ON AuditTrail;
CREATE TRIGGER AuditTrail_Delete BEFORE DELETE ON AuditTrail FOR EACH ROW
    WHEN (OLD.At > extract(epoch FROM now() - interval '5 years') * 1000) EXECUTE FUNCTION RefuseAuditChange();
CREATE TRIGGER AuditTrail_Truncate BEFORE TRUNCATE ON AuditTrail EXECUTE FUNCTION RefuseAuditChange();
