import { isIsin } from '../../importer-kit/ibkr/ibkr-instrument.ts';
import type { IbkrField } from '../../importer-kit/ibkr/ibkr-record.ts';
import type { ColumnTexts } from './column-texts.ts';

type Facts = Partial<Readonly<Record<IbkrField, string>>>;

/** What the section on instruments says of each, by symbol. */
export class ActivityInstruments {
  readonly #bySymbol = new Map<string, Facts>();

  add(columns: ColumnTexts, cells: readonly string[]): void {
    const id = columns.other(cells, 'Security ID');
    const type = columns.other(cells, 'Type');
    const isOption = type === 'C' || type === 'P';
    const facts: Facts = {
      ...(isIsin(id) ? { isin: id } : {}),
      ...(/^[A-Z0-9]{8}\d$/.test(id) ? { cusip: id } : {}),
      description: columns.text(cells, 'description'),
      conid: columns.text(cells, 'conid'),
      listingExchange: columns.other(cells, 'Listing Exch'),
      multiplier: columns.text(cells, 'multiplier'),
      expiry: columns.text(cells, 'expiry'),
      strike: columns.text(cells, 'strike'),
      underlyingSymbol: columns.other(cells, 'Underlying'),
      ...(isOption ? { putCall: type } : { subCategory: type }),
    };
    for (const symbol of columns.text(cells, 'symbol').split(',')) {
      this.#bySymbol.set(symbol.trim(), facts);
    }
  }

  text(symbol: string, field: IbkrField): string {
    return this.#bySymbol.get(symbol)?.[field] ?? '';
  }
}
