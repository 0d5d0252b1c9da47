import type { Call, Command } from '../cli/command.ts';
import { taken } from '../cli/refusals.ts';
import { startAsCalled, untilTold } from '../cli/serve-until-told.ts';

export const command: Command = {
  summary: 'Show a simulated portfolio in a workspace of its own.',
  usage: ['demo [--port N] [--no-serve]', 'demo --remove'],
  options: {
    port: { type: 'string', value: 'N', help: 'The port; 4680 if not given, 0 for a free one.' },
    host: { type: 'string', value: 'ADDRESS', help: 'The address: 127.0.0.1, ::1 or localhost.' },
    'no-serve': { type: 'boolean', help: 'Only make the workspace.' },
    remove: { type: 'boolean', help: 'Remove the workspace again.' },
  },
  notes: ['To look at it from the command line: plimsoll holdings --workspace demo'],
  run: async (call) => {
    if (call.flag('remove')) return remove(call);
    if (call.flag('no-serve') || call.server !== undefined) return make(call);
    return makeAndServe(call);
  },
};

async function make(call: Call): Promise<void> {
  const workspace = taken(await (await call.engine()).createDemo());
  if (call.json) call.output.json(workspace);
  else call.output.print(`Made the workspace "${workspace.id}", simulated.`);
}

async function remove(call: Call): Promise<void> {
  await (await call.engine()).removeDemo();
  if (call.json) call.output.json({ removed: 'demo' });
  else call.output.print('Removed the demo workspace.');
}

async function makeAndServe(call: Call): Promise<void> {
  const server = await startAsCalled(call);
  const workspace = taken(await server.engine.createDemo());
  const address = `${server.address}/?w=${workspace.id}`;
  if (call.json) call.output.json({ address, workspace, pid: process.pid });
  else call.output.print(`The demo is on ${address}  (Ctrl+C to stop)`);
  await untilTold(server, call);
}
