import { messageCommands } from './command-entries.js';
import { element } from './element.js';
import { readable, withMentions } from './mentioning.js';
import { messageEditor } from './message-editor.js';
import { messageEvents } from './message-events.js';
import { hasContext, messageView } from './message-view.js';
import { morph } from './morph.js';
import { authorName, namesFrom } from './names.js';
import { scrolling } from './scrolling.js';
import { dayName } from './times.js';

const EPHEMERAL = 64;
const NOTHING = [];
const GROUPING_MS = 7 * 60_000;
/** So near the top, older messages are asked for, before the reader runs into the end. */
const TOP_SLACK = 300;

/**
 * The scrolling log of the open channel. Unchanged messages stay as they are and changed ones are morphed, so
 * that focus, text selection, a message being edited and loaded pictures survive every update.
 * `handlers`: { older(), act(action, message, node, point), edited(message, content) }.
 */
export function messageList(container, newer, state, handlers) {
  let shown = new Map();
  let shownChannel;
  let editingId;

  const scroll = scrolling(container, newer, askForOlder);
  const events = messageEvents(container, (action, id, node, point) => {
    const message = openLog()?.find(id);
    if (action === 'jump') jump(node.dataset.to);
    else if (message !== undefined) handlers.act(action, message, node, point);
  });
  const known = namesFrom(state);
  const names = { ...known, person: (id) => known.person(id) ?? authorOf(id) };

  /** Somebody who is no longer there, but wrote here. */
  function authorOf(id) {
    const message = openLog()?.messages.find(({ author }) => author.id === id);
    return message && authorName(message.author);
  }

  function openLog() {
    return state.logs.get(state.openChannelId);
  }

  function refresh() {
    if (shownChannel !== state.openChannelId) {
      shownChannel = state.openChannelId;
      editingId = undefined;
      shown = new Map();
      scroll.follow();
    }
    const log = openLog();
    if (!log?.loaded) scroll.follow();
    container.setAttribute('aria-busy', String(!log?.loaded || log.asking));
    scroll.keepThrough(() => place(log?.loaded ? items(log) : []));
    events.arrange();
    askForOlder();
  }

  /** What belongs in the list: each with a key, the values it was made of, and how to make it. */
  function items(log) {
    const list = [introduction(log)];
    let previous;
    for (const message of log.messages) {
      const day = new Date(message.timestamp).toDateString();
      const newDay = previous === undefined || day !== new Date(previous.timestamp).toDateString();
      if (newDay) list.push({ key: day, made: [], make: () => dayLine(message.timestamp) });
      list.push(messageItem(message, !newDay && continues(previous, message)));
      previous = message;
    }
    return list;
  }

  function introduction(log) {
    const text = log.complete ? `This is the start of ${state.open?.title}.` : 'Loading older messages…';
    return { key: 'start', made: [text], make: () => element('p', { class: 'start' }, text) };
  }

  function messageItem(message, grouped) {
    const pending = state.pending.get(message.id) ?? NOTHING;
    const view = () =>
      messageView(message, {
        grouped,
        you: state.you,
        can: openTo(message),
        pending,
        timedOutUntil: state.people.get(message.author.id)?.timedOutUntil,
        names,
      });
    if (message.id === editingId) {
      // What is being edited stays as it is, whatever happens around it.
      return { key: message.id, made: ['editing'], make: () => editor(message, view()) };
    }
    // A mention is drawn with the name that was known at the time, hence people and channels.
    const { you, people, channels, commands, locale } = state;
    const made = [message, grouped, pending, you, people, channels, commands, locale];
    return { key: message.id, made, make: view, morphs: true };
  }

  function editor(message, view) {
    return messageEditor(view, readable(message.content, state.people), (text) => {
      editingId = undefined;
      refresh();
      handlers.edited(message, text && withMentions(text, state.people));
    });
  }

  /** What the person can do with a message. */
  function openTo(message) {
    const mine = message.author.id === state.you;
    const isPrivate = (message.flags & EPHEMERAL) !== 0;
    return [
      !isPrivate && 'reply',
      appsFor(message).length > 0 && 'apps',
      mine && message.id !== editingId && 'edit',
      mine && message.id !== editingId && 'delete',
    ].filter(Boolean);
  }

  function appsFor({ flags }) {
    const hasApps = !state.open?.direct && (flags & EPHEMERAL) === 0;
    return hasApps ? messageCommands(state.commands, state.people.get(state.you), state.locale) : [];
  }

  function place(list) {
    const next = new Map();
    const focused = document.activeElement;
    for (const { key, made, make, morphs } of list) {
      const old = shown.get(key);
      if (old !== undefined && made.every((value, index) => value === old.made[index])) next.set(key, old);
      else if (old?.morphs && morphs) {
        morph(old.node, make());
        next.set(key, { made, node: old.node, morphs });
      } else next.set(key, { made, node: make(), morphs });
    }
    const nodes = [...next.values()].map(({ node }) => node);
    const wanted = new Set(nodes);
    // Whoever had the focus on something that is gone keeps it on its message.
    const home = focused?.closest('.message') ?? undefined;
    for (const node of [...container.children]) if (!wanted.has(node)) node.remove();
    nodes.forEach((node, index) => {
      if (container.children[index] !== node) container.insertBefore(node, container.children[index] ?? null);
    });
    shown = next;
    if (home !== undefined && !focused.isConnected) shown.get(home.dataset.messageId)?.node.focus();
  }

  function edit(message) {
    editingId = message.id;
    refresh();
    const input = shown.get(message.id)?.node.querySelector('textarea');
    input?.focus();
    input?.scrollIntoView({ block: 'nearest' });
  }

  function jump(id) {
    const node = shown.get(id)?.node;
    node?.scrollIntoView({ block: 'center' });
    node?.focus({ preventScroll: true });
    node?.animate([{ background: 'var(--accent-soft)' }, {}], { duration: 1_500 });
  }

  function askForOlder() {
    const log = openLog();
    if (log?.loaded && !log.complete && !log.asking && container.scrollTop < TOP_SLACK) handlers.older();
  }

  return {
    refresh,
    edit,
    openTo,
    appsFor,
    nameOf: (author) => names.person(author.id) ?? authorName(author),
    scrollToBottom: scroll.toBottom,
    /** Opens the last message of the person for editing, if one is loaded. */
    editLast() {
      const last = openLog()?.messages.findLast(({ author }) => author.id === state.you);
      if (last !== undefined) edit(last);
    },
  };
}

/** Whether a message goes on what the same author just said, and so needs no heading of its own. */
function continues(previous, message) {
  return (
    previous.author.id === message.author.id &&
    previous.flags === message.flags &&
    !hasContext(message) &&
    new Date(message.timestamp) - new Date(previous.timestamp) < GROUPING_MS
  );
}

function dayLine(iso) {
  return element('div', { class: 'day', role: 'separator' }, element('span', {}, dayName(iso)));
}
