-- Roles belong to the whole server: another database may have made them already.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'plimsoll_app') THEN
    CREATE ROLE plimsoll_app NOLOGIN NOSUPERUSER NOBYPASSRLS;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'plimsoll_audit') THEN
    CREATE ROLE plimsoll_audit NOLOGIN NOSUPERUSER NOBYPASSRLS;
  END IF;
  -- The owner works under these roles, so it must be allowed to take them on.
  IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
    BEGIN
      EXECUTE format('GRANT plimsoll_app, plimsoll_audit TO %I', current_user);
    EXCEPTION WHEN insufficient_privilege THEN
      IF NOT (pg_has_role(current_user, 'plimsoll_app', 'MEMBER')
        AND pg_has_role(current_user, 'plimsoll_audit', 'MEMBER')) THEN
        RAISE;
      END IF;
    END;
  END IF;
END
$$;

GRANT USAGE ON SCHEMA plimsoll TO plimsoll_app, plimsoll_audit;

CREATE TABLE workspace (
  id text PRIMARY KEY CHECK (id <> ''),
  name text NOT NULL,
  demo boolean NOT NULL,
  created_at timestamptz NOT NULL
);

-- One row per workspace: its lock, the end of its chain, and the versions caches are keyed by.
CREATE TABLE workspace_head (
  workspace_id text PRIMARY KEY REFERENCES workspace (id),
  seq bigint NOT NULL DEFAULT 0 CHECK (seq >= 0),
  hash text NOT NULL DEFAULT repeat('0', 64) CHECK (hash ~ '^[0-9a-f]{64}$'),
  recorded_at timestamptz,
  catalogue_version bigint NOT NULL DEFAULT 0,
  price_version bigint NOT NULL DEFAULT 0
);

CREATE TABLE account (
  workspace_id text NOT NULL REFERENCES workspace (id),
  id text NOT NULL CHECK (id <> ''),
  name text NOT NULL,
  currency text NOT NULL,
  lot_method text NOT NULL
    CHECK (lot_method IN ('fifo', 'lifo', 'hifo', 'lofo', 'average', 'specific')),
  cash text NOT NULL CHECK (cash IN ('auto', 'tracked', 'untracked')),
  fees text NOT NULL CHECK (fees IN ('capitalised', 'expensed')),
  allow_short boolean NOT NULL,
  PRIMARY KEY (workspace_id, id)
);

CREATE TABLE import (
  workspace_id text NOT NULL REFERENCES workspace (id),
  id text NOT NULL CHECK (id <> ''),
  account_id text NOT NULL,
  format text NOT NULL,
  files text NOT NULL,
  added integer NOT NULL CHECK (added >= 0),
  skipped integer NOT NULL CHECK (skipped >= 0),
  refused integer NOT NULL CHECK (refused >= 0),
  imported_at timestamptz NOT NULL,
  undone_at timestamptz,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, account_id) REFERENCES account (workspace_id, id)
);

-- The facts. `payload` is the entry as canonical JSON and the only truth; the columns after it
-- repeat parts of it to search by.
CREATE TABLE ledger_entry (
  workspace_id text NOT NULL REFERENCES workspace (id),
  seq bigint NOT NULL CHECK (seq > 0),
  id text NOT NULL CHECK (id <> ''),
  kind text NOT NULL CHECK (kind IN ('transaction', 'reversal')),
  payload text NOT NULL,
  type text,
  account_id text,
  to_account_id text,
  instrument_ids text[] NOT NULL,
  effective_at date,
  note text NOT NULL,
  fingerprint text,
  import_id text,
  actor text NOT NULL CHECK (actor <> ''),
  recorded_at timestamptz NOT NULL,
  previous_hash text NOT NULL CHECK (previous_hash ~ '^[0-9a-f]{64}$'),
  hash text NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
  PRIMARY KEY (workspace_id, seq),
  UNIQUE (workspace_id, id),
  FOREIGN KEY (workspace_id, account_id) REFERENCES account (workspace_id, id),
  FOREIGN KEY (workspace_id, to_account_id) REFERENCES account (workspace_id, id),
  FOREIGN KEY (workspace_id, import_id) REFERENCES import (workspace_id, id)
    DEFERRABLE INITIALLY DEFERRED,
  CHECK (
    CASE kind
      WHEN 'transaction' THEN
        type IS NOT NULL AND account_id IS NOT NULL AND effective_at IS NOT NULL
      ELSE
        type IS NULL AND account_id IS NULL AND effective_at IS NULL AND fingerprint IS NULL
    END
  )
);

CREATE INDEX ledger_entry_by_day ON ledger_entry (workspace_id, effective_at DESC, seq DESC)
  WHERE kind = 'transaction';
CREATE INDEX ledger_entry_by_fingerprint ON ledger_entry (workspace_id, account_id, fingerprint)
  WHERE fingerprint IS NOT NULL;
CREATE INDEX ledger_entry_by_import ON ledger_entry (workspace_id, import_id)
  WHERE import_id IS NOT NULL;
CREATE INDEX ledger_entry_by_instrument ON ledger_entry USING gin (instrument_ids);

-- Who annuls whom. A reversal of a reversal brings the entry back, so reversals of one transaction
-- (`root`) form a chain; the transaction is annulled while the chain's length is odd.
CREATE TABLE reversal (
  workspace_id text NOT NULL,
  id text NOT NULL,
  reverses text NOT NULL,
  root text NOT NULL,
  depth integer NOT NULL CHECK (depth > 0),
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, reverses),
  UNIQUE (workspace_id, root, depth),
  FOREIGN KEY (workspace_id, id) REFERENCES ledger_entry (workspace_id, id),
  FOREIGN KEY (workspace_id, reverses) REFERENCES ledger_entry (workspace_id, id),
  FOREIGN KEY (workspace_id, root) REFERENCES ledger_entry (workspace_id, id),
  CHECK (id <> reverses),
  CHECK ((depth = 1) = (reverses = root))
);

-- The answer to a write, kept as long as the facts it made.
CREATE TABLE idempotency (
  workspace_id text NOT NULL REFERENCES workspace (id),
  operation text NOT NULL CHECK (operation <> ''),
  key text NOT NULL CHECK (key <> ''),
  request_hash text NOT NULL,
  status integer NOT NULL,
  body text NOT NULL,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, operation, key)
);

CREATE TABLE outbox (
  workspace_id text NOT NULL REFERENCES workspace (id),
  position bigint GENERATED ALWAYS AS IDENTITY,
  id text NOT NULL CHECK (id <> ''),
  type text NOT NULL CHECK (type <> ''),
  payload text NOT NULL,
  recorded_at timestamptz NOT NULL,
  published_at timestamptz,
  PRIMARY KEY (workspace_id, id)
);

CREATE INDEX outbox_pending ON outbox (workspace_id, position) WHERE published_at IS NULL;
