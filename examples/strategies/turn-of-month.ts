import { defineStrategy } from '@plimsoll/strategy';

/** Which day of its month a moment lies on, and which month that is, in UTC. */
const dayOf = (at: number) => {
  const date = new Date(at);
  return { day: date.getUTCDate(), month: date.getUTCMonth() };
};

interface Memory {
  month: number;
  /** Sessions since the month began. */
  sessions: number;
}

export default defineStrategy({
  id: 'turn-of-month',
  group: 'own',
  title: 'Turn of the month',
  summary:
    'Holds from the last days of a month into the first of the next: money that is paid in then has lifted prices. Flat in between.',
  source: 'Ariel, A Monthly Effect in Stock Returns, Journal of Financial Economics, 1987',
  params: {
    fromDay: {
      kind: 'integer',
      title: 'First day of the month to hold on',
      min: 20,
      max: 31,
      default: 26,
    },
    sessions: {
      kind: 'integer',
      title: 'Sessions of the new month to hold',
      min: 0,
      max: 10,
      default: 3,
    },
  },
  instruments: { min: 1, max: 1 },
  onStart: (): Memory => ({ month: -1, sessions: 0 }),
  onBar: ({ now, params, instrument, orders }, memory) => {
    const { day, month } = dayOf(now);
    if (month === memory.month) memory.sessions++;
    else {
      memory.month = month;
      memory.sessions = 1;
    }
    const holds = day >= params.fromDay || memory.sessions < params.sessions;
    orders.signal(instrument, holds ? 1 : 0, holds ? 'turn of the month' : 'middle of the month');
  },
});
