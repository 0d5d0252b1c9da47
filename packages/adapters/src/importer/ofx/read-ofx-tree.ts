/** An element of an OFX file: an aggregate with children, or a leaf with a value. */
export interface OfxElement {
  /** Upper case. */
  readonly name: string;
  /** 1-based line that its tag begins on. */
  readonly line: number;
  readonly value: string;
  readonly children: readonly OfxElement[];
}

interface OpenElement {
  readonly name: string;
  readonly line: number;
  value: string;
  children: OpenElement[];
}

/** What became of a file. */
export interface OfxTree {
  readonly roots: readonly OfxElement[];
  /** Aggregates that the file ends inside of, outermost first. */
  readonly unclosed: readonly string[];
  /** 1-based line on which nesting became deeper than any OFX file's; the rest is not read. */
  readonly tooDeepAt: number | undefined;
}

const deepest = 40;
const longestName = 64;
const tag = /<(\/?)([A-Za-z][A-Za-z0-9._-]*)(?:\s[^<>]*)?(\/?)>/y;
const cdataStart = '<![CDATA[';

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

function entity(whole: string, name: string): string {
  if (!name.startsWith('#')) return entities[name.toLowerCase()] ?? whole;
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
}

const plain = (text: string): string => text.replace(/&(#?[A-Za-z0-9]{1,8});/g, entity).trim();

/**
 * Builds the tree as tags come. OFX 1 leaves the closing tags of leaves out, so an element that is
 * still open when its parent closes was an empty leaf, and what seemed its children are its
 * siblings.
 */
class TreeBuilder {
  readonly #root: OpenElement = { name: '', line: 0, value: '', children: [] };
  readonly #open: OpenElement[] = [this.#root];

  get depth(): number {
    return this.#open.length;
  }

  get #top(): OpenElement {
    return this.#open.at(-1) ?? this.#root;
  }

  start(name: string, line: number, value: string): void {
    const element = { name, line, value, children: [] };
    this.#top.children.push(element);
    if (value === '') this.#open.push(element);
  }

  end(name: string): void {
    const at = this.#open.findLastIndex((element) => element.name === name);
    if (at < 1) return;
    while (this.#open.length > at + 1) this.#flatten();
    this.#open.pop();
  }

  #flatten(): void {
    const leaf = this.#open.pop();
    if (!leaf) return;
    for (const child of leaf.children) this.#top.children.push(child);
    leaf.children = [];
  }

  finish(tooDeepAt: number | undefined): OfxTree {
    return {
      roots: this.#root.children,
      unclosed: this.#open.slice(1).map((element) => element.name),
      tooDeepAt,
    };
  }
}

function linesIn(text: string, from: number, until: number): number {
  let lines = 0;
  for (let at = from; at < until; at++) {
    const code = text.charCodeAt(at);
    if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) lines++;
  }
  return lines;
}

/** Reads the text up to the next tag, CDATA taken literally. */
function textFrom(text: string, start: number): { readonly value: string; readonly next: number } {
  let value = '';
  let at = start;
  while (at < text.length) {
    const next = text.indexOf('<', at);
    const end = next < 0 ? text.length : next;
    value += text.slice(at, end);
    if (next < 0) return { value: plain(value), next: end };
    if (text.startsWith(cdataStart, next)) {
      const close = text.indexOf(']]>', next);
      const stop = close < 0 ? text.length : close;
      value += text.slice(next + cdataStart.length, stop).replaceAll('&', '&amp;');
      at = close < 0 ? text.length : close + 3;
      continue;
    }
    tag.lastIndex = next;
    if (tag.test(text)) return { value: plain(value), next };
    value += '<';
    at = next + 1;
  }
  return { value: plain(value), next: text.length };
}

/**
 * Reads OFX of either version in one pass: SGML without closing tags and XML are the same to it.
 * Entities other than XML's own are left as they are written; nothing is ever expanded or fetched.
 */
export function readOfxTree(text: string): OfxTree {
  const builder = new TreeBuilder();
  const begin = text.search(/<OFX[\s>]/i);
  let at = begin < 0 ? text.length : begin;
  let line = 1 + linesIn(text, 0, at);
  while (at < text.length) {
    tag.lastIndex = at;
    const match = tag.exec(text);
    if (!match) break;
    const [whole, slash, name = '', selfClosed] = match;
    const after = at + whole.length;
    const { value, next } = textFrom(text, after);
    const key = name.slice(0, longestName).toUpperCase();
    if (slash) builder.end(key);
    else {
      builder.start(key, line, selfClosed ? '' : value);
      if (selfClosed) builder.end(key);
    }
    if (builder.depth > deepest) return builder.finish(line);
    line += linesIn(text, at, next);
    at = next;
  }
  return builder.finish(undefined);
}

/** The first child with the name. */
export const childOf = (element: OfxElement | undefined, name: string): OfxElement | undefined =>
  element?.children.find((child) => child.name === name);

/** The value of a leaf by its path below the element; empty where absent. */
export const valueAt = (element: OfxElement, ...path: readonly string[]): string =>
  path.reduce<OfxElement | undefined>(childOf, element)?.value ?? '';

/** All elements with one of the names, at any depth, in the file's order. */
export function elementsNamed(
  elements: readonly OfxElement[],
  names: ReadonlySet<string>,
): readonly OfxElement[] {
  return elements.flatMap((element) =>
    names.has(element.name) ? [element] : elementsNamed(element.children, names),
  );
}
