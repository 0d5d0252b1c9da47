import {
  id,
  newTransactions,
  posting,
  recordedReply,
  reversalRequest,
  transactionDetail,
  transactionPage,
  transactionQuery,
} from '@plimsoll/contracts';
import type { Json } from '@plimsoll/kernel';
import { z } from 'zod';
import { bulkOf } from '../bulk-body.ts';
import { type Area, items, listOf } from '../route-kit.ts';

const byId = z.object({ id });

/** Transactions: the record itself. */
export const area: Area = (kit) => {
  kit.get(
    '/transactions',
    {
      summary: 'List transactions',
      description: 'Newest first, a page at a time; `next` is the cursor of the following page.',
      query: transactionQuery,
      reply: transactionPage,
    },
    ({ engine, workspace, query: { reversed, ...query } }) =>
      engine.transactions(workspace, { ...query, reversed: reversed === 'true' }),
  );
  kit.write(
    'POST',
    '/transactions',
    {
      summary: 'Record transactions',
      description: 'All of them, or none.',
      body: newTransactions,
      bulk: bulkOf(newTransactions, 'transactions', 5000),
      reply: recordedReply,
      status: 201,
    },
    ({ engine, workspace, body, options }) =>
      engine.record(workspace, body.transactions as readonly Json[], options),
  );
  kit.get(
    '/transactions/:id',
    {
      summary: 'Show a transaction',
      description: 'As the list shows it, reversed or not, with its postings.',
      params: byId,
      reply: transactionDetail,
    },
    ({ engine, workspace, params }) => engine.transaction(workspace, params.id),
  );
  kit.get(
    '/transactions/:id/postings',
    {
      summary: 'Show the postings of a transaction',
      description: 'Per currency their weights add up to zero.',
      params: byId,
      reply: listOf(posting),
    },
    ({ engine, workspace, params }) => items(engine.postings(workspace, params.id)),
  );
  kit.write(
    'POST',
    '/transactions/:id/reversal',
    {
      summary: 'Reverse a transaction',
      description: 'Facts are never edited: a reversal annuls one, and both stay in the record.',
      params: byId,
      body: reversalRequest,
      reply: recordedReply,
      status: 201,
    },
    ({ engine, workspace, params, body, options }) =>
      engine.reverse(workspace, params.id, body.reason, options),
  );
};
