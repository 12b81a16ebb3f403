// The ways in which centrifuge-js reaches a server, and clients that go by them.
import { Centrifuge as JsonCentrifuge } from 'centrifuge';
import { Centrifuge as ProtobufCentrifuge } from 'centrifuge/build/protobuf';
import EventSource from 'eventsource';
import WebSocket from 'ws';

const PATIENCE_MS = 15_000;

const json = { name: 'JSON', Client: JsonCentrifuge, pack: (data) => data, unpack: (data) => data };
const protobuf = {
  name: 'Protobuf',
  Client: ProtobufCentrifuge,
  pack: (data) => new TextEncoder().encode(JSON.stringify(data)),
  unpack: (data) => JSON.parse(new TextDecoder().decode(data)),
};

const way = (transport, scheme, encoding) => ({ name: `${transport}, ${encoding.name}`, transport, scheme, encoding });

/** Each transport with each encoding that it carries. */
export const ways = [
  way('websocket', 'ws', json),
  way('websocket', 'ws', protobuf),
  way('sse', 'http', json),
  way('http_stream', 'http', json),
  way('http_stream', 'http', protobuf),
];

/** What has happened to a client or a subscription, as lines of text in order. */
class Journal {
  lines = [];
  #look = () => {};

  write(line) {
    this.lines.push(line);
    this.#look();
  }

  /** Waits for a line, after the first `after` lines. */
  async sees(line, after = 0) {
    const isThere = () => this.lines.slice(after).includes(line);
    if (!isThere()) {
      await new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`"${line}" is not among ${JSON.stringify(this.lines)}`)), PATIENCE_MS);
        this.#look = () => {
          if (isThere()) {
            clearTimeout(timer);
            resolve();
          }
        };
      });
    }
  }
}

/** A client that goes one way, and writes down what it hears. */
export class Reader {
  journal = new Journal();

  constructor(by, port, options) {
    this.encoding = by.encoding;
    const endpoint = `${by.scheme}://127.0.0.1:${port}/connection/${by.transport}`;
    this.client = new by.encoding.Client([{ transport: by.transport, endpoint }], {
      websocket: WebSocket,
      eventsource: EventSource,
      emulationEndpoint: `http://127.0.0.1:${port}/emulation`,
      minReconnectDelay: 50,
      maxReconnectDelay: 300,
      ...options,
    });
    const { client, journal } = this;
    client.on('connected', () => journal.write('connected'));
    client.on('connecting', ({ code }) => journal.write(`connecting ${code}`));
    client.on('disconnected', ({ code }) => journal.write(`disconnected ${code}`));
    client.on('subscribed', (e) => journal.write(`subscribed ${e.channel}${recovery(e)}`));
    client.on('unsubscribed', (e) => journal.write(`unsubscribed ${e.channel}`));
    client.on('publication', (e) => journal.write(`${e.channel}: ${this.#text(e)}`));
  }

  async connect() {
    this.client.connect();
    await this.client.ready(PATIENCE_MS);
    return this;
  }

  /** A subscription with a journal of its own, subscribed already. */
  async subscribe(channel, options = {}) {
    const sub = this.subscription(channel, options);
    await sub.ready(PATIENCE_MS);
    return sub;
  }

  subscription(channel, options = {}) {
    const sub = this.client.newSubscription(channel, { minResubscribeDelay: 50, maxResubscribeDelay: 300, ...options });
    const journal = new Journal();
    sub.journal = journal;
    sub.on('subscribed', (e) => journal.write(`subscribed${recovery(e)}`));
    sub.on('subscribing', ({ code }) => journal.write(`subscribing ${code}`));
    sub.on('unsubscribed', ({ code }) => journal.write(`unsubscribed ${code}`));
    sub.on('publication', (e) => journal.write(this.#text(e)));
    sub.on('join', ({ info }) => journal.write(`join ${info.user}`));
    sub.on('leave', ({ info }) => journal.write(`leave ${info.user}`));
    sub.on('error', ({ error }) => journal.write(`error ${error.code}`));
    sub.subscribe();
    return sub;
  }

  /** Packs a value as a subscription of this client publishes it. */
  pack(data) {
    return this.encoding.pack(data);
  }

  /** Publications as what they hold. */
  unpack(publications) {
    return publications.map(({ data }) => this.encoding.unpack(data));
  }

  #text({ data, info }) {
    return JSON.stringify(this.encoding.unpack(data)) + (info ? ` by ${info.user}` : '');
  }
}

const recovery = ({ wasRecovering, recovered }) => (wasRecovering ? (recovered ? ', recovered' : ', not recovered') : '');
