import {
  actionProposal,
  actionRule,
  corporateAction,
  decidedReply,
  id,
  newCorporateAction,
  proposalDecisions,
  proposalQuery,
} from '@plimsoll/contracts';
import { z } from 'zod';
import { type Area, items, listOf } from '../route-kit.ts';

const actionQuery = z.object({ instrument: id.optional() });

/** Corporate actions, what they mean for accounts, and what is decided about them. */
export const area: Area = (kit) => {
  kit.get(
    '/actions',
    {
      summary: 'List corporate actions',
      description: 'Of the instruments of the workspace and the public listings they are.',
      query: actionQuery,
      reply: listOf(corporateAction),
    },
    ({ engine, workspace, query }) => items(engine.actions(workspace, query.instrument ?? null)),
  );
  kit.write(
    'POST',
    '/actions',
    {
      summary: 'Enter a corporate action',
      description:
        'Once per instrument; every account that held it is offered what it means. Of a public listing it is entered for all workspaces.',
      body: newCorporateAction,
      reply: corporateAction,
      status: 201,
    },
    ({ engine, workspace, body, options }) => engine.addAction(workspace, body, options),
  );
  kit.write(
    'POST',
    '/actions/:id/withdrawal',
    {
      summary: 'Withdraw a corporate action',
      description: 'There was none after all. What was recorded for it stays until it is reversed.',
      params: z.object({ id }),
      reply: corporateAction,
    },
    ({ engine, workspace, params, options }) =>
      engine.withdrawAction(workspace, params.id, options),
  );
  kit.get(
    '/actions/proposals',
    {
      summary: 'List what corporate actions mean for accounts',
      description:
        'Open ones, newest first. With `all` also those that were decided or that the record has already.',
      query: proposalQuery,
      reply: listOf(actionProposal),
    },
    ({ engine, workspace, query }) => items(engine.proposals(workspace, query.all === 'true')),
  );
  kit.write(
    'POST',
    '/actions/decisions',
    {
      summary: 'Confirm or decline proposals',
      description: 'All or none. Confirming records the transactions that the proposal shows.',
      body: proposalDecisions,
      reply: decidedReply,
    },
    ({ engine, workspace, body, options }) =>
      engine.decideProposals(workspace, body.decisions, options),
  );
  kit.get(
    '/actions/rules',
    { summary: 'List which kinds of actions are taken without asking', reply: listOf(actionRule) },
    ({ engine, workspace }) => items(engine.actionRules(workspace)),
  );
  kit.write(
    'PUT',
    '/actions/rules',
    {
      summary: 'Say whether actions of a kind are taken without asking',
      body: actionRule,
      reply: actionRule,
    },
    ({ engine, workspace, body, options }) => engine.setActionRule(workspace, body, options),
  );
};
