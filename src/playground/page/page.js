import { createActions } from './actions.js';
import { announcer } from './announcer.js';
import { ChannelLog } from './channel-log.js';
import { composer } from './composer.js';
import { connect } from './connection.js';
import { lightbox } from './lightbox.js';
import { messageActions } from './message-actions.js';
import { messageList } from './message-list.js';
import { notices } from './notices.js';
import { settings } from './settings.js';
import { sidebar } from './sidebar.js';
import { state } from './state.js';
import { keepTimesCurrent } from './times.js';
import { typingLine } from './typing-line.js';

const THINKING = 128;

const find = (id) => document.getElementById(id);
const notify = notices(find('notices'));
const connection = connect({ onFrame: (frame) => frames[frame.type]?.(frame), onLost });
const actions = createActions(connection.send, notify);

const { say, sayWhenSettled } = announcer();
const side = sidebar(state, { speakAs: (personId) => connection.send({ type: 'speakAs', personId }) });
const choices = settings(state, { speak: (locale) => connection.send({ type: 'setLocale', locale }) });
const list = messageList(find('messages'), find('newer'), state, {
  older: () => askForHistory(),
  act: (...what) => act(...what),
  edited: saveEdit,
});
const typing = typingLine(find('typing'), state, (id) => list.nameOf({ id, username: 'Somebody' }));
const write = composer(
  find('composer'),
  { state, say },
  {
    send(content, reply, restore) {
      list.scrollToBottom();
      const frame = { type: 'send', channelId: state.openChannelId, content, reply };
      actions.perform(frame, { failed: restore });
    },
    command({ name, subcommand }, options, restore) {
      list.scrollToBottom();
      const frame = { type: 'command', channelId: state.openChannelId, name, subcommand, options };
      actions.askBot(frame, { failed: restore });
    },
    suggest({ name, subcommand }, options, focused) {
      const frame = { type: 'suggest', channelId: state.openChannelId, name, subcommand, options, focused };
      return new Promise((done, reject) => {
        const failed = () => reject({ note: 'Loading options failed.' });
        actions.askBot(frame, { done, failed, late: failed, quiet: true });
      });
    },
    editLast: () => list.editLast(),
  },
);
const act = messageActions({ state, actions, list, write, enlarge: lightbox() });

const frames = {
  hello({ guild, people, you, locale, channels, direct, roles, commands, botOnline, botId }) {
    Object.assign(state, { connected: true, guild, you, locale, roles, commands, botOnline, botId });
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
    typing.stop(message.channel_id, message.author.id);
    if (message.channel_id === state.openChannelId) {
      list.refresh();
      return announce(message);
    }
    state.unread.add(message.channel_id);
    side.refresh();
  },
  typing: ({ channelId, userId }) => typing.start(channelId, userId),
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
  done: ({ nonce, result }) => actions.done(nonce, result),
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
  choices.refresh();
  list.refresh();
  write.refresh();
  typing.refresh();
}

function askForHistory() {
  const channelId = state.openChannelId;
  const log = state.logs.get(channelId);
  log.asking = connection.send({ type: 'history', channelId, before: log.messages[0]?.id });
}

/** Says to screen readers what a message says in the end; one's own words are known already. */
function announce({ id, author, flags }) {
  if (author.id === state.you || (flags & THINKING) !== 0) return;
  sayWhenSettled(id, () => {
    const message = state.logs.get(state.openChannelId)?.find(id);
    const parts = find('messages').querySelectorAll(`[data-message-id="${id}"] :is(.content, .embed)`);
    const words = [...parts].map(({ innerText }) => innerText).join('. ');
    return message === undefined ? '' : `${list.nameOf(author)}: ${words}`;
  });
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
find('skip').addEventListener('click', () => write.focus());
keepTimesCurrent();
