/** `npm run test:bus`: the buses on servers of our own, killed and started again at will. */
import { delimiter } from 'node:path';
import { hasProgram, installDebian } from './debian.ts';
import { isPresent, runVitest } from './suite.ts';

const needs = { 'redis-server': 'redis-server', 'nats-server': 'nats-server', kcat: 'kcat' };

if (isPresent('bus')) {
  // Debian puts servers where not every shell looks.
  process.env['PATH'] = [process.env['PATH'], '/usr/sbin', '/sbin'].join(delimiter);
  const missing = Object.entries(needs).filter(([program]) => !hasProgram(program));
  if (missing.length > 0)
    installDebian(
      missing.map(([, name]) => name),
      'the bus suite',
    );
  process.exitCode = runVitest('bus', {});
}
