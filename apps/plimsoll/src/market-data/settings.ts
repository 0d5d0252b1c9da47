import type { InstrumentKind } from '@plimsoll/domain';
import type { MarketDataDefinition } from '@plimsoll/ports';

/** Every source of market data that there is, by id, whatever settings each has. */
export type MarketDataRegistry = Readonly<Record<string, AnyDefinition>>;

/** A source of which only its own schema knows the settings. */
export type AnyDefinition = Omit<MarketDataDefinition<unknown>, 'config' | 'create'> & {
  readonly config?: { parse(settings: unknown): unknown };
  // A method, so that sources with settings of their own types fit.
  create(
    ...args: Parameters<MarketDataDefinition<never>['create']>
  ): ReturnType<MarketDataDefinition<never>['create']>;
};

/** `<data folder>/market-data.yaml`, as far as it can be used. */
export interface MarketDataSettings {
  /** Settings of the providers that are turned on, checked by each of them. */
  readonly providers: ReadonlyMap<string, unknown>;
  /** Whom to ask first, by kind of instrument. */
  readonly order: Readonly<Partial<Record<InstrumentKind, readonly string[]>>>;
  /** When prices are fetched by themselves; only when asked where absent. */
  readonly refresh?: {
    /** `HH:MM` */
    readonly at: string;
    /** An IANA time zone. */
    readonly zone: string;
  };
  /**
   * How often providers without a stream are asked for quotes, in seconds; never where absent, as it
   * takes from what they allow.
   */
  readonly pollSeconds?: number;
}

/** A mistake in the settings file. */
export interface SettingsMistake {
  /** 1-based. */
  readonly line: number;
  readonly detail: string;
}

/** What could be used, and all that could not. */
export interface ReadSettings {
  readonly settings: MarketDataSettings;
  readonly mistakes: readonly SettingsMistake[];
}

export const settingsFileName = 'market-data.yaml';

/** Nothing is turned on: nobody is asked anything. */
export const noSettings: MarketDataSettings = { providers: new Map(), order: {} };
