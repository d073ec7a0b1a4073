import { element } from './element.js';

const LANGUAGES = { 'en-US': 'English', ko: '한국어' };

/** The choices of theme and language: the theme is kept in this browser, the language with the person. */
export function settings(state, { speak }) {
  const theme = document.getElementById('theme');
  const language = document.getElementById('language');

  theme.value = document.documentElement.dataset.theme ?? 'system';
  theme.addEventListener('change', () => {
    const { dataset } = document.documentElement;
    if (theme.value === 'system') {
      delete dataset.theme;
      window.localStorage.removeItem('theme');
    } else {
      dataset.theme = theme.value;
      window.localStorage.setItem('theme', theme.value);
    }
  });
  language.addEventListener('change', () => speak(language.value));

  return {
    refresh() {
      const offered = new Set([...Object.keys(LANGUAGES), state.locale]);
      language.replaceChildren(
        ...[...offered].map((locale) => element('option', { value: locale }, LANGUAGES[locale] ?? locale)),
      );
      language.value = state.locale;
    },
  };
}
