import type { JSX } from 'preact';
import type { Medium } from '../api/client.ts';
import { t } from '../i18n/i18n.ts';

/** Where to draw a picture that is wider than it is shown: the copy that fits twice the column. */
const COLUMN = '(max-width: 640px) 94vw, 580px';
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~';

/** The mean colour of a BlurHash (https://github.com/woltapp/blurhash/blob/master/Algorithm.md): its third to sixth digit are 24 bits of RGB. */
export function meanColour(blurhash: string): string {
  const value = blurhash.slice(2, 6).split('').reduce((sum, digit) => sum * 83 + Math.max(0, DIGITS.indexOf(digit)), 0);
  return `#${(value & 0xffffff).toString(16).padStart(6, '0')}`;
}

/** The pictures of a post, or its video, in room that is kept for them before they are there. */
export function Media({ media }: { media: readonly Medium[] }): JSX.Element {
  return (
    <div class={`media media-${media.length}`}>
      {media.map(medium => {
        const style = { aspectRatio: `${medium.width} / ${medium.height}`, backgroundColor: medium.blurhash === undefined ? '' : meanColour(medium.blurhash) };
        return medium.kind === 'video' ? (
          // eslint-disable-next-line jsx-a11y/media-has-caption -- people's videos have no captions; the alternative text is their name
          <video key={medium.id} src={medium.url} style={style} controls preload="metadata" aria-label={medium.alt === '' ? t('media.video') : medium.alt} />
        ) : (
          <a key={medium.id} href={medium.url} target="_blank" rel="noopener" {...(medium.alt === '' ? { 'aria-label': t('media.picture') } : {})}>
            <img
              src={medium.thumbnails.at(-1)?.url ?? medium.url}
              srcset={[...medium.thumbnails, medium].map(copy => `${copy.url} ${copy.width}w`).join(', ')}
              sizes={COLUMN}
              alt={medium.alt}
              width={medium.width}
              height={medium.height}
              loading="lazy"
              style={style}
            />
          </a>
        );
      })}
    </div>
  );
}
