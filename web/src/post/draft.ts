import { effect, signal } from '@preact/signals';
import { api, type Medium } from '../api/client.ts';
import { me } from '../session/session.ts';
import { said } from '../ui/toast.tsx';
import { upload } from './uploads.ts';

/** Pictures that a post may have; or one video. */
const MOST_PICTURES = 4;
const STORED = 'draft';

/** A draft is its writer's alone, also in a browser that several people share. */
const stored = () => `${STORED}:${me.peek()?.id ?? ''}`;

/** A picture or video on its way into a post. */
export interface Attached {
  key: number;
  /** What is shown while it is sent. */
  preview: string;
  video: boolean;
  /** The part that is sent, from 0 to 1. */
  sent: number;
  medium?: Medium;
  /** What is to be seen, as far as it is written. */
  alt: string;
  why?: string;
  abort: AbortController;
}

/** What the reader is writing. The text is kept until it is sent, also over a reload. */
export const text = signal('');
export const attached = signal<Attached[]>([]);
let keys = 0;

let writer: string | undefined;
effect(() => {
  const next = me.value?.id;
  if (next !== writer) {
    writer = next;
    text.value = localStorage.getItem(stored()) ?? '';
    letGo();
  }
});

export function write(next: string): void {
  text.value = next;
  localStorage.setItem(stored(), next);
}

function letGo(): void {
  attached.peek().forEach(it => {
    it.abort.abort();
    URL.revokeObjectURL(it.preview);
  });
  attached.value = [];
}

/** Takes files in and begins to send them. Gives how many there was no room for. */
export function attach(files: readonly File[]): number {
  const fit: File[] = [];
  for (const file of files.filter(it => /^(image|video)\//.test(it.type))) {
    const videos = [...attached.value.map(it => it.video), ...fit.map(isVideo)];
    if (videos.length === 0 || (!isVideo(file) && !videos.includes(true) && videos.length < MOST_PICTURES)) {
      fit.push(file);
    }
  }
  fit.forEach(send);
  return files.length - fit.length;
}

function isVideo(file: File): boolean {
  return file.type.startsWith('video/');
}

async function send(file: File): Promise<void> {
  const it: Attached = { key: ++keys, preview: URL.createObjectURL(file), video: isVideo(file), sent: 0, alt: '', abort: new AbortController() };
  attached.value = [...attached.value, it];
  try {
    const medium = await upload(file, file.name, sent => mark(it.key, { sent }), it.abort.signal);
    mark(it.key, { medium, sent: 1 });
  } catch (error) {
    mark(it.key, { why: said(error) });
  }
}

function mark(key: number, how: Partial<Attached>): void {
  attached.value = attached.value.map(it => (it.key === key ? { ...it, ...how } : it));
}

/** Says what is to be seen in a picture; the server is told when the post goes. */
export function describe(it: Attached, alt: string): void {
  mark(it.key, { alt });
}

/** Tells the server what is to be seen in the pictures. */
export async function tellDescriptions(): Promise<void> {
  await Promise.all(
    attached.value.map(async ({ key, medium, alt }) => {
      if (medium !== undefined && medium.alt !== alt.trim()) {
        mark(key, { medium: await api('put', '/api/v1/media/{id}', { path: { id: medium.id }, body: { alt: alt.trim() } }) });
      }
    }),
  );
}

export function detach(it: Attached): void {
  it.abort.abort();
  URL.revokeObjectURL(it.preview);
  attached.value = attached.value.filter(other => other.key !== it.key);
  if (it.medium !== undefined) {
    api('delete', '/api/v1/media/{id}', { path: { id: it.medium.id } }).catch(() => undefined);
  }
}

/** Begins with an empty page again, and gives what was written. */
export function takeDraft(): { text: string; media: Medium[] } {
  const taken = { text: text.value.trim(), media: attached.value.flatMap(it => it.medium ?? []) };
  letGo();
  write('');
  return taken;
}
