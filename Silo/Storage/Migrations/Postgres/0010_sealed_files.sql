-- Files of adherents, encrypted, each for its owner and its own id. What they are, and which of them he still has, his row says.
CREATE TABLE SealedFiles
(
    GrainIdN0 bigint NOT NULL,
    GrainIdN1 bigint NOT NULL,
    FileId bytea NOT NULL,
    Content bytea NOT NULL,
    PRIMARY KEY (GrainIdN0, GrainIdN1, FileId)
);

-- Ciphertext does not compress.
ALTER TABLE SealedFiles ALTER COLUMN Content SET STORAGE EXTERNAL;

-- Who is erased has no files any more, in the same statement, whoever erases him.
CREATE OR REPLACE FUNCTION forget_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM SearchIndex WHERE GrainIdN0 = OLD.GrainIdN0 AND GrainIdN1 = OLD.GrainIdN1;
    DELETE FROM WaitingMessages WHERE GrainIdN0 = OLD.GrainIdN0 AND GrainIdN1 = OLD.GrainIdN1;
    DELETE FROM SealedFiles WHERE GrainIdN0 = OLD.GrainIdN0 AND GrainIdN1 = OLD.GrainIdN1;
    RETURN NULL;
END
$$;
