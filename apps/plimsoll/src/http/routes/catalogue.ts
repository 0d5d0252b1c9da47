import {
  account,
  accountChange,
  id,
  instrument,
  newAccount,
  newInstrument,
  newPortfolio,
  portfolio,
} from '@plimsoll/contracts';
import { z } from 'zod';
import { type Area, items, listOf } from '../route-kit.ts';

const byId = z.object({ id });
const instrumentQuery = z.object({
  text: z.string().max(200).default(''),
  limit: z.coerce.number().int().min(1).max(1000).default(1000),
});

/** A change names only what changes; the defaults of a new instrument must not slip in. */
const instrumentChange = z
  .object({ ...newInstrument.shape, kind: newInstrument.shape.kind.unwrap() })
  .extend({
    multiplier: newInstrument.shape.multiplier.unwrap(),
    priceFactor: newInstrument.shape.priceFactor.unwrap(),
  })
  .partial()
  .strict();

/** Accounts, portfolios and instruments. */
export const area: Area = (kit) => {
  kit.get('/accounts', { summary: 'List accounts', reply: listOf(account) }, (call) =>
    items(call.engine.accounts(call.workspace)),
  );
  kit.write(
    'POST',
    '/accounts',
    { summary: 'Make an account', body: newAccount, reply: account, status: 201 },
    ({ engine, workspace, body, options }) => engine.createAccount(workspace, body, options),
  );
  kit.write(
    'PATCH',
    '/accounts/:id',
    { summary: 'Change an account', params: byId, body: accountChange, reply: account },
    ({ engine, workspace, params, body, options }) =>
      engine.changeAccount(workspace, params.id, body, options),
  );

  kit.get('/portfolios', { summary: 'List portfolios', reply: listOf(portfolio) }, (call) =>
    items(call.engine.portfolios(call.workspace)),
  );
  kit.write(
    'POST',
    '/portfolios',
    { summary: 'Make a portfolio', body: newPortfolio, reply: portfolio, status: 201 },
    ({ engine, workspace, body, options }) => engine.createPortfolio(workspace, body, options),
  );
  kit.write(
    'PUT',
    '/portfolios/:id',
    { summary: 'Replace a portfolio', params: byId, body: newPortfolio, reply: portfolio },
    ({ engine, workspace, params, body, options }) =>
      engine.changePortfolio(workspace, params.id, body, options),
  );
  kit.write(
    'DELETE',
    '/portfolios/:id',
    { summary: 'Remove a portfolio', params: byId, reply: z.null(), status: 204 },
    ({ engine, workspace, params, options }) =>
      engine.removePortfolio(workspace, params.id, options),
  );

  kit.get(
    '/instruments',
    {
      summary: 'Find instruments',
      description: 'Those whose label, name or identifiers contain the text; all without one.',
      query: instrumentQuery,
      reply: listOf(instrument),
    },
    ({ engine, workspace, query }) => items(engine.instruments(workspace, query.text, query.limit)),
  );
  kit.write(
    'POST',
    '/instruments',
    { summary: 'Make an instrument', body: newInstrument, reply: instrument, status: 201 },
    ({ engine, workspace, body, options }) => engine.createInstrument(workspace, body, options),
  );
  kit.write(
    'PATCH',
    '/instruments/:id',
    { summary: 'Change an instrument', params: byId, body: instrumentChange, reply: instrument },
    ({ engine, workspace, params, body, options }) =>
      engine.changeInstrument(workspace, params.id, given(body), options),
  );
};

/** Without the members that are not there, so that they cannot replace what is. */
const given = <T extends object>(change: T) =>
  Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
