import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analysisDescription, report } from '@plimsoll/contracts';
import { ok } from '@plimsoll/kernel';
import { z } from 'zod';
import { type Area, listOf } from '../route-kit.ts';

const path = join(import.meta.dirname, '..', 'analyses.gen.json');
const generated = z.object({
  analyses: z.array(analysisDescription),
  rebalance: z.record(z.string(), z.unknown()),
});
const { analyses: described, rebalance } = generated.parse(JSON.parse(readFileSync(path, 'utf8')));

/** In place of data: everything that is not given is taken from this part of the record. */
const fromRecord = {
  portfolio: { type: 'string', description: 'A portfolio or account by id or name, or `all`.' },
  from: { type: 'string', format: 'date' },
  to: { type: 'string', format: 'date' },
  base: { type: 'string', description: 'Currency of what is taken from the record.' },
};

/** Data that the record can stand for. */
const fromRecordToo = new Set(['series', 'prices', 'weights', 'groups']);

/** The input as the body has it: data that the record can give need not be in it. */
function bodyOf(input: Readonly<Record<string, unknown>>): z.ZodType {
  const { properties = {}, required = [] } = input as {
    readonly properties?: Readonly<Record<string, object>>;
    readonly required?: readonly string[];
  };
  return z.unknown().meta({
    type: 'object',
    properties: { ...fromRecord, ...properties },
    required: required.filter((name) => !fromRecordToo.has(name)),
    additionalProperties: false,
  });
}

/** Everything that can be computed from prices, returns or the record itself. */
export const area: Area = (kit) => {
  kit.get(
    '/analyses',
    {
      summary: 'List the analyses',
      description: 'Each with its input as JSON Schema.',
      withoutWorkspace: true,
      reply: listOf(analysisDescription),
    },
    async () => ok({ items: described }),
  );
  for (const { id, title, summary, input } of described) {
    kit.compute(
      `/analyses/${id}`,
      { summary: title, description: summary, body: bodyOf(input), reply: report },
      ({ engine, workspace, input: text }) => engine.analyse(workspace, id, text),
    );
  }
  const { properties, ...schema } = rebalance;
  const optimise = { type: 'object', description: 'Values of the analysis `optimise`.' };
  kit.compute(
    '/rebalance',
    {
      summary: 'Find the trades to target weights',
      description:
        'From what is held, its lots and cash, to weights that are given or optimised: trades in whole shares with fees paid, the accounts and lots that sell, and the gain that they realise.',
      body: z.unknown().meta({ ...schema, properties: { ...(properties as object), optimise } }),
      reply: report,
    },
    ({ engine, workspace, input: text }) => engine.rebalance(workspace, text),
  );
};
