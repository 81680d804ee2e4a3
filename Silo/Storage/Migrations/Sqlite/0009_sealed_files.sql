-- Files of adherents, encrypted, each for its owner and its own id. What they are, and which of them he still has, his row says.
CREATE TABLE SealedFiles
(
    GrainIdN0 INTEGER NOT NULL,
    GrainIdN1 INTEGER NOT NULL,
    FileId BLOB NOT NULL,
    Content BLOB NOT NULL,
    PRIMARY KEY (GrainIdN0, GrainIdN1, FileId)
);

-- Who is erased has no files any more, in the same statement, whoever erases him.
CREATE TRIGGER ForgetErasedFiles AFTER DELETE ON OrleansStorage
BEGIN
    DELETE FROM SealedFiles WHERE GrainIdN0 = OLD.GrainIdN0 AND GrainIdN1 = OLD.GrainIdN1;
END;
