-- Who waits for an answer, and since when, in milliseconds since 1970, UTC: one entry an adherent, of his oldest message without an answer, written in the
-- transaction that writes his row. What he wrote is in the row alone.
CREATE TABLE WaitingMessages
(
    GrainIdN0 bigint NOT NULL,
    GrainIdN1 bigint NOT NULL,
    Since bigint NOT NULL,
    PRIMARY KEY (GrainIdN0, GrainIdN1)
);

CREATE INDEX IX_WaitingMessages_Since ON WaitingMessages (Since, GrainIdN0, GrainIdN1);

-- Who is erased waits no more, in the same statement, whoever erases him.
CREATE OR REPLACE FUNCTION forget_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM SearchIndex WHERE GrainIdN0 = OLD.GrainIdN0 AND GrainIdN1 = OLD.GrainIdN1;
    DELETE FROM WaitingMessages WHERE GrainIdN0 = OLD.GrainIdN0 AND GrainIdN1 = OLD.GrainIdN1;
    RETURN NULL;
END
$$;
