import { storeConformance } from '@plimsoll/ports/conformance';
import { openServer } from './index.ts';
import { protectionTests } from './testing/protection-tests.ts';
import { rawServer } from './testing/raw-database.ts';
import { stillClock } from './testing/sample-workspace.ts';
import { tamperTests } from './testing/tamper-tests.ts';
import { testDatabaseUrl } from './testing/test-database-url.ts';

storeConformance('PostgreSQL server', (clock) => openServer(testDatabaseUrl(), { clock }));
protectionTests('PostgreSQL server', () => rawServer(testDatabaseUrl(), stillClock));
tamperTests('PostgreSQL server', () => rawServer(testDatabaseUrl(), stillClock));
