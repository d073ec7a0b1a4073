import { element } from './element.js';
import { optionField } from './option-field.js';

/**
 * The composer while a command is filled in. `submit(values)` gets only what was filled in, each value with
 * the type Discord would send; `cancel()` is called on Escape. `suggest(values, name)` asks the bot what it
 * offers for an option.
 */
export function commandForm(entry, { state, say }, { submit, cancel, suggest }) {
  const context = { state, say, suggest: (name) => suggest(filledIn(), name) };
  const fields = entry.options.map((option) => optionField(option, context));

  function trySubmit() {
    const wrong = fields.filter((field) => !field.report());
    if (wrong.length > 0) return wrong[0].input.focus();
    submit(filledIn());
  }

  /** The values that are there and right. */
  function filledIn() {
    const values = fields.map((field) => [field.name, field.read().value]);
    return Object.fromEntries(values.filter(([, value]) => value !== undefined));
  }

  const form = element(
    'form',
    {
      id: 'command-form',
      'aria-label': `/${entry.label}`,
      'data-command': entry.fullName,
      novalidate: true,
      onsubmit: (event) => {
        event.preventDefault();
        trySubmit();
      },
      onkeydown: (event) => {
        if (event.isComposing) return;
        if (event.key === 'Escape') cancel();
        // Forms send on Enter by themselves from text fields, but not from a select.
        else if (event.key === 'Enter' && event.target.tagName === 'SELECT') trySubmit();
        else return;
        event.preventDefault();
      },
    },
    element('p', { class: 'command-title' }, element('b', {}, `/${entry.label}`), ' ', entry.description),
    element(
      'div',
      { class: 'options' },
      fields.map(({ node }) => node),
    ),
    element(
      'div',
      { class: 'form-actions' },
      element('span', { class: 'keys' }, 'Enter sends, Escape cancels'),
      element('button', { type: 'button', class: 'button secondary', onclick: cancel }, 'Cancel'),
      element('button', { type: 'submit', class: 'button primary' }, 'Send'),
    ),
  );

  return {
    form,
    entry,
    /** Also for a form without options: its Send button then takes the Enter key. */
    focus: () => (fields[0]?.input ?? form.querySelector('[type="submit"]')).focus(),
    fill(values) {
      for (const field of fields) field.fill(values[field.name]);
    },
  };
}
