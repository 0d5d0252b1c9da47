import type { BusMessage } from '@plimsoll/ports';

interface Entry {
  readonly message: BusMessage;
  readonly size: number;
}

/** The newest messages, by number. What is beyond its limits is forgotten, oldest first. */
export class MessageLog {
  readonly #maxCount: number;
  readonly #maxSize: number;
  #entries: (Entry | undefined)[] = [];
  /** Place of the oldest entry, and its number. */
  #head = 0;
  #first = 0;
  #size = 0;

  /** @param maxSize in characters of JSON. */
  constructor(maxCount: number, maxSize: number) {
    this.#maxCount = maxCount;
    this.#maxSize = maxSize;
  }

  /** Number of the oldest message kept. */
  get first(): number {
    return this.#first;
  }

  /** Number that the next message will have. */
  get next(): number {
    return this.#first + this.#entries.length - this.#head;
  }

  add(message: BusMessage, size: number): void {
    this.#entries.push({ message, size });
    this.#size += size;
    while (this.next - this.#first > this.#maxCount || this.#size > this.#maxSize) {
      if (this.next - this.#first === 1) break; // the newest is kept, however large
      this.#forgetOldest();
    }
  }

  at(number: number): BusMessage | undefined {
    return this.#entries[this.#head + number - this.#first]?.message;
  }

  #forgetOldest(): void {
    this.#size -= this.#entries[this.#head]?.size ?? 0;
    this.#entries[this.#head] = undefined;
    this.#head++;
    this.#first++;
    if (this.#head < 1024 || this.#head * 2 < this.#entries.length) return;
    this.#entries = this.#entries.slice(this.#head);
    this.#head = 0;
  }
}
