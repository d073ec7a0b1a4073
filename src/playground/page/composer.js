import { matchingEntries, offeredEntries, typedArgument } from './command-entries.js';
import { commandForm } from './command-form.js';
import { commandList } from './command-list.js';
import { element } from './element.js';

/**
 * Where people write: a message box that offers commands behind a slash, and gives way to a form once one
 * is chosen. `handlers`: { send(content, restore), command(entry, options, restore), editLast() }, where
 * restore puts back what was typed when the server refuses it.
 */
export function composer(container, state, handlers) {
  const commands = commandList({ choose });
  const input = element('textarea', {
    id: 'message-box',
    rows: '1',
    role: 'combobox',
    'aria-autocomplete': 'list',
    'aria-controls': 'command-list',
    'aria-expanded': 'false',
    oninput: typed,
    onkeydown: pressed,
    onblur: () => offer([]),
    onfocus: () => offer(),
  });
  const send = element('button', { type: 'button', class: 'button primary', onclick: sendText }, 'Send');
  const box = element('div', { class: 'message-box' }, input, send);
  container.append(commands.list, box);
  let open;

  function offer(entries = matchingEntries(entriesNow(), input.value)) {
    commands.show(entries);
    const { activeId } = commands;
    input.setAttribute('aria-expanded', String(activeId !== undefined));
    if (activeId === undefined) input.removeAttribute('aria-activedescendant');
    else input.setAttribute('aria-activedescendant', activeId);
  }

  function entriesNow() {
    return state.open?.direct ? [] : offeredEntries(state.commands, state.people.get(state.you));
  }

  function typed() {
    fitHeight();
    const whole = entriesNow().find(({ label }) => input.value === `/${label} `);
    // A space behind the whole name says: this one.
    if (whole === undefined) offer();
    else choose(whole);
  }

  function fitHeight() {
    // Behind a form the box has no height to measure.
    if (box.hidden) return;
    input.style.height = 'auto';
    input.style.height = `${input.scrollHeight}px`;
    send.disabled = input.value.trim() === '';
  }

  function pressed(event) {
    // While an input method composes a word, Enter and Escape belong to it.
    if (event.isComposing) return;
    if (handlePress(event)) event.preventDefault();
  }

  /** Whether the key meant something here beyond writing. */
  function handlePress({ key, shiftKey }) {
    const chosen = commands.active;
    const enter = key === 'Enter' && !shiftKey;
    if (chosen !== undefined && key === 'ArrowDown') move(1);
    else if (chosen !== undefined && key === 'ArrowUp') move(-1);
    else if (chosen !== undefined && key === 'Escape') offer([]);
    else if (chosen !== undefined && (enter || (key === 'Tab' && !shiftKey))) choose(chosen);
    else if (enter) sendText();
    else if (key === 'ArrowUp' && input.value === '') handlers.editLast();
    else return false;
    return true;
  }

  function move(step) {
    commands.move(step);
    input.setAttribute('aria-activedescendant', commands.activeId);
  }

  function choose(entry) {
    const argument = typedArgument(entry, input.value);
    setText('');
    openForm(entry, argument === '' ? {} : { [entry.options[0]?.name]: argument });
  }

  function openForm(entry, values) {
    const form = commandForm(entry, state, {
      submit(options) {
        closeForm();
        handlers.command(entry, options, () => restoreForm(entry, options));
      },
      cancel: closeForm,
    });
    form.fill(values);
    open?.form.remove();
    open = form;
    offer([]);
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
    const content = input.value.trim();
    if (content === '') return;
    setText('');
    input.focus();
    handlers.send(content, () => input.value === '' && setText(content));
  }

  function setText(text) {
    input.value = text;
    fitHeight();
    offer(text === '' ? [] : undefined);
  }

  return {
    /** Follows a change of the channel, the person or the commands. */
    refresh() {
      const label = `Message ${state.open?.title ?? ''}`;
      input.placeholder = label;
      input.setAttribute('aria-label', label);
      const stillOffered = entriesNow().some(({ label: offered }) => offered === open?.entry.label);
      if (open !== undefined && !stillOffered) closeForm();
      if (document.activeElement === input) offer();
      fitHeight();
    },
    focus: () => (open === undefined ? input.focus() : open.focus()),
  };
}
