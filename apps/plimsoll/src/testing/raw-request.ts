import { request } from 'node:http';
import { connect } from 'node:net';

/** A request as a browser or an attacker words it: `fetch` would not let Host or Origin be chosen. */
export function rawRequest(
  port: number,
  {
    method = 'GET',
    path,
    headers,
    body,
  }: {
    readonly method?: string;
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string;
  },
): Promise<{ status: number; headers: Record<string, unknown>; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { port, host: '127.0.0.1', method, path, headers, setHost: false },
      (got) => {
        let text = '';
        got.setEncoding('utf8');
        got.on('data', (chunk: string) => {
          text += chunk;
        });
        got.on('end', () => resolve({ status: got.statusCode ?? 0, headers: got.headers, text }));
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Writes bytes to the port and answers what comes back before the other side closes. */
export function rawBytes(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    let text = '';
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => {
      text += chunk;
    });
    socket.on('close', () => resolve(text));
    socket.on('error', reject);
  });
}
