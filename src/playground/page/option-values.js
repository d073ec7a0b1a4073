export const STRING = 3;
export const INTEGER = 4;
export const BOOLEAN = 5;
export const USER = 6;
export const CHANNEL = 7;
export const ROLE = 8;
export const NUMBER = 10;
export const ATTACHMENT = 11;

/** What was typed for an option as the value Discord would send: { value }, or { problem }, which says what to change. */
export function parse(option, text) {
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

/** What an option takes, in brackets behind its description. */
export function limits({ min_value: min, max_value: max, max_length: length, choices }) {
  if (choices?.length > 0) return '';
  if (length !== undefined) return `(up to ${length} characters)`;
  if (min !== undefined && max !== undefined) return `(${min} to ${max})`;
  if (min !== undefined) return `(${min} or more)`;
  if (max !== undefined) return `(up to ${max})`;
  return '';
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
