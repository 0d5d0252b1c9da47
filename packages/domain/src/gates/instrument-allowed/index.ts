import { defineGate, unlessReducing } from '../define-gate.ts';

/** Whether the instrument is on the list of what may be traded. */
export default defineGate({
  id: 'instrument-allowed',
  title: 'Instrument allowed',
  summary: 'Only instruments that may be traded are bought; what is held may always be sold.',
  check: (facts, limit) =>
    unlessReducing(facts, () =>
      facts.allowed
        ? { passes: true }
        : { passes: false, reason: `${facts.instrumentId} is not allowed`, figure: 0, limit },
    ),
});
