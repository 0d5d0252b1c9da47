import type { Result } from '@plimsoll/kernel';
import type { MarketDataFault, ProviderSymbol } from '@plimsoll/ports';
import type { TickWriter } from './tick-writer.ts';

/** What a frame tells beside ticks. */
export interface StreamNews {
  /**
   * `ready`: symbols may be asked for. `lost`: connect anew. `refused`: a bad key, a plan without
   * streaming. `note`: worth saying, and the stream goes on. `unreadable`: the frame is no message.
   */
  readonly kind: 'ready' | 'lost' | 'refused' | 'note' | 'unreadable';
  readonly detail: string;
}

/** How a provider's stream speaks. */
export interface StreamProtocol {
  /** Where to connect to; asked before each connection. A fault of the key or the plan is final. */
  readonly address: (signal: AbortSignal) => Promise<Result<string, MarketDataFault>>;
  /** What to send as soon as connected. */
  readonly greeting: readonly string[];
  /** Whether symbols may be asked for as soon as connected, or only after `ready`. */
  readonly readyAtOnce: boolean;
  /** The provider's spelling; undefined for a symbol that it cannot have. */
  readonly spelling: (symbol: ProviderSymbol) => string | undefined;
  readonly subscribe: (spellings: readonly string[]) => readonly StreamFrame[];
  readonly unsubscribe: (spellings: readonly string[]) => readonly StreamFrame[];
  /** Writes the ticks of a frame; must not throw whatever the frame is. */
  readonly read: (frame: StreamFrame, ticks: TickWriter) => StreamNews | undefined;
  /** Fewest milliseconds between two frames that we send; 0 where absent. */
  readonly paceMs?: number;
}

export type StreamFrame = string | Uint8Array;

export const unreadableFrame: StreamNews = { kind: 'unreadable', detail: '' };

/** The JSON of a text frame; undefined where it is none. */
export function parseFrame(frame: StreamFrame): unknown {
  try {
    return JSON.parse(typeof frame === 'string' ? frame : new TextDecoder().decode(frame));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Fields of a message of which nothing is known yet. */
export type Fields<Name extends string> = { readonly [Key in Name]?: unknown };

/** The fields of an object; undefined where it is none. */
export const fieldsOf = <Name extends string>(value: unknown): Fields<Name> | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Fields<Name>)
    : undefined;

/** A field as text, cut short; empty where it is none. */
export const textOf = (value: unknown): string =>
  typeof value === 'string' ? value.slice(0, 200) : '';

/** The list in parts of at most so many. */
export function inParts<T>(list: readonly T[], size: number): T[][] {
  const parts: T[][] = [];
  for (let at = 0; at < list.length; at += size) parts.push(list.slice(at, at + size));
  return parts;
}
