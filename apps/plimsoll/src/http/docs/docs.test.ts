import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ProblemCode, problems } from '@plimsoll/contracts';
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer, temporaryFolder } from '../../testing/test-server.ts';
import { renderMarkdown } from './markup.ts';
import { problemFolder } from './serve-docs.ts';

const data = temporaryFolder();
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer(data.folder);
}, 60_000);
afterAll(async () => {
  await server.close();
  data.remove();
});
const page = async (path: string) => (await server.send({ method: 'GET', path })).text;
type Operations = Record<
  string,
  Record<string, { operationId: string; parameters?: { name: string }[] }>
>;
const paths = async (): Promise<Operations> => JSON.parse(await page('/openapi.json')).paths;

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    const result = await validator.validate(JSON.parse(await page('/openapi.json')));
    expect(result.errors).toBeUndefined();
    expect([result.valid, validator.version]).toEqual([true, '3.1']);
  });

  it('has every operation under a name of its own', async () => {
    const ids = Object.values(await paths()).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
    // Those of analyses come and go with their folders.
    expect(ids.filter((id) => !/^postAnalyses[A-Z]/.test(id)).toSorted()).toEqual(operations);
  });

  it('asks for a key on every write, but the demo, the preview and what only computes', async () => {
    for (const [path, methods] of Object.entries(await paths())) {
      for (const [method, { parameters = [] }] of Object.entries(methods)) {
        const computes = path.startsWith('/v1/analyses/') || path === '/v1/rebalance';
        const harmless =
          path === '/v1/demo' ||
          path === '/v1/imports/preview' ||
          path === '/v1/etl/preview' ||
          computes;
        const free = method === 'get' || harmless;
        const asks = parameters.some(({ name }) => name.toLowerCase() === 'idempotency-key');
        expect([path, method, asks]).toEqual([path, method, !free]);
      }
    }
  });
});

describe('the pages', () => {
  it('show every operation without a script', async () => {
    const html = await page('/docs');
    for (const path of Object.keys(await paths())) expect(html).toContain(`<code>${path}</code>`);
    expect(html).not.toMatch(/<script|style=|onclick|https?:\/\//);
    expect(await page('/docs/style.css')).toContain('prefers-color-scheme: dark');
  });

  it('explain every problem, and none that there is not', () => {
    const files = readdirSync(problemFolder).map((name) => name.replace(/\.md$/, ''));
    expect(files.toSorted()).toEqual(Object.keys(problems).toSorted());
  });

  it.each(Object.keys(problems) as ProblemCode[])(
    'of %s say what it means and what to do',
    async (code) => {
      const source = readFileSync(join(problemFolder, `${code}.md`), 'utf8');
      expect(source).toContain(
        `# ${problems[code].title}\n\n\`${code}\`, status ${problems[code].status}\n`,
      );
      expect(source).toMatch(/\n## What it means\n[\s\S]+\n## What to do\n/);
      const html = await page(`/docs/problems/${code}`);
      expect(html).toContain(`<h1>${problems[code].title}</h1>`);
    },
  );
});

it('the document of the events is served', async () => {
  const document = JSON.parse(await page('/docs/asyncapi.json'));
  expect(document).toMatchObject({ asyncapi: '3.0.0' });
  expect(Object.keys(document.channels)).toContain('ledger.recorded');
});

it('markdown cannot bring in markup', () => {
  const html = renderMarkdown(
    '# <b>\n\na `<i>` [x](javascript:alert) "quoted"\n\n- one\n- two\n\n```\n<pre>\n```',
  );
  expect(html).toContain('<h1>&#60;b&#62;</h1>');
  expect(html).toContain('<code>&#60;i&#62;</code>');
  expect(html).toContain('<ul><li>one</li><li>two</li></ul>');
  expect(html).toContain('<code>&#60;pre&#62;</code>');
  expect(html).not.toContain('href');
});

const operations = [
  'deleteDemo',
  'deleteMarketLinksId',
  'deletePortfoliosId',
  'deleteRunsId',
  'getAccounts',
  'getActions',
  'getActionsProposals',
  'getActionsRules',
  'getAnalyses',
  'getBars',
  'getBarsCoverage',
  'getEtlMappings',
  'getEtlRuns',
  'getEtlRunsId',
  'getEtlRunsIdRefused',
  'getExplain',
  'getExport',
  'getExposure',
  'getFormats',
  'getFundamentals',
  'getHealth',
  'getHoldings',
  'getImports',
  'getIndices',
  'getIndicesMembers',
  'getInstruments',
  'getInstrumentsIdConstituents',
  'getInstrumentsIdNames',
  'getInstrumentsSearch',
  'getJobs',
  'getJobsId',
  'getMappings',
  'getMarketLinks',
  'getMarketLinksIdCandidates',
  'getMarketProviders',
  'getMarketQuality',
  'getMarketStatus',
  'getModels',
  'getModelsId',
  'getModelsIdCard',
  'getModelsIdDrift',
  'getPerformance',
  'getPerformanceSeries',
  'getPortfolios',
  'getPricesCoverage',
  'getQuotes',
  'getQuotesHistory',
  'getRuns',
  'getRunsCompare',
  'getRunsId',
  'getRunsIdArtifactsName',
  'getStrategies',
  'getStrategiesName',
  'getTransactions',
  'getTransactionsId',
  'getTransactionsIdPostings',
  'getVerify',
  'getWorkspaces',
  'patchAccountsId',
  'patchInstrumentsId',
  'postAccounts',
  'postActions',
  'postActionsDecisions',
  'postActionsIdWithdrawal',
  'postBarsCompaction',
  'postBarsFiles',
  'postDemo',
  'postEtl',
  'postEtlPreview',
  'postImports',
  'postImportsIdUndo',
  'postImportsPreview',
  'postInstruments',
  'postInstrumentsIdNames',
  'postJobsIdCancel',
  'postMarketBackfill',
  'postMarketLinks',
  'postMarketQualityIdDecision',
  'postMarketRefresh',
  'postModels',
  'postModelsIdStage',
  'postPortfolios',
  'postPrices',
  'postPricesFiles',
  'postRebalance',
  'postRuns',
  'postRunsIdCancel',
  'postRunsIdRerun',
  'postRunsIdRetry',
  'postTransactions',
  'postTransactionsIdReversal',
  'postWorkspaces',
  'putActionsRules',
  'putEtlMappings',
  'putInstrumentsIdConstituents',
  'putMappings',
  'putPortfoliosId',
];
