import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { chooseLanguage, chosenLanguage, LANGUAGES, t } from '../i18n/i18n.ts';
import { Choice, Switch } from '../ui/choices.tsx';
import { keysOn, turnKeys } from '../ui/shortcuts.tsx';
import { complain } from '../ui/toast.tsx';
import { chooseTheme, theme } from './theme.ts';

/** How the page looks in this browser, and its language. */
export function AppearanceSection(): JSX.Element {
  const [look, setLook] = useState(theme());
  const [keys, setKeys] = useState(keysOn());
  return (
    <div class="form">
      <Choice
        label={t('appearance.theme')}
        options={{ auto: t('appearance.auto'), light: t('appearance.light'), dark: t('appearance.dark') }}
        chosen={look}
        onChoose={choice => {
          chooseTheme(choice);
          setLook(choice);
        }}
      />
      <Choice
        label={t('appearance.language')}
        options={{ auto: t('appearance.browser'), ...LANGUAGES }}
        chosen={chosenLanguage() ?? 'auto'}
        onChoose={choice => chooseLanguage(choice === 'auto' ? undefined : choice).catch(complain)}
      />
      <div class="switches">
        <Switch
          label={t('appearance.keys')}
          hint={t('appearance.keys.hint')}
          on={keys}
          onTurn={on => {
            turnKeys(on);
            setKeys(on);
          }}
        />
      </div>
      <p class="hint">{t('appearance.here')}</p>
    </div>
  );
}
