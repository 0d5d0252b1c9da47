import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { overflow, violations } from './axe.ts';
import { desktop, launchBrowser, phone, settle } from './browser.ts';
import { demoWorkspace, openPage } from './journey.ts';
import { fetchPrices, pricedWorkspace, splitDay, withPriceFiles } from './market.ts';
import { type RunningServer, startServer } from './server.ts';

let server: RunningServer;
let browser: Browser;
/** Looked at, and left as it is. */
let shown: string;
const light = { theme: 'light', ...desktop } as const;
const at = (path: string, w: string) =>
  `${server.url}${path}${path.includes('?') ? '&' : '?'}w=${w}`;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(withPriceFiles), launchBrowser()]);
  shown = await pricedWorkspace(server.url);
  await fetchPrices(server.url, shown);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

test('a row that was kept back is rejected with a reason, and that is taken back', async () => {
  const { page, faults, close } = await openPage(browser, light, at('/data?tab=quality', shown));
  await page.getByText('Figures and prices around the day').first().click();
  await page.locator('figure svg').waitFor();
  await page.getByRole('button', { name: 'View as table' }).click();
  expect(await page.locator('figure tbody tr').count()).toBeGreaterThan(20);
  await page.getByRole('button', { name: /^Reject: ACME/ }).click();
  await page.getByLabel('Reason').fill('It never traded there.');
  await page.getByRole('dialog').getByRole('button', { name: 'Reject' }).click();
  await page.getByText('No row is kept back').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('The row has no close.').waitFor();
  expect(faults).toEqual([]);
  await close();
});

test('a repair shows what was and what is, and is undone with a reason', async () => {
  const { page, close } = await openPage(
    browser,
    light,
    at('/data?tab=quality&kind=repair', shown),
  );
  await page.getByText('Figures and prices around the day').first().click();
  await page.getByText('Before → after').waitFor();
  await page.locator('figure circle').waitFor();
  await page.getByRole('button', { name: /^Undo the repair/ }).click();
  await page.getByLabel('Reason').fill('Tried.');
  await page.getByRole('dialog').getByRole('button', { name: 'Undo the repair' }).click();
  await page.getByText('Nothing was repaired').waitFor();
  await page.getByLabel('Decided ones too').check();
  await page.getByText('Undone by owner: Tried.').waitFor();
  await close();
});

test('prices are fetched from the page, the job says what came of it, and its address opens it', async () => {
  const w = await pricedWorkspace(server.url);
  const { page, faults, close } = await openPage(browser, light, at('/data', w));
  await page.getByText('Price files (CSV)').waitFor();
  await page.getByRole('button', { name: 'Refresh all' }).click();
  await page.getByText(/^Started: Refresh prices of \d+ listings/).waitFor();
  await page.getByRole('link', { name: 'Jobs' }).click();
  await page.getByText('Done in part').first().waitFor();
  await page
    .getByRole('link', { name: /^Refresh prices/ })
    .first()
    .click();
  const drawer = page.getByRole('dialog');
  await drawer.getByText(/has prices of OBSC/).waitFor();
  await page.reload();
  await drawer.getByText('Given up').first().waitFor();
  expect(faults).toEqual([]);
  await close();
});

test('what needs the holder leads to the proposals; one is confirmed, undone, and confirmed with own figures', async () => {
  const w = await pricedWorkspace(server.url);
  await fetchPrices(server.url, w);
  const { page, faults, close } = await openPage(browser, light, at('/overview', w));
  await page.getByText('2 corporate actions to confirm').waitFor();
  await page.getByRole('link', { name: 'Look at them' }).click();
  await page
    .getByRole('button', { name: /^Confirm: Dividend of ACME/ })
    .first()
    .click();
  await page.getByText('Confirmed: 1 transaction recorded.').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('Reversed. It is open again.').waitFor();
  await page
    .getByRole('button', { name: /^Own figures/ })
    .first()
    .click();
  await page.getByLabel('Tax withheld').fill('0.75');
  await page.getByRole('dialog').getByRole('button', { name: 'Confirm' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: /^Decline/ }).click();
  await page.getByText('Nothing to confirm', { exact: true }).first().waitFor();
  await page.getByRole('link', { name: 'Decided' }).click();
  await page.getByText('Declined', { exact: true }).waitFor();
  await page.getByRole('link', { name: /^Open the transaction/ }).click();
  const transaction = page.getByRole('dialog');
  await transaction.getByText(/0\.75/).first().waitFor();
  expect(faults).toEqual([]);
  await close();
});

