/** Writes numbers and texts as bytes that are the same on every machine, little end first. */
export class ByteWriter {
  #bytes = new Uint8Array(4096);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  /** Room for so many bytes more. */
  #room(more: number): number {
    const start = this.#length;
    this.#length += more;
    if (this.#length > this.#bytes.length) {
      const wider = new Uint8Array(Math.max(this.#length, 2 * this.#bytes.length));
      wider.set(this.#bytes);
      this.#bytes = wider;
      this.#view = new DataView(wider.buffer);
    }
    return start;
  }

  /** Its length, then its UTF-16 code units. */
  text(text: string): void {
    this.integers([text.length]);
    const start = this.#room(2 * text.length);
    for (let i = 0; i < text.length; i++) {
      this.#view.setUint16(start + 2 * i, text.charCodeAt(i), true);
    }
  }

  /** Whole numbers of 32 bits. */
  integers(values: ArrayLike<number>): void {
    const start = this.#room(4 * values.length);
    for (let i = 0; i < values.length; i++) {
      this.#view.setInt32(start + 4 * i, values[i] as number, true);
    }
  }

  /** Their number, then each as a double; there is one NaN, and no zero below zero. */
  numbers(values: ArrayLike<number>): void {
    this.integers([values.length]);
    const start = this.#room(8 * values.length);
    for (let i = 0; i < values.length; i++) {
      const value = values[i] as number;
      const at = start + 8 * i;
      if (Number.isNaN(value)) {
        this.#view.setUint32(at, 0, true);
        this.#view.setUint32(at + 4, 0x7ff80000, true);
      } else this.#view.setFloat64(at, value + 0, true);
    }
  }

  /** All that was written. */
  toBytes(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }
}
