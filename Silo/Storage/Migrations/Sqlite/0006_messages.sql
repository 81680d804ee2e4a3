-- Who waits for an answer, and since when, in milliseconds since 1970, UTC: one entry an adherent, of his oldest message without an answer, written in the
-- transaction that writes his row. What he wrote is in the row alone.
CREATE TABLE WaitingMessages
(
    GrainIdN0 INTEGER NOT NULL,
    GrainIdN1 INTEGER NOT NULL,
    Since INTEGER NOT NULL,
    PRIMARY KEY (GrainIdN0, GrainIdN1)
) WITHOUT ROWID;

CREATE INDEX IX_WaitingMessages_Since ON WaitingMessages (Since, GrainIdN0, GrainIdN1);

-- Who is erased waits no more, in the same statement, whoever erases him.
CREATE TRIGGER ForgetErasedMessages AFTER DELETE ON OrleansStorage
BEGIN
    DELETE FROM WaitingMessages WHERE GrainIdN0 = OLD.GrainIdN0 AND GrainIdN1 = OLD.GrainIdN1;
END;
