import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { overflow, violations } from './axe.ts';
import { desktop, launchBrowser, phone, settle } from './browser.ts';
import { demoWorkspace, dropFile, emptyWorkspace, nativeCsv, openPage } from './journey.ts';
import { type RunningServer, startServer } from './server.ts';

let server: RunningServer;
let browser: Browser;
let demo: string;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), launchBrowser()]);
  demo = await demoWorkspace(server.url);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

interface Visit {
  readonly name: string;
  readonly path: string;
  readonly empty?: boolean;
  readonly before?: (page: Page) => Promise<unknown>;
}

const visits: readonly Visit[] = [
  { name: 'first run', path: '/overview', empty: true },
  { name: 'overview', path: '/overview' },
  {
    name: 'overview, chart as table',
    path: '/overview',
    before: (page) => page.getByRole('button', { name: 'View as table' }).click(),
  },
  {
    name: 'explain',
    path: '/overview',
    before: async (page) => {
      await page.locator('[data-figure="value"]').first().click();
      await page.getByRole('dialog').getByText('Formula').waitFor();
    },
  },
  { name: 'holdings', path: '/holdings?group=account' },
  { name: 'transactions', path: '/transactions' },
  {
    name: 'transaction',
    path: '/transactions',
    before: async (page) => {
      await page.locator('[role=row] a').first().click();
      await page.getByRole('dialog').getByRole('heading', { name: 'Postings' }).waitFor();
    },
  },
  { name: 'add a transaction', path: '/transactions?add=split' },
  { name: 'add a price', path: '/transactions?add=price' },
  { name: 'import', path: '/import' },
  {
    name: 'import preview',
    path: '/import',
    empty: true,
    before: async (page) => {
      await dropFile(page, 'bad.csv', nativeCsv('4,5,1x'));
      await page.getByRole('region', { name: 'Rows of the files' }).waitFor();
    },
  },
  { name: 'settings', path: '/settings' },
  { name: 'nothing here', path: '/nowhere' },
];

for (const theme of ['light', 'dark'] as const) {
  for (const view of [desktop, phone]) {
    for (const visit of visits) {
      test(`${visit.name}, ${theme}, ${view.width} px`, async () => {
        const w = visit.empty ? await emptyWorkspace(server.url) : demo;
        const address = `${server.url}${visit.path}${visit.path.includes('?') ? '&' : '?'}w=${w}`;
        const { page, faults, close } = await openPage(browser, { theme, ...view }, address);
        await visit.before?.(page);
        await settle(page);
        expect((await violations(page)).join('\n')).toBe('');
        expect(await overflow(page)).toBeLessThanOrEqual(0);
        expect(faults).toEqual([]);
        await close();
      });
    }
  }
}

for (const { name, path } of visits.filter(({ before, empty }) => !before && !empty)) {
  test(`${name} fits 320 px and 2560 px`, async () => {
    for (const width of [320, 2560]) {
      const address = `${server.url}${path}${path.includes('?') ? '&' : '?'}w=${demo}`;
      const { page, close } = await openPage(
        browser,
        { theme: 'light', width, height: 900 },
        address,
      );
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      await close();
    }
  });
}