test('an instrument says how old its prices are, and can be unlinked and linked to a symbol', async () => {
  const w = await pricedWorkspace(server.url);
  await fetchPrices(server.url, w);
  const { page, faults, close } = await openPage(browser, light, at('/data?show=attention', w));
  await page.getByRole('link', { name: 'OBSC' }).click();
  const drawer = page.getByRole('dialog');
  await drawer.getByText(/There are no prices; they should reach/).waitFor();
  await drawer.getByRole('button', { name: 'Unlink' }).click();
  await drawer.getByRole('button', { name: 'Unlink it' }).click();
  await page.getByText('Unlinked. It is not linked by rule again.').waitFor();
  await drawer.getByLabel('Its symbol').fill('ACME');
  await drawer.getByRole('button', { name: 'Link', exact: true }).click();
  await page.getByText('Linked to csv-folder:ACME.').waitFor();
  expect(faults).toEqual([]);
  await close();
});

test('a split is entered with the keyboard alone, by a rule without asking', async () => {
  const w = await pricedWorkspace(server.url);
  await fetchPrices(server.url, w);
  const { page, faults, close } = await openPage(browser, light, at('/actions?tab=rules', w));
  await page.getByLabel('Split', { exact: false }).first().focus();
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Record without asking' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('Split: recorded without asking.').waitFor();
  await page.getByRole('button', { name: 'Enter one' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('combobox', { name: 'Instrument' }).fill('ACME');
  await page.getByRole('option', { name: /ACME/ }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.getByLabel('Ex-day').fill(splitDay());
  await page.getByLabel('Ratio', { exact: true }).fill('4:1');
  await page.keyboard.press('Enter');
  await page
    .getByText('The action is entered, and offered to each account that held it.')
    .waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('h');
  await page.getByRole('heading', { name: 'Holdings', level: 1 }).waitFor();
  await page.getByRole('row', { name: /ACME/ }).getByText('40', { exact: true }).waitFor();
  expect(faults).toEqual([]);
  await close();
});

test('live prices of the demo move beside the closes, are called simulated, and change no value', async () => {
  const w = await demoWorkspace(server.url);
  const { page, faults, close } = await openPage(browser, light, at('/holdings', w));
  const live = page.locator('[data-live]:visible').first();
  await live.waitFor();
  const total = await page.locator('[data-figure="value"]').first().innerText();
  const before = await live.innerText();
  expect(before).toContain('simulated');
  await page.waitForFunction(
    (text) =>
      [...document.querySelectorAll<HTMLElement>('[data-live]')].find(
        (element) => element.offsetParent !== null,
      )?.innerText !== text,
    before,
  );
  expect(await page.locator('[data-figure="value"]').first().innerText()).toBe(total);
  expect(faults).toEqual([]);
  await close();
});

interface Visit {
  readonly name: string;
  readonly path: string;
  readonly before?: (page: Page) => Promise<unknown>;
}

const openDetails = async (page: Page) => {
  await page.locator('main summary').first().click();
  await page.locator('main figure').waitFor();
};

const visits: readonly Visit[] = [
  {
    name: 'prices',
    path: '/data',
    before: (page) => page.getByText('Not turned on').click(),
  },
  {
    name: 'instrument',
    path: '/data',
    before: async (page) => {
      await page.getByRole('link', { name: 'ACME' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Choose another' }).click();
    },
  },
  { name: 'rows kept back', path: '/data?tab=quality&all=true', before: openDetails },
  { name: 'repairs', path: '/data?tab=quality&kind=repair&all=true', before: openDetails },
  { name: 'notes', path: '/data?tab=quality&kind=note' },
  { name: 'jobs', path: '/data?tab=jobs' },
  { name: 'proposals', path: '/actions' },
  {
    name: 'own figures',
    path: '/actions',
    before: (page) =>
      page
        .getByRole('button', { name: /^Own figures/ })
        .first()
        .click(),
  },
  { name: 'decided', path: '/actions?tab=decided' },
  { name: 'known actions', path: '/actions?tab=known' },
  { name: 'rules', path: '/actions?tab=rules' },
  { name: 'enter an action', path: '/actions?enter=true' },
];

for (const theme of ['light', 'dark'] as const) {
  for (const view of [desktop, phone]) {
    test(`every part is accessible and fits, ${theme}, ${view.width} px`, async () => {
      for (const { name, path, before } of visits) {
        const opened = await openPage(browser, { theme, ...view }, at(path, shown));
        await before?.(opened.page);
        await settle(opened.page);
        expect(await violations(opened.page), name).toEqual([]);
        expect(await overflow(opened.page), name).toBeLessThanOrEqual(0);
        expect(opened.faults, name).toEqual([]);
        await opened.close();
      }
    });
  }
}

test('every part fits 320 px and 2560 px', async () => {
  for (const width of [320, 2560]) {
    for (const { name, path, before } of visits) {
      const look = { theme: 'light', width, height: 900 } as const;
      const { page, close } = await openPage(browser, look, at(path, shown));
      await before?.(page);
      expect(await overflow(page), name).toBeLessThanOrEqual(0);
      await close();
    }
  }
});
