import { element } from './element.js';

let count = 0;

/**
 * Lets a text field offer values in a list above or below it, by the ARIA pattern: the focus stays in the
 * field, which points at the active value. Arrow keys move, Enter and Tab choose, Escape closes.
 * `search()` gives the items for what is typed now, or a promise of them, or throws { note } to say why there
 * are none; `view(item)` gives an item's content; `choose(item)` takes it. With `eager` the first item is
 * active at once; without it Enter means what was typed until somebody goes down into the list.
 */
export function combobox(field, { label, anchor = field, eager, search, view, choose, say }) {
  const id = `offers-${++count}`;
  const list = element('ul', { id, role: 'listbox', 'aria-label': label });
  const note = element('p', { class: 'offers-note', hidden: true });
  const popup = element('div', { class: 'offers', popover: 'manual' }, list, note);
  let items = [];
  let active = -1;
  let latest = 0;

  const attributes = { role: 'combobox', 'aria-autocomplete': 'list', 'aria-controls': id };
  for (const [name, value] of Object.entries(attributes)) field.setAttribute(name, value);
  field.addEventListener('blur', close);
  draw();

  async function offer() {
    const mine = ++latest;
    try {
      const found = search();
      // What is known at once shows at once, also to whoever asks in the same moment.
      if (found instanceof Promise) show(await pending(found), mine);
      else show(found, mine);
    } catch (problem) {
      if (mine === latest) show([], mine, problem.note);
    }
  }

  function pending(found) {
    if (items.length === 0) show([], latest, 'Loading options…');
    return found;
  }

  function show(found, asked, why) {
    // Slower than what was typed since.
    if (asked !== latest) return;
    const unchanged = found.length === items.length && found.every((item, index) => item === items[index]);
    if (!unchanged) active = eager && found.length > 0 ? 0 : -1;
    if (!unchanged && found.length > 0) say?.(`${found.length} offered for ${label}`);
    items = found;
    note.textContent = why ?? '';
    note.hidden = !why;
    draw();
  }

  function close() {
    latest += 1;
    items = [];
    active = -1;
    note.hidden = true;
    draw();
  }

  function draw() {
    const open = items.length > 0 || !note.hidden;
    list.hidden = items.length === 0;
    list.replaceChildren(...items.map(option));
    field.setAttribute('aria-expanded', String(items.length > 0));
    if (active < 0) field.removeAttribute('aria-activedescendant');
    else field.setAttribute('aria-activedescendant', `${id}-${active}`);
    if (!popup.isConnected) return;
    popup.togglePopover(open);
    const listen = open ? 'addEventListener' : 'removeEventListener';
    for (const event of ['resize', 'scroll']) window[listen](event, placeNow, { capture: true });
    if (open) placeNow();
    list.children[active]?.scrollIntoView({ block: 'nearest' });
  }

  function placeNow() {
    place(popup, anchor);
  }

  function option(item, index) {
    return element(
      'li',
      {
        id: `${id}-${index}`,
        role: 'option',
        'aria-selected': String(index === active),
        // A press would take the focus, and with it the keyboard of a phone, from the field.
        onmousedown: (event) => event.preventDefault(),
        onclick: () => take(item),
      },
      view(item),
    );
  }

  function take(item) {
    close();
    choose(item);
  }

  return {
    popup,
    offer: () => void offer(),
    close,
    /** Whether the key meant something to the list. */
    press({ key, shiftKey }) {
      if (key === 'Escape' && popup.matches(':popover-open')) close();
      else if (items.length === 0) return false;
      else if (key === 'ArrowDown') move(active + 1);
      else if (key === 'ArrowUp') move(active < 0 ? -1 : active - 1);
      else if (active >= 0 && !shiftKey && (key === 'Enter' || key === 'Tab')) take(items[active]);
      else return false;
      return true;
    },
  };

  function move(to) {
    active = (to + items.length) % items.length;
    draw();
  }
}

/** Above the anchor or below it, wherever there is more room, and inside the window. */
function place(popup, anchor) {
  const margin = 8;
  const { left, right, top, bottom } = anchor.getBoundingClientRect();
  const width = Math.min(Math.max(right - left, 240), window.innerWidth - 2 * margin);
  const above = top > window.innerHeight - bottom;
  Object.assign(popup.style, {
    width: `${width}px`,
    left: `${Math.max(margin, Math.min(left, window.innerWidth - width - margin))}px`,
    maxHeight: `${Math.min(360, (above ? top : window.innerHeight - bottom) - 2 * margin)}px`,
    top: above ? 'auto' : `${bottom + margin}px`,
    bottom: above ? `${window.innerHeight - top + margin}px` : 'auto',
  });
}
