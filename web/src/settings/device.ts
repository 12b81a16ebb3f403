/** Names as they stand in a `User-Agent`, those that others also claim to be last. */
const BROWSERS: [RegExp, string][] = [
  [/\bEdg(e|A|iOS)?\//, 'Edge'],
  [/\b(OPR|Opera)\//, 'Opera'],
  [/\bYaBrowser\//, 'Yandex'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Chrome|CriOS|HeadlessChrome)\//, 'Chrome'],
  [/\bVersion\/.*\bSafari\//, 'Safari'],
];

const SYSTEMS: [RegExp, string][] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
];

/** What signed in, as far as its `User-Agent` says: a browser, or a program by its own name; and the system. */
export function device(client: string): { program?: string; system?: string } {
  const first = (names: [RegExp, string][]) => names.find(([pattern]) => pattern.test(client))?.[1];
  const program = first(BROWSERS) ?? /^(?!Mozilla\b)[^\s/(;]+/.exec(client)?.[0];
  const system = first(SYSTEMS);
  return { ...(program === undefined ? {} : { program }), ...(system === undefined ? {} : { system }) };
}
