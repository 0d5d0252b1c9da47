import { type BusMessage, BusRefusal } from '@plimsoll/ports';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeMessage, encodeMessage } from './wire-message.ts';

const text = fc.string({ unit: 'binary' });
const message: fc.Arbitrary<BusMessage> = fc.record(
  {
    id: text,
    topic: fc.constantFrom('a', 'ledger.recorded', 'x-1.y2'),
    key: text,
    workspaceId: fc.option(text),
    at: text,
    payload: fc.jsonValue() as fc.Arbitrary<BusMessage['payload']>,
    publication: fc.nat(),
  },
  { requiredKeys: ['id', 'topic', 'key', 'workspaceId', 'at', 'payload'] },
);

describe('a message on the wire', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(message, (sent) => {
        // JSON has no negative zero.
        const expected = JSON.parse(JSON.stringify(sent));
        expect(decodeMessage(encodeMessage(sent))).toEqual(expected);
      }),
    );
  });

  it('is a text that any encoding of Unicode carries', () => {
    fc.assert(
      fc.property(message, (sent) => {
        const wire = encodeMessage(sent);
        expect(Buffer.from(wire, 'utf8').toString('utf8')).toBe(wire);
        expect([...wire].filter((character) => character < ' ')).toEqual([]);
      }),
    );
  });

  it('is told from whatever else may be on a bus, which never throws', () => {
    fc.assert(
      fc.property(fc.oneof(text, fc.json()), (other) => {
        expect(decodeMessage(other)).toBeNull();
      }),
    );
    const whole = { id: 'i', topic: 't', key: 'k', workspaceId: null, at: '', payload: 1 };
    expect(decodeMessage(JSON.stringify(whole))).toEqual(whole);
    for (const member of Object.keys(whole)) {
      expect(decodeMessage(JSON.stringify({ ...whole, [member]: undefined }))).toBeNull();
    }
  });

  it.each([
    ['x'.repeat(999_998), true],
    ['x'.repeat(999_999), false],
    ['ä'.repeat(499_999), true],
    ['ä'.repeat(500_000), false],
    ['"'.repeat(499_999), true],
    ['"'.repeat(500_000), false],
  ])('is carried up to a payload of 1,000,000 bytes (%#)', (payload, fits) => {
    const large = { id: 'i', topic: 't', key: 'k', workspaceId: null, at: '', payload };
    if (fits) expect(decodeMessage(encodeMessage(large))?.payload === payload).toBe(true);
    else expect(() => encodeMessage(large)).toThrow(BusRefusal);
  });
});
