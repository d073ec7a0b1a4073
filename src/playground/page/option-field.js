import { element } from './element.js';

const STRING = 3;
const INTEGER = 4;
const BOOLEAN = 5;
const USER = 6;
const CHANNEL = 7;
const ROLE = 8;
const NUMBER = 10;

/**
 * A field for one option of a command. `read()` answers { value } (undefined when left empty) or { problem },
 * a sentence that says what to change; `report()` shows or clears that sentence.
 */
export function optionField(option, state) {
  const id = `option-${option.name}`;
  const input = control(option, state);
  const problem = element('p', { id: `${id}-problem`, class: 'problem', role: 'alert', hidden: true });
  const describedBy = `${id}-hint ${id}-problem`;
  for (const [name, value] of Object.entries({ id, name: option.name, 'aria-describedby': describedBy })) {
    input.setAttribute(name, value);
  }
  if (option.required) input.setAttribute('aria-required', 'true');

  function read() {
    const text = input.value.trim();
    if (text !== '') return parse(option, text);
    return option.required ? { problem: 'This is needed.' } : { value: undefined };
  }

  function report() {
    const found = read().problem;
    problem.textContent = found ?? '';
    problem.hidden = found === undefined;
    input.setAttribute('aria-invalid', String(found !== undefined));
    return found === undefined;
  }

  // Complaining starts when the field is left; from then on it follows every key until it is right.
  input.addEventListener('change', report);
  input.addEventListener('input', () => problem.hidden || report());

  const mark = option.required ? 'required' : 'optional';
  const label = element('label', { for: id }, option.name, ' ', element('span', { class: mark }, mark));
  const hint = element(
    'p',
    { id: `${id}-hint`, class: 'hint' },
    [option.description, limits(option)].join(' '),
  );
  return {
    name: option.name,
    input,
    node: element('div', { class: 'option', 'data-option': option.name }, label, input, hint, problem),
    read,
    report,
  };
}

function control(option, state) {
  const choices = choicesOf(option, state);
  if (choices !== undefined) {
    const empty = element('option', { value: '' }, option.required ? 'Choose…' : 'Not set');
    const rest = choices.map(({ name, value }) => element('option', { value: String(value) }, name));
    return element('select', {}, empty, rest);
  }
  // Not type="number": that hides what was typed from us when it is no number, and with it any hint why.
  const inputmode = { [INTEGER]: 'numeric', [NUMBER]: 'decimal' }[option.type];
  return element('input', { type: 'text', autocomplete: 'off', inputmode });
}

function choicesOf(option, state) {
  if (option.choices?.length > 0) return option.choices;
  switch (option.type) {
    case BOOLEAN:
      return [
        { name: 'Yes', value: 'true' },
        { name: 'No', value: 'false' },
      ];
    case USER:
      return [...state.people.values()].map(({ id, name }) => ({ name: `@${name}`, value: id }));
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

function parse(option, text) {
  switch (option.type) {
    case INTEGER:
    case NUMBER:
      return parseNumber(option, text);
    case BOOLEAN:
      return { value: text === 'true' };
    case STRING:
      return parseText(option, text);
    default:
      return { value: text };
  }
}

function parseText({ min_length: min = 0, max_length: max = Infinity }, text) {
  const { length } = [...text];
  if (length > max) return { problem: `At most ${max} characters, and this has ${length}.` };
  if (length < min) return { problem: `At least ${min} characters, and this has ${length}.` };
  return { value: text };
}

function parseNumber({ type, min_value: min = -Infinity, max_value: max = Infinity }, text) {
  // Much of the world writes half as 0,5.
  const value = Number(text.replace(/^(-?\d+),(\d+)$/, '$1.$2'));
  if (!Number.isFinite(value)) return { problem: `A number is needed here, and “${text}” is none.` };
  if (type === INTEGER && !Number.isInteger(value)) return { problem: 'A whole number is needed here.' };
  if (value < min) return { problem: `The smallest number allowed is ${min}.` };
  if (value > max) return { problem: `The largest number allowed is ${max}.` };
  return { value };
}

function limits({ min_value: min, max_value: max, max_length: length, choices }) {
  if (choices?.length > 0) return '';
  if (length !== undefined) return `(up to ${length} characters)`;
  if (min !== undefined && max !== undefined) return `(${min} to ${max})`;
  if (min !== undefined) return `(${min} or more)`;
  if (max !== undefined) return `(up to ${max})`;
  return '';
}
