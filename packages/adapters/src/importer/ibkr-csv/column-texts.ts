import type { IbkrField } from '../../importer-kit/ibkr/ibkr-record.ts';

/** Column titles that are not the Flex XML name in other letters. */
const otherTitles: Partial<Readonly<Record<IbkrField, readonly string[]>>> = {
  currency: ['currencyprimary'],
  assetCategory: ['assetclass'],
  notes: ['notescodes', 'code'],
  account: ['xferaccount', 'transferaccount'],
  company: ['xfercompany'],
  tradePrice: ['tprice', 'price'],
  ibCommission: ['commfee'],
  quantity: ['qty'],
  cashTransfer: ['cashamount'],
  positionAmount: ['marketvalue'],
  dateTime: ['datetime'],
  settleDate: ['settledate'],
  multiplier: ['mult'],
};

const plain = (title: string): string => title.toLowerCase().replace(/[^a-z0-9]/g, '');

/** Where the columns of a section are, by the names of Flex fields. */
export class ColumnTexts {
  readonly titles: readonly string[];
  readonly #columns = new Map<string, number>();

  constructor(titles: readonly string[]) {
    this.titles = titles.map((title) => title.trim());
    this.titles.forEach((title, at) => {
      const name = plain(title);
      if (name !== '' && !this.#columns.has(name)) this.#columns.set(name, at);
    });
  }

  #columnOf(field: IbkrField): number | undefined {
    const own = this.#columns.get(plain(field));
    if (own !== undefined) return own;
    const others = otherTitles[field] ?? [];
    return others.map((name) => this.#columns.get(name)).find((at) => at !== undefined);
  }

  has(...fields: readonly IbkrField[]): boolean {
    return fields.every((field) => this.#columnOf(field) !== undefined);
  }

  /** A column that Flex has no field for, by its title. */
  other(cells: readonly string[], title: string): string {
    return (cells[this.#columns.get(plain(title)) ?? -1] ?? '').trim();
  }

  text(cells: readonly string[], field: IbkrField): string {
    const text = (cells[this.#columnOf(field) ?? -1] ?? '').trim();
    return text === '--' || text === '-' ? '' : text;
  }

  title(field: IbkrField): string {
    return this.titles[this.#columnOf(field) ?? -1] ?? field;
  }
}
