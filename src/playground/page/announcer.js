import { element } from './element.js';

const SETTLED_MS = 1_500;

/**
 * Says things to screen readers. A message that is still being written changes many times; it is said once,
 * when it has settled.
 */
export function announcer() {
  const line = element('div', { id: 'announcer', class: 'unseen', role: 'status' });
  document.body.append(line);
  const unsettled = new Map();

  function say(text) {
    // The same words twice in a row would otherwise be no change, and silent.
    line.textContent = line.textContent === text ? `${text}\u00a0` : text;
  }

  return {
    say,
    sayWhenSettled(key, text) {
      window.clearTimeout(unsettled.get(key));
      const timer = window.setTimeout(() => {
        unsettled.delete(key);
        say(text());
      }, SETTLED_MS);
      unsettled.set(key, timer);
    },
  };
}
