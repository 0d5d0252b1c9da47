/** A foreseeable refusal: a stable `area.reason` code and one sentence that names the values. */
export interface Fault {
  readonly code: string;
  readonly detail: string;
}

export interface Ok<Value> {
  readonly ok: true;
  readonly value: Value;
}

export interface Refused<F> {
  readonly ok: false;
  readonly fault: F;
}

/** What a function answers that may refuse: the value, or the fault that says why not. */
export type Result<Value, F = Fault> = Ok<Value> | Refused<F>;

/** Wraps a value that was had. */
export const ok = <Value>(value: Value): Ok<Value> => ({ ok: true, value });

/** Wraps the reason why a value was not had. */
export const refuse = <F>(fault: F): Refused<F> => ({ ok: false, fault });
