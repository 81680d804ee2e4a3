-- Whose letters wait to be printed and posted: an entry for those of an adherent that are in no batch (''), and one for those in each batch, written in the transaction that
-- writes his row. Caisse is a keyed hash of its name; Since, in milliseconds since 1970, UTC, when the oldest was asked for, or the batch prepared. What they are is in the row alone.
CREATE TABLE WaitingCopies
(
    GrainIdN0 bigint NOT NULL,
    GrainIdN1 bigint NOT NULL,
    Batch varchar(8) NOT NULL,
    Caisse bigint NOT NULL,
    Since bigint NOT NULL,
    Letters integer NOT NULL,
    PRIMARY KEY (GrainIdN0, GrainIdN1, Batch)
);

CREATE INDEX IX_WaitingCopies_Caisse ON WaitingCopies (Caisse, Batch, Since, GrainIdN0, GrainIdN1);
CREATE INDEX IX_WaitingCopies_Batch ON WaitingCopies (Batch) WHERE Batch <> '';

-- Who is erased has no letters any more, in the same statement, whoever erases him.
CREATE OR REPLACE FUNCTION forget_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM SearchIndex WHERE GrainIdN0 = OLD.GrainIdN0 AND GrainIdN1 = OLD.GrainIdN1;
    DELETE FROM WaitingMessages WHERE GrainIdN0 = OLD.GrainIdN0 AND GrainIdN1 = OLD.GrainIdN1;
    DELETE FROM SealedFiles WHERE GrainIdN0 = OLD.GrainIdN0 AND GrainIdN1 = OLD.GrainIdN1;
    DELETE FROM WaitingCopies WHERE GrainIdN0 = OLD.GrainIdN0 AND GrainIdN1 = OLD.GrainIdN1;
    RETURN NULL;
END
$$;
