/** `npm run test:postgres`: the store on a PostgreSQL server, one of our own unless one is named. */
import { startPostgres } from './postgres-server.ts';
import { isPresent, runVitest } from './suite.ts';

const named = process.env['PLIMSOLL_TEST_DATABASE_URL'];
if (isPresent('postgres')) {
  if (named !== undefined) process.exitCode = runVitest('postgres', {});
  else {
    const server = await startPostgres();
    console.log(`suite postgres: ${server.version}`);
    try {
      process.exitCode = runVitest('postgres', { PLIMSOLL_TEST_DATABASE_URL: server.url });
    } finally {
      await server.stop();
    }
  }
}
