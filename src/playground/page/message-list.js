import { messageCommands } from './command-entries.js';
import { element } from './element.js';
import { messageEditor } from './message-editor.js';
import { authorName, hasContext, messageView } from './message-view.js';
import { dayName } from './times.js';

const EPHEMERAL = 64;
const GROUPING_MS = 7 * 60_000;
/** So near the bottom, people mean to follow along. */
const BOTTOM_SLACK = 60;
/** So near the top, older messages are asked for, before the reader runs into the end. */
const TOP_SLACK = 300;

/**
 * The scrolling log of the open channel. Elements of unchanged messages stay in place, so that focus, text
 * selection, a message being edited and what screen readers have read survive every update.
 * `handlers`: those of messageView, plus older() and save(message, content).
 */
export function messageList(container, newer, state, handlers) {
  let shown = new Map();
  let shownChannel;
  let following = true;
  let lastTop = 0;
  let editingId;

  const names = {
    person: (id) => state.people.get(id)?.name ?? authorOf(id),
    role: (id) => state.roles.find((role) => role.id === id)?.name,
    channel: (id) => state.channels.find((channel) => channel.id === id)?.name,
  };

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
      following = true;
      shown = new Map();
    }
    const log = openLog();
    if (!log?.loaded) following = true;
    const newest = shownIds().at(-1);
    const anchor = topmostVisible();
    container.setAttribute('aria-busy', String(!log?.loaded || log.asking));
    place(log?.loaded ? items(log) : []);
    if (following) scrollToBottom();
    else {
      holdInPlace(anchor);
      if (BigInt(shownIds().at(-1) ?? 0) > BigInt(newest ?? 0)) newer.hidden = false;
    }
    askForOlder();
  }

  function shownIds() {
    return [...container.querySelectorAll('.message')].map(({ dataset }) => dataset.messageId);
  }

  /** What the reader looks at must not move when messages come in above it or grow. */
  function topmostVisible() {
    const messages = [...container.querySelectorAll('.message')];
    const node = messages.find(
      ({ offsetTop, offsetHeight }) => offsetTop + offsetHeight > container.scrollTop,
    );
    return node && { id: node.dataset.messageId, offset: node.offsetTop - container.scrollTop };
  }

  function holdInPlace(anchor) {
    const node = shown.get(anchor?.id)?.node;
    if (node !== undefined) container.scrollTop = node.offsetTop - anchor.offset;
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
    const editing = message.id === editingId;
    const mine = message.author.id === state.you && !editing;
    const you = state.people.get(state.you);
    const hasApps = !state.open?.direct && (message.flags & EPHEMERAL) === 0;
    const apps = hasApps ? messageCommands(state.commands, you) : [];
    const { timedOutUntil } = state.people.get(message.author.id) ?? {};
    const options = {
      grouped,
      mine,
      you: state.you,
      apps,
      timedOutUntil,
      names,
      handlers: { ...handlers, edit },
    };
    return {
      key: message.id,
      // A mention is drawn with the name that was known at the time, hence people and channels. What is
      // being edited stays as it is, whatever happens around it.
      made: editing
        ? ['editing']
        : [message, grouped, state.you, state.people, state.channels, state.commands],
      make: () => {
        const view = messageView(message, options);
        return editing ? messageEditor(view, message, finishEditing) : view;
      },
    };
  }

  function place(list) {
    const next = new Map();
    let focusKey;
    for (const { key, made, make } of list) {
      const old = shown.get(key);
      if (old !== undefined && made.every((value, index) => value === old.made[index])) {
        next.set(key, old);
        continue;
      }
      if (old?.node.contains(document.activeElement)) focusKey = document.activeElement.dataset.focusKey;
      next.set(key, { made, node: make() });
    }
    const nodes = [...next.values()].map(({ node }) => node);
    const wanted = new Set(nodes);
    for (const node of [...container.children]) if (!wanted.has(node)) node.remove();
    nodes.forEach((node, index) => {
      if (container.children[index] !== node) container.insertBefore(node, container.children[index] ?? null);
    });
    shown = next;
    const focusable = [...container.querySelectorAll('[data-focus-key]')];
    if (focusKey) focusable.find(({ dataset }) => dataset.focusKey === focusKey)?.focus();
  }

  function edit(message) {
    editingId = message.id;
    refresh();
    const editor = shown.get(message.id)?.node.querySelector('textarea');
    editor?.focus();
    editor?.scrollIntoView({ block: 'nearest' });
  }

  function finishEditing(message, content) {
    editingId = undefined;
    refresh();
    handlers.edited(message, content);
  }

  function askForOlder() {
    const log = openLog();
    if (log?.loaded && !log.complete && !log.asking && container.scrollTop < TOP_SLACK) handlers.older();
  }

  function scrollToBottom() {
    container.scrollTop = container.scrollHeight;
    following = true;
    newer.hidden = true;
  }

  container.addEventListener('scroll', () => {
    const { scrollTop, scrollHeight, clientHeight } = container;
    // Only going up means to stay behind: content that grows also leaves the bottom further away.
    if (scrollHeight - scrollTop - clientHeight < BOTTOM_SLACK) following = true;
    else if (scrollTop < lastTop) following = false;
    lastTop = scrollTop;
    if (following) newer.hidden = true;
    askForOlder();
  });
  newer.addEventListener('click', scrollToBottom);
  // Pictures load and the composer grows after the messages were placed; whoever follows keeps following.
  container.addEventListener('load', () => following && scrollToBottom(), { capture: true });
  new window.ResizeObserver(() => following && scrollToBottom()).observe(container);

  return {
    refresh,
    scrollToBottom,
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
