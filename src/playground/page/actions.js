/** Discord gives a bot three seconds for its first answer; this leaves a little for the way. */
const BOT_MS = 3_500;

/**
 * Sends what a person does and remembers it until the server accepts or refuses it, so that whoever
 * started it can put things back: the composer its text, a button its enabled look.
 */
export function createActions(send, notify) {
  const waiting = new Map();
  let count = 0;

  function settle(nonce, outcome, result) {
    const handlers = waiting.get(nonce);
    waiting.delete(nonce);
    handlers?.[outcome]?.(result);
    return handlers;
  }

  function fail(nonce, text) {
    if (settle(nonce, 'failed')?.quiet !== true) notify(text);
  }

  /** @param handlers { done(result), failed(), quiet }; what is quiet fails without a notice. */
  function perform(frame, handlers = {}) {
    const nonce = String(++count);
    waiting.set(nonce, handlers);
    if (!send({ ...frame, nonce }))
      fail(nonce, 'Not connected to the playground. It will reconnect by itself.');
    return nonce;
  }

  return {
    perform,

    /** The same for what the bot has to answer; `late()` is called when it does not. */
    askBot(frame, handlers = {}) {
      const nonce = perform(frame, handlers);
      window.setTimeout(() => {
        if (!waiting.has(nonce)) return;
        settle(nonce, 'late');
        if (handlers.quiet !== true) notify('The application did not respond.');
      }, BOT_MS);
    },

    done: (nonce, result) => void settle(nonce, 'done', result),
    failed: (text, nonce) => fail(nonce, text),

    /** The answers to what is under way went down with the connection. */
    lost() {
      if (waiting.size === 0) return;
      for (const nonce of [...waiting.keys()]) settle(nonce, 'failed');
      notify('The connection was lost before the playground answered; what you did may not have arrived.');
    },
  };
}
