-- What all silos together counted in each hour: hours since 1970, UTC, and instrument and tags, as "msa.locks kind=sign_in". Names nobody.
CREATE TABLE ActivityCounts
(
    Hour integer NOT NULL,
    Counter text NOT NULL,
    Count bigint NOT NULL,
    PRIMARY KEY (Hour, Counter)
)
WITH (fillfactor = 70); -- the rows of the present hour are written every few seconds: their new versions find room beside them
