// biome-ignore-all lint/suspicious/noConsole: a command that says which pictures it made
/**
 * Pictures of every page in both themes, on a desktop and on a phone, into ./shots. For looking at.
 *
 *   npm run shots            every page
 *   npm run shots overview   only those with the word in their name
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { desktop, launchBrowser, openContext, phone, settle } from '../e2e/browser.ts';
import { fetchPrices, pricedWorkspace, withPriceFiles } from '../e2e/market.ts';
import { startServer } from '../e2e/server.ts';

interface Shot {
  readonly name: string;
  readonly path: string;
  readonly before?: (page: Page) => Promise<void>;
  /** In the workspace whose prices come from a provider. */
  readonly priced?: boolean;
  /** Only what the window shows: for what is fixed in it. */
  readonly view?: boolean;
}

const inWorkspace = (path: string, w: string) => `${path}${path.includes('?') ? '&' : '?'}w=${w}`;
const demo = (path: string) => inWorkspace(path, 'demo');

const broken = `Datum;Art;Ticker;Stück;Kurs;Währung
03.01.2024;Kauf;ASML;4;612,40;EUR
09.02.2024;Kauf;ASML;zwei;640,10;EUR
11.03.2024;Verkauf;ASML;1;700,00;EUR
`;
const native = `date,type,symbol,quantity,price,amount,fee,tax,currency,account,note
2024-01-03,deposit,,,,5000,,,EUR,,
2024-01-04,buy,ASML,4,612.40,,2,,EUR,,
2024-02-09,buy,VWCE,ten,108.20,,1,,EUR,,
2024-03-11,sell,ASML,1,700,,2,,EUR,,
2024-06-28,dividend,ASML,,,4.50,,0.68,EUR,,
`;
const drop = (name: string, text: string) => async (page: Page) => {
  await page
    .getByTestId('files')
    .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
  await page.getByRole('combobox', { name: 'Format' }).waitFor();
  await page.waitForTimeout(900);
};

async function openDetails(page: Page): Promise<void> {
  await page.locator('main summary').first().click();
  await page.locator('main figure').waitFor();
}

const shots: readonly Shot[] = [
  { name: 'first-run', path: '/overview' },
  { name: 'overview', path: demo('/overview') },
  { name: 'overview-year', path: demo('/overview?range=1Y') },
  {
    name: 'overview-explain',
    path: demo('/overview'),
    view: true,
    before: async (page) => {
      await page.locator('[data-figure="gain"]').first().click();
      await page.getByRole('dialog').getByText('Formula').waitFor();
    },
  },
  { name: 'holdings', path: demo('/holdings') },
  {
    name: 'holdings-lots',
    path: demo('/holdings?group=account'),
    before: async (page) => {
      const first = page.getByRole('button', { name: /^Lots of/ }).first();
      if (await first.isVisible()) await first.click();
    },
  },
  {
    name: 'holding',
    path: demo('/holdings'),
    before: async (page) => {
      await page.locator('th a').first().click();
      await page.waitForURL(/holdings\/./);
    },
  },
  { name: 'transactions', path: demo('/transactions'), view: true },
  {
    name: 'transaction',
    path: demo('/transactions'),
    view: true,
    before: async (page) => {
      await page.locator('[role=row] a').nth(2).click();
      await page.getByRole('dialog').getByRole('heading', { name: 'Postings' }).waitFor();
    },
  },
  { name: 'add', path: demo('/transactions?add=buy'), view: true },
  { name: 'add-price', path: demo('/transactions?add=price'), view: true },
  { name: 'import', path: demo('/import') },
  { name: 'import-preview', path: '/import', before: drop('native.csv', native) },
  { name: 'import-mapping', path: '/import', before: drop('unknown.csv', broken) },
  { name: 'data', path: '/data', priced: true },
  {
    name: 'data-instrument',
    path: '/data',
    priced: true,
    view: true,
    before: (page) => page.getByRole('link', { name: 'ACME' }).click(),
  },
  { name: 'data-quality', path: '/data?tab=quality', priced: true, before: openDetails },
  { name: 'data-notes', path: '/data?tab=quality&kind=note', priced: true },
  {
    name: 'data-repairs',
    path: '/data?tab=quality&kind=repair',
    priced: true,
    before: openDetails,
  },
  { name: 'data-jobs', path: '/data?tab=jobs', priced: true },
  { name: 'data-none', path: demo('/data') },
  { name: 'actions', path: '/actions', priced: true },
  { name: 'actions-known', path: '/actions?tab=known', priced: true },
  { name: 'actions-rules', path: '/actions?tab=rules', priced: true },
  { name: 'actions-enter', path: '/actions?enter=true', priced: true, view: true },
  {
    name: 'actions-own',
    path: '/actions',
    priced: true,
    view: true,
    before: (page) =>
      page
        .getByRole('button', { name: /^Own figures/ })
        .first()
        .click(),
  },
  {
    name: 'live',
    path: demo('/holdings'),
    before: (page) => page.locator('[data-live]:visible').first().waitFor(),
  },
  {
    name: 'live-holding',
    path: demo('/holdings'),
    before: async (page) => {
      // The coin trades on every day of the week.
      await page.getByRole('link', { name: 'SIM:PLIM' }).click();
      await page.waitForURL(/holdings\/./);
      await page.locator('[data-live]:visible').first().waitFor();
    },
  },
  { name: 'needs', path: '/overview', priced: true },
  {
    name: 'holding-actions',
    path: '/holdings',
    priced: true,
    before: async (page) => {
      await page.getByRole('link', { name: 'ACME' }).click();
      await page.waitForURL(/holdings\/./);
    },
  },
  { name: 'settings', path: demo('/settings') },
  {
    name: 'keyboard',
    path: demo('/overview'),
    view: true,
    before: (page) => page.keyboard.press('?'),
  },
];

const only = process.argv[2] ?? '';
const folder = 'shots';
mkdirSync(folder, { recursive: true });
const server = await startServer(withPriceFiles);
const browser = await launchBrowser();
try {
  await fetch(`${server.url}/v1/demo`, {
    method: 'POST',
    headers: { 'idempotency-key': crypto.randomUUID() },
  });
  const priced = await pricedWorkspace(server.url);
  await fetchPrices(server.url, priced);
  for (const theme of ['light', 'dark'] as const) {
    for (const [size, view] of Object.entries({ desktop, phone })) {
      const context = await openContext(browser, { theme, ...view });
      for (const shot of shots.filter(({ name }) => name.includes(only))) {
        const page = await context.newPage();
        const address = shot.priced ? inWorkspace(shot.path, priced) : shot.path;
        await page.goto(`${server.url}${address}`);
        await settle(page);
        await shot.before?.(page);
        await settle(page);
        const path = join(folder, `${shot.name}-${size}-${theme}.png`);
        await page.screenshot({ path, fullPage: !shot.view });
        await page.close();
        console.log(path);
      }
      await context.close();
    }
  }
} finally {
  await browser.close();
  await server.stop();
}
