import type { JSX } from 'preact';
import { useEffect, useId, useMemo, useRef, useState } from 'preact/hooks';
import { api, type Schemas } from '../api/client.ts';
import { t } from '../i18n/i18n.ts';
import { useOptions } from '../search/options.ts';
import { Suggester } from '../search/suggester.ts';
import { Icon } from '../ui/icon.tsx';
import { FieldError } from './field-error.tsx';

/** Tags of a question, and characters of one. */
const MOST = 5;
const LONGEST = 35;

type Tag = Schemas['FoundTag'];

interface Props {
  tags: string[];
  error: string | undefined;
  onChange: (tags: string[]) => void;
}

async function find(q: string, signal: AbortSignal): Promise<Tag[]> {
  const found = await api('get', '/api/v1/search', { query: { q, kind: 'tags', limit: 6 }, signal });
  return found.items.flatMap(it => it.tag ?? []);
}

/** Up to five tags: typed and ended by Enter, a space or a comma, or taken from those that there are. */
export function TagField({ tags, error, onChange }: Props): JSX.Element {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [found, setFound] = useState<Tag[]>([]);
  const suggester = useMemo(() => new Suggester(find, setFound), []);
  useEffect(() => () => suggester.stop(), []);
  const type = (typed: string) => {
    setText(typed);
    suggester.type(typed);
  };
  const add = (typed: string) => {
    const tag = typed.trim().toLowerCase();
    if (tag !== '' && !tags.includes(tag)) {
      onChange([...tags, tag]);
    }
    type('');
  };
  const remove = (tag: string) => {
    onChange(tags.filter(it => it !== tag));
    input.current?.focus();
  };
  const { active, onKey } = useOptions(found, it => add(it.name), () => setFound([]));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) {
      return;
    }
    if (onKey(event)) {
      event.preventDefault();
    } else if ([',', ' ', 'Enter'].includes(event.key) && text.trim() !== '') {
      event.preventDefault();
      add(text);
    } else if (event.key === 'Enter') {
      event.preventDefault();
    } else if (event.key === 'Backspace' && text === '') {
      onChange(tags.slice(0, -1));
    }
  };
  return (
    <div class="field">
      <label for={id}>{t('search.tags')}</label>
      <div class="tag-field">
        {tags.map(tag => (
          <span class="tag" key={tag} dir="auto">
            {tag}
            <button type="button" class="plain" aria-label={t('ask.removeTag', { tag })} onClick={() => remove(tag)}>
              <Icon name="close" size={16} />
            </button>
          </span>
        ))}
        <input
          id={id}
          ref={input}
          readOnly={tags.length >= MOST}
          role="combobox"
          autocomplete="off"
          autocapitalize="none"
          dir="auto"
          maxLength={LONGEST}
          value={text}
          aria-expanded={found.length > 0}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={active === -1 ? undefined : `${id}-${active}`}
          aria-invalid={error !== undefined || undefined}
          aria-describedby={`${id}-hint ${id}-error`}
          onInput={event => type(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          onBlur={() => add(text)}
        />
        <div class="options" id={`${id}-list`} role="listbox" aria-label={t('search.tags')} hidden={found.length === 0}>
          {found.map((tag, i) => (
            <div
              key={tag.name}
              id={`${id}-${i}`}
              role="option"
              tabIndex={-1}
              aria-selected={i === active}
              onMouseDown={event => {
                // The focus stays in the input, which would else end the tag that is typed.
                event.preventDefault();
                add(tag.name);
              }}
            >
              <span dir="auto">{tag.name}</span> <span class="quiet">{t('questions.total', { n: tag.questions })}</span>
            </div>
          ))}
        </div>
      </div>
      <p class="quiet hint" id={`${id}-hint`}>
        {t('ask.tags.hint')}
      </p>
      <FieldError id={`${id}-error`} text={error} />
    </div>
  );
}
