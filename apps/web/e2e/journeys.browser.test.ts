import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { desktop, launchBrowser, phone, settle } from './browser.ts';
import { demoWorkspace, dropFile, emptyWorkspace, nativeCsv, openPage } from './journey.ts';
import { type RunningServer, startServer } from './server.ts';

let server: RunningServer;
let browser: Browser;
const light = { theme: 'light', ...desktop } as const;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

test('first run to the demo in one click, and back to one’s own', async () => {
  const w = await emptyWorkspace(server.url);
  const { page, faults, close } = await openPage(browser, light, `${server.url}/overview?w=${w}`);
  await page.getByRole('button', { name: 'Look around the demo' }).click();
  await page.getByRole('region', { name: 'Simulated data' }).waitFor();
  await page.locator('[data-figure="value"]').waitFor();
  expect(await page.locator('[data-figure="value"]').innerText()).toMatch(/\d/);
  for (const name of ['Holdings', 'Transactions', 'Import']) {
    await page
      .getByRole('navigation', { name: 'Main' })
      .first()
      .getByRole('link', { name })
      .click();
    await page.getByRole('heading', { name, level: 1 }).waitFor();
    expect(await page.getByRole('region', { name: 'Simulated data' }).isVisible()).toBe(true);
  }
  await page.getByRole('link', { name: 'Go to my own portfolio' }).click();
  await page.getByRole('region', { name: 'Simulated data' }).waitFor({ state: 'detached' });
  expect(faults).toEqual([]);
  await close();
});

test('first run to an import, the overview, and the import undone', async () => {
  const w = await emptyWorkspace(server.url);
  const { page, faults, close } = await openPage(browser, light, `${server.url}/overview?w=${w}`);
  await page.getByRole('link', { name: 'Import a broker file' }).click();
  await dropFile(page, 'native.csv', nativeCsv());
  await page.getByRole('button', { name: /^Import \d+ rows$/ }).click();
  await page.getByRole('region', { name: 'Result' }).waitFor();
  await page.getByRole('link', { name: 'See the overview' }).click();
  await page.locator('[data-figure="value"]').waitFor();
  await page
    .getByRole('navigation', { name: 'Main' })
    .first()
    .getByRole('link', { name: 'Import' })
    .click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Undo the import' }).click();
  await page.getByText('undone', { exact: true }).waitFor();
  expect(faults).toEqual([]);
  await close();
});

test('a refused row says what is wrong and what mends it, and the valid ones can be taken', async () => {
  const w = await emptyWorkspace(server.url);
  const { page, close } = await openPage(browser, light, `${server.url}/import?w=${w}`);
  await dropFile(page, 'bad.csv', nativeCsv('4,5,1x'));
  await page.getByRole('button', { name: /^Take \d+ rows? only$/ }).waitFor();
  const rows = page.getByRole('region', { name: 'Rows of the files' });
  expect(await rows.getByText('Refused').count()).toBeGreaterThan(0);
  await page.getByRole('button', { name: /^Take \d+ rows? only$/ }).click();
  await page.getByRole('region', { name: 'Result' }).waitFor();
  expect(await page.getByRole('region', { name: 'Result' }).innerText()).toMatch(/left out/);
  await close();
});

const samples = fileURLToPath(
  new URL('../../../../shared/data/brokers/export-samples', import.meta.url),
);
const sample = existsSync(samples)
  ? readdirSync(samples, { recursive: true })
      .map(String)
      .find((name) => /degiro.*\.csv$/i.test(name))
  : undefined;

test.skipIf(sample === undefined)(
  'a broker’s real export is recognised and shown row by row',
  async () => {
    const w = await emptyWorkspace(server.url);
    const { page, faults, close } = await openPage(browser, light, `${server.url}/import?w=${w}`);
    await dropFile(page, 'degiro.csv', readFileSync(join(samples, sample ?? '')));
    await page.getByRole('region', { name: 'Rows of the files' }).waitFor();
    expect(await page.getByRole('combobox', { name: 'Format' }).inputValue()).toBe('degiro');
    expect(faults).toEqual([]);
    await close();
  },
);

