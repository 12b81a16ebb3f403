import { createContext, type ComponentChildren, type JSX } from 'preact';
import { useContext, useEffect, useId, useRef, useState } from 'preact/hooks';
import { Problem } from '../api/client.ts';
import { t } from '../i18n/i18n.ts';
import { said } from './toast.tsx';

/** What a form holds, by the names of its fields. */
export type Values = Record<string, string>;

/** What is wrong with the fields of the form around, by their names. */
const Faults = createContext<Values>({});

type Box = HTMLInputElement | HTMLTextAreaElement;

interface FormProps {
  onSend: (values: Values) => Promise<void>;
  /** What the button says. */
  action: string;
  danger?: boolean;
  children: ComponentChildren;
}

/** A form that tells at each field what is wrong with it, and leads to the first such. */
export function Form({ onSend, action, danger = false, children }: FormProps): JSX.Element {
  const element = useRef<HTMLFormElement>(null);
  const [busy, setBusy] = useState(false);
  const [faults, setFaults] = useState<Values>({});
  useEffect(() => element.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus(), [faults]);
  const send = async (form: HTMLFormElement) => {
    const found = faultsIn(form);
    setFaults(found);
    if (busy || Object.keys(found).length > 0) {
      return;
    }
    setBusy(true);
    try {
      await onSend(valuesOf(form));
    } catch (error) {
      setFaults(refusal(error, form));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      ref={element}
      class="form"
      noValidate
      onSubmit={event => {
        event.preventDefault();
        send(event.currentTarget);
      }}
    >
      <Faults.Provider value={faults}>{children}</Faults.Provider>
      <p class="error" role="alert">
        {faults['']}
      </p>
      <button type="submit" class={danger ? 'danger' : 'primary'} aria-disabled={busy}>
        {action}
      </button>
    </form>
  );
}

function boxes(form: HTMLFormElement): Box[] {
  return [...form.querySelectorAll<Box>('input[name], textarea[name]')];
}

function valuesOf(form: HTMLFormElement): Values {
  return Object.fromEntries(boxes(form).map(box => [box.name, box.value]));
}

/** What can be known without the server, in the reader's language rather than the browser's. */
function faultsIn(form: HTMLFormElement): Values {
  const wrong = boxes(form).filter(box => !box.validity.valid);
  return Object.fromEntries(wrong.map(box => [box.name, box.validity.valueMissing ? t('form.missing') : (box.dataset.fault ?? box.validationMessage)]));
}

/** What the server said: of fields that the form has, and by '' of all else. */
function refusal(error: unknown, form: HTMLFormElement): Values {
  const names = new Set(boxes(form).map(box => box.name));
  const told = error instanceof Problem ? error.errors.filter(it => names.has(it.field)) : [];
  return told.length === 0 ? { '': said(error) } : Object.fromEntries(told.map(it => [it.field, it.message]));
}

/** The same refusal in the reader's words, if it has this status: of a field, or of the whole. */
export function inWords(error: unknown, status: number, text: string, field = ''): unknown {
  return error instanceof Problem && error.status === status ? new Problem(status, text, [{ field, message: text }]) : error;
}

interface FieldProps extends Omit<JSX.IntrinsicElements['input'], 'label' | 'name'> {
  name: string;
  label: string;
  hint?: ComponentChildren;
  /** What is said when the value is not as `pattern` or `type` wants it. */
  fault?: string;
  /** Stands at the end of the box. */
  beside?: ComponentChildren;
}

/** A labelled field with its hint and what is wrong with it. */
export function Field({ name, label, hint, fault, beside, ...rest }: FieldProps): JSX.Element {
  const { id, wrong, described, notes } = useNotes(name, hint);
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <span class="box">
        <input {...rest} id={id} name={name} data-fault={fault} aria-invalid={wrong} aria-describedby={described} />
        {beside}
      </span>
      {notes}
    </div>
  );
}

interface AreaProps extends Omit<JSX.IntrinsicElements['textarea'], 'label' | 'name'> {
  name: string;
  label: string;
  hint?: ComponentChildren;
}

/** A field of several lines. */
export function Area({ name, label, hint, ...rest }: AreaProps): JSX.Element {
  const { id, wrong, described, notes } = useNotes(name, hint);
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <textarea rows={4} {...rest} id={id} name={name} aria-invalid={wrong} aria-describedby={described} />
      {notes}
    </div>
  );
}

function useNotes(name: string, hint: ComponentChildren) {
  const id = useId();
  const fault = useContext(Faults)[name];
  return {
    id,
    wrong: fault === undefined ? undefined : true,
    described: `${id}-fault ${id}-hint`,
    notes: (
      <>
        <p class="error" id={`${id}-fault`}>
          {fault}
        </p>
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      </>
    ),
  };
}
