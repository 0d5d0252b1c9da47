import type { InstrumentKind } from '@plimsoll/domain';
import type { InstrumentHint } from '@plimsoll/ports';
import { quotedInDerived } from './ghostfolio-numbers.ts';
import { itemsOf, type JsonNode, memberOf, textOf } from './read-json.ts';

const kinds: Readonly<Record<string, InstrumentKind>> = {
  BOND: 'bond',
  COMMODITY: 'commodity',
  CRYPTOCURRENCY: 'crypto',
  ETF: 'etf',
  MUTUALFUND: 'fund',
  PRECIOUS_METAL: 'commodity',
  PRIVATE_EQUITY: 'equity',
  STOCK: 'equity',
};

const profileNames = ['assetProfile', 'SymbolProfile', 'symbolProfile'];
const generatedName = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const keyOf = (dataSource: string, symbol: string): string => `${dataSource}|${symbol}`;

/** What the export says of instruments, in a list of its own or inside each activity. */
export class AssetProfiles {
  readonly #byKey = new Map<string, JsonNode>();

  constructor(root: JsonNode) {
    for (const profile of itemsOf(root, 'assetProfiles')) {
      this.#byKey.set(keyOf(textOf(profile, 'dataSource'), textOf(profile, 'symbol')), profile);
    }
  }

  /** The instrument of an activity; hand-made ones go by their name, as their symbol is random. */
  readonly hintOf = (activity: JsonNode): InstrumentHint => {
    const inner = profileNames
      .map((name) => memberOf(activity, name))
      .find((node) => node !== undefined);
    const symbol = textOf(activity, 'symbol') || textOf(inner, 'symbol');
    const dataSource = textOf(activity, 'dataSource') || textOf(inner, 'dataSource');
    const profile = inner ?? this.#byKey.get(keyOf(dataSource, symbol));
    const name = textOf(profile, 'name') || textOf(profile, 'symbolMapping');
    const isRandom = generatedName.test(symbol) && name !== '';
    const kind =
      kinds[textOf(profile, 'assetSubClass')] ??
      (dataSource === 'COINGECKO' ? 'crypto' : undefined);
    return {
      ...(symbol === '' || isRandom ? {} : { symbol }),
      ...named('isin', textOf(profile, 'isin')),
      ...named('figi', textOf(profile, 'figi')),
      ...named('cusip', textOf(profile, 'cusip')),
      ...named('name', name),
      ...(kind === undefined ? {} : { kind }),
      ...quotedInDerived(textOf(profile, 'currency')),
    };
  };
}

const named = (field: keyof InstrumentHint, text: string): InstrumentHint =>
  text === '' ? {} : { [field]: text };
