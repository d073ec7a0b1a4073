import { element } from './element.js';

/**
 * Turns a message into its own editor: Enter saves, Escape leaves it as it was. `finish(text)` is called
 * once, with undefined when nothing is to be saved.
 */
export function messageEditor(view, text, finish) {
  const input = element('textarea', { 'aria-label': 'Edit message', rows: '1', maxlength: '2000' });
  input.value = text;
  const save = () => {
    const written = input.value.trim();
    finish(written === '' || written === text ? undefined : written);
  };
  const cancel = () => finish(undefined);
  input.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    if (event.key === 'Escape') cancel();
    else if (event.key === 'Enter' && !event.shiftKey) save();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  const editor = element(
    'div',
    { class: 'editor' },
    input,
    element(
      'p',
      {},
      element('button', { type: 'button', onclick: save }, 'Save'),
      element('button', { type: 'button', onclick: cancel }, 'Cancel'),
      'Enter saves, Escape cancels',
    ),
  );
  const body = view.querySelector('.message-body');
  const content = body.querySelector('.content');
  if (content === null) body.append(editor);
  else content.replaceWith(editor);
  return view;
}
