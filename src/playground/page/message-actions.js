import { messageMenu } from './message-menu.js';

/** What can be done with a message. Returns act(action, message, node, point). */
export function messageActions({ state, actions, list, write, enlarge }) {
  const menu = messageMenu();

  const doing = {
    menu: openMenu,
    apps: (message, _node, point) => menu.open('Apps', appItems(message), point),
    reply: (message) => write.reply(message),
    edit: (message) => list.edit(message),
    delete: ({ id, channel_id: channelId }) => actions.perform({ type: 'delete', channelId, messageId: id }),
    click: ({ id, channel_id: channelId }, node) => press(channelId, id, node.dataset.customId),
    enlarge: (_message, node) => enlarge(node),
  };

  function openMenu(message, _node, point) {
    const can = list.openTo(message);
    const own = [
      { label: 'Reply', action: 'reply' },
      { label: 'Edit', action: 'edit' },
      { label: 'Delete', action: 'delete', danger: true },
    ].filter(({ action }) => can.includes(action));
    const apps = can.includes('apps') ? [{ label: 'Apps' }, ...appItems(message)] : [];
    const items = [...own.map((item) => ({ ...item, run: () => doing[item.action](message) })), ...apps];
    if (items.length > 0) menu.open('Message', items, point);
  }

  function appItems(message) {
    const { id: messageId, channel_id: channelId } = message;
    return list.appsFor(message).map(({ label, name }) => ({
      label,
      run() {
        list.scrollToBottom();
        actions.askBot({ type: 'use', channelId, messageId, name });
      },
    }));
  }

  /** A pressed button waits for the bot; the others of the message stay open. */
  function press(channelId, messageId, customId) {
    const pending = (change) => {
      state.pending.set(messageId, change(state.pending.get(messageId) ?? []));
      list.refresh();
    };
    const release = () => pending((ids) => ids.filter((id) => id !== customId));
    pending((ids) => [...ids, customId]);
    const frame = { type: 'click', channelId, messageId, customId };
    actions.askBot(frame, { done: release, failed: release, late: release });
  }

  return (action, ...what) => doing[action]?.(...what);
}
