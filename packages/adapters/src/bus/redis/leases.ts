import type { Redis } from 'ioredis';

/** Counts a member as there, forgets those not heard of for the time, and gives how many there are. */
const countMembers = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZADD', KEYS[1], now, ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[2] * 10)
return redis.call('ZCARD', KEYS[1])`;

/** Takes or keeps a lease for the time; 1 where it is the member's, 0 where it is another's. */
const takeLease = `
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1`;

const giveLease = `
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 1`;

/** Who of a group's members reads which stream: one member at a time each, by leases that run out. */
export class Leases {
  readonly #redis: Redis;
  readonly #members: string;
  readonly #member: string;
  readonly #leaseOf: (stream: string) => string;
  readonly leaseMs: number;

  constructor(
    redis: Redis,
    names: { members: string; member: string; leaseOf: (stream: string) => string },
    leaseMs: number,
  ) {
    this.#redis = redis;
    this.#members = names.members;
    this.#member = names.member;
    this.#leaseOf = names.leaseOf;
    this.leaseMs = leaseMs;
  }

  async members(): Promise<number> {
    return Number(
      await this.#redis.eval(countMembers, 1, this.#members, this.#member, this.leaseMs),
    );
  }

  async take(stream: string): Promise<boolean> {
    const taken = await this.#redis.eval(
      takeLease,
      1,
      this.#leaseOf(stream),
      this.#member,
      this.leaseMs,
    );
    return taken === 1;
  }

  async give(stream: string): Promise<void> {
    await this.#redis.eval(giveLease, 1, this.#leaseOf(stream), this.#member);
  }

  async leave(): Promise<void> {
    await this.#redis.zrem(this.#members, this.#member);
  }
}
