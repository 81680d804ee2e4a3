-- What agents of the hotline look at and do, numbered without gaps. In clear is what is searched for; Content (why, on which call, what more) is
-- ciphertext. Hash is keyed, and binds an entry to its content in clear and to the hash of the one before. At is in milliseconds since 1970, UTC.
CREATE TABLE AuditTrail
(
    Sequence INTEGER NOT NULL PRIMARY KEY,
    At INTEGER NOT NULL,
    Agent TEXT NOT NULL,
    Act TEXT NOT NULL,
    Adherent BLOB,
    Content BLOB NOT NULL,
    Hash BLOB NOT NULL
) STRICT;

CREATE INDEX IX_AuditTrail_Adherent ON AuditTrail (Adherent, Sequence) WHERE Adherent IS NOT NULL;
CREATE INDEX IX_AuditTrail_Agent ON AuditTrail (Agent, Sequence);
CREATE INDEX IX_AuditTrail_At ON AuditTrail (At);

-- Against slips, not against thieves: the hashes tell of those. Content may be sealed again under another key.
CREATE TRIGGER AuditTrail_Update BEFORE UPDATE OF Sequence, At, Agent, Act, Adherent, Hash ON AuditTrail
BEGIN SELECT RAISE(ABORT, 'The audit trail is only ever added to.'); END;
CREATE TRIGGER AuditTrail_Delete BEFORE DELETE ON AuditTrail
BEGIN SELECT RAISE(ABORT, 'The audit trail is only ever added to.'); END;
