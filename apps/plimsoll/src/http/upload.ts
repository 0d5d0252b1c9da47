import { createHash } from 'node:crypto';
import type { MultipartFile, MultipartValue } from '@fastify/multipart';
import type { UploadedFile } from '@plimsoll/engine';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { isStorable, requireCleanBody } from './clean-text.ts';
import { digestOf } from './idempotency.ts';
import { RequestRefusal } from './problem-reply.ts';

/** What an upload may weigh as a whole. */
export const maxUploadBytes = 64 * 1024 * 1024;
const maxOptionsBytes = 1024 * 1024;
const maxFiles = 2000;

/** A multipart request: files and one part of options. */
export interface Upload<Options> {
  readonly files: UploadedFile[];
  readonly options: Options;
  /** Of all that came, for the Idempotency-Key. */
  readonly digest: string;
}

/** Reads a multipart request whole; refuses what does not fit the contract, naming the part. */
export async function readUpload<S extends z.ZodType>(
  request: FastifyRequest,
  schema: S,
): Promise<Upload<z.output<S>>> {
  requireMultipart(request);
  try {
    return await readParts(request, schema);
  } catch (error) {
    if (!(error instanceof Error) || !parserWords.test(error.message)) throw error;
    if (error instanceof RequestRefusal) throw error;
    throw new RequestRefusal({
      code: 'request.unreadable',
      detail: `The multipart body cannot be read: ${error.message.slice(0, 200)}.`,
    });
  }
}

async function readParts<S extends z.ZodType>(
  request: FastifyRequest,
  schema: S,
): Promise<Upload<z.output<S>>> {
  const files: UploadedFile[] = [];
  const digests: string[] = [];
  const budget = { left: maxUploadBytes };
  let options: string | undefined;
  for await (const part of request.parts({ limits })) {
    if (part.fieldname === 'options') {
      if (options !== undefined) throw invalid('options: there are two parts of this name');
      options = await textOf(part, budget);
    } else if (part.fieldname === 'files' && part.type === 'file') {
      const { bytes, digest } = await contentOf(part, budget);
      files.push({ name: fileName(part.filename), bytes });
      digests.push(part.filename, digest);
    } else {
      throw invalid(`${part.fieldname.slice(0, 80)}: is not a part of this request`);
    }
  }
  if (files.length === 0) throw invalid('files: there is no file in the request');
  return {
    files,
    options: parseOptions(options, schema),
    digest: digestOf([options ?? '', ...digests]),
  };
}

/** The parser's errors have no class or code of their own. */
const parserWords = /multipart|boundary|unexpected end|part terminated|malformed/i;

const limits = {
  files: maxFiles,
  parts: maxFiles + 10,
  fieldSize: maxOptionsBytes,
  fileSize: maxUploadBytes + 1,
  headerPairs: 20,
};

function requireMultipart(request: FastifyRequest): void {
  if (!request.isMultipart()) {
    throw new RequestRefusal({
      code: 'request.unsupported-type',
      detail:
        'Send multipart/form-data: the files as parts named "files", the choices as JSON in a part named "options".',
    });
  }
  if (Number(request.headers['content-length'] ?? 0) > maxUploadBytes + maxOptionsBytes)
    throw tooLarge();
}

interface Budget {
  left: number;
}

/** The bytes of a file, and their SHA-256 taken while they come. */
async function contentOf(
  part: MultipartFile,
  budget: Budget,
): Promise<{ bytes: Uint8Array; digest: string }> {
  const chunks: Buffer[] = [];
  const hash = createHash('sha256');
  let length = 0;
  for await (const chunk of part.file as AsyncIterable<Buffer>) {
    budget.left -= chunk.length;
    if (budget.left < 0) throw tooLarge();
    chunks.push(chunk);
    hash.update(chunk);
    length += chunk.length;
  }
  // Memory of its own, not of Node's pool, so that it can be moved to another thread.
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return { bytes, digest: hash.digest('hex') };
}

/** `curl -F options=@choices.json` sends the options as a file. */
async function textOf(part: MultipartFile | MultipartValue, budget: Budget): Promise<string> {
  if (part.type === 'file') {
    const { bytes } = await contentOf(part, budget);
    if (bytes.length > maxOptionsBytes) throw tooLarge();
    return new TextDecoder().decode(bytes);
  }
  if ((part as { valueTruncated?: boolean }).valueTruncated) throw tooLarge();
  return typeof part.value === 'string' ? part.value : JSON.stringify(part.value);
}

function parseOptions<S extends z.ZodType>(text: string | undefined, schema: S): z.output<S> {
  if (text !== undefined && !isStorable(text)) throw invalid('options: hold a NUL character');
  const given = text === undefined ? {} : parseJson(text);
  requireCleanBody(given, 'options');
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map(({ path, message }) => ({
    path: ['options', ...path.map(String)].join('.').slice(0, 200),
    message,
  }));
  throw invalid(
    errors
      .slice(0, 5)
      .map(({ path, message }) => `${path}: ${message}`)
      .join('; '),
    {
      errors: errors.slice(0, 50),
    },
  );
}

function parseJson(text: string): unknown {
  try {
    // A member named __proto__ stays a plain member: JSON.parse defines it, and the schema refuses it.
    return JSON.parse(text);
  } catch {
    // The parser's own words quote the text, which may be long; ours say where to look.
    throw invalid('options: is not JSON');
  }
}

/** The last part of whatever path a client names, without characters that no file list should show. */
function fileName(given: string): string {
  const name = given.split(/[/\\]/).at(-1) ?? '';
  const clean = [...name.toWellFormed()].filter((c) => c >= ' ' && c !== '\u007f').join('');
  return clean.slice(0, 200) || 'unnamed';
}

const invalid = (detail: string, facts?: Readonly<Record<string, unknown>>): RequestRefusal =>
  new RequestRefusal({ code: 'request.invalid', detail, facts });

const tooLarge = (): RequestRefusal =>
  new RequestRefusal({
    code: 'request.too-large',
    detail: `The upload is larger than ${maxUploadBytes / 1024 / 1024} MB. Send fewer files at a time, or a shorter period.`,
  });
