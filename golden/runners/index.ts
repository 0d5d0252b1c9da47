import type { Runner } from '../runner.ts';
import { returnsRunner } from './returns/returns-runner.ts';
import { trackersRunner } from './trackers/trackers-runner.ts';

/** Every runner there is; a case goes to the first that handles it. */
export const runners: readonly Runner[] = [returnsRunner, trackersRunner];
