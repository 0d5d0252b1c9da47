import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImportRequest } from '../engine.ts';
import { askEverything } from '../testing/ask-everything.ts';
import { haveSamples, sampleFile, samplePaths, samplesNotice } from '../testing/shared-samples.ts';
import { file, had, into, type TestEngine, testEngine } from '../testing/test-engine.ts';
import type { UploadedFile } from '../use-case.ts';
import type { HoldingView, ImportPreviewView, ImportSummaryView } from '../views.ts';

const by = { actor: 'test' };

/** Totals that a sample states and its own rows do not add up to, each with the reason. */
const before = 'the file begins in the middle of the history';
const refusedRows = 'rows that close what an earlier history opened are refused';
const knownDisagreements: Readonly<Record<string, string>> = {
  'export-samples/degiro-export.csv': refusedRows,
  'export-samples/swissquote-export.csv': refusedRows,
  'ofx/anzcc.ofx': before,
  'ofx/bank_medium.ofx': before,
  'ofx/checking.ofx': before,
  'ofx/fidelity.ofx': before,
  'ofx/investment_401k.ofx': before,
  'ofx/multiple_accounts.ofx': before,
  'ofx/multiple_accounts2.ofx': before,
  'ofx/suncorp.ofx': before,
  'ofx/vanguard.ofx': refusedRows,
  'ofx/vanguard401k.ofx': refusedRows,
  'single-transaction/DeGiro_EN_BuyOrders/single_buy_marketfund.csv': before,
  'single-transaction/DeGiro_EN_SellOrders/single_sell_marketfund.csv': before,
  'single-transaction/DeGiro_NL_CashTransactions/single_deposit.csv': before,
  'single-transaction/DeGiro_NL_CashTransactions/single_dividend_notax.csv': before,
  'single-transaction/DeGiro_PT_CashTransactions/single_fee.csv': before,
};

let test: TestEngine;
const outcomes = new Map<string, string>();

const take = (workspace: string, files: readonly UploadedFile[], request: ImportRequest) =>
  test.engine.importFiles(workspace, files, request, by);

const heldAs = (holdings: readonly HoldingView[]) =>
  holdings
    .map(({ account, instrument, kind, currency, quantity, cost }) => ({
      account,
      instrument,
      kind,
      currency,
      quantity,
      cost,
    }))
    .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

const holdingsOf = async (workspace: string) =>
  had(await test.engine.holdings(workspace, { portfolio: 'all', lots: true })).holdings;

function expectHelpfulRefusals({ refused }: ImportSummaryView, name: string): void {
  for (const row of refused) {
    expect(row).toEqual({
      file: name,
      line: expect.any(Number),
      column: row.column === null ? null : expect.any(String),
      value: expect.any(String),
      code: expect.stringMatching(/^(import|ledger|transaction)\.[a-z-]+$/),
      reason: expect.stringMatching(/\S.*\.$/su),
      fix: expect.stringMatching(/\S.*\.$/su),
    });
    expect(row.line).toBeGreaterThanOrEqual(1);
    expect(row.value.length).toBeLessThanOrEqual(80);
  }
}

function expectTotalsToAgree(path: string, { checks }: ImportSummaryView): void {
  const disagreeing = checks.filter(({ agrees }) => !agrees);
  if (path in knownDisagreements) expect(disagreeing).not.toEqual([]);
  else expect(disagreeing).toEqual([]);
}

/** One line of the table of outcomes. */
function outcome(path: string, preview: ImportPreviewView): string {
  const codes = Map.groupBy(preview.refused, ({ code }) => code);
  const refused = [...codes].map(([code, rows]) => `${code} × ${rows.length}`).sort();
  const checks = preview.checks.map(
    ({ what, ours, agrees }) => `${what} ${agrees ? '=' : '≠'} ${ours}`,
  );
  return [
    path,
    preview.format,
    `added ${preview.added}`,
    `ignored ${preview.ignored}`,
    refused.join(', ') || 'none refused',
    checks.join(', ') || 'no totals',
  ].join(' | ');
}

/** Takes the file, all of it or, where rows are refused, the valid ones; answers the import's id. */
async function takeOnce(workspace: string, sample: UploadedFile, preview: ImportPreviewView) {
  const whole = await take(workspace, [sample], into('Broker'));
  if (preview.refused.length > 0) {
    expect(whole).toMatchObject({ ok: false, fault: { code: 'import.refused' } });
    expect(await holdingsOf(workspace)).toEqual([]);
    expect(had(await test.engine.imports(workspace))).toEqual([]);
  } else {
    had(whole);
  }
  if (whole.ok) return whole.value.value;
  return had(await take(workspace, [sample], into('Broker', { acceptValid: true }))).value;
}

async function expectExportToComeBack(workspace: string): Promise<void> {
  const copy = await test.workspace();
  const content = had(await test.engine.exportCsv(workspace));
  had(await take(copy, [file('export.csv', content)], into('Broker')));
  expect(heldAs(await holdingsOf(copy))).toEqual(heldAs(await holdingsOf(workspace)));
  const again = had(await take(workspace, [file('export.csv', content)], into('Broker'))).value;
  expect(again.added).toBe(0);
}

describe.skipIf(!haveSamples)(`every sample export${samplesNotice}`, () => {
  beforeAll(async () => {
    test = await testEngine();
  }, 60_000);
  afterAll(() => test.close());

  it.each(samplePaths)('%s', async (path) => {
    const w = await test.workspace();
    const sample = sampleFile(path);
    const previewed = await test.engine.previewImport(w, [sample], into('Broker'));
    if (!previewed.ok) {
      outcomes.set(path, `${path} | ${previewed.fault.code}: ${previewed.fault.detail}`);
      expect(previewed.fault.detail).toContain(sample.name);
      return;
    }
    const preview = previewed.value;
    outcomes.set(path, outcome(path, preview));
    expectHelpfulRefusals(preview, sample.name);
    expectTotalsToAgree(path, preview);
    const taken = await takeOnce(w, sample, preview);
    expect(taken.added).toBe(preview.added);
    const holdings = await askEverything(test.engine, w);
    if (taken.importId === null) return;

    const again = had(await take(w, [sample], into('Broker', { acceptValid: true }))).value;
    expect(again).toMatchObject({ added: 0, skipped: taken.added + taken.skipped });
    expect(again.checks).toEqual(taken.checks);
    await expectExportToComeBack(w);

    had(await test.engine.undoImport(w, taken.importId, by));
    expect(await holdingsOf(w)).toEqual([]);
    const anew = had(await take(w, [sample], into('Broker', { acceptValid: true }))).value;
    expect(anew.added).toBe(taken.added);
    expect(heldAs(await holdingsOf(w))).toEqual(heldAs(holdings));
  });

  it('comes out as before, file by file', async () => {
    const table = `${samplePaths.map((path) => outcomes.get(path) ?? `${path} | failed`).join('\n')}\n`;
    await expect(table).toMatchFileSnapshot('./sample-outcomes.txt');
  });

  it('leaves a record that the independent check finds whole', async () => {
    expect((await test.engine.verify()).findings).toEqual([]);
  });
});
