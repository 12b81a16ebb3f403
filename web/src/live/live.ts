import { effect, signal } from '@preact/signals';
import type { Centrifuge, PublicationContext, Subscription } from 'centrifuge';
import { api } from '../api/client.ts';
import { adopt, me } from '../session/session.ts';

/** What is said over a channel: docs/live.md lists the events. `reset`: more may have changed than was told, load anew; also the first that is said. */
export interface LiveEvent {
  event: string;
  post?: string;
  author?: string;
  question?: string;
  id?: string;
  version?: number;
  countsVersion?: number;
  likes?: number;
  comments?: number;
  shares?: number;
  answers?: number;
  position?: number;
  page?: number;
  score?: number;
  unread?: number;
  kind?: string;
}

type Listener = (event: LiveEvent) => void;

/** How the connection is; `off` where none is wanted, as after signing out. */
export const connection = signal<'off' | 'connecting' | 'on'>('off');
/** Whether the browser believes to have a network. */
export const online = signal(navigator.onLine);

const RESET: LiveEvent = { event: 'reset' };
const personal = new Set<Listener>();
const channels = new Map<string, { listeners: Set<Listener>; subscription?: Subscription }>();
let client: Centrifuge | undefined;

/** Hears what changes in the reader's own feed and notifications. Returns what ends it. */
export function hear(listener: Listener): () => void {
  personal.add(listener);
  return () => personal.delete(listener);
}

/** Hears a channel such as `post:1`; the first listener subscribes, the last one unsubscribes. */
export function listen(channel: string, listener: Listener): () => void {
  const ears = channels.get(channel) ?? { listeners: new Set<Listener>() };
  channels.set(channel, ears);
  ears.listeners.add(listener);
  if (client !== undefined) {
    subscribe(client, channel);
  }
  return () => {
    ears.listeners.delete(listener);
    if (ears.listeners.size === 0 && channels.get(channel) === ears) {
      channels.delete(channel);
      if (ears.subscription !== undefined) {
        ears.subscription.unsubscribe();
        client?.removeSubscription(ears.subscription);
      }
    }
  };
}

function subscribe(to: Centrifuge, channel: string): void {
  const ears = channels.get(channel);
  if (ears === undefined || ears.subscription !== undefined) {
    return;
  }
  const subscription = to.newSubscription(channel);
  ears.subscription = subscription;
  subscription.on('publication', (heard: PublicationContext) => tell(ears.listeners, heard.data as LiveEvent));
  subscription.on('subscribed', context => {
    if (!(context.wasRecovering && context.recovered)) {
      tell(ears.listeners, RESET);
    }
  });
  subscription.subscribe();
}

function tell(listeners: Set<Listener>, event: LiveEvent): void {
  [...listeners].forEach(listener => listener(event));
}

function stop(): void {
  client?.disconnect();
  client = undefined;
  channels.forEach(ears => delete ears.subscription);
  connection.value = 'off';
}

/** Milliseconds until another try when a connection could not even be begun, or was ended for good. */
const AGAIN = 5_000;

async function start(account: string | undefined): Promise<void> {
  const { Centrifuge } = await import('./centrifuge.ts');
  const token = account === undefined ? undefined : await api('post', '/api/v1/live/tokens');
  if (me.value?.id !== account || client !== undefined) {
    return;
  }
  const to = new URL(token?.url ?? '/connection/websocket', window.location.href);
  to.protocol = to.protocol.replace('http', 'ws');
  const ours = new Centrifuge(to.href, {
    ...(account === undefined ? {} : { token: token?.token ?? '', getToken: async () => (await api('post', '/api/v1/live/tokens')).token }),
    minReconnectDelay: 300,
    maxReconnectDelay: 10_000,
  });
  client = ours;
  ours.on('connecting', () => (connection.value = 'connecting'));
  ours.on('connected', () => (connection.value = 'on'));
  ours.on('disconnected', context => {
    connection.value = 'off';
    // The server sends away whose session has ended; asking for anything tells the page so, too.
    if (client === ours && context.code >= 3500) {
      stop();
      if (account === undefined) {
        begin(account, AGAIN);
      } else {
        api('get', '/api/v1/accounts/me').then(adopt, () => undefined).finally(() => begin(account, AGAIN));
      }
    }
  });
  ours.on('publication', (heard: PublicationContext) => tell(personal, heard.data as LiveEvent));
  ours.on('subscribed', context => {
    if (!(context.wasRecovering && context.recovered)) {
      tell(personal, RESET);
    }
  });
  [...channels.keys()].forEach(channel => subscribe(ours, channel));
  ours.connect();
}

/** Starts a connection, and tries again for as long as the same reader is here. */
function begin(account: string | undefined, after = 0): void {
  setTimeout(() => {
    if (me.value?.id === account && client === undefined) {
      connection.value = 'connecting';
      start(account).catch(() => begin(account, AGAIN));
    }
  }, after);
}

/** Keeps a connection for whoever is signed in, or for nobody. */
export function keepConnected(): void {
  window.addEventListener('online', () => (online.value = true));
  window.addEventListener('offline', () => (online.value = false));
  let account: string | undefined | null = null;
  effect(() => {
    document.documentElement.dataset.live = connection.value;
  });
  effect(() => {
    const next = me.value?.id;
    if (next !== account) {
      account = next;
      stop();
      begin(next);
    }
  });
}
