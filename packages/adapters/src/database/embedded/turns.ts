/** One at a time, in the order they came. */
export interface Turns {
  /** Waits for the turn; whoever has it calls the function given once done. */
  take(): Promise<() => void>;
  readonly waiting: number;
}

/** Turns at the one session that the embedded engine has. */
export function turns(): Turns {
  const queue: (() => void)[] = [];
  let taken = false;
  const next = (): void => {
    const resume = queue.shift();
    if (resume === undefined) taken = false;
    else resume();
  };
  return {
    take: async () => {
      if (taken) await new Promise<void>((resume) => queue.push(resume));
      taken = true;
      let done = false;
      return () => {
        if (done) return;
        done = true;
        next();
      };
    },
    get waiting() {
      return queue.length;
    },
  };
}
