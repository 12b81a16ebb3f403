// What of a browser the tested modules touch when they are loaded. Import it first.
const store = new Map<string, string>();
const storage = {
  getItem: (key: string) => store.get(key) ?? null,
  setItem: (key: string, value: string) => void store.set(key, value),
  removeItem: (key: string) => void store.delete(key),
};
const location = { href: 'http://localhost/', origin: 'http://localhost', pathname: '/', search: '', hash: '' };

Object.assign(globalThis, {
  window: { location, addEventListener: () => undefined },
  history: { state: null, replaceState(state: unknown) { Object.assign(this, { state }); } },
  localStorage: storage,
  sessionStorage: storage,
});
for (const [name, value] of [['navigator', { onLine: true, languages: ['en'] }]] as const) {
  Object.defineProperty(globalThis, name, { value, configurable: true });
}

/** Answers requests by address; what is asked for is noted. */
export function serve(answers: (address: string) => unknown): string[] {
  const asked: string[] = [];
  globalThis.fetch = ((input: string) => {
    const address = input;
    asked.push(address);
    const body = answers(address);
    return Promise.resolve(new Response(JSON.stringify(body ?? { detail: 'none', errors: [] }), { status: body === undefined ? 404 : 200 }));
  }) as typeof fetch;
  return asked;
}
