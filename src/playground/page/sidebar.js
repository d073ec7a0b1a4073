import { paintAvatar } from './avatar.js';
import { element } from './element.js';

/** The guild's name, its channels and the person one speaks as; on a phone, a drawer behind a button. */
export function sidebar(state, { speakAs }) {
  const find = (id) => document.getElementById(id);
  const toggle = find('sidebar-toggle');
  const backdrop = find('backdrop');
  const select = find('speaking-as');

  function setOpen(open) {
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
  select.addEventListener('change', () => speakAs(select.value));

  function channelLink({ id, name }) {
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
      element('span', { 'aria-hidden': 'true' }, '#'),
      name,
    );
  }

  return {
    refresh() {
      const channel = state.channels.find(({ id }) => id === state.openChannelId);
      find('guild-name').textContent = state.guild.name;
      find('channel-name').textContent = channel?.name ?? '';
      find('channel-topic').textContent = channel?.topic ?? '';
      document.title = channel ? `#${channel.name} | ${state.guild.name}` : state.guild.name;
      const focused = document.activeElement?.dataset.channelId;
      find('channels').replaceChildren(...state.channels.map(channelLink));
      if (focused)
        find('channels')
          .querySelector(`[data-channel-id="${window.CSS.escape(focused)}"]`)
          ?.focus();

      const people = [...state.people.values()].filter(({ bot, switchable }) => switchable && !bot);
      select.replaceChildren(...people.map(({ id, name }) => element('option', { value: id }, name)));
      select.value = state.you;
      paintAvatar(find('speaker-avatar'), state.you, state.people.get(state.you)?.name ?? '');
    },
  };
}
