import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';

/**
 * JSON is the only body beside uploads, and stays under a megabyte unless its route says otherwise. A
 * body named as text, which a foreign page could send without asking, is not read at all. Where the
 * route wants the text as it is, another thread parses it.
 */
export function acceptJsonOnly(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.decorateRequest('bodyDigest', '');
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, raw, done) => {
    request.bodyDigest = createHash('sha256').update(raw).digest('hex');
    // An empty body with the header is what many clients send along with a DELETE.
    if (raw.length === 0) return done(null, undefined);
    let text: string;
    try {
      text = new TextDecoder('utf-8', { fatal: true }).decode(raw as Buffer);
    } catch {
      const error = Object.assign(new Error('The body is not UTF-8.'), { statusCode: 400 });
      return done(error, undefined);
    }
    if (request.routeOptions.config.asText === true) return done(null, text);
    return parse(request, text, done);
  });
}
