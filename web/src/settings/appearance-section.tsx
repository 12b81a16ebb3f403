import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { chooseLanguage, chosenLanguage, LANGUAGES, t } from '../i18n/i18n.ts';
import { Choice } from '../ui/choices.tsx';
import { complain } from '../ui/toast.tsx';
import { chooseTheme, theme } from './theme.ts';

/** How the page looks in this browser, and its language. */
export function AppearanceSection(): JSX.Element {
  const [look, setLook] = useState(theme());
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
      <p class="hint">{t('appearance.here')}</p>
    </div>
  );
}
