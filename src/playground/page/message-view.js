import { paintAvatar } from './avatar.js';
import { element } from './element.js';
import { attachmentView, embedView } from './embed-view.js';
import { link, markdown } from './markdown.js';
import { authorName } from './names.js';
import { messageTime } from './times.js';

const EPHEMERAL = 64;
const THINKING = 128;
const CHAT_INPUT = 1;
const BUTTON = 2;
const BUTTON_STYLES = { 1: 'primary', 2: 'secondary', 3: 'success', 4: 'danger', 5: 'link' };

/**
 * One message. It has no listeners of its own, since it is morphed into its later versions: what can be pressed
 * says so in `data-action`, and message-events.js listens. `grouped`: it follows another of the same author and
 * needs no heading. `can`: which of 'reply', 'edit', 'delete' and 'apps' are open to the person. `pending`:
 * custom ids of pressed buttons that the bot has not answered.
 */
export function messageView(message, { grouped, you, can, pending, timedOutUntil, names }) {
  const name = nameOf(message.author, names);
  const ephemeral = (message.flags & EPHEMERAL) !== 0;
  const mentionsYou = message.mentions.some(({ id }) => id === you);
  const classes = ['message', grouped && 'grouped', ephemeral && 'ephemeral', mentionsYou && 'mentions-you'];
  return element(
    'article',
    {
      class: classes.filter(Boolean).join(' '),
      'data-message-id': message.id,
      'aria-label': `${name} wrote`,
      tabindex: '-1',
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
      message.components?.map((row) => buttonRow(row, message, pending)),
      ephemeral && element('p', { class: 'ephemeral-note' }, 'Only you can see this'),
    ),
    can.length > 0 && actionBar(message, can),
  );
}

/** Whether a message starts with a line of its own about what it answers. */
export function hasContext(message) {
  return message.interaction_metadata?.name !== undefined || message.message_reference !== undefined;
}

/** The words of a text, in one line. */
function plain(text, names) {
  const parts = element('div', {}, markdown(text, names)).childNodes;
  return [...parts].map(({ textContent }) => textContent).join(' ');
}

function nameOf(author, names) {
  return names.person(author.id) ?? authorName(author);
}

function contextLine(message, names) {
  const { name, command_type: type, user } = message.interaction_metadata ?? {};
  if (name !== undefined) {
    const called = names.command(name, type);
    const command = element('span', { class: 'mention' }, type === CHAT_INPUT ? `/${called}` : called);
    return element('p', { class: 'context' }, element('b', {}, nameOf(user, names)), ' used ', command);
  }
  if (message.message_reference === undefined) return undefined;
  const { referenced_message: answered, mentions } = message;
  if (answered == null) {
    return element('p', { class: 'context' }, element('i', {}, 'Original message was deleted'));
  }
  const pinged = mentions.some(({ id }) => id === answered.author.id) ? '@' : '';
  return element(
    'p',
    { class: 'context' },
    element('b', {}, `${pinged}${nameOf(answered.author, names)}`),
    ' ',
    element(
      'button',
      { type: 'button', class: 'excerpt', 'data-action': 'jump', 'data-to': answered.id },
      answered.content === '' ? element('i', {}, 'A message without text') : plain(answered.content, names),
    ),
  );
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
    return element('div', { class: 'content thinking' }, dots(), `${name} is thinking…`);
  }
  const edited = message.edited_timestamp != null && element('span', { class: 'edited' }, '(edited)');
  if (message.content === '' && !edited) return undefined;
  const content = element('div', { class: 'content markdown' }, markdown(message.content, names));
  // The mark sits at the end of the last line of text, like Discord's.
  const last = content.lastElementChild;
  if (edited) (last?.tagName === 'P' ? last : content).append(edited);
  return content;
}

export function dots() {
  return element('span', { class: 'dots', 'aria-hidden': 'true' }, element('i'), element('i'), element('i'));
}

function attachmentsOutsideEmbeds({ attachments = [], embeds = [] }) {
  const shown = new Set(embeds.map((embed) => embed.image?.url));
  return attachments.filter(({ url, filename }) => !shown.has(`attachment://${filename}`) && !shown.has(url));
}

function buttonRow(row, message, pending) {
  const buttons = (row.components ?? []).filter(({ type }) => type === BUTTON);
  return element(
    'div',
    { class: 'buttons' },
    buttons.map((button) => buttonView(button, pending.includes(button.custom_id))),
  );
}

function buttonView(button, isPending) {
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
      // Not disabled, which would take the focus away from whoever pressed it by key.
      'aria-disabled': isPending && 'true',
      'aria-busy': isPending && 'true',
      'data-action': 'click',
      'data-custom-id': button.custom_id,
      'data-focus-key': button.custom_id,
    },
    label,
  );
}

// A custom emoji is a picture on Discord's servers, which this page does not ask for anything.
function emojiText({ id, name }) {
  return id ? `:${name}:` : name;
}

const ACTIONS = { reply: 'Reply', apps: 'Apps', edit: 'Edit', delete: 'Delete' };

/** For the mouse; by key, Enter on the message opens the same as a menu. */
function actionBar(message, can) {
  const button = (action) =>
    element(
      'button',
      {
        type: 'button',
        tabindex: '-1',
        'data-action': action,
        'data-focus-key': `${action} ${message.id}`,
        'aria-haspopup': action === 'apps' && 'menu',
      },
      ACTIONS[action],
    );
  return element('div', { class: 'actions' }, can.map(button));
}
