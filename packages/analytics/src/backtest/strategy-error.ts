/** Thrown where the strategy's own code threw. */
export class StrategyError extends Error {
  override readonly name = 'StrategyError';
  readonly where: string;

  constructor(where: string, cause: unknown) {
    super(`the strategy threw in ${where}`, { cause });
    this.where = where;
  }
}
