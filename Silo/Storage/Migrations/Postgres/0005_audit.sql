-- What agents of the hotline look at and do, numbered without gaps. In clear is what is searched for; Content (why, on which call, what more) is
-- ciphertext. Hash is keyed, and binds an entry to its content in clear and to the hash of the one before. At is in milliseconds since 1970, UTC.
CREATE TABLE AuditTrail
(
    Sequence bigint NOT NULL PRIMARY KEY,
    At bigint NOT NULL,
    Agent text NOT NULL,
    Act text NOT NULL,
    Adherent bytea,
    Content bytea NOT NULL,
    Hash bytea NOT NULL
);

ALTER TABLE AuditTrail ALTER COLUMN Content SET STORAGE EXTERNAL;

CREATE INDEX IX_AuditTrail_Adherent ON AuditTrail (Adherent, Sequence) WHERE Adherent IS NOT NULL;
CREATE INDEX IX_AuditTrail_Agent ON AuditTrail (Agent, Sequence);
CREATE INDEX IX_AuditTrail_At ON AuditTrail (At);

-- Against slips, not against thieves: the hashes tell of those. Content may be sealed again under another key.
CREATE FUNCTION RefuseAuditChange() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'The audit trail is only ever added to.'; END $$;
CREATE TRIGGER AuditTrail_Update BEFORE UPDATE OF Sequence, At, Agent, Act, Adherent, Hash ON AuditTrail EXECUTE FUNCTION RefuseAuditChange();
CREATE TRIGGER AuditTrail_Delete BEFORE DELETE OR TRUNCATE ON AuditTrail EXECUTE FUNCTION RefuseAuditChange();
