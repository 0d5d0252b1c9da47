import { openQuoteSocket, type QuoteSocket } from '@plimsoll/client';

/** The socket of the page's own server. Apart, so that only a page with live prices loads it. */
export const openSocket = (
  workspace: string,
  onQuotes: (instruments: readonly string[]) => void,
): QuoteSocket =>
  openQuoteSocket({
    origin: location.origin,
    workspace,
    WebSocket,
    random: Math.random,
    onQuotes,
  });
