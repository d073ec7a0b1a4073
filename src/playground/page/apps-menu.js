import { element } from './element.js';

/**
 * The menu of what the bot can do with one message, one for the whole page. `choose(command, message)` is
 * called with what was picked; Escape or a press elsewhere closes it, and the focus goes back.
 */
export function appsMenu({ choose }) {
  const menu = element('div', {
    id: 'apps-menu',
    role: 'menu',
    'aria-label': 'Apps',
    popover: 'auto',
    onkeydown: pressed,
  });
  document.body.append(menu);

  function pressed(event) {
    const items = [...menu.children];
    const at = items.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (event.key === 'Tab') menu.hidePopover();
    if (to === undefined) return;
    event.preventDefault();
    items.at(to % items.length).focus();
  }

  function item(command, message) {
    return element(
      'button',
      {
        type: 'button',
        role: 'menuitem',
        tabindex: '-1',
        onclick: () => {
          menu.hidePopover();
          choose(command, message);
        },
      },
      command.name,
    );
  }

  return {
    /** Opens beside a point of the window. */
    open(commands, message, { x, y }) {
      menu.replaceChildren(...commands.map((command) => item(command, message)));
      menu.showPopover();
      const { width, height } = menu.getBoundingClientRect();
      menu.style.left = `${Math.max(8, Math.min(x, window.innerWidth - width - 8))}px`;
      menu.style.top = `${Math.max(8, Math.min(y, window.innerHeight - height - 8))}px`;
      menu.firstElementChild.focus();
    },
  };
}
