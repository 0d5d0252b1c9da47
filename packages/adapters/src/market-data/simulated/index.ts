import { z } from 'zod';
import { defineMarketData } from '../../market-data-kit/define-market-data.ts';
import { demo, demoRecords } from './demo-records.ts';
import { simulatedProvider } from './simulated.ts';
import { usualSeed } from './simulated-market.ts';

const simulated = defineMarketData({
  id: 'simulated',
  title: 'Simulated market (invented, not real)',
  config: z.strictObject({
    /** Another seed is another market. */
    seed: z.int().min(0).max(4_294_967_295).default(usualSeed),
    /** Trades and quotes of each symbol that is streamed. */
    ticksPerSecond: z.number().min(0.01).max(1000).default(2),
  }),
  create: (terms, world) => simulatedProvider(terms, world),
});

export default { ...simulated, demo, demoRecords };
