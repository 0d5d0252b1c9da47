import type { Command } from '../cli/command.ts';
import { CommandRefusal } from '../cli/refusals.ts';
import { plain } from '../cli/table.ts';

export const command: Command = {
  summary: 'Check the record: numbering, chain of hashes, balances.',
  usage: ['verify'],
  notes: [
    'Reads every row anew and shares no code with what wrote it. Exit 1 if it finds anything.',
  ],
  run: async (call) => {
    const { workspaces, entries, checks, findings } = await (await call.engine()).verify();
    if (call.json) call.output.json({ workspaces, entries, checks, findings });
    else {
      call.output.print(
        `${entries} entries in ${workspaces} workspaces, ${checks.length} checks (${checks.join(', ')}): ${findings.length === 0 ? 'all in order' : `${findings.length} findings`}.`,
      );
    }
    if (findings.length === 0) return;
    const lines = findings.map(({ check, workspaceId, seq, detail }) =>
      plain(`${workspaceId}${seq === null ? '' : ` ${seq}`}: ${check}: ${detail}`),
    );
    const detail = 'The record is not as it was written. Keep the folder, and restore a backup.';
    throw new CommandRefusal({ code: 'ledger.damaged', detail }, lines);
  },
};
