import { crashTests } from './testing/crash-tests.ts';

crashTests(Number(process.env['PLIMSOLL_TEST_KILLS'] ?? 8));
