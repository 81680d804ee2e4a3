-- The key ring of ASP.NET Core Data Protection, common to all machines. What is secret in it is encrypted under the pseudonym key, which no database holds.
CREATE TABLE DataProtectionKeys
(
    Id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    FriendlyName text NOT NULL,
    Xml text NOT NULL
);
