import { createActions } from './actions.js';
import { appsMenu } from './apps-menu.js';
import { ChannelLog } from './channel-log.js';
import { composer } from './composer.js';
import { connect } from './connection.js';
import { messageList } from './message-list.js';
import { notices } from './notices.js';
import { sidebar } from './sidebar.js';
import { keepTimesCurrent } from './times.js';

/** All that the page knows. Frames from the server change it; the parts of the page draw it. */
const state = {
  connected: false,
  guild: undefined,
  people: new Map(),
  you: undefined,
  channels: [],
  roles: [],
  /** The channel of the bot and the person one speaks as. */
  direct: undefined,
  commands: [],
  botOnline: true,
  botId: undefined,
  openChannelId: undefined,
  /** What is loaded of each channel that was opened since the last 'hello'. */
  logs: new Map(),
  unread: new Set(),
  /** The channel that is shown: one of the guild, or the direct one. */
  get open() {
    return [...this.channels, this.direct].find((channel) => channel?.id === this.openChannelId);
  },
};

const find = (id) => document.getElementById(id);
const notify = notices(find('notices'));
const connection = connect({ onFrame: (frame) => frames[frame.type]?.(frame), onLost });
const actions = createActions(connection.send, notify);

const side = sidebar(state, { speakAs: (personId) => connection.send({ type: 'speakAs', personId }) });
const list = messageList(find('messages'), find('newer'), state, {
  older: () => askForHistory(),
  click: clickButton,
  apps: (commands, message, point) => menu.open(commands, message, point),
  edited: saveEdit,
  remove: ({ id }) => actions.perform({ type: 'delete', channelId: state.openChannelId, messageId: id }),
});
const menu = appsMenu({
  choose({ name }, { id: messageId, channel_id: channelId }) {
    list.scrollToBottom();
    actions.perform({ type: 'use', channelId, messageId, name });
  },
});
const write = composer(find('composer'), state, {
  send(content, restore) {
    list.scrollToBottom();
    actions.perform({ type: 'send', channelId: state.openChannelId, content }, { failed: restore });
  },
  command({ name, subcommand }, options, restore) {
    list.scrollToBottom();
    const frame = { type: 'command', channelId: state.openChannelId, name, subcommand, options };
    actions.perform(frame, { failed: restore });
  },
  editLast: () => list.editLast(),
});

const frames = {
  hello({ guild, people, you, channels, direct, roles, commands, botOnline, botId }) {
    Object.assign(state, { connected: true, guild, you, roles, commands, botOnline, botId });
    state.channels = channels.map((channel) => ({ ...channel, title: `#${channel.name}` }));
    state.direct = { ...direct, topic: 'Only you and the bot', title: `@${direct.name}`, direct: true };
    know(people);
    // Another person sees other private messages, and a restarted server may hold other ones altogether.
    state.logs.clear();
    openChannel();
  },
  people({ people }) {
    know(people);
    side.refresh();
    list.refresh();
    write.refresh();
  },
  history({ channelId, messages, complete }) {
    state.logs.get(channelId)?.addHistory(messages, complete);
    if (channelId === state.openChannelId) list.refresh();
  },
  message({ message }) {
    state.logs.get(message.channel_id)?.put(message);
    if (message.channel_id === state.openChannelId) return list.refresh();
    state.unread.add(message.channel_id);
    side.refresh();
  },
  removed({ channelId, ids }) {
    state.logs.get(channelId)?.remove(ids);
    list.refresh();
  },
  commands({ commands }) {
    state.commands = commands;
    list.refresh();
    write.refresh();
  },
  bot({ online }) {
    state.botOnline = online;
    showBanner();
  },
  failed: ({ text, nonce }) => actions.failed(text, nonce),
  done: ({ nonce }) => actions.done(nonce),
};

function know(people) {
  state.people = new Map(people.map((person) => [person.id, person]));
}

/** Opens the channel that the address names, or the first; also draws whatever else changed with it. */
function openChannel() {
  const named = [...state.channels, state.direct].find(({ id }) => id === location.hash.slice(1));
  state.openChannelId = (named ?? state.channels[0])?.id;
  state.unread.delete(state.openChannelId);
  if (state.openChannelId !== undefined && !state.logs.has(state.openChannelId)) {
    state.logs.set(state.openChannelId, new ChannelLog());
    askForHistory();
  }
  showBanner();
  side.refresh();
  list.refresh();
  write.refresh();
}

function askForHistory() {
  const channelId = state.openChannelId;
  const log = state.logs.get(channelId);
  log.asking = connection.send({ type: 'history', channelId, before: log.messages[0]?.id });
}

function clickButton(message, button, node) {
  const release = () => {
    node.disabled = false;
    node.removeAttribute('aria-busy');
  };
  node.disabled = true;
  node.setAttribute('aria-busy', 'true');
  actions.perform(
    { type: 'click', channelId: message.channel_id, messageId: message.id, customId: button.custom_id },
    { done: release, failed: release },
  );
}

function saveEdit(message, content) {
  write.focus();
  if (content === undefined) return;
  actions.perform({ type: 'edit', channelId: message.channel_id, messageId: message.id, content });
}

function onLost() {
  state.connected = false;
  actions.lost();
  showBanner();
}

function showBanner() {
  const banner = find('banner');
  const text = !state.connected
    ? 'Connecting to the playground…'
    : !state.botOnline && 'The bot is offline. Commands and buttons work again once it is back.';
  banner.hidden = !text;
  banner.textContent = text || '';
}

window.addEventListener('hashchange', () => {
  if (state.guild === undefined) return;
  openChannel();
  write.focus();
});
keepTimesCurrent();
