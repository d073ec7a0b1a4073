import { dots } from './message-view.js';

/** Discord shows somebody as typing for so long, unless their message comes first. */
const TYPING_MS = 10_000;

/** The line that says who is writing in the open channel. */
export function typingLine(node, state, nameOf) {
  /** Per channel and person, when they were last heard typing. */
  const timers = new Map();

  function refresh() {
    const here = [...timers.keys()].filter((key) => key.startsWith(`${state.openChannelId} `));
    const names = here.map((key) => nameOf(key.split(' ')[1]));
    const text = names.length === 1 ? `${names[0]} is typing…` : 'Several people are typing…';
    node.replaceChildren(...(names.length === 0 ? [] : [dots(), text]));
  }

  function stop(channelId, personId) {
    const key = `${channelId} ${personId}`;
    window.clearTimeout(timers.get(key));
    if (timers.delete(key)) refresh();
  }

  return {
    refresh,
    stop,
    start(channelId, personId) {
      stop(channelId, personId);
      timers.set(
        `${channelId} ${personId}`,
        window.setTimeout(() => stop(channelId, personId), TYPING_MS),
      );
      refresh();
    },
  };
}
