import { indicators } from '../indicators/registry.gen.ts';
import type { Indicator } from './define-indicator.ts';

const byId: ReadonlyMap<string, Indicator> = new Map(indicators.map((each) => [each.id, each]));

/** The indicator of that id; undefined where there is none. */
export const indicatorById = (id: string): Indicator | undefined => byId.get(id);

/** Every indicator, by the order of their ids. */
export const allIndicators: readonly Indicator[] = indicators;
