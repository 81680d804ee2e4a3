-- What the caisses know of an insured person, under his pseudonym. Content is ciphertext; the keyed fingerprint tells whether it changed.
CREATE TABLE InsuredPersons
(
    Adherent BLOB NOT NULL PRIMARY KEY,
    Fingerprint BLOB NOT NULL,
    Content BLOB NOT NULL
);

-- His payments. Payment is a keyed fingerprint of the line that told of it.
CREATE TABLE Payments
(
    Adherent BLOB NOT NULL,
    Payment BLOB NOT NULL,
    Fingerprint BLOB NOT NULL,
    Content BLOB NOT NULL,
    PRIMARY KEY (Adherent, Payment)
);
