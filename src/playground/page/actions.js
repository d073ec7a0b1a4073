/**
 * Sends what a person does and remembers it until the server accepts or refuses it, so that whoever
 * started it can put things back: the composer its text, a button its enabled look.
 */
export function createActions(send, notify) {
  const waiting = new Map();
  let count = 0;

  function settle(nonce, outcome) {
    waiting.get(nonce)?.[outcome]?.();
    waiting.delete(nonce);
  }

  return {
    perform(frame, handlers = {}) {
      const nonce = String(++count);
      waiting.set(nonce, handlers);
      if (send({ ...frame, nonce })) return;
      settle(nonce, 'failed');
      notify('Not connected to the playground. It will reconnect by itself.');
    },
    done: (nonce) => settle(nonce, 'done'),
    failed(text, nonce) {
      settle(nonce, 'failed');
      notify(text);
    },
    /** The answers to what is under way went down with the connection. */
    lost() {
      if (waiting.size === 0) return;
      for (const nonce of [...waiting.keys()]) settle(nonce, 'failed');
      notify('The connection was lost before the playground answered; what you did may not have arrived.');
    },
  };
}