test('a number explains itself, term by term, and gives the focus back', async () => {
  const w = await demoWorkspace(server.url);
  const { page, faults, close } = await openPage(browser, light, `${server.url}/overview?w=${w}`);
  const gain = page.locator('[data-figure="gain"]').first();
  await gain.focus();
  await page.keyboard.press('e');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Formula').waitFor();
  const shown = (await gain.innerText()).replace(/[^\d.,]/g, '');
  expect(await dialog.locator('table').innerText()).toContain(shown);
  await dialog.locator('table button').first().click();
  await dialog.getByRole('button', { name: 'Back' }).waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  expect(await page.evaluate(() => document.activeElement?.getAttribute('data-figure'))).toBe(
    'gain',
  );
  expect(faults).toEqual([]);
  await close();
});

test('a transaction is recorded by hand with the keyboard alone', async () => {
  const w = await emptyWorkspace(server.url);
  const { page, faults, close } = await openPage(browser, light, `${server.url}/overview?w=${w}`);
  await page.keyboard.press('g');
  await page.keyboard.press('s');
  await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
  const add = page.getByRole('button', { name: 'Add an account' });
  await add.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByLabel('Name').waitFor();
  await page.keyboard.type('Home');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('g');
  await page.keyboard.press('t');
  await page.getByRole('heading', { name: 'Transactions', level: 1 }).waitFor();
  await page.keyboard.press('c');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Type').selectOption('deposit');
  await dialog.getByLabel('Amount').focus();
  await page.keyboard.type('1,250.50');
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('table', { name: 'Transactions' }).getByText('Deposit').waitFor();
  expect(await page.getByRole('table', { name: 'Transactions' }).innerText()).toContain('1,250.50');
  expect(faults).toEqual([]);
  await close();
});

test('what is missing is said at its field, and the first of it has the focus', async () => {
  const w = await demoWorkspace(server.url);
  const { page, close } = await openPage(
    browser,
    light,
    `${server.url}/transactions?w=${w}&add=buy`,
  );
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Record', exact: true }).click();
  await dialog.getByText('Quantity is missing').waitFor();
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-invalid'))).toBe(
    'true',
  );
  await close();
});

test('the address holds range, filters and grouping, and opens them again', async () => {
  const w = await demoWorkspace(server.url);
  const { page, close } = await openPage(browser, light, `${server.url}/overview?w=${w}`);
  await page.getByRole('radio', { name: '1Y' }).check({ force: true });
  await page.waitForURL(/range=1Y/);
  await page.goto(`${server.url}/holdings?w=${w}&group=account&sort=gain`);
  await settle(page);
  expect(await page.getByRole('radio', { name: 'By account' }).isChecked()).toBe(true);
  expect(await page.locator('th[aria-sort="descending"]').innerText()).toContain('Gain');
  await page.keyboard.press('/');
  await page.keyboard.type('zzzz');
  await page.getByText('No holding fits').waitFor();
  await page.waitForURL(/q=zzzz/);
  await close();
});

test('hidden amounts are nowhere on the page', async () => {
  const w = await demoWorkspace(server.url);
  const { page, close } = await openPage(browser, light, `${server.url}/overview?w=${w}`);
  const main = page.locator('main');
  const amounts = (
    await main
      .locator('[data-figure$="value"], [data-figure="gain"], [data-figure="paidIn"]')
      .allInnerTexts()
  ).filter((text) => /\d/.test(text));
  expect(amounts.length).toBeGreaterThan(5);
  await page.getByRole('button', { name: 'Hide amounts' }).click();
  const text = await main.innerText();
  for (const amount of amounts) expect(text).not.toContain(amount.replace(/^[+−]/, ''));
  await close();
});

for (const view of [desktop, phone]) {
  test(`nothing moves while the overview loads, at ${view.width}`, async () => {
    const w = await demoWorkspace(server.url);
    const { page, close } = await openPage(
      browser,
      { theme: 'light', ...view },
      `${server.url}/settings?w=${w}`,
    );
    await page.addInitScript(() => {
      const seen = { sum: 0 };
      Object.assign(window, { layoutShift: seen });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries())
          seen.sum += (entry as unknown as { value: number }).value;
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await page.goto(`${server.url}/overview?w=${w}`);
    await settle(page);
    const shift = await page.evaluate(
      () => (window as unknown as { layoutShift: { sum: number } }).layoutShift.sum,
    );
    expect(shift).toBeLessThan(0.01);
    await close();
  });
}
