import { element } from './element.js';
import { link } from './markdown.js';

/** Shows a picture as large as the window; Escape or a press anywhere closes it. */
export function lightbox() {
  const dialog = element('dialog', {
    id: 'lightbox',
    'aria-label': 'Picture',
    onclick: () => dialog.close(),
  });
  document.body.append(dialog);
  return (thumbnail) => {
    const { src, alt } = thumbnail.querySelector('img');
    const close = element('button', { type: 'button', class: 'button' }, 'Close');
    const original = link(src, 'Open in a new tab', { class: 'button' });
    dialog.replaceChildren(element('img', { src, alt }), element('p', {}, original, close));
    dialog.showModal();
    close.focus();
  };
}
