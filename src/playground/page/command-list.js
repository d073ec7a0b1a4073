import { element } from './element.js';

/** The listbox above the message box. Focus stays in the message box, which points at the active entry. */
export function commandList({ choose }) {
  const list = element('ul', { id: 'command-list', role: 'listbox', 'aria-label': 'Commands', hidden: true });
  let entries = [];
  let active = 0;

  function show(next) {
    const unchanged =
      next.length === entries.length && next.every((entry, index) => entry === entries[index]);
    if (!unchanged) active = 0;
    entries = next;
    list.hidden = entries.length === 0;
    list.replaceChildren(...entries.map(option));
    list.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }

  function option(entry, index) {
    return element(
      'li',
      {
        id: `command-${index}`,
        role: 'option',
        'aria-selected': String(index === active),
        'data-command': entry.label,
        // A press would take the focus, and with it the keyboard of a phone, from the message box.
        onmousedown: (event) => event.preventDefault(),
        onclick: () => choose(entry),
      },
      element('b', {}, `/${entry.label}`),
      element('span', {}, entry.description),
    );
  }

  return {
    list,
    show,
    move(step) {
      active = (active + step + entries.length) % entries.length;
      show(entries);
    },
    get active() {
      return entries[active];
    },
    get activeId() {
      return entries.length === 0 ? undefined : `command-${active}`;
    },
  };
}
