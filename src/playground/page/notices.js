import { element } from './element.js';

const SHOWN_MS = 12_000;

/** Small messages above the composer about something that failed; they leave on request or by themselves. */
export function notices(container) {
  return function notify(text) {
    const notice = element(
      'div',
      { class: 'notice', role: 'alert' },
      element('span', {}, text),
      element('button', { type: 'button', 'aria-label': 'Dismiss', onclick: () => notice.remove() }, '×'),
    );
    container.append(notice);
    window.setTimeout(() => notice.remove(), SHOWN_MS);
  };
}
