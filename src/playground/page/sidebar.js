import { paintAvatar } from './avatar.js';
import { element } from './element.js';
import { timedOutMark } from './message-view.js';

/** The guild's name, its channels and the person one speaks as; on a phone, a drawer behind a button. */
export function sidebar(state, { speakAs }) {
  const find = (id) => document.getElementById(id);
  const toggle = find('sidebar-toggle');
  const backdrop = find('backdrop');
  const select = find('speaking-as');

  function setOpen(open) {
    // What lies under the drawer cannot be reached, by key either.
    document.querySelector('main').inert = open;
    find('sidebar').classList.toggle('open', open);
    toggle.setAttribute('aria-expanded', String(open));
    backdrop.hidden = !open;
    if (open) find('channels').querySelector('a')?.focus();
  }

  toggle.addEventListener('click', () => setOpen(toggle.getAttribute('aria-expanded') === 'false'));
  backdrop.addEventListener('click', () => setOpen(false));
  find('channels').addEventListener('click', () => setOpen(false));
  document.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape' || backdrop.hidden) return;
    setOpen(false);
    toggle.focus();
  });
  find('channels').addEventListener('keydown', (event) => {
    const links = [...find('channels').querySelectorAll('a')];
    const to = links.indexOf(document.activeElement) + ({ ArrowDown: 1, ArrowUp: -1 }[event.key] ?? 0);
    if (!['ArrowDown', 'ArrowUp'].includes(event.key)) return;
    event.preventDefault();
    links.at(to % links.length).focus();
  });
  select.addEventListener('change', () => speakAs(select.value));

  function channelLink({ id, name, direct }) {
    const unread = state.unread.has(id);
    return element(
      'a',
      {
        href: `#${id}`,
        class: unread ? 'channel unread' : 'channel',
        'data-channel-id': id,
        'aria-current': id === state.openChannelId ? 'page' : undefined,
        'aria-label': unread ? `${name}, unread` : name,
      },
      element('span', { 'aria-hidden': 'true' }, direct ? '@' : '#'),
      name,
    );
  }

  return {
    refresh() {
      const { open } = state;
      find('guild-name').textContent = state.guild.name;
      find('channel-name').textContent = open?.name ?? '';
      find('channel-name').classList.toggle('direct', open?.direct ?? false);
      find('channel-topic').textContent = open?.topic ?? '';
      document.title = open ? `${open.title} | ${state.guild.name}` : state.guild.name;
      const focused = document.activeElement?.dataset.channelId;
      find('channels').replaceChildren(
        ...state.channels.map(channelLink),
        element('h2', { class: 'section' }, 'Direct messages'),
        channelLink(state.direct),
      );
      if (focused)
        find('channels')
          .querySelector(`[data-channel-id="${window.CSS.escape(focused)}"]`)
          ?.focus();

      const people = [...state.people.values()].filter(({ bot, switchable }) => switchable && !bot);
      select.replaceChildren(...people.map(({ id, name }) => element('option', { value: id }, name)));
      select.value = state.you;
      const { timedOutUntil } = state.people.get(state.you) ?? {};
      find('speaker-note').replaceChildren(...(timedOutUntil ? [timedOutMark(timedOutUntil)] : []));
      paintAvatar(find('speaker-avatar'), state.you, state.people.get(state.you)?.name ?? '');
    },
  };
}
