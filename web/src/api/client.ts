import type { components, paths } from './schema.d.ts';

/** Names for the shapes of the API, all generated from its description. */
export type Schemas = components['schemas'];
export type Account = Schemas['Account'];
export type Author = Schemas['Author'];
export type Post = Schemas['Post'];
export type Original = Schemas['Original'];
export type Comment = Schemas['Comment'];
export type Medium = Schemas['Medium'];
export type Question = Schemas['Question'];
export type Answer = Schemas['Answer'];

type Method = 'get' | 'post' | 'put' | 'delete';
type PathWith<M extends Method> = { [P in keyof paths]: paths[P] extends Record<M, object> ? P : never }[keyof paths];
type Operation<M extends Method, P extends keyof paths> = paths[P] extends Record<M, infer O> ? O : never;
type Content<R> = R extends { content: { 'application/json': infer J } } ? J : undefined;
type Good<O> = O extends { responses: infer R } ? { [S in keyof R]: S extends 200 | 201 ? Content<R[S]> : never }[keyof R] : never;
type Parameters<O, In extends string> = O extends { parameters: Partial<Record<In, infer T>> } ? NonNullable<T> : never;
type Body<O> = O extends { requestBody?: { content: { 'application/json': infer J } } } ? J : never;

type Loose<T> = { [K in keyof T]: T[K] | undefined };

interface Input<O> {
  path?: Parameters<O, 'path'>;
  query?: Loose<Parameters<O, 'query'>>;
  body?: Body<O>;
  /** Makes sending the same thing again harmless. */
  key?: string;
  signal?: AbortSignal;
}

/** What the server refused, in its own words (RFC 9457), or status 0 when it could not be reached. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    detail: string,
    readonly errors: { field: string; message: string }[] = [],
    /** Seconds after which it may be tried again. */
    readonly retryAfter = 0,
  ) {
    super(detail);
  }

  /** Whether the same request may succeed later. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/** Called when the session turns out to have ended. */
let onSignedOut: () => void = () => undefined;

export function whenSignedOut(action: () => void): void {
  onSignedOut = action;
}

/** Sends a request as the API describes it; what is not 2xx is thrown as a {@link Problem}. */
export async function api<M extends Method, P extends PathWith<M>>(
  method: M,
  path: P,
  input: Input<Operation<M, P>> = {},
): Promise<Good<Operation<M, P>>> {
  const init: RequestInit = { method: method.toUpperCase(), headers: {} };
  const headers = init.headers as Record<string, string>;
  if (input.body !== undefined) {
    headers['Content-Type'] = 'application/json';
    init.body = JSON.stringify(input.body);
  }
  if (input.key !== undefined) {
    headers['Idempotency-Key'] = input.key;
  }
  if (input.signal !== undefined) {
    init.signal = input.signal;
  }
  const response = await reach(address(path, input.path ?? {}, input.query ?? {}), init);
  const text = await response.text();
  if (!response.ok) {
    throw problem(response.status, text, response.headers.get('Retry-After'));
  }
  return (text === '' ? undefined : JSON.parse(text)) as Good<Operation<M, P>>;
}

async function reach(to: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(to, init);
  } catch (error) {
    if (init.signal?.aborted === true) {
      throw error;
    }
    throw new Problem(0, String(error));
  }
}

export function address(path: string, names: object, query: object): string {
  const values = names as Record<string, string>;
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ''));
  const given = Object.entries(query as Record<string, unknown>).filter(([, value]) => value !== undefined);
  return given.length === 0 ? filled : `${filled}?${new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()}`;
}

/** Reads a refusal; 401 ends the session here, too. */
export function problem(status: number, text: string, retryAfter: string | null): Problem {
  if (status === 401) {
    onSignedOut();
  }
  try {
    const it = JSON.parse(text) as Schemas['Problem'];
    return new Problem(status, it.detail, it.errors, Number(retryAfter ?? 0));
  } catch {
    return new Problem(status, `HTTP ${status}`, [], Number(retryAfter ?? 0));
  }
}
