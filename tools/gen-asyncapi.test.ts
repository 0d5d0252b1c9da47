import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { expect, it } from 'vitest';
import { asyncApi } from '../packages/contracts/src/index.ts';

const specification = createRequire(import.meta.url)(
  '@asyncapi/specs/schemas/3.0.0-without-$id.json',
);
const document = asyncApi();
/** The document without its types: it is asked by names that only running it gives. */
const json = JSON.parse(JSON.stringify(document));

const validator = () => {
  const ajv = new Ajv({ strict: false, validateFormats: true });
  addFormats.default(ajv);
  return ajv;
};

it('is a valid AsyncAPI 3.0 document', () => {
  const validate = validator().compile(specification);
  validate(json);
  expect(validate.errors ?? []).toEqual([]);
  // The control: the same judge refuses what is none.
  expect(validate({ ...json, channels: { x: { address: 5 } } })).toBe(false);
});

it('is committed as it would be written now', () => {
  const path = join(import.meta.dirname, '..', 'docs', 'asyncapi.json');
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(json);
});

it('refers only to what is there', () => {
  const references = [...JSON.stringify(json).matchAll(/"\$ref":"#\/([^"]+)"/g)];
  expect(references.length).toBeGreaterThan(10);
  const missing = references
    .map(([, path = '']) => path)
    .filter((path) => {
      const found = path.split('/').reduce((at, part) => at?.[part.replaceAll('~1', '/')], json);
      return found === undefined;
    });
  expect(missing).toEqual([]);
});

it('tells messages as they are from those that are not', () => {
  const ajv = validator();
  ajv.addSchema({ $id: 'doc', ...json });
  const validate = ajv.compile({
    $ref: 'doc#/components/messages/ledger.recorded/payload',
  });
  const message = {
    ...{ id: 'w/ledger:1', topic: 'ledger.recorded', key: 'w', workspaceId: 'w' },
    ...{ at: '2026-04-01T08:00:00.000Z', publication: 0 },
    payload: { first: 1, last: 2, hash: 'ab'.repeat(32) },
  };
  validate(message);
  expect(validate.errors ?? []).toEqual([]);
  expect(validate({ ...message, topic: 'prices.changed' })).toBe(false);
  expect(validate({ ...message, payload: { first: 0 } })).toBe(false);
});
