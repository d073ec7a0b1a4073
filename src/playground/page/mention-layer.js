import { element } from './element.js';
import { splitMentions } from './mentioning.js';

/** A text area cannot dress a part of its text: the same text, unseen, lies behind it and carries the pills. */
export function mentionLayer(input, state) {
  const layer = element('div', { class: 'mention-layer', 'aria-hidden': 'true' });
  input.addEventListener('scroll', () => (layer.scrollTop = input.scrollTop));
  return {
    node: element('div', { class: 'writing' }, layer, input),
    draw() {
      const parts = input.value.includes('@') ? splitMentions(input.value, state.people) : [];
      const pills = parts.map(({ text, person }) => (person ? element('mark', {}, text) : text));
      layer.replaceChildren(...pills);
      layer.scrollTop = input.scrollTop;
    },
  };
}
