import type { SharedStore } from '@plimsoll/adapters/database';
import type { Bus } from '@plimsoll/ports';
import { idMaker } from '../new-id.ts';
import { systemClock } from '../system-clock.ts';
import { LiveService } from './live-service.ts';
import { QuoteBulletins } from './quote-bulletins.ts';

interface LiveOptions {
  readonly store: Pick<SharedStore, 'connect'>;
  readonly dataFolder: string;
  readonly bus: Pick<Bus, 'publish'>;
  readonly onTrouble: (detail: string) => void;
}

/** Live quotes for this process: those that change go to the bus as well. */
export function startLive({ store, dataFolder, bus, onTrouble }: LiveOptions): LiveService {
  const bulletins = new QuoteBulletins({
    bus,
    newId: idMaker(() => Date.parse(systemClock.now())),
    now: systemClock.now,
    onTrouble,
  });
  return new LiveService({ store, dataFolder, onTrouble, onNews: (news) => bulletins.hear(news) });
}
