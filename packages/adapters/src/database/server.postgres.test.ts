import { storeConformance } from '@plimsoll/ports/conformance';
import { openServer } from './index.ts';
import { testDatabaseUrl } from './testing/test-database-url.ts';

storeConformance('PostgreSQL server', (clock) => openServer(testDatabaseUrl(), { clock }));
