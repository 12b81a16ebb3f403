import type { JSX } from 'preact';

interface Props {
  name: string;
  /** What the colours are made from: the same person always has the same. */
  seed: string;
  size?: number;
}

/** FNV-1a, 32 bits (http://www.isthe.com/chongo/tech/comp/fnv/), then mixed as MurmurHash3 ends, so that names alike differ. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const character of text) {
    value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}

export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters.map(word => String.fromCodePoint((word ?? ' ').codePointAt(0) ?? 32).trim()).join('').toUpperCase();
}

/** A picture made from somebody's name: two shades, a wave and the initials. Decoration beside the name itself. */
export function Avatar({ name, seed, size = 44 }: Props): JSX.Element {
  const number = hash(seed);
  const hue = number % 360;
  const crest = 16 + ((number >>> 9) % 14);
  const far = (hue + 30 + ((number >>> 13) % 40)) % 360;
  return (
    <svg class="avatar" width={size} height={size} viewBox="0 0 44 44" aria-hidden="true">
      <rect width="44" height="44" rx="14" fill={`hsl(${hue} 42% 36%)`} />
      <path d={`M0 ${crest + 10}C10 ${crest - 2} 16 ${crest - 2} 24 ${crest + 8}S38 ${crest + 16} 44 ${crest + 4}V30a14 14 0 0 1-14 14H14A14 14 0 0 1 0 30Z`} fill={`hsl(${far} 46% 30%)`} />
      <text x="22" y="22" dy=".36em" text-anchor="middle" fill="#fff" font-size="16" font-weight="600">
        {initials(name)}
      </text>
    </svg>
  );
}
