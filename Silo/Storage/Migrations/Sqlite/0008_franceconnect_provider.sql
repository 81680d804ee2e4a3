-- The MSA as identity provider of FranceConnect. Who may ask: made from the configuration at each start of a web server. Secrets are hashes.
CREATE TABLE FranceConnectClients
(
    Id TEXT NOT NULL PRIMARY KEY,
    ClientId TEXT NOT NULL,
    ClientSecret TEXT,
    ClientType TEXT,
    ConcurrencyToken TEXT,
    DisplayName TEXT,
    Permissions TEXT,
    PostLogoutRedirectUris TEXT,
    RedirectUris TEXT
);

CREATE UNIQUE INDEX IX_FranceConnectClients_ClientId ON FranceConnectClients (ClientId);

-- What holds together the code of a sign-in and its tokens: when the code comes a second time all of them end. They name nobody; the payload of a code is ciphertext.
CREATE TABLE FranceConnectAuthorizations
(
    Id TEXT NOT NULL PRIMARY KEY,
    ApplicationId TEXT REFERENCES FranceConnectClients (Id),
    ConcurrencyToken TEXT,
    CreationDate TEXT,
    Scopes TEXT,
    Status TEXT,
    Type TEXT
);

CREATE INDEX IX_FranceConnectAuthorizations_ApplicationId ON FranceConnectAuthorizations (ApplicationId);

CREATE TABLE FranceConnectTokens
(
    Id TEXT NOT NULL PRIMARY KEY,
    ApplicationId TEXT REFERENCES FranceConnectClients (Id),
    AuthorizationId TEXT REFERENCES FranceConnectAuthorizations (Id),
    ConcurrencyToken TEXT,
    CreationDate TEXT,
    ExpirationDate TEXT,
    Payload TEXT,
    RedemptionDate TEXT,
    ReferenceId TEXT,
    Status TEXT,
    Type TEXT
);

CREATE UNIQUE INDEX IX_FranceConnectTokens_ReferenceId ON FranceConnectTokens (ReferenceId);
CREATE INDEX IX_FranceConnectTokens_ApplicationId ON FranceConnectTokens (ApplicationId);
CREATE INDEX IX_FranceConnectTokens_AuthorizationId ON FranceConnectTokens (AuthorizationId);

-- What identities are signed with, numbered: of two servers that make the first at once, one does. Content is ciphertext; CreatedAt is in milliseconds since 1970, UTC.
CREATE TABLE FranceConnectKeys
(
    Number INTEGER NOT NULL PRIMARY KEY,
    CreatedAt INTEGER NOT NULL,
    Content BLOB NOT NULL
);
