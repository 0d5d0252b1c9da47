import { tickStoreConformance } from '@plimsoll/ports/conformance';
import { connectTicks, openServer } from '../index.ts';
import { systemClock } from '../testing/system-clock.ts';
import { testDatabaseUrl } from '../testing/test-database-url.ts';

tickStoreConformance('PostgreSQL server', async () => {
  const url = testDatabaseUrl();
  const store = await openServer(url, { clock: systemClock });
  await store.close();
  return connectTicks({ kind: 'server', url });
});
