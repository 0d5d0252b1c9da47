import type { InstrumentKind } from '@plimsoll/domain';
import { one } from '@plimsoll/kernel';
import type { InstrumentHint } from '@plimsoll/ports';
import { readNumber } from '../../importer-kit/index.ts';
import { readOfxDay } from './ofx-day.ts';
import { childOf, elementsNamed, type OfxElement, valueAt } from './read-ofx-tree.ts';

/** Stock lists hold funds traded on an exchange as well, so they do not tell the kind. */
const kinds: Readonly<Record<string, InstrumentKind>> = {
  MFINFO: 'fund',
  DEBTINFO: 'bond',
  OPTINFO: 'option',
};

const infoNames = new Set(['STOCKINFO', 'MFINFO', 'DEBTINFO', 'OPTINFO', 'OTHERINFO']);

interface SecurityId {
  readonly id: string;
  readonly type: string;
}

function securityId(holder: OfxElement | undefined): SecurityId {
  const element = childOf(holder, 'SECID');
  return {
    id: element ? valueAt(element, 'UNIQUEID') : '',
    type: element ? valueAt(element, 'UNIQUEIDTYPE').toUpperCase() : '',
  };
}

const keyOf = ({ id, type }: SecurityId): string => `${type}:${id}`;

/** The identifier under the name that its type gives it. */
function identified({ id, type }: SecurityId, ticker: string): InstrumentHint {
  const symbol = ticker === '' ? {} : { symbol: ticker };
  if (type === 'ISIN' && /^[A-Z]{2}[A-Z0-9]{9}\d$/.test(id)) return { isin: id, ...symbol };
  if (type === 'CUSIP' && /^[A-Z0-9]{9}$/.test(id)) return { cusip: id, ...symbol };
  return ticker === '' ? { symbol: id } : symbol;
}

/** What the security list of a file says of each instrument. */
export class OfxSecurities {
  readonly #infos = new Map<string, OfxElement>();

  constructor(roots: readonly OfxElement[]) {
    for (const info of elementsNamed(roots, infoNames)) {
      const key = keyOf(securityId(childOf(info, 'SECINFO')));
      if (!this.#infos.has(key)) this.#infos.set(key, info);
    }
  }

  isBond(holder: OfxElement): boolean {
    return this.#infos.get(keyOf(securityId(holder)))?.name === 'DEBTINFO';
  }

  /** The instrument that an aggregate with a SECID is about; undefined where it has none. */
  hintOf(holder: OfxElement): InstrumentHint | undefined {
    const id = securityId(holder);
    return id.id === '' ? undefined : this.#hint(id, 0);
  }

  /** What totals call it: its ISIN, else its ticker, else the bank's own id. */
  nameOf(holder: OfxElement): string {
    const hint = this.hintOf(holder);
    return hint?.isin ?? hint?.symbol ?? hint?.cusip ?? '';
  }

  #hint(id: SecurityId, depth: number): InstrumentHint {
    const info = this.#infos.get(keyOf(id));
    const security = childOf(info, 'SECINFO');
    if (!info || !security) return identified(id, '');
    const name = valueAt(security, 'SECNAME');
    const kind = kinds[info.name];
    const currency = valueAt(security, 'CURRENCY', 'CURSYM');
    return {
      ...identified(id, valueAt(security, 'TICKER')),
      ...(name === '' ? {} : { name }),
      ...(kind === undefined ? {} : { kind }),
      ...(/^[A-Z]{3}$/.test(currency) ? { currency } : {}),
      ...(info.name === 'OPTINFO' && depth === 0 ? this.#option(info) : {}),
    };
  }

  #option(info: OfxElement): Pick<InstrumentHint, 'option' | 'multiplier'> {
    const strike = readNumber(valueAt(info, 'STRIKEPRICE'), { decimal: '.' });
    const expiry = readOfxDay(valueAt(info, 'DTEXPIRE'));
    const right = valueAt(info, 'OPTTYPE').toUpperCase();
    const units = readNumber(valueAt(info, 'SHPERCTRCT'), { decimal: '.' });
    const multiplier = units.ok && units.value > one ? { multiplier: units.value } : {};
    if (!strike.ok || !expiry.ok || (right !== 'CALL' && right !== 'PUT')) return multiplier;
    const underlying = securityId(info);
    return {
      ...multiplier,
      option: {
        underlying: underlying.id === '' ? {} : this.#hint(underlying, 1),
        right: right === 'CALL' ? 'call' : 'put',
        strike: strike.value,
        expiresOn: expiry.value.day,
      },
    };
  }
}
