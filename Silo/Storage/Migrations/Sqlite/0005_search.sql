-- By what the hotline finds those who have a row of their own: a token is a keyed hash of a family name and a birth date together, or of an e-mail
-- address, cut to 8 bytes. It is written in the transaction that writes the row.
CREATE TABLE SearchIndex
(
    Token INTEGER NOT NULL,
    GrainIdN0 INTEGER NOT NULL,
    GrainIdN1 INTEGER NOT NULL,
    PRIMARY KEY (Token, GrainIdN0, GrainIdN1)
) WITHOUT ROWID;

CREATE INDEX IX_SearchIndex_Adherent ON SearchIndex (GrainIdN0, GrainIdN1);

-- Who is erased leaves the index in the same statement, whoever erases him.
CREATE TRIGGER ForgetErased AFTER DELETE ON OrleansStorage
BEGIN
    DELETE FROM SearchIndex WHERE GrainIdN0 = OLD.GrainIdN0 AND GrainIdN1 = OLD.GrainIdN1;
END;

-- Of those whom the caisses know: the family name at birth, and the one in use, each with the birth date.
ALTER TABLE InsuredPersons ADD COLUMN NameToken INTEGER NULL;
ALTER TABLE InsuredPersons ADD COLUMN UsedNameToken INTEGER NULL;
CREATE INDEX IX_InsuredPersons_Name ON InsuredPersons (NameToken);
CREATE INDEX IX_InsuredPersons_UsedName ON InsuredPersons (UsedNameToken) WHERE UsedNameToken IS NOT NULL;

-- Nobody has the key 0: this entry tells that the rows that are there already are not in the index yet.
INSERT INTO SearchIndex (Token, GrainIdN0, GrainIdN1)
SELECT 0, 0, 0 WHERE EXISTS (SELECT 1 FROM OrleansStorage) OR EXISTS (SELECT 1 FROM InsuredPersons);
