
-- Numbers leased from the centre for this installation alone.
CREATE TABLE sync_number_blocks (series TEXT NOT NULL, next_no INTEGER NOT NULL, last_no INTEGER NOT NULL, PRIMARY KEY (series, last_no)) WITHOUT ROWID;
