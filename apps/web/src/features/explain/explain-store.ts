import type { Derivation } from '@plimsoll/contracts';
import { create } from 'zustand';

/** The period a figure belongs to; it travels with the question. */
export interface Period {
  readonly from?: string;
  readonly to?: string;
  readonly benchmark?: string;
  readonly at?: string;
}

/** The derivation of a sum that the page itself makes of figures; its terms lead on to the server's. */
export type OwnDerivation = Pick<
  Derivation,
  'figure' | 'title' | 'value' | 'unit' | 'formula' | 'terms'
>;

export interface Asked {
  readonly figure: string;
  readonly period: Period;
  readonly own?: OwnDerivation | undefined;
  /** The number on the page, to stand beside and to give the focus back to. */
  readonly anchor: HTMLElement;
}

interface ExplainStore {
  readonly asked: Asked | null;
  readonly ask: (asked: Asked) => void;
  readonly close: () => void;
}

/** One question at a time, for the whole page. */
export const useExplainStore = create<ExplainStore>((set) => ({
  asked: null,
  ask: (asked) => set({ asked }),
  close: () => set({ asked: null }),
}));
