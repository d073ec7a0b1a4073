/** So near the bottom, people mean to follow along. */
const BOTTOM_SLACK = 60;

/**
 * Where a growing list is scrolled to: it follows the newest, or holds what the reader looks at in place.
 * `scrolled()` is called when the reader moves.
 */
export function scrolling(container, newer, scrolled) {
  let following = true;
  let lastTop = 0;

  const messages = () => [...container.querySelectorAll('.message')];

  function toBottom() {
    container.scrollTop = container.scrollHeight;
    following = true;
    newer.hidden = true;
  }

  container.addEventListener('scroll', () => {
    const { scrollTop, scrollHeight, clientHeight } = container;
    // Only going up means to stay behind: content that grows also leaves the bottom further away.
    if (scrollHeight - scrollTop - clientHeight < BOTTOM_SLACK) following = true;
    else if (scrollTop < lastTop) following = false;
    lastTop = scrollTop;
    if (following) newer.hidden = true;
    scrolled();
  });
  newer.addEventListener('click', toBottom);
  // Pictures load and the composer grows after the messages were placed; whoever follows keeps following.
  container.addEventListener('load', () => following && toBottom(), { capture: true });
  new window.ResizeObserver(() => following && toBottom()).observe(container);

  return {
    toBottom,
    follow: () => (following = true),

    /** Runs a change of the list without moving what the reader looks at. */
    keepThrough(change) {
      const newest = messages().at(-1)?.dataset.messageId ?? 0;
      const anchor = messages().find(
        ({ offsetTop, offsetHeight }) => offsetTop + offsetHeight > container.scrollTop,
      );
      const offset = anchor && anchor.offsetTop - container.scrollTop;
      change();
      if (following) return toBottom();
      if (anchor?.isConnected) container.scrollTop = anchor.offsetTop - offset;
      if (BigInt(messages().at(-1)?.dataset.messageId ?? 0) > BigInt(newest)) newer.hidden = false;
    },
  };
}
