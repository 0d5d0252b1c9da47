import { newWorkspace, workspace } from '@plimsoll/contracts';
import { ok } from '@plimsoll/kernel';
import { z } from 'zod';
import { createOnce } from '../create-workspace-once.ts';
import { type Area, items, listOf } from '../route-kit.ts';

/** Workspaces, the demo among them. */
export const area: Area = (kit) => {
  const create = createOnce(kit.engine);
  kit.get(
    '/workspaces',
    { summary: 'List workspaces', reply: listOf(workspace), withoutWorkspace: true },
    ({ engine }) => items(engine.workspaces().then(ok)),
  );
  kit.write(
    'POST',
    '/workspaces',
    {
      summary: 'Make a workspace',
      body: newWorkspace,
      reply: workspace,
      status: 201,
      withoutWorkspace: true,
    },
    ({ body, options }) => create(body, options),
  );
  kit.repeatable(
    'POST',
    '/demo',
    {
      summary: 'Make the demo workspace',
      description:
        'A simulated market and an investor in it. Answers the one that is there, if any.',
      reply: workspace,
      withoutWorkspace: true,
    },
    (engine) => engine.createDemo(),
  );
  kit.repeatable(
    'DELETE',
    '/demo',
    { summary: 'Remove the demo workspace', reply: z.null(), status: 204, withoutWorkspace: true },
    async (engine) => {
      await engine.removeDemo();
      return ok(null);
    },
  );
};
