import { render } from 'preact';
import { App } from './app.tsx';
import { loadLanguage } from './i18n/i18n.ts';
import { keepTime } from './i18n/time.ts';
import { keepConnected } from './live/live.ts';
import { followLinks } from './router.ts';
import { findMe } from './session/session.ts';
import { applyTheme } from './settings/theme.ts';
import './styles/tokens.css';
import './styles/base.css';
import './styles/frame.css';
import './styles/post.css';
import './styles/question.css';
import './styles/forms.css';
import './styles/people.css';
import './styles/status.css';

applyTheme();
keepTime();
followLinks();
await Promise.all([loadLanguage(), findMe()]);
const root = document.getElementById('app');
if (root !== null) {
  render(<App />, root);
}
keepConnected();
