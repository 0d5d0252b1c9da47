-- Every table whose rows belong to a workspace, and when its rows go as a demo is removed: those of
-- higher numbers first, so that nothing is left pointing at what has gone.
CREATE TABLE workspace_table (
  name text PRIMARY KEY,
  removal integer NOT NULL
);
INSERT INTO workspace_table (name, removal) VALUES
  ('workspace_head', 0), ('account', 10), ('instrument', 20), ('portfolio', 30), ('mapping', 40),
  ('alias', 50), ('import', 60), ('ledger_entry', 70), ('reversal', 80), ('price_block', 90),
  ('price_quarantine', 100), ('idempotency', 110), ('outbox', 120);

CREATE OR REPLACE FUNCTION remove_demo_workspace(doomed text) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = plimsoll, pg_temp
AS $$
DECLARE
  name text;
BEGIN
  IF NOT EXISTS (SELECT FROM workspace WHERE id = doomed AND demo) THEN
    RAISE EXCEPTION 'Workspace % is not a demo and cannot be removed.', doomed
      USING ERRCODE = 'restrict_violation';
  END IF;
  PERFORM set_config('app.workspace', doomed, true);
  PERFORM set_config('plimsoll.removing', doomed, true);
  FOR name IN SELECT t.name FROM workspace_table t ORDER BY t.removal DESC LOOP
    EXECUTE format('DELETE FROM %I WHERE workspace_id = $1', name) USING doomed;
  END LOOP;
  DELETE FROM workspace WHERE id = doomed;
  PERFORM set_config('plimsoll.removing', '', true);
END
$$;

-- Lets a new table in under the rules of all: rows are seen and written in their own workspace only.
-- `facts`: rows stay as they were written. `updatable`: columns that may change, NULL for none, '*'
-- for all. `shared`: rows of the workspace `market` are public market data, which all may read.
CREATE FUNCTION protect_workspace_table(
  name text, removal integer, facts boolean, updatable text[], deletable boolean, shared boolean
) RETURNS void
  LANGUAGE plpgsql SET search_path = plimsoll, pg_temp
AS $$
BEGIN
  INSERT INTO workspace_table VALUES (name, removal);
  EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
  EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
  EXECUTE format(
    'CREATE POLICY own_workspace ON %I'
    ' USING (workspace_id = current_setting(''app.workspace'', true))'
    ' WITH CHECK (workspace_id = current_setting(''app.workspace'', true))', name);
  EXECUTE format('CREATE POLICY audit ON %I FOR SELECT TO plimsoll_audit USING (true)', name);
  EXECUTE format('GRANT SELECT, INSERT ON %I TO plimsoll_app', name);
  EXECUTE format('GRANT SELECT ON %I TO plimsoll_audit', name);
  IF updatable = ARRAY['*'] THEN
    EXECUTE format('GRANT UPDATE ON %I TO plimsoll_app', name);
  ELSIF updatable IS NOT NULL THEN
    EXECUTE format('GRANT UPDATE (%s) ON %I TO plimsoll_app',
      (SELECT string_agg(quote_ident(c), ', ') FROM unnest(updatable) AS c), name);
  END IF;
  IF deletable THEN
    EXECUTE format('GRANT DELETE ON %I TO plimsoll_app', name);
  END IF;
  IF facts THEN
    EXECUTE format(
      'CREATE TRIGGER refuse_update BEFORE UPDATE OR TRUNCATE ON %I'
      ' FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', name);
    EXECUTE format(
      'CREATE TRIGGER refuse_delete BEFORE DELETE ON %I'
      ' FOR EACH ROW EXECUTE FUNCTION refuse_change()', name);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER refuse_update', name);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER refuse_delete', name);
  END IF;
  IF shared THEN
    EXECUTE format(
      'CREATE POLICY public_market ON %I FOR SELECT TO plimsoll_app'
      ' USING (workspace_id = ''market'')', name);
  END IF;
END
$$;
REVOKE ALL ON FUNCTION protect_workspace_table(text, integer, boolean, text[], boolean, boolean)
  FROM PUBLIC;

-- The home of public market data: listings, their prices, corporate actions. Nobody's record.
INSERT INTO workspace (id, name, demo, created_at) VALUES ('market', 'Market data', false, now());
-- Its head is under the rules of all tables, for an owner without special rights too.
SELECT set_config('app.workspace', 'market', true);
INSERT INTO workspace_head (workspace_id) VALUES ('market');
SELECT set_config('app.workspace', '', true);

