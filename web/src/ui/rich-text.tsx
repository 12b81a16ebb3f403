import type { ComponentChildren, JSX } from 'preact';

interface Props {
  text: string;
  /** The handles that are somebody's, as the server found them. */
  handles?: readonly string[];
  class?: string;
}

const ENTITY = /(https?:\/\/\S+)|(?<![\p{L}\p{M}\p{Nd}_@#/&])(?:@([A-Za-z0-9_]{3,30})(?![\p{L}\p{M}\p{Nd}@_])|#([\p{L}\p{M}\p{Nd}_]{1,50}))/giu;

export interface Piece {
  text: string;
  href?: string;
  outside?: boolean;
}

/** Cuts a text into words and links: addresses, people who exist, hashtags. */
export function pieces(text: string, handles: readonly string[]): Piece[] {
  const known = new Set(handles.map(handle => handle.toLowerCase()));
  const found: Piece[] = [];
  let done = 0;
  for (const match of text.matchAll(ENTITY)) {
    const [all, url, handle, tag] = match;
    let piece: Piece | undefined;
    if (url !== undefined) {
      const address = url.replace(/[.,;:!?)\]}'"»]+$/, '');
      piece = URL.canParse(address) ? { text: address, href: address, outside: true } : undefined;
    } else if (handle !== undefined) {
      piece = known.has(handle.toLowerCase()) ? { text: all, href: `/@${handle.toLowerCase()}` } : undefined;
    } else if (tag !== undefined && /\p{L}/u.test(tag)) {
      piece = { text: all, href: `/tags/${encodeURIComponent(tag)}` };
    }
    if (piece !== undefined) {
      if (match.index > done) {
        found.push({ text: text.slice(done, match.index) });
      }
      found.push(piece);
      done = match.index + piece.text.length;
    }
  }
  if (done < text.length) {
    found.push({ text: text.slice(done) });
  }
  return found;
}

/** People's text: never markup, in whatever direction it runs. */
export function RichText({ text, handles = [], class: name = 'text' }: Props): JSX.Element {
  const shown: ComponentChildren[] = pieces(text, handles).map(piece =>
    piece.href === undefined ? (
      piece.text
    ) : piece.outside === true ? (
      <a href={piece.href} rel="nofollow ugc noopener" target="_blank">
        {piece.text.replace(/^https?:\/\/(www\.)?/, '')}
      </a>
    ) : (
      <a href={piece.href}>{piece.text}</a>
    ),
  );
  return (
    <p class={name} dir="auto">
      {shown}
    </p>
  );
}
