import type { JSX } from 'preact';
import { t } from '../i18n/i18n.ts';
import { Foot } from '../people/foot.tsx';
import { entitle } from '../ui/title.ts';
import { HotQuestions } from '../question/hot-questions.tsx';

/** What those see who are not signed in. */
export function Welcome(): JSX.Element {
  entitle(t('welcome.title'));
  return (
    <>
      <section class="welcome">
        <h1>{t('welcome.title')}</h1>
        <p>{t('welcome.text')}</p>
        <div class="actions">
          <a class="button" href="/register">
            {t('register')}
          </a>
          <a class="button plain-button" href="/sign-in">
            {t('signIn')}
          </a>
        </div>
      </section>
      <HotQuestions />
      <Foot />
    </>
  );
}
