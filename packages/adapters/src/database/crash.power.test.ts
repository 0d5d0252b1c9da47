import { crashTests } from './testing/crash-tests.ts';

// As many as a release is held to; `npm test` runs a few of them.
crashTests(Number(process.env['PLIMSOLL_TEST_KILLS'] ?? 40));
