import { element } from './element.js';
import { controlFor } from './option-controls.js';
import { limits } from './option-values.js';

/**
 * A field for one option of a command. `read()` answers { value } (undefined when left empty) or { problem },
 * a sentence that says what to change; `report()` shows or clears that sentence.
 */
export function optionField(option, context) {
  const id = `option-${option.name}`;
  const control = controlFor(option, context);
  const { input } = control;
  const problem = element('p', { id: `${id}-problem`, class: 'problem', role: 'alert', hidden: true });
  const describedBy = `${id}-hint ${id}-problem`;
  // Without a name: one such as `remove` would hide the form's own function.
  for (const [name, value] of Object.entries({ id, 'aria-describedby': describedBy })) {
    input.setAttribute(name, value);
  }
  if (option.required) input.setAttribute('aria-required', 'true');

  function read() {
    const text = input.value.trim();
    if (text !== '') return control.value(text);
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
  const label = element('label', { for: id }, option.label, ' ', element('span', { class: mark }, mark));
  const hint = element(
    'p',
    { id: `${id}-hint`, class: 'hint' },
    [option.description, limits(option)].join(' '),
  );
  const node = element('div', { class: 'option', 'data-option': option.name }, label, input, control.extra);
  node.append(hint, problem);
  return {
    name: option.name,
    input,
    node,
    read,
    report,
    fill: (value) => value !== undefined && control.fill(value),
  };
}
