import { element } from './element.js';

/**
 * The menu of what can be done with one message, one for the whole page. Escape or a press elsewhere closes it,
 * and the focus goes back to where it was.
 */
export function messageMenu() {
  const menu = element('div', { id: 'message-menu', role: 'menu', popover: 'auto', onkeydown: pressed });
  document.body.append(menu);

  function pressed(event) {
    const items = [...menu.querySelectorAll('[role="menuitem"]')];
    const at = items.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (event.key === 'Tab') menu.hidePopover();
    if (to === undefined) return;
    event.preventDefault();
    items.at(to % items.length).focus();
  }

  function item({ label, run, danger }) {
    if (run === undefined) return element('p', { class: 'menu-heading', role: 'presentation' }, label);
    const attributes = { type: 'button', role: 'menuitem', tabindex: '-1', class: danger && 'danger' };
    const choose = () => {
      menu.hidePopover();
      run();
    };
    return element('button', { ...attributes, onclick: choose }, label);
  }

  return {
    /** Opens beside a point of the window; an item without `run` is a heading. */
    open(label, items, { x, y }) {
      menu.setAttribute('aria-label', label);
      menu.replaceChildren(...items.map(item));
      menu.showPopover();
      const { width, height } = menu.getBoundingClientRect();
      menu.style.left = `${Math.max(8, Math.min(x, window.innerWidth - width - 8))}px`;
      menu.style.top = `${Math.max(8, Math.min(y, window.innerHeight - height - 8))}px`;
      menu.querySelector('[role="menuitem"]').focus();
    },
  };
}
