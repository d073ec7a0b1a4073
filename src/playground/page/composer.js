import { combobox } from './combobox.js';
import { matchingEntries, offeredEntries, typedArgument, wholeEntry } from './command-entries.js';
import { commandForm } from './command-form.js';
import { element } from './element.js';
import { matchingPeople, personOffer, readable, typedMention, withMentions } from './mentioning.js';
import { mentionLayer } from './mention-layer.js';
import { replyBar } from './reply-bar.js';

/**
 * Where people write: a message box that offers commands behind a slash and members behind an @, and gives way
 * to a form once a command is chosen. `handlers`: { send(content, reply, restore), command(entry, options,
 * restore), suggest(entry, options, name), editLast() }, where restore puts back what was typed when the server
 * refuses it.
 */
export function composer(container, { state, say }, handlers) {
  const input = element('textarea', {
    id: 'message-box',
    rows: '1',
    oninput: typed,
    onkeydown: pressed,
    onclick: () => offers.offer(),
    onfocus: () => offers.offer(),
  });
  const send = element('button', { type: 'button', class: 'button primary', onclick: sendText }, 'Send');
  const layer = mentionLayer(input, state);
  const reply = replyBar({ state, closed: () => input.focus() });
  const box = element('div', { class: 'message-box' }, layer.node, send);
  const offers = combobox(input, {
    label: 'Commands and members',
    anchor: box,
    eager: true,
    say,
    search: () => offeredMembers() ?? matchingEntries(entriesNow(), input.value),
    view: (item) => (item.fullName === undefined ? personOffer(item) : commandOffer(item)),
    choose: (item) => (item.fullName === undefined ? mention(item) : choose(item)),
  });
  container.append(offers.popup, reply.node, box);
  let open;

  function entriesNow() {
    const you = state.people.get(state.you);
    return state.open?.direct ? [] : offeredEntries(state.commands, you, state.locale);
  }

  function offeredMembers() {
    const mentioned = typedMention(input.value, input.selectionStart);
    return mentioned && matchingPeople(state.people, mentioned.query);
  }

  function typed() {
    fitHeight();
    // A space behind the whole name says: this one.
    const whole = wholeEntry(entriesNow(), input.value);
    if (whole === undefined) offers.offer();
    else choose(whole);
  }

  function fitHeight() {
    // Behind a form the box has no height to measure.
    if (box.hidden) return;
    input.style.height = 'auto';
    input.style.height = `${input.scrollHeight}px`;
    send.disabled = input.value.trim() === '';
    layer.draw();
  }

  function pressed(event) {
    // While an input method composes a word, Enter and Escape belong to it.
    if (event.isComposing) return;
    if (offers.press(event) || handlePress(event)) event.preventDefault();
  }

  /** Whether the key meant something here beyond writing. */
  function handlePress({ key, shiftKey }) {
    if (key === 'Enter' && !shiftKey) sendText();
    else if (key === 'Escape' && reply.answered !== undefined) reply.clear();
    else if (key === 'ArrowUp' && input.value === '') handlers.editLast();
    else return false;
    return true;
  }

  function mention(person) {
    const { from } = typedMention(input.value, input.selectionStart);
    input.setRangeText(`@${person.name} `, from, input.selectionStart, 'end');
    fitHeight();
  }

  function choose(entry) {
    const argument = typedArgument(entry, input.value);
    setText('');
    openForm(entry, argument === '' ? {} : { [entry.options[0]?.name]: argument });
  }

  function openForm(entry, values) {
    const form = commandForm(
      entry,
      { state, say },
      {
        submit(options) {
          closeForm();
          handlers.command(entry, options, () => restoreForm(entry, options));
        },
        cancel: closeForm,
        suggest: (options, name) => handlers.suggest(entry, options, name),
      },
    );
    form.fill(values);
    open?.form.remove();
    open = form;
    offers.close();
    box.hidden = true;
    container.append(form.form);
    form.focus();
  }

  function closeForm() {
    open?.form.remove();
    open = undefined;
    box.hidden = false;
    fitHeight();
    input.focus();
  }

  // Whoever has started on something else by the time of the refusal keeps that.
  function restoreForm(entry, options) {
    if (open === undefined && input.value === '') openForm(entry, options);
  }

  function sendText() {
    const content = withMentions(input.value.trim(), state.people);
    if (content === '') return;
    const { answered, ping } = reply;
    setText('');
    reply.clear();
    handlers.send(content, answered && { messageId: answered.id, ping }, () => {
      if (input.value === '') setText(readable(content, state.people));
    });
  }

  function setText(text) {
    input.value = text;
    fitHeight();
    if (text === '') offers.close();
    else offers.offer();
  }

  return {
    /** Follows a change of the channel, the person, their language or the commands. */
    refresh() {
      const label = `Message ${state.open?.title ?? ''}`;
      input.placeholder = label;
      input.setAttribute('aria-label', label);
      if (reply.answered?.channel_id !== state.openChannelId) reply.clear({ quietly: true });
      const stillOffered = entriesNow().some(({ label: offered }) => offered === open?.entry.label);
      if (open !== undefined && !stillOffered) closeForm();
      if (document.activeElement === input) offers.offer();
      fitHeight();
    },
    focus: () => (open === undefined ? input.focus() : open.focus()),
    /** What is written next answers this message. */
    reply(message) {
      if (open !== undefined) closeForm();
      reply.show(message);
      input.focus();
    },
  };
}

function commandOffer({ label, description }) {
  return element(
    'span',
    { class: 'command' },
    element('b', {}, `/${label}`),
    element('span', {}, description),
  );
}
