import { isSameHost } from './address.ts';
import { type ProviderReply, providerReply } from './reply.ts';
import { type SendFailure, type SendOptions, sendOnce } from './send-once.ts';

const longestChain = 3;

/**
 * One request with its redirects, which are followed on the same host alone: another one must not
 * get the key, and an address inside the user's network must not be reached in a provider's name.
 */
export async function follow(
  from: URL,
  options: SendOptions,
): Promise<ProviderReply | SendFailure> {
  let url = from;
  for (let chain = 0; ; chain++) {
    const sent = await sendOnce(url, options);
    if ('kind' in sent) return sent;
    const location = sent.headers.location;
    const redirects = [301, 302, 303, 307, 308].includes(sent.status);
    if (!redirects || location === undefined) return providerReply(sent);
    const next = URL.parse(location, url.href);
    if (!next || !isSameHost(url, next)) {
      const where = next?.host ?? location.slice(0, 80);
      return { kind: 'unreadable', why: `sends to another host (${where}), which is not followed` };
    }
    if (options.method !== 'GET' || chain >= longestChain) {
      return { kind: 'unreadable', why: 'sends from one address to the next without end' };
    }
    url = next;
  }
}
