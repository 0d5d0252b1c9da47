import { readAddress } from '../../bus-kit/bus-address.ts';
import { defineBus } from '../../bus-kit/define-bus.ts';

export default defineBus({
  id: 'kafka',
  title: 'Apache Kafka (experimental)',
  schemes: ['kafka', 'kafkas'],
  open: async (address, world) => {
    const read = readAddress(address, 'kafka://localhost:9092');
    // The client is loaded only where it is used: every start reads this file.
    const [{ KafkaBus }, { KafkaServer }] = await Promise.all([
      import('./kafka-bus.ts'),
      import('./kafka-server.ts'),
    ]);
    return new KafkaBus(new KafkaServer(read, world));
  },
});
