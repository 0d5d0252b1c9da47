import type { Command } from '../cli/command.ts';
import { requireArgument, taken, UsageRefusal, written } from '../cli/refusals.ts';
import { plain, table } from '../cli/table.ts';

export const command: Command = {
  summary: 'List imports, or undo one.',
  usage: ['imports', 'imports undo ID'],
  run: async (call) => {
    const [action, id] = call.positionals;
    const engine = await call.engine();
    if (action === 'undo') {
      const wanted = requireArgument(id, 'ID');
      const undone = written(await engine.undoImport(call.workspace, wanted, { actor: 'owner' }));
      if (call.json) return call.output.json(undone);
      return call.output.print(`Undone: ${undone.added} transactions of ${plain(undone.account)}.`);
    }
    if (action !== undefined) throw new UsageRefusal(`There is no "imports ${action}".`);
    const imports = taken(await engine.imports(call.workspace));
    if (call.json) return call.output.json(imports);
    if (imports.length === 0) return call.output.print('Nothing has been imported.');
    const rows = imports.map((one) => [
      one.id,
      one.importedAt.slice(0, 16).replace('T', ' '),
      plain(one.account),
      one.format,
      plain(one.files.map(({ name }) => name).join(', ')),
      String(one.added),
      String(one.skipped),
      String(one.refused),
      one.undoneAt === null ? '' : `undone ${one.undoneAt.slice(0, 10)}`,
    ]);
    call.output.print(table(columns, rows));
  },
};

const columns = [
  { title: 'Id' },
  { title: 'Imported (UTC)' },
  { title: 'Account' },
  { title: 'Format' },
  { title: 'Files' },
  { title: 'Added', right: true },
  { title: 'Known', right: true },
  { title: 'Refused', right: true },
  { title: '' },
];
