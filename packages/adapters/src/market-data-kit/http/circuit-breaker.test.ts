import { describe, expect, it } from 'vitest';
import { CircuitBreaker } from './circuit-breaker.ts';

function breakerAt() {
  let now = 0;
  const breaker = new CircuitBreaker(() => now);
  const failTimes = (times: number) => {
    for (let i = 0; i < times; i++) breaker.failed();
  };
  return { breaker, failTimes, pass: (ms: number) => (now += ms) };
}

describe('a circuit breaker', () => {
  it('opens after five failures in a row, and success in between begins anew', () => {
    const { breaker, failTimes } = breakerAt();
    failTimes(4);
    breaker.succeeded();
    failTimes(4);
    expect(breaker.enter()).toBe(0);
    failTimes(1);
    expect(breaker.enter()).toBe(30_000);
  });

  it('lets one request through after the pause, and no other beside it', () => {
    const { breaker, failTimes, pass } = breakerAt();
    failTimes(5);
    pass(30_000);
    expect(breaker.enter()).toBe(0);
    expect(breaker.enter()).toBeGreaterThan(0);
    breaker.succeeded();
    expect([breaker.enter(), breaker.enter()]).toEqual([0, 0]);
  });

  it('waits twice as long after each probe that fails, up to ten minutes', () => {
    const { breaker, failTimes, pass } = breakerAt();
    failTimes(5);
    const waits: number[] = [];
    for (let i = 0; i < 7; i++) {
      pass(breaker.waitingMs());
      expect(breaker.enter()).toBe(0);
      breaker.failed();
      waits.push(breaker.waitingMs());
    }
    expect(waits).toEqual([60_000, 120_000, 240_000, 480_000, 600_000, 600_000, 600_000]);
  });

  it('lets another probe when one was given up', () => {
    const { breaker, failTimes, pass } = breakerAt();
    failTimes(5);
    pass(30_000);
    breaker.enter();
    breaker.abandoned();
    expect(breaker.enter()).toBe(0);
  });

  it('takes nothing from requests that were under way when it opened', () => {
    const { breaker, failTimes } = breakerAt();
    failTimes(9);
    expect(breaker.waitingMs()).toBe(30_000);
  });
});
