import type { BusDefinition } from '@plimsoll/ports';

/** What the folder of a bus exports by default. */
export const defineBus = (definition: BusDefinition): BusDefinition => definition;
