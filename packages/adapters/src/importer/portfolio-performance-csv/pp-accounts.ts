/** A purchase or sale ties a securities account to the cash account it was paid from. */
export interface AccountTie {
  readonly securities: string;
  readonly cash: string;
}

/**
 * The program keeps units and cash apart; here one account holds both. Those that trades tie
 * together are one, under the names of its securities accounts.
 */
export class PpAccounts {
  readonly #parents = new Map<string, string>();
  readonly #securities = new Set<string>();

  constructor(names: readonly string[], ties: readonly AccountTie[]) {
    for (const name of names) this.#parents.set(name, name);
    for (const { securities, cash } of ties) {
      this.#securities.add(securities);
      this.#parents.set(this.#rootOf(cash), this.#rootOf(securities));
    }
  }

  #rootOf(name: string): string {
    let root = name;
    let next = this.#parents.get(root);
    while (next !== undefined && next !== root) {
      root = next;
      next = this.#parents.get(root);
    }
    if (root !== name) this.#parents.set(name, root);
    return root;
  }

  /** The account that a name belongs to, under the name it has here. */
  nameOf(name: string): string {
    return this.#names.get(this.#rootOf(name)) ?? name;
  }

  get #names(): ReadonlyMap<string, string> {
    this.#namesByRoot ??= this.#gatherNames();
    return this.#namesByRoot;
  }

  #namesByRoot: ReadonlyMap<string, string> | undefined;

  #gatherNames(): ReadonlyMap<string, string> {
    const members = new Map<string, string[]>();
    for (const name of this.#parents.keys()) {
      const root = this.#rootOf(name);
      const list = members.get(root);
      if (list) list.push(name);
      else members.set(root, [name]);
    }
    return new Map(
      [...members].map(([root, names]) => {
        const securities = names.filter((name) => this.#securities.has(name));
        return [root, (securities.length > 0 ? securities : names).join(' + ')];
      }),
    );
  }

  /** How many accounts there are in the end. */
  get count(): number {
    return this.#names.size;
  }
}
