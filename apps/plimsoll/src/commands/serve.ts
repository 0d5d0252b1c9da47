import type { Command } from '../cli/command.ts';
import { startAsCalled, untilTold } from '../cli/serve-until-told.ts';

export const command: Command = {
  summary: 'Serve the web page and the API.',
  usage: ['serve [--port N] [--host ADDRESS]'],
  options: {
    port: { type: 'string', value: 'N', help: 'The port; 4680 if not given, 0 for a free one.' },
    host: { type: 'string', value: 'ADDRESS', help: 'The address: 127.0.0.1, ::1 or localhost.' },
  },
  notes: ['Ctrl+C ends it: running requests are answered and the record is closed.'],
  run: async (call) => {
    const server = await startAsCalled(call);
    if (call.json) call.output.json({ address: server.address, pid: process.pid });
    else call.output.print(`Plimsoll is serving on ${server.address}  (Ctrl+C to stop)`);
    await untilTold(server, call);
  },
};
