-- Who is owed a letter, however far off. Byte 10 of a row of form 2 tells it (0: nobody is); in a row of form 1 it is the first byte of the
-- ciphertext, never 0: not known, so counted in, unless nothing at all is due.
CREATE INDEX IX_OrleansStorage_Owed ON OrleansStorage (GrainIdN0, GrainIdN1)
WHERE substr(PayloadBinary, 10, 1) <> x'00' AND substr(PayloadBinary, 2, 8) <> x'7FFFFFFFFFFFFFFF';
