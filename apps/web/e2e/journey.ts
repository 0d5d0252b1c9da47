import type { Browser, Page } from 'playwright-core';
import { type Look, openContext, settle } from './browser.ts';

/** A few transactions in the native CSV, one of them wrong where asked for. */
export const nativeCsv = (
  quantity = '2',
): string => `date,type,symbol,quantity,price,amount,fee,tax,currency,account,note
2024-01-03,deposit,,,,5000,,,EUR,,
2024-01-04,buy,ASML,4,612.40,,2,,EUR,,
2024-02-09,buy,VWCE,${quantity},108.20,,1,,EUR,,
2024-03-11,sell,ASML,1,700,,2,,EUR,,
2024-06-28,dividend,VWCE,,,4.50,,0.68,EUR,,
`;

let count = 0;

/** An empty workspace of its own, so that no journey sees what another did. */
export async function emptyWorkspace(url: string): Promise<string> {
  count += 1;
  const id = `journey-${process.pid}-${count}`;
  await write(url, '/v1/workspaces', { id, name: `Journey ${count}` });
  return id;
}

/** A workspace with the demo in it, for what needs figures on the page. */
export async function demoWorkspace(url: string): Promise<string> {
  const reply = await write(url, '/v1/demo');
  const { id } = (await reply.json()) as { id: string };
  return id;
}

/** A write; `workspace` none is `main`. */
export async function write(
  url: string,
  path: string,
  body?: unknown,
  workspace = 'main',
): Promise<Response> {
  const reply = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: {
      'idempotency-key': crypto.randomUUID(),
      'plimsoll-workspace': workspace,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!reply.ok) throw new Error(`${path} answered ${reply.status}: ${await reply.text()}`);
  return reply;
}

/** A window on a page, and everything that went wrong in it. */
export async function openPage(browser: Browser, look: Look, address: string) {
  const context = await openContext(browser, look);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(`${error.name}: ${error.message}`));
  page.on('console', (message) => {
    // A refusal that a journey provokes is logged by the browser too; that is not a fault of the page.
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text()))
      faults.push(message.text());
  });
  await page.goto(address);
  await settle(page);
  return { page, faults, close: () => context.close() };
}

export async function dropFile(page: Page, name: string, text: string | Buffer): Promise<void> {
  const buffer = typeof text === 'string' ? Buffer.from(text) : text;
  await page.getByTestId('files').setInputFiles({ name, mimeType: 'text/csv', buffer });
}
