// The server under test: its address, tokens for it, its HTTP API, and a link to it that can be cut.
import { createHmac, randomInt, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import net from 'node:net';

const port = Number(process.env.FRESHET_PORT);
const apiKey = process.env.FRESHET_API_KEY;
const tokenSecret = process.env.FRESHET_TOKEN_SECRET;

const part = (json) => Buffer.from(JSON.stringify(json)).toString('base64url');

/** A token with these claims, signed as the server expects it; `exp` is a minute from now unless it is among them. */
export function token(claims, secret = tokenSecret) {
  const now = Math.floor(Date.now() / 1000);
  const text = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ iat: now, exp: now + 60, ...claims })}`;
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

/** Seconds since 1970, this many from now. */
export const inSeconds = (seconds) => Math.floor(Date.now() / 1000) + seconds;

/** A name that no other test has. */
export const unique = (prefix) => `${prefix}${randomUUID()}`;

/** A user's name that no other test has; names are account ids, and so are numbers. */
export const newUser = () => String(randomInt(2 ** 47));

/** Calls the server's API and returns its result; an error inside of the answer is thrown. */
export async function api(method, request) {
  const response = await fetch(`http://127.0.0.1:${port}/api/${method}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-API-Key': apiKey },
    body: JSON.stringify(request),
  });
  const answer = await response.json();
  if (!response.ok || answer.error) {
    throw new Error(`${method}: ${response.status} ${JSON.stringify(answer)}`);
  }
  return answer.result;
}

/** A TCP link to the server that can be cut, so that nobody gets through until it is mended. */
export class Link {
  #pairs = new Set();
  #isCut = false;
  #listener = net.createServer((client) => this.#pass(client));

  static async open() {
    const link = new Link();
    link.#listener.listen(0, '127.0.0.1');
    await once(link.#listener, 'listening');
    return link;
  }

  get port() {
    return this.#listener.address().port;
  }

  cut() {
    this.#isCut = true;
    for (const socket of this.#pairs) {
      socket.destroy();
    }
  }

  mend() {
    this.#isCut = false;
  }

  close() {
    this.cut();
    this.#listener.close();
  }

  #pass(client) {
    if (this.#isCut) {
      client.destroy();
      return;
    }
    const server = net.connect(port, '127.0.0.1');
    for (const [from, to] of [[client, server], [server, client]]) {
      this.#pairs.add(from);
      from.setNoDelay(true);
      from.pipe(to);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        this.#pairs.delete(from);
        to.destroy();
      });
    }
  }
}
