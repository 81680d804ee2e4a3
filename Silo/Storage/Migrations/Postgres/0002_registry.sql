-- What the caisses know of an insured person, under his pseudonym. Content is ciphertext; the keyed fingerprint tells whether it changed.
CREATE TABLE InsuredPersons
(
    Adherent bytea NOT NULL PRIMARY KEY,
    Fingerprint bytea NOT NULL,
    Content bytea NOT NULL
);

-- His payments. Payment is a keyed fingerprint of the line that told of it.
CREATE TABLE Payments
(
    Adherent bytea NOT NULL,
    Payment bytea NOT NULL,
    Fingerprint bytea NOT NULL,
    Content bytea NOT NULL,
    PRIMARY KEY (Adherent, Payment)
);

-- Ciphertext does not get smaller: trying would be waste.
ALTER TABLE InsuredPersons ALTER COLUMN Content SET STORAGE EXTERNAL;
ALTER TABLE Payments ALTER COLUMN Content SET STORAGE EXTERNAL;
