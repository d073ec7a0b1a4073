import { paintAvatar } from './avatar.js';
import { element } from './element.js';
import { attachmentView, embedView } from './embed-view.js';
import { link, markdown } from './markdown.js';
import { messageTime } from './times.js';

const EPHEMERAL = 64;
const THINKING = 128;
const CHAT_INPUT = 1;
const BUTTON = 2;
const BUTTON_STYLES = { 1: 'primary', 2: 'secondary', 3: 'success', 4: 'danger', 5: 'link' };

/**
 * One message. `grouped`: it follows another of the same author and needs no heading. `mine`: it can be
 * edited and deleted. `apps`: the message commands that its menu offers. `handlers`: { click(message, button,
 * node), apps(commands, message, point), edit(message), remove(message) }.
 */
export function messageView(message, { grouped, mine, you, apps, timedOutUntil, names, handlers }) {
  const name = authorName(message.author);
  const ephemeral = (message.flags & EPHEMERAL) !== 0;
  const mentionsYou = [`<@${you}>`, `<@!${you}>`].some((mention) => message.content.includes(mention));
  const classes = ['message', grouped && 'grouped', ephemeral && 'ephemeral', mentionsYou && 'mentions-you'];
  return element(
    'article',
    {
      class: classes.filter(Boolean).join(' '),
      'data-message-id': message.id,
      'aria-label': `${name} wrote`,
      oncontextmenu: apps.length > 0 && ((event) => openByPress(event, apps, message, handlers)),
    },
    !grouped && contextLine(message, names),
    grouped ? gutterTime(message) : avatar(message.author, name),
    element(
      'div',
      { class: 'message-body' },
      !grouped && heading(message, name, timedOutUntil),
      contentView(message, name, names),
      attachmentsOutsideEmbeds(message).map(attachmentView),
      message.embeds?.map((embed) => embedView(embed, message.attachments ?? [], names)),
      message.components?.map((row) => buttonRow(row, message, handlers)),
      ephemeral && element('p', { class: 'ephemeral-note' }, 'Only you can see this'),
    ),
    (mine || apps.length > 0) && actionBar(message, { mine, apps, handlers }),
  );
}

/** Whether a message starts with a line of its own about what it answers. */
export function hasContext(message) {
  return message.interaction_metadata?.name !== undefined || message.referenced_message != null;
}

export function authorName({ global_name, username }) {
  return global_name ?? username;
}

function contextLine(message, names) {
  const { name, command_type: type, user } = message.interaction_metadata ?? {};
  if (name !== undefined) {
    const command = element('span', { class: 'mention' }, type === CHAT_INPUT ? `/${name}` : name);
    return element('p', { class: 'context' }, element('b', {}, authorName(user)), ' used ', command);
  }
  const answered = message.referenced_message;
  if (answered == null) return undefined;
  const excerpt = element('span', { class: 'excerpt markdown' }, markdown(answered.content, names));
  return element('p', { class: 'context' }, element('b', {}, authorName(answered.author)), ' ', excerpt);
}

function avatar(author, name) {
  const node = element('span', { class: 'avatar', 'aria-hidden': 'true' });
  paintAvatar(node, author.id, name);
  return node;
}

function gutterTime({ timestamp }) {
  return element('span', { class: 'gutter-time' }, messageTime(timestamp, { short: true }));
}

function heading({ author, timestamp }, name, timedOutUntil) {
  return element(
    'h3',
    { class: 'author' },
    element('span', { class: 'author-name' }, name),
    author.bot && element('span', { class: 'bot-badge', 'aria-label': 'bot' }, 'BOT'),
    messageTime(timestamp, { short: false }),
    timedOutUntil && timedOutMark(timedOutUntil),
  );
}

export function timedOutMark(until) {
  return element('span', { class: 'timed-out' }, 'timed out until ', messageTime(until, { short: false }));
}

function contentView(message, name, names) {
  if ((message.flags & THINKING) !== 0) {
    return element(
      'div',
      { class: 'content thinking' },
      element('span', { class: 'dots', 'aria-hidden': 'true' }, element('i'), element('i'), element('i')),
      `${name} is thinking…`,
    );
  }
  const edited = message.edited_timestamp != null && element('span', { class: 'edited' }, '(edited)');
  if (message.content === '' && !edited) return undefined;
  const content = element('div', { class: 'content markdown' }, markdown(message.content, names));
  // The mark sits at the end of the last line of text, like Discord's.
  const last = content.lastElementChild;
  if (edited) (last?.tagName === 'P' ? last : content).append(edited);
  return content;
}

function attachmentsOutsideEmbeds({ attachments = [], embeds = [] }) {
  const shown = new Set(embeds.map((embed) => embed.image?.url));
  return attachments.filter(({ url, filename }) => !shown.has(`attachment://${filename}`) && !shown.has(url));
}

function buttonRow(row, message, handlers) {
  const buttons = (row.components ?? []).filter(({ type }) => type === BUTTON);
  return element(
    'div',
    { class: 'buttons' },
    buttons.map((button) => buttonView(button, message, handlers)),
  );
}

function buttonView(button, message, handlers) {
  const label = [button.emoji && emojiText(button.emoji), button.label].filter(Boolean).join(' ');
  const style = `button ${BUTTON_STYLES[button.style] ?? 'secondary'}`;
  if (button.url !== undefined) {
    return /^https?:/.test(button.url) && link(button.url, `${label} ↗`, { class: style });
  }
  return element(
    'button',
    {
      type: 'button',
      class: style,
      disabled: button.disabled,
      'data-focus-key': button.custom_id,
      onclick: ({ currentTarget }) => handlers.click(message, button, currentTarget),
    },
    label,
  );
}

// A custom emoji is a picture on Discord's servers, which this page does not ask for anything.
function emojiText({ id, name }) {
  return id ? `:${name}:` : name;
}

function actionBar(message, { mine, apps, handlers }) {
  const button = (label, onclick, attributes = {}) =>
    element('button', { type: 'button', onclick, ...attributes }, label);
  const openBelow = ({ currentTarget }) => {
    const { left, bottom } = currentTarget.getBoundingClientRect();
    handlers.apps(apps, message, { x: left, y: bottom });
  };
  return element(
    'div',
    { class: 'actions' },
    apps.length > 0 &&
      button('Apps', openBelow, { 'aria-haspopup': 'menu', 'data-focus-key': `apps ${message.id}` }),
    mine && button('Edit', () => handlers.edit(message)),
    mine && button('Delete', () => handlers.remove(message)),
  );
}

/** The browser's own menu stays where it has more to offer: on links, pictures and what is being written. */
function openByPress(event, apps, message, handlers) {
  if (event.target.closest('a, textarea') !== null) return;
  event.preventDefault();
  handlers.apps(apps, message, { x: event.clientX, y: event.clientY });
}
