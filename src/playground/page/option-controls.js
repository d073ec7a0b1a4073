import { combobox } from './combobox.js';
import { element } from './element.js';
import { matchingPeople, personOffer } from './mentioning.js';
import { ATTACHMENT, BOOLEAN, CHANNEL, INTEGER, NUMBER, parse, ROLE, USER } from './option-values.js';

/**
 * What an option is filled in with: { input, extra, value(text), fill(value) }, where `value` answers { value }
 * or { problem }. `context`: { state, suggest(name), say }.
 */
export function controlFor(option, context) {
  if (option.autocomplete) return suggestingControl(option, context);
  if (option.type === ATTACHMENT) return fileControl();
  if (option.type === USER) return memberControl(option, context);
  const choices = choicesOf(option, context.state);
  return choices === undefined ? textControl(option) : choiceControl(option, choices);
}

function textControl(option) {
  // Not type="number": that hides what was typed from us when it is no number, and with it any hint why.
  const inputmode = { [INTEGER]: 'numeric', [NUMBER]: 'decimal' }[option.type];
  const input = element('input', { type: 'text', autocomplete: 'off', inputmode });
  return {
    input,
    value: (text) => parse(option, text),
    fill: (value) => (input.value = String(value)),
  };
}

function choiceControl(option, choices) {
  const empty = element('option', { value: '' }, option.required ? 'Choose…' : 'Not set');
  const rest = choices.map(({ name, value }) => element('option', { value: String(value) }, name));
  const input = element('select', {}, empty, rest);
  return {
    input,
    value: (text) => choices.find(({ value }) => String(value) === text) ?? { value: text },
    fill: (value) => (input.value = String(value)),
  };
}

function choicesOf(option, state) {
  if (option.choices?.length > 0) return option.choices;
  switch (option.type) {
    case BOOLEAN:
      return [
        { name: 'Yes', value: true },
        { name: 'No', value: false },
      ];
    case CHANNEL:
      return state.channels.map(({ id, name }) => ({ name: `#${name}`, value: id }));
    case ROLE:
      return state.roles.map(({ id, name }) => ({
        name: name === '@everyone' ? name : `@${name}`,
        value: id,
      }));
    default:
      return undefined;
  }
}

/** What the bot offers while one types; anything else may be sent, too. */
function suggestingControl(option, { suggest, say }) {
  const control = textControl(option);
  const { input } = control;
  let chosen;
  const offers = combobox(input, {
    label: option.label,
    anchor: () => input.closest('.option'),
    say,
    keyOf: ({ name }) => name,
    search: () => suggest(option.name),
    view: ({ name }) => name,
    choose(choice) {
      chosen = choice;
      input.value = choice.name;
      input.dispatchEvent(new window.Event('change'));
    },
  });
  input.addEventListener('focus', offers.offer);
  input.addEventListener('input', offers.offerSoon);
  return {
    ...withKeys(control, offers),
    value: (text) => (chosen?.name === text ? { value: chosen.value } : control.value(text)),
  };
}

/** A file, which is uploaded as soon as it is chosen; its id is the value. */
function fileControl() {
  const input = element('input', { type: 'file' });
  let upload = { problem: 'Choose a file.' };
  input.addEventListener('change', async () => {
    const [file] = input.files;
    if (file === undefined) return;
    const own = (upload = { problem: 'Still uploading…' });
    const finished = await uploaded(file);
    // Another one may have been chosen by now.
    if (upload !== own) return;
    upload = finished;
    input.dispatchEvent(new window.Event('input'));
  });
  return {
    input,
    value: () => upload,
    // Browsers let nobody but the person choose a file.
    fill: () => {},
  };
}

async function uploaded(file) {
  const path = `/uploads/${encodeURIComponent(file.name)}`;
  const response = await window.fetch(path, { method: 'POST', body: file }).catch(() => undefined);
  return response?.ok
    ? { value: (await response.json()).id }
    : { problem: 'The file could not be uploaded.' };
}

/** A member, found by name. */
function memberControl(option, { state, say }) {
  const control = textControl(option);
  const { input } = control;
  let chosen;
  const take = (person) => {
    chosen = person;
    input.value = `@${person.name}`;
  };
  const offers = combobox(input, {
    label: option.label,
    anchor: () => input.closest('.option'),
    eager: true,
    say,
    search() {
      const found = matchingPeople(state.people, input.value.replace(/^@/, ''));
      if (found.length === 0 && input.value !== '') throw { note: 'Nobody here is called that.' };
      return found;
    },
    view: personOffer,
    choose: take,
  });
  input.addEventListener('focus', () => input.value === '' && offers.offer());
  input.addEventListener('input', offers.offer);
  return {
    ...withKeys(control, offers),
    value(text) {
      const name = text.replace(/^@/, '').toLowerCase();
      const isMeant = (person) => person.name.toLowerCase() === name;
      const person = chosen && isMeant(chosen) ? chosen : [...state.people.values()].find(isMeant);
      return person === undefined ? { problem: `Nobody here is called “${text}”.` } : { value: person.id };
    },
    fill: (id) => state.people.has(id) && take(state.people.get(id)),
  };
}

/** Keys mean something to the open list before they mean something to the form. */
function withKeys(control, offers) {
  control.input.addEventListener('keydown', (event) => {
    if (event.isComposing || !offers.press(event)) return;
    event.preventDefault();
    event.stopPropagation();
  });
  return { ...control, extra: offers.popup };
}
