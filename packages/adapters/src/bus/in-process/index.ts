import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { Bus, BusWorld } from '@plimsoll/ports';
import { invalid } from '../../bus-kit/bus-address.ts';
import { defineBus } from '../../bus-kit/define-bus.ts';
import { MemoryBus } from './memory-bus.ts';
import { PortBus } from './port-bus.ts';
import { servePort } from './serve-port.ts';

/** A bus that other threads of the process can be let in to. */
export interface InProcessBus extends Bus {
  /** A way in for another thread; goes with `postMessage(port, [port])`. */
  connect(): MessagePort;
}

/** Opens the bus of this process in this thread. */
export function openInProcess(world: BusWorld): InProcessBus {
  const bus = new MemoryBus(world);
  return Object.assign(bus, {
    connect: (): MessagePort => {
      const { port1, port2 } = new MessageChannel();
      servePort(bus, port1);
      return port2;
    },
  });
}

/** The bus at the other end of a way in. */
export const connectInProcess = (port: MessagePort): Bus => new PortBus(port);

export default defineBus({
  id: 'in-process',
  title: 'Within the process',
  schemes: [],
  open: async (address, world) => {
    if (address !== '') throw invalid('The bus within the process has no address: leave it empty.');
    return openInProcess(world);
  },
});
