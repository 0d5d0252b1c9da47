import { ok, type Result, refuse } from '@plimsoll/kernel';
import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** An element of an XML document. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** 1-based line that its start tag begins on. */
  readonly line: number;
}

const metaData = XMLParser.getMetaDataSymbol() as symbol;

/** What the parser makes of an element: its children under its name, its attributes under `:@`. */
type Node = Readonly<Record<string | symbol, unknown>>;

const deepest = 40;

/** Turns offsets into lines in one pass; they must be asked for in ascending order. */
function lineCounter(text: string): (offset: number) => number {
  let line = 1;
  let at = 0;
  return (offset) => {
    for (; at < offset; at++) if (text.charCodeAt(at) === 10) line++;
    return line;
  };
}

function startOf(node: Node): number {
  const meta = node[metaData] as { readonly startIndex?: number } | undefined;
  return meta?.startIndex ?? 0;
}

function attributesOf(node: Node): ReadonlyMap<string, string> {
  const attributes = (node[':@'] ?? {}) as Readonly<Record<string, unknown>>;
  return new Map(Object.entries(attributes).map(([name, value]) => [name, String(value)]));
}

function elementsOf(nodes: readonly Node[], lineAt: (offset: number) => number): XmlElement[] {
  const elements: XmlElement[] = [];
  for (const node of nodes) {
    const name = Object.keys(node).find((key) => key !== ':@' && key !== '#text');
    if (name === undefined || name.startsWith('?')) continue;
    const line = lineAt(startOf(node));
    const children = elementsOf(node[name] as readonly Node[], lineAt);
    elements.push({ name, attributes: attributesOf(node), children, line });
  }
  return elements;
}

const broken = (detail: string) => refuse({ code: 'import.broken-xml', detail });

const longestDetail = 200;

/** One sentence; the parser's own words may quote a whole file. */
function notWhole(line: number | null, words: string): string {
  const detail = words.replaceAll(/\s+/g, ' ').slice(0, longestDetail).replace(/\.$/, '');
  return `The file is no whole XML document${line === null ? '' : `, see its line ${line}`}: ${detail}.`;
}

/**
 * Reads an XML document. Documents that define a type or entities of their own are refused before
 * they are looked at, so nothing in a file can make the reader fetch or expand anything.
 */
export function readXml(text: string): Result<readonly XmlElement[]> {
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) {
    return broken('The file defines a document type, which no broker does; it is not read.');
  }
  const plain = text.replace(/\r\n?/g, '\n');
  const parser = new XMLParser({
    preserveOrder: true,
    captureMetaData: true,
    ignoreAttributes: false,
    attributeNamePrefix: '',
    parseTagValue: false,
    parseAttributeValue: false,
    maxNestedTags: deepest,
    processEntities: { enabled: true, maxTotalExpansions: 1_000_000 },
  });
  try {
    const valid = XMLValidator.validate(plain);
    if (valid !== true) return broken(notWhole(valid.err.line, valid.err.msg));
    return ok(elementsOf(parser.parse(plain) as Node[], lineCounter(plain)));
  } catch (cause) {
    // The parser throws on what its limits forbid; its message says which.
    return broken(notWhole(null, cause instanceof Error ? cause.message : String(cause)));
  }
}
