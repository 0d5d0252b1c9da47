import { readAddress } from '../../bus-kit/bus-address.ts';
import { defineBus } from '../../bus-kit/define-bus.ts';

export default defineBus({
  id: 'redis',
  title: 'Redis Streams',
  schemes: ['redis', 'rediss'],
  open: async (address, world) => {
    const read = readAddress(address, 'redis://localhost:6379');
    // The client is loaded only where it is used: every start reads this file.
    const [{ RedisBus }, { RedisStreams }] = await Promise.all([
      import('./redis-bus.ts'),
      import('./redis-streams.ts'),
    ]);
    return new RedisBus(new RedisStreams(read, world));
  },
});
