import { newWorkspace } from '@plimsoll/contracts';
import { checked } from '../cli/checked.ts';
import type { Command } from '../cli/command.ts';
import { requireArgument, taken, UsageRefusal } from '../cli/refusals.ts';
import { plain, table } from '../cli/table.ts';

export const command: Command = {
  summary: 'List or make workspaces.',
  usage: ['workspaces', 'workspaces add ID [NAME]'],
  run: async (call) => {
    const [action, id, name] = call.positionals;
    if (action === 'add') {
      const wanted = checked(newWorkspace, { id: requireArgument(id, 'ID'), name: name ?? id });
      const made = taken(await (await call.engine()).createWorkspace(wanted.id, wanted.name));
      return call.json
        ? call.output.json(made)
        : call.output.print(`Made the workspace ${made.id}.`);
    }
    if (action !== undefined) throw new UsageRefusal(`There is no "workspaces ${action}".`);
    const all = await (await call.engine()).workspaces();
    if (call.json) return call.output.json(all);
    const rows = all.map((one) => [one.id, plain(one.name), one.demo ? 'simulated' : '']);
    call.output.print(table([{ title: 'Id' }, { title: 'Name' }, { title: '' }], rows));
  },
};
