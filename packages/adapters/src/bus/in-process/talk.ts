import type { MessagePort } from 'node:worker_threads';
import { BusRefusal } from '@plimsoll/ports';
import { closed, reasonOf } from '../../bus-kit/refusals.ts';
import type { Answer, Parcel } from './protocol.ts';

/** Questions and answers in both directions over one port. */
export class Talk<Ours, Theirs> {
  readonly #port: MessagePort;
  readonly #waiting = new Map<number, PromiseWithResolvers<Answer>>();
  readonly #over = new AbortController();
  #next = 0;

  /** @param answering carries out what the other side asks. */
  constructor(port: MessagePort, answering: (asked: Theirs) => Promise<Answer>) {
    this.#port = port;
    port.on('message', (parcel: Parcel<Theirs>) => {
      if (parcel.kind === 'answers') {
        this.#waiting.get(parcel.id)?.resolve(parcel.answer);
        this.#waiting.delete(parcel.id);
      } else void this.#answer(parcel.id, answering(parcel.asked));
    });
    port.on('close', () => {
      this.#over.abort();
      for (const { reject } of this.#waiting.values()) reject(closed());
      this.#waiting.clear();
    });
  }

  /** Fires once the other side is gone. */
  get over(): AbortSignal {
    return this.#over.signal;
  }

  async ask(asked: Ours): Promise<Answer & { ok: true }> {
    if (this.#over.signal.aborted) throw closed();
    const id = this.#next++;
    const waiting = Promise.withResolvers<Answer>();
    this.#waiting.set(id, waiting);
    this.#port.postMessage({ kind: 'asks', id, asked } satisfies Parcel<Ours>);
    const answer = await waiting.promise;
    if (answer.ok) return answer;
    throw answer.fault === null ? new Error(answer.reason) : new BusRefusal(answer.fault);
  }

  async #answer(id: number, answering: Promise<Answer>): Promise<void> {
    const answer = await answering.catch(packed);
    this.#port.postMessage({ kind: 'answers', id, answer } satisfies Parcel<Ours>);
  }

  end(): void {
    this.#port.close();
  }
}

const packed = (error: unknown): Answer => ({
  ok: false,
  fault: error instanceof BusRefusal ? error.fault : null,
  reason: reasonOf(error),
});
