import { writeFile } from 'node:fs/promises';
import type { Command } from '../cli/command.ts';
import { unreadable } from '../cli/read-files.ts';
import { taken } from '../cli/refusals.ts';

export const command: Command = {
  summary: 'Export the whole record as native CSV.',
  usage: ['export [--out FILE]'],
  options: {
    out: { type: 'string', value: 'FILE', help: 'Where to write it; the terminal if not given.' },
  },
  notes: ['What it writes imports again to the same record.'],
  run: async (call) => {
    const out = call.text('out');
    const csv = taken(await (await call.engine()).exportCsv(call.workspace));
    if (out === undefined)
      return call.json ? call.output.json({ csv }) : call.output.print(csv.trimEnd());
    try {
      await writeFile(out, csv);
    } catch (error) {
      throw unreadable(out, error);
    }
    const bytes = Buffer.byteLength(csv);
    if (call.json) call.output.json({ file: out, bytes });
    else call.output.print(`Wrote ${bytes} bytes to ${out}.`);
  },
};
