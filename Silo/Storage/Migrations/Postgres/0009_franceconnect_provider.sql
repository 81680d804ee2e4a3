-- The MSA as identity provider of FranceConnect. Who may ask: made from the configuration at each start of a web server. Secrets are hashes.
CREATE TABLE FranceConnectClients
(
    Id text NOT NULL PRIMARY KEY,
    ClientId text NOT NULL,
    ClientSecret text,
    ClientType text,
    ConcurrencyToken text,
    DisplayName text,
    Permissions text,
    PostLogoutRedirectUris text,
    RedirectUris text
);

CREATE UNIQUE INDEX IX_FranceConnectClients_ClientId ON FranceConnectClients (ClientId);

-- What holds together the code of a sign-in and its tokens: when the code comes a second time all of them end. They name nobody; the payload of a code is ciphertext.
CREATE TABLE FranceConnectAuthorizations
(
    Id text NOT NULL PRIMARY KEY,
    ApplicationId text REFERENCES FranceConnectClients (Id),
    ConcurrencyToken text,
    CreationDate timestamp with time zone,
    Scopes text,
    Status text,
    Type text
);

CREATE INDEX IX_FranceConnectAuthorizations_ApplicationId ON FranceConnectAuthorizations (ApplicationId);

CREATE TABLE FranceConnectTokens
(
    Id text NOT NULL PRIMARY KEY,
    ApplicationId text REFERENCES FranceConnectClients (Id),
    AuthorizationId text REFERENCES FranceConnectAuthorizations (Id),
    ConcurrencyToken text,
    CreationDate timestamp with time zone,
    ExpirationDate timestamp with time zone,
    Payload text,
    RedemptionDate timestamp with time zone,
    ReferenceId text,
    Status text,
    Type text
);

CREATE UNIQUE INDEX IX_FranceConnectTokens_ReferenceId ON FranceConnectTokens (ReferenceId);
CREATE INDEX IX_FranceConnectTokens_ApplicationId ON FranceConnectTokens (ApplicationId);
CREATE INDEX IX_FranceConnectTokens_AuthorizationId ON FranceConnectTokens (AuthorizationId);

-- What identities are signed with, numbered: of two servers that make the first at once, one does. Content is ciphertext; CreatedAt is in milliseconds since 1970, UTC.
CREATE TABLE FranceConnectKeys
(
    Number bigint NOT NULL PRIMARY KEY,
    CreatedAt bigint NOT NULL,
    Content bytea NOT NULL
);
