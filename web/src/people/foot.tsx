import type { JSX } from 'preact';
import { chooseLanguage, language, LANGUAGES, t, type Language } from '../i18n/i18n.ts';
import { help } from '../ui/shortcuts.tsx';
import { complain } from '../ui/toast.tsx';

/** The page's small print. Where it stands in a page itself, it is seen only on screens without a right column. */
export function Foot(): JSX.Element {
  return (
    <footer class="foot">
      <a href="/docs">API</a>
      <button type="button" class="plain" onClick={() => (help.value = true)}>
        {t('keys')}
      </button>
      <label>
        <span class="hidden">{t('beside.language')}</span>
        <select value={language.value} onChange={event => chooseLanguage(event.currentTarget.value as Language).catch(complain)}>
          {Object.entries(LANGUAGES).map(([code, name]) => (
            <option key={code} value={code} lang={code}>
              {name}
            </option>
          ))}
        </select>
      </label>
    </footer>
  );
}
