import { element } from './element.js';
import { authorName } from './names.js';

/** The line above the message box that says what is being answered, and whether its author is pinged. */
export function replyBar({ state, closed }) {
  const name = element('b');
  const pinging = element('button', { type: 'button', class: 'ping', onclick: () => setPing(!ping) });
  const node = element(
    'div',
    { id: 'replying', role: 'group', 'aria-label': 'Reply', hidden: true },
    element('span', {}, 'Replying to ', name),
    pinging,
    element('button', { type: 'button', 'aria-label': 'Do not reply', onclick: () => clear() }, '×'),
  );
  let answered;
  let ping = true;

  function setPing(on) {
    ping = on;
    pinging.textContent = on ? '@ On' : '@ Off';
    pinging.setAttribute('aria-pressed', String(on));
    pinging.setAttribute('aria-label', 'Ping the author');
  }

  function clear({ quietly = false } = {}) {
    const had = answered !== undefined;
    answered = undefined;
    node.hidden = true;
    if (had && !quietly) closed();
  }

  return {
    node,
    clear,
    get answered() {
      return answered;
    },
    get ping() {
      return ping;
    },
    show(message) {
      answered = message;
      name.textContent = state.people.get(message.author.id)?.name ?? authorName(message.author);
      setPing(message.author.id !== state.you);
      node.hidden = false;
    },
  };
}
