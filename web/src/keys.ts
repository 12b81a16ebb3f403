/** A name that nobody else gives. Not `crypto.randomUUID`, which browsers withhold from pages over plain http. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('');
}
