import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { api, type Schemas } from '../api/client.ts';
import { t, type MessageKey } from '../i18n/i18n.ts';
import { tagAddress } from '../question/tags.tsx';
import { go, place } from '../router.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Icon } from '../ui/icon.tsx';
import { useOptions } from './options.ts';
import { Suggester } from './suggester.ts';

type Suggestion = Schemas['Suggestions']['items'][number];

export interface SuggestionsProps {
  /** The combobox that they belong to. */
  input: HTMLInputElement;
}

const GROUPS: Record<Suggestion['kind'], MessageKey> = { person: 'search.people', tag: 'search.tags', question: 'search.questions' };

async function find(q: string, signal: AbortSignal): Promise<Suggestion[]> {
  return (await api('get', '/api/v1/search/suggest', { query: { q }, signal })).items;
}

/** What somebody may mean who types in the search box: people, then tags, then questions. */
export function Suggestions({ input }: SuggestionsProps): JSX.Element {
  const [found, setFound] = useState<Suggestion[]>([]);
  const suggester = useMemo(() => new Suggester(find, setFound), []);
  const close = () => {
    suggester.stop();
    setFound([]);
  };
  const { active, onKey } = useOptions(found, it => go(address(it)), close);
  const at = place.value;
  // Before the input is looked at: what was typed while this was loaded counts.
  useEffect(close, [at]);
  // What is looked for already needs no suggestions.
  const suggest = () => suggester.type(input.value.trim() === at.query.get('q') ? '' : input.value);
  useInput(input, {
    input: suggest,
    focus: suggest,
    blur: close,
    keydown: event => {
      if (!(event as KeyboardEvent).isComposing && onKey(event as KeyboardEvent)) {
        event.preventDefault();
      }
    },
  });
  useEffect(() => {
    if (document.activeElement === input) {
      suggest();
    }
  }, []);
  useEffect(() => {
    input.ariaExpanded = String(found.length > 0);
    input.setAttribute('aria-activedescendant', active === -1 ? '' : `suggestion-${active}`);
  }, [found, active]);
  return (
    <div id="suggestions" class="options" role="listbox" aria-label={t('search.suggestions')} hidden={found.length === 0}>
      {(Object.keys(GROUPS) as Suggestion['kind'][]).map(kind => {
        const of = found.filter(it => it.kind === kind);
        return (
          of.length > 0 && (
            <div key={kind} role="group" aria-label={t(GROUPS[kind])}>
              <p class="quiet" aria-hidden="true">
                {t(GROUPS[kind])}
              </p>
              {of.map(it => (
                <Option key={it.id ?? it.text} suggestion={it} index={found.indexOf(it)} active={active === found.indexOf(it)} />
              ))}
            </div>
          )
        );
      })}
    </div>
  );
}

function Option({ suggestion, index, active }: { suggestion: Suggestion; index: number; active: boolean }): JSX.Element {
  const { kind, text, handle = '', questions = 0 } = suggestion;
  return (
    // The focus stays in the input, or the list would be closed before the click.
    <a id={`suggestion-${index}`} role="option" aria-selected={active} tabIndex={-1} href={address(suggestion)} onMouseDown={event => event.preventDefault()}>
      {kind === 'person' ? <Avatar name={text} seed={handle} size={28} /> : <Icon name={kind} size={18} />}
      <span dir="auto">{text}</span>
      {kind !== 'question' && <span class="quiet">{kind === 'person' ? `@${handle}` : t('questions.total', { n: questions })}</span>}
    </a>
  );
}

function address({ kind, id = '', handle = '', text }: Suggestion): string {
  return kind === 'person' ? `/@${handle}` : kind === 'tag' ? tagAddress(text) : `/questions/${id}`;
}

/** Listens to an input that somebody else shows; always with the newest of the listeners. */
function useInput(input: HTMLInputElement, listeners: Record<string, (event: Event) => void>): void {
  const newest = useRef(listeners);
  newest.current = listeners;
  useEffect(() => {
    const hear = (event: Event) => newest.current[event.type]?.(event);
    const names = Object.keys(newest.current);
    names.forEach(name => input.addEventListener(name, hear));
    return () => names.forEach(name => input.removeEventListener(name, hear));
  }, [input]);
}
