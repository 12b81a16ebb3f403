/** How the page looks: as the system does, unless one chooses. */
export const THEMES = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const SETTING = 'theme';

export function theme(): Theme {
  return THEMES.find(it => it === localStorage.getItem(SETTING)) ?? 'auto';
}

export function chooseTheme(choice: Theme): void {
  localStorage.setItem(SETTING, choice);
  applyTheme();
}

export function applyTheme(): void {
  document.documentElement.dataset.theme = theme();
}
