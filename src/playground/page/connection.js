const FIRST_DELAY = 500;
const LONGEST_DELAY = 8000;

/**
 * Keeps one WebSocket to the playground open. When the server goes away it tries again, at growing
 * intervals; the server opens every connection with a full 'hello', so nothing is resumed here.
 */
export function connect({ onFrame, onLost }) {
  let socket;
  let delay = FIRST_DELAY;

  function open() {
    const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
    socket = new WebSocket(`${scheme}//${location.host}/page`);
    socket.addEventListener('message', ({ data }) => {
      // Only a server that speaks counts as back: one that accepts and drops us is still starting.
      delay = FIRST_DELAY;
      onFrame(JSON.parse(data));
    });
    // A failed attempt closes too, so this is the one place from which we try again.
    socket.addEventListener('close', () => {
      onLost();
      window.setTimeout(open, delay);
      delay = Math.min(delay * 2, LONGEST_DELAY);
    });
  }

  open();
  return {
    /** Whether the frame was handed to an open connection. */
    send(frame) {
      if (socket.readyState !== WebSocket.OPEN) return false;
      socket.send(JSON.stringify(frame));
      return true;
    },
  };
}
