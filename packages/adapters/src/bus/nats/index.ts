import { readAddress } from '../../bus-kit/bus-address.ts';
import { defineBus } from '../../bus-kit/define-bus.ts';

export default defineBus({
  id: 'nats',
  title: 'NATS JetStream',
  schemes: ['nats', 'tls'],
  open: async (address, world) => {
    const read = readAddress(address, 'nats://localhost:4222');
    // The client is loaded only where it is used: every start reads this file.
    const [{ NatsBus }, { NatsServer }] = await Promise.all([
      import('./nats-bus.ts'),
      import('./nats-connection.ts'),
    ]);
    return new NatsBus(new NatsServer(read, world));
  },
});
