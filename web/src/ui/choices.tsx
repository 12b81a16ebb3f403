import type { JSX } from 'preact';
import { useId } from 'preact/hooks';

interface SwitchProps {
  label: string;
  hint?: string;
  on: boolean;
  onTurn: (on: boolean) => void;
}

/** Turns something on and off at once. */
export function Switch({ label, hint, on, onTurn }: SwitchProps): JSX.Element {
  const id = useId();
  return (
    <label class="switch">
      <span>
        <span>{label}</span>
        {hint !== undefined && (
          <span class="hint" id={id}>
            {hint}
          </span>
        )}
      </span>
      <input type="checkbox" role="switch" checked={on} aria-describedby={hint === undefined ? undefined : id} onChange={event => onTurn(event.currentTarget.checked)} />
    </label>
  );
}

interface ChoiceProps<T extends string> {
  label: string;
  options: Record<T, string>;
  chosen: T;
  onChoose: (value: T) => void;
}

/** One of a few, all of which are seen. */
export function Choice<T extends string>({ label, options, chosen, onChoose }: ChoiceProps<T>): JSX.Element {
  const name = useId();
  return (
    <fieldset class="choice">
      <legend>{label}</legend>
      <div>
        {(Object.entries(options) as [T, string][]).map(([value, text]) => (
          <label key={value}>
            <input type="radio" name={name} checked={chosen === value} onChange={() => onChoose(value)} />
            <span>{text}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