CREATE POLICY public_market ON instrument FOR SELECT TO plimsoll_app USING (workspace_id = 'market');
CREATE POLICY public_market ON price_block FOR SELECT TO plimsoll_app USING (workspace_id = 'market');
CREATE POLICY public_market ON price_quarantine FOR SELECT TO plimsoll_app
  USING (workspace_id = 'market');

-- What figures of any workspace are computed from changes with it.
CREATE FUNCTION market_price_version() RETURNS bigint
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = plimsoll, pg_temp
AS $$ SELECT price_version FROM workspace_head WHERE workspace_id = 'market' $$;
REVOKE ALL ON FUNCTION market_price_version() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION market_price_version() TO plimsoll_app, plimsoll_audit;

-- Which listing of the market an instrument of a workspace is.
CREATE TABLE instrument_link (
  workspace_id text NOT NULL,
  instrument_id text NOT NULL,
  -- NULL: the user has said that it is none.
  listing_id text,
  linked_by text NOT NULL CHECK (linked_by <> ''),
  -- What it was recognised by, one sentence.
  evidence text NOT NULL,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, instrument_id),
  FOREIGN KEY (workspace_id, instrument_id) REFERENCES instrument (workspace_id, id)
);
CREATE INDEX instrument_link_by_listing ON instrument_link (listing_id);
SELECT protect_workspace_table('instrument_link', 200, false, '{*}', true, false);

-- Which workspaces hold a listing: the market asks before it offers them its corporate actions.
CREATE FUNCTION workspaces_of_listing(wanted text) RETURNS SETOF text
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = plimsoll, pg_temp
AS $$ SELECT DISTINCT workspace_id FROM instrument_link WHERE listing_id = wanted ORDER BY 1 $$;
REVOKE ALL ON FUNCTION workspaces_of_listing(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION workspaces_of_listing(text) TO plimsoll_app;

-- What a provider calls an instrument.
CREATE TABLE provider_symbol (
  workspace_id text NOT NULL,
  instrument_id text NOT NULL,
  provider text NOT NULL CHECK (provider <> ''),
  symbol text NOT NULL CHECK (symbol <> ''),
  PRIMARY KEY (workspace_id, instrument_id, provider),
  FOREIGN KEY (workspace_id, instrument_id) REFERENCES instrument (workspace_id, id)
);
SELECT protect_workspace_table('provider_symbol', 210, false, '{*}', true, true);

-- Corporate actions as they became known. A correction adds a version; the highest one holds, unless
-- it says that there was none. `action` is the whole of it as canonical JSON.
CREATE TABLE corporate_action (
  workspace_id text NOT NULL,
  id text NOT NULL CHECK (id <> ''),
  version integer NOT NULL CHECK (version > 0),
  instrument_id text NOT NULL,
  kind text NOT NULL,
  day date NOT NULL,
  withdrawn boolean NOT NULL,
  action text NOT NULL,
  source text NOT NULL CHECK (source <> ''),
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, id, version),
  FOREIGN KEY (workspace_id, instrument_id) REFERENCES instrument (workspace_id, id)
);
CREATE INDEX corporate_action_by_instrument ON corporate_action (workspace_id, instrument_id, day);
SELECT protect_workspace_table('corporate_action', 220, true, NULL, false, true);

-- What the holder of an account decided about an action. The newest row of an action and account
-- holds; what is open is not kept but worked out from the ledger.
CREATE TABLE action_decision (
  workspace_id text NOT NULL REFERENCES workspace (id),
  position bigint GENERATED ALWAYS AS IDENTITY,
  action_id text NOT NULL CHECK (action_id <> ''),
  action_version integer NOT NULL,
  account_id text NOT NULL,
  decision text NOT NULL CHECK (decision IN ('confirmed', 'declined', 'reopened')),
  -- What was recorded.
  transaction_ids text[] NOT NULL,
  reason text NOT NULL,
  decided_by text NOT NULL CHECK (decided_by <> ''),
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, position),
  FOREIGN KEY (workspace_id, account_id) REFERENCES account (workspace_id, id)
);
CREATE INDEX action_decision_newest
  ON action_decision (workspace_id, action_id, account_id, position DESC);
SELECT protect_workspace_table('action_decision', 230, true, NULL, false, false);

-- Which kinds of actions are taken without asking.
CREATE TABLE action_rule (
  workspace_id text NOT NULL REFERENCES workspace (id),
  kind text NOT NULL CHECK (kind <> ''),
  confirm boolean NOT NULL,
  decided_by text NOT NULL,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, kind)
);
SELECT protect_workspace_table('action_rule', 240, false, '{*}', true, false);
