/**
 * Listens to a list of messages on behalf of all of them: presses of what carries a `data-action`, the menu by
 * the right button, a long press or a key, and the arrow keys, which go from message to message. One message at
 * a time is in the tab order, with what it contains. `act(action, message id, node, point)` does what was asked.
 */
export function messageEvents(container, act) {
  let currentId;

  const messages = () => [...container.querySelectorAll('.message')];
  const messageOf = (node) => node.closest?.('.message');

  function enter(message) {
    currentId = message?.dataset.messageId;
    arrange();
  }

  /** Puts the right things into the tab order, after every change of the list. */
  function arrange() {
    const all = messages();
    const current = all.find(({ dataset }) => dataset.messageId === currentId) ?? all.at(-1);
    for (const message of all) {
      message.tabIndex = message === current ? 0 : -1;
      for (const control of message.querySelectorAll('a, .message-body button, .context button')) {
        control.tabIndex = message === current ? 0 : -1;
      }
    }
  }

  container.addEventListener('focusin', ({ target }) => {
    const message = messageOf(target);
    if (message && message.dataset.messageId !== currentId) enter(message);
  });

  container.addEventListener('click', (event) => {
    const node = event.target.closest('[data-action]');
    const newTab = event.ctrlKey || event.metaKey || event.shiftKey;
    if (node === null || newTab || node.getAttribute('aria-disabled') === 'true') return;
    event.preventDefault();
    const { left, bottom } = node.getBoundingClientRect();
    act(node.dataset.action, messageOf(node).dataset.messageId, node, { x: left, y: bottom });
  });

  container.addEventListener('contextmenu', (event) => {
    const message = messageOf(event.target);
    // The browser's own menu stays where it has more to offer: on links, pictures, and what is being written.
    if (!message || event.target.closest('a, textarea') !== null) return;
    event.preventDefault();
    openMenu(message, event.target === message ? undefined : { x: event.clientX, y: event.clientY });
  });

  container.addEventListener('keydown', (event) => {
    const message = messageOf(event.target);
    if (event.target !== message || event.altKey || event.ctrlKey || event.metaKey) return;
    const all = messages();
    const at = all.indexOf(message);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    const opens =
      event.key === 'Enter' || event.key === 'ContextMenu' || (event.shiftKey && event.key === 'F10');
    if (to === undefined && !opens) return;
    event.preventDefault();
    if (opens) openMenu(message);
    else all[Math.max(0, Math.min(to, all.length - 1))].focus();
  });

  function openMenu(message, point) {
    const { left, top } = message.querySelector('.message-body').getBoundingClientRect();
    act('menu', message.dataset.messageId, message, point ?? { x: left, y: top + 24 });
  }

  return { arrange };
}
