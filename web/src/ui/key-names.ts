/** What of a key event tells which key it was. */
export type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey'>;

const LETTER = /^\p{L}$/u;
const LATIN = /\p{Script=Latin}/u;

/** Whether the keyboard writes other letters than Latin ones: told by the last letter that was typed. */
export function foreign({ key }: Pressed, before: boolean): boolean {
  return LETTER.test(key) ? !LATIN.test(key) : before;
}

/** The name of a key; on a keyboard with other letters, what stands in its place on a Latin one. */
export function named({ key, code, shiftKey }: Pressed, isForeign: boolean): string {
  if (!isForeign || key.length > 1) {
    return key;
  }
  if (code === 'Slash') {
    return shiftKey ? '?' : '/';
  }
  const letter = /^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase() ?? (code === 'Period' ? '.' : key);
  return shiftKey ? key : letter;
}
