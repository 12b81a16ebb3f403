import type { JSX } from 'preact';
import { Problem } from '../api/client.ts';
import { said } from '../ui/toast.tsx';

/** What is wrong with a field or, without an id, with the whole form; told when it comes up. */
export function FieldError({ id, text }: { id?: string; text: string | undefined }): JSX.Element {
  return (
    <p class="error" id={id} aria-live="polite">
      {text}
    </p>
  );
}

/** What a refusal says of each field; what belongs to none of them is under `form`. */
export function errorsOf(error: unknown, fields: readonly string[]): Record<string, string> {
  const errors = error instanceof Problem ? error.errors : [];
  const known = errors.filter(it => fields.includes(it.field));
  return known.length > 0 ? Object.fromEntries(known.map(it => [it.field, it.message])) : { form: said(error) };
}
