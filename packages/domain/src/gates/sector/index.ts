import { defineGate, shareWithin, unlessFalling } from '../define-gate.ts';

/** Σ |position| of the sector after the order ÷ equity. */
export default defineGate({
  id: 'sector',
  title: 'Sector',
  summary: 'What is held of one sector does not grow beyond this share of equity.',
  check: ({ sector, sectorGross, sectorGrossAfter, equity }, limit) =>
    unlessFalling(sectorGross, sectorGrossAfter, () =>
      shareWithin(
        `${sector ?? 'what has no sector'} would be, of equity,`,
        sectorGrossAfter / equity,
        limit,
      ),
    ),
});
