import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, temporaryFolder } from '../testing/test-server.ts';

const data = temporaryFolder();
let server: Awaited<ReturnType<typeof startTestServer>>;
beforeAll(async () => {
  writeFileSync(
    join(data.folder, 'market-data.yaml'),
    'providers:\n  ecb: {}\n  tiingo: { key: SECRET-KEY-1, requestsPerHour: no }\n  yaho: {}\n',
  );
  server = await startTestServer(data.folder);
}, 60_000);
afterAll(async () => {
  await server.close();
  data.remove();
});

describe('GET /v1/market/providers', () => {
  it('lists what there is, what is on, and the mistakes of the file with their lines', async () => {
    const { status, json, text } = await server.send({
      method: 'GET',
      path: '/v1/market/providers',
    });
    expect(status).toBe(200);
    const reply = json as {
      providers: { id: string; enabled: boolean; gives: string[]; about: { key: string } | null }[];
      mistakes: { line: number; detail: string }[];
    };
    const byId = new Map(reply.providers.map((one) => [one.id, one]));
    expect(byId.get('ecb')).toMatchObject({
      enabled: true,
      state: 'unknown',
      gives: ['daily', 'search'],
    });
    expect(byId.get('yahoo')).toMatchObject({ enabled: false, about: { key: 'none' } });
    expect(byId.get('csv-folder')).toMatchObject({ about: null, kinds: null });
    expect(reply.mistakes.map(({ line }) => line)).toEqual([3, 4]);
    expect(text).not.toContain('SECRET-KEY-1');
    expect(server.breaches).toEqual([]);
  });
});
