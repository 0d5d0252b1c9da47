import { ok, type Result, refuse } from '@plimsoll/kernel';

/** A JSON value with the line it begins on; numbers are kept as they are written. */
export type JsonNode =
  | {
      readonly kind: 'object';
      readonly line: number;
      readonly members: ReadonlyMap<string, JsonNode>;
    }
  | { readonly kind: 'array'; readonly line: number; readonly items: readonly JsonNode[] }
  | { readonly kind: 'string' | 'number'; readonly line: number; readonly text: string }
  | { readonly kind: 'boolean'; readonly line: number; readonly value: boolean }
  | { readonly kind: 'null'; readonly line: number };

const deepest = 40;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const words: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null };

/** Stops the reader; never leaves this file. */
class Broken extends Error {}

/**
 * Reads JSON in one pass without turning numbers into floats, and remembers lines. Arrays and
 * objects nested deeper than any export's are refused.
 */
class JsonReader {
  readonly #text: string;
  #at = 0;
  #line = 1;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): JsonNode {
    const node = this.#value();
    this.#skipBlanks();
    if (this.#at < this.#text.length) this.#fail('something follows the end of the document');
    return node;
  }

  #fail(what: string): never {
    throw new Broken(`Line ${this.#line}: ${what}.`);
  }

  #skipBlanks(): void {
    for (; this.#at < this.#text.length; this.#at++) {
      const code = this.#text.charCodeAt(this.#at);
      if (code === 10) this.#line++;
      else if (code !== 32 && code !== 9 && code !== 13) return;
    }
  }

  #take(character: string): boolean {
    this.#skipBlanks();
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #value(): JsonNode {
    this.#skipBlanks();
    const line = this.#line;
    switch (this.#text[this.#at]) {
      case '{':
        return this.#nested(() => this.#object(line));
      case '[':
        return this.#nested(() => this.#array(line));
      case '"':
        return { kind: 'string', line, text: this.#string() };
      case undefined:
        return this.#fail('the file ends too early');
      default:
        return this.#plain(line);
    }
  }

  #nested(read: () => JsonNode): JsonNode {
    this.#at++;
    this.#depth++;
    if (this.#depth > deepest) this.#fail('the document is nested too deeply');
    const node = read();
    this.#depth--;
    return node;
  }

  #object(line: number): JsonNode {
    const members = new Map<string, JsonNode>();
    if (this.#take('}')) return { kind: 'object', line, members };
    do {
      this.#skipBlanks();
      if (this.#text[this.#at] !== '"') this.#fail('a name in quotation marks is missing');
      const name = this.#string();
      if (!this.#take(':')) this.#fail(`a colon is missing after "${name.slice(0, 40)}"`);
      members.set(name, this.#value());
    } while (this.#take(','));
    if (!this.#take('}')) this.#fail('a comma or closing brace is missing');
    return { kind: 'object', line, members };
  }

  #array(line: number): JsonNode {
    const items: JsonNode[] = [];
    if (this.#take(']')) return { kind: 'array', line, items };
    do items.push(this.#value());
    while (this.#take(','));
    if (!this.#take(']')) this.#fail('a comma or closing bracket is missing');
    return { kind: 'array', line, items };
  }

  /** Finds the closing quotation mark; what is between is JSON's own to decode. */
  #string(): string {
    const start = this.#at;
    this.#at++;
    for (; this.#at < this.#text.length; this.#at++) {
      const code = this.#text.charCodeAt(this.#at);
      if (code === 92) this.#at++;
      else if (code === 10) this.#fail('a quotation mark is never closed');
      else if (code === 34) {
        this.#at++;
        return this.#decode(this.#text.slice(start, this.#at));
      }
    }
    return this.#fail('a quotation mark is never closed');
  }

  #decode(quoted: string): string {
    try {
      return JSON.parse(quoted) as string;
    } catch {
      return this.#fail('a text has a character that JSON does not allow');
    }
  }

  #plain(line: number): JsonNode {
    number.lastIndex = this.#at;
    const digits = number.exec(this.#text)?.[0];
    if (digits !== undefined) {
      this.#at += digits.length;
      return { kind: 'number', line, text: digits };
    }
    const word = Object.keys(words).find((candidate) => this.#text.startsWith(candidate, this.#at));
    if (word === undefined) return this.#fail('a value is missing');
    this.#at += word.length;
    const value = words[word];
    return typeof value === 'boolean' ? { kind: 'boolean', line, value } : { kind: 'null', line };
  }
}

/** Reads a JSON document; refuses what is none, naming the line. */
export function readJson(text: string): Result<JsonNode> {
  try {
    return ok(new JsonReader(text).document());
  } catch (cause) {
    // Only what the reader itself found wrong is a refusal; all else is a bug.
    if (!(cause instanceof Broken)) throw cause;
    return refuse({ code: 'import.broken-json', detail: cause.message });
  }
}

/** A member of an object; undefined where it is absent, null or the node is no object. */
export function memberOf(node: JsonNode | undefined, name: string): JsonNode | undefined {
  const member = node?.kind === 'object' ? node.members.get(name) : undefined;
  return member?.kind === 'null' ? undefined : member;
}

/** The text of a member, of a number as it is written; empty where absent. */
export function textOf(node: JsonNode | undefined, name: string): string {
  const member = memberOf(node, name);
  return member?.kind === 'string' || member?.kind === 'number' ? member.text.trim() : '';
}

/** The items of an array member. */
export function itemsOf(node: JsonNode | undefined, name: string): readonly JsonNode[] {
  const member = memberOf(node, name);
  return member?.kind === 'array' ? member.items : [];
}
