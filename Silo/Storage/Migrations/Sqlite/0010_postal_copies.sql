-- Whose letters wait to be printed and posted: an entry for those of an adherent that are in no batch (''), and one for those in each batch, written in the transaction that
-- writes his row. Caisse is a keyed hash of its name; Since, in milliseconds since 1970, UTC, when the oldest was asked for, or the batch prepared. What they are is in the row alone.
CREATE TABLE WaitingCopies
(
    GrainIdN0 INTEGER NOT NULL,
    GrainIdN1 INTEGER NOT NULL,
    Batch TEXT NOT NULL,
    Caisse INTEGER NOT NULL,
    Since INTEGER NOT NULL,
    Letters INTEGER NOT NULL,
    PRIMARY KEY (GrainIdN0, GrainIdN1, Batch)
) WITHOUT ROWID;

CREATE INDEX IX_WaitingCopies_Caisse ON WaitingCopies (Caisse, Batch, Since, GrainIdN0, GrainIdN1);
CREATE INDEX IX_WaitingCopies_Batch ON WaitingCopies (Batch) WHERE Batch <> '';

-- Who is erased has no letters any more, in the same statement, whoever erases him.
CREATE TRIGGER ForgetErasedCopies AFTER DELETE ON OrleansStorage
BEGIN
    DELETE FROM WaitingCopies WHERE GrainIdN0 = OLD.GrainIdN0 AND GrainIdN1 = OLD.GrainIdN1;
END;
