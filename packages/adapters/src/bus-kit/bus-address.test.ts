import { BusRefusal } from '@plimsoll/ports';
import { expect, it } from 'vitest';
import { readAddress, withoutSecrets } from './bus-address.ts';

const example = 'redis://localhost:6379';

it('reads an address, and shows it without credentials', () => {
  const read = readAddress('redis://me:s3cret@host:1234/2?prefix=house', example);
  expect(read).toMatchObject({ prefix: 'house', shown: 'redis://host:1234' });
  expect(readAddress('nats://host', example)).toMatchObject({
    prefix: 'plimsoll',
    shown: 'nats://host',
  });
});

it.each(['', 'host:6379', 'redis://', 'redis://me:s3cret@host?prefix=A', 'redis://:s3cret@?x'])(
  'refuses %j, and repeats no password',
  (address) => {
    const read = () => readAddress(address, example);
    expect(read).toThrow(BusRefusal);
    expect(read).not.toThrow(/s3cret/);
  },
);

it('takes user and password out of what others say, written either way', () => {
  const url = new URL('redis://me:s3%2Fcret@host');
  expect(withoutSecrets('WRONGPASS for me: s3/cret, s3%2Fcret', url)).toBe('WRONGPASS for …: …, …');
});
