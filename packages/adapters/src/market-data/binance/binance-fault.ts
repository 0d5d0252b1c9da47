/** https://github.com/binance/binance-spot-api-docs/blob/master/errors.md (2026-11-21). */
import type { MarketDataFault } from '@plimsoll/ports';
import { type ProviderReply, retryAfterMs } from '../../market-data-kit/http/reply.ts';
import { fieldsOf, textOf } from '../../market-data-kit/stream-protocol.ts';

const bannedMs = 2 * 60_000;

/**
 * Codes with a status of 400; 418 is a ban for going on after 429, and 451 comes where Binance offers
 * nothing.
 */
export function binanceFault(reply: ProviderReply, nowMs: number): MarketDataFault | undefined {
  const { status } = reply;
  if (status === 418) {
    const detail = 'Binance has banned this address for asking too often (status 418).';
    const wait = retryAfterMs(reply, nowMs) ?? bannedMs;
    return { code: 'market-data.rate-limited', detail, retryAfterMs: wait };
  }
  if (status === 451) {
    const detail = 'Binance is not offered in the place from which it is asked (status 451).';
    return { code: 'market-data.not-covered', detail };
  }
  if (status !== 400) return undefined;
  const error = fieldsOf<'code' | 'msg'>(reply.json());
  if (error?.code !== -1121 && error?.code !== -1100) return undefined;
  return { code: 'market-data.unknown-symbol', detail: `Binance: ${textOf(error.msg)}` };
}
