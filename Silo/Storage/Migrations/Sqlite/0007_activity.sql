-- What was counted in each hour: hours since 1970, UTC, and instrument and tags, as "msa.locks kind=sign_in". Names nobody.
CREATE TABLE ActivityCounts
(
    Hour INTEGER NOT NULL,
    Counter TEXT NOT NULL,
    Count INTEGER NOT NULL,
    PRIMARY KEY (Hour, Counter)
) STRICT, WITHOUT ROWID;
