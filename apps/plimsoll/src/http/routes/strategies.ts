import { strategies, strategy, strategyName } from '@plimsoll/contracts';
import { z } from 'zod';
import type { Area } from '../route-kit.ts';

/** Strategies that can be run. */
export const area: Area = (kit) => {
  kit.get(
    '/strategies',
    {
      summary: 'List the strategies',
      description:
        'Those that come with Plimsoll and those of the user’s own folder, each with its table of parameters; and files that give none, with what is wrong with them.',
      reply: strategies,
    },
    async ({ engine, workspace }) => {
      const found = await engine.strategies(workspace);
      if (!found.ok) return found;
      const { strategies: listed, broken } = found.value;
      return { ok: true, value: { strategies: [...listed], broken: [...broken] } };
    },
  );
  kit.get(
    '/strategies/:name',
    {
      summary: 'Show a strategy',
      description: 'By its id, or by its file.',
      params: z.object({ name: strategyName }),
      reply: strategy,
    },
    ({ engine, workspace, params }) => engine.strategy(workspace, params.name),
  );
};
