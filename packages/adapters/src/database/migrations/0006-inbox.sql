-- How often an event was published, and when everyone who must act on it had done so.
ALTER TABLE outbox
  ADD COLUMN publications integer NOT NULL DEFAULT 0 CHECK (publications >= 0),
  ADD COLUMN settled_at timestamptz;
CREATE INDEX outbox_unsettled ON outbox (workspace_id, position) WHERE settled_at IS NULL;
GRANT UPDATE (publications, settled_at) ON outbox TO plimsoll_app;

-- Which consumer has acted on which event; written with what it did, so that it acts once.
CREATE TABLE inbox (
  workspace_id text NOT NULL REFERENCES workspace (id),
  consumer text NOT NULL CHECK (consumer <> ''),
  event_id text NOT NULL CHECK (event_id <> ''),
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, consumer, event_id)
);
SELECT protect_workspace_table('inbox', 300, true, NULL, false, false);

-- Events that a consumer tried and could not act on, until they are sent to it again.
CREATE TABLE dead_letter (
  workspace_id text NOT NULL REFERENCES workspace (id),
  position bigint GENERATED ALWAYS AS IDENTITY,
  consumer text NOT NULL CHECK (consumer <> ''),
  event_id text NOT NULL CHECK (event_id <> ''),
  topic text NOT NULL CHECK (topic <> ''),
  payload text NOT NULL,
  attempts integer NOT NULL CHECK (attempts > 0),
  reason text NOT NULL,
  recorded_at timestamptz NOT NULL,
  replayed_at timestamptz,
  PRIMARY KEY (workspace_id, position)
);
CREATE UNIQUE INDEX dead_letter_waiting ON dead_letter (workspace_id, consumer, event_id)
  WHERE replayed_at IS NULL;
SELECT protect_workspace_table('dead_letter', 310, false, '{replayed_at}', false, false);

-- Who does what only one may do at a time. It runs out by the clock of the database, which all share.
CREATE TABLE lease (
  name text PRIMARY KEY CHECK (name <> ''),
  holder text NOT NULL,
  held_until timestamptz NOT NULL
);
GRANT SELECT, INSERT, UPDATE, DELETE ON lease TO plimsoll_app;
