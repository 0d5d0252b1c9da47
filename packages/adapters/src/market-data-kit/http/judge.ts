import type { MarketDataFault, ProviderState } from '@plimsoll/ports';
import { type ProviderReply, retryAfterMs, titleOfPage } from './reply.ts';
import type { SendFailure } from './send-once.ts';

/** What came of one try. */
export type Verdict =
  | { readonly kind: 'good'; readonly reply: ProviderReply }
  | {
      readonly kind: 'fault';
      readonly fault: MarketDataFault;
      /** Whether another try may help. */
      readonly again: boolean;
      /** What it says of the provider as a whole; absent where it is about this request alone. */
      readonly state?: ProviderState;
      /** Whether every other request would be refused for the same reason: the key. */
      readonly forAll?: boolean;
    };

export interface JudgeOptions {
  readonly title: string;
  readonly faultOf: ((reply: ProviderReply) => MarketDataFault | undefined) | undefined;
  readonly nowMs: number;
}

/** Whether a try gave data, by status and body; pure. */
export function judge(outcome: ProviderReply | SendFailure, options: JudgeOptions): Verdict {
  return 'kind' in outcome ? ofFailure(outcome, options) : ofReply(outcome, options);
}

function ofFailure({ kind, why }: SendFailure, { title }: JudgeOptions): Verdict {
  const lost = kind === 'lost';
  return {
    kind: 'fault',
    fault: lost
      ? { code: 'market-data.unavailable', detail: `${title}: ${why}.` }
      : { code: 'market-data.unreadable', detail: `${title}: the answer ${why}.` },
    again: lost,
    state: 'down',
  };
}

function ofReply(reply: ProviderReply, options: JudgeOptions): Verdict {
  const { status } = reply;
  const { title, nowMs } = options;
  if (status >= 500 || status === 408 || status === 425) {
    const afterMs = retryAfterMs(reply, nowMs);
    const detail = `${title}: the server failed (status ${status}).`;
    const fault: MarketDataFault = { code: 'market-data.unavailable', detail };
    return {
      kind: 'fault',
      fault: afterMs === undefined ? fault : { ...fault, retryAfterMs: afterMs },
      again: true,
      state: 'down',
    };
  }
  const own = options.faultOf?.(reply) ?? ofStatus(reply, options);
  if (own) return withConsequence(own, status);
  const page = titleOfPage(reply);
  if (page === undefined) return { kind: 'good', reply };
  const detail = `${title} answered with a web page${page === '' ? '' : ` titled "${page}"`} instead of data.`;
  const fault: MarketDataFault = { code: 'market-data.unreadable', detail };
  return { kind: 'fault', fault, again: false, state: 'down' };
}

function withConsequence(fault: MarketDataFault, status: number): Verdict {
  if (fault.code === 'market-data.rate-limited') {
    return { kind: 'fault', fault, again: true, state: 'throttled' };
  }
  if (fault.code === 'market-data.unauthorised') {
    // 403 may be about what was asked for alone.
    return { kind: 'fault', fault, again: false, state: 'unauthorised', forAll: status !== 403 };
  }
  return { kind: 'fault', fault, again: false };
}

function ofStatus(
  reply: ProviderReply,
  { title, nowMs }: JudgeOptions,
): MarketDataFault | undefined {
  const { status } = reply;
  if (status >= 200 && status < 300) return undefined;
  const says = `(status ${status}${excerpt(reply)})`;
  switch (status) {
    case 429: {
      const afterMs = retryAfterMs(reply, nowMs);
      const detail = `${title} asks to be asked less often ${says}.`;
      const fault: MarketDataFault = { code: 'market-data.rate-limited', detail };
      return afterMs === undefined ? fault : { ...fault, retryAfterMs: afterMs };
    }
    case 401:
    case 403:
      return {
        code: 'market-data.unauthorised',
        detail: `${title} refuses the key, or the way it is asked ${says}. Check the key in market-data.yaml.`,
      };
    case 402:
      return {
        code: 'market-data.not-covered',
        detail: `${title} does not offer this on the plan of the key ${says}.`,
      };
    case 404:
      return { code: 'market-data.unknown-symbol', detail: `${title} does not know it ${says}.` };
    default:
      return { code: 'market-data.unreadable', detail: `${title} refused the request ${says}.` };
  }
}

/** The beginning of a short text body, for whoever must find out why. */
function excerpt(reply: ProviderReply): string {
  if (titleOfPage(reply) !== undefined) return '';
  const text = reply
    .text()
    .replace(/[^\x20-\x7e]+/g, ' ')
    .trim();
  return text === '' ? '' : `: ${text.slice(0, 160)}`;
}
