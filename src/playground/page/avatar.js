// Dark enough for white initials in both colour schemes.
const COLOURS = ['#5865f2', '#2d7d46', '#b5493f', '#8e44ad', '#b0620f', '#1f7a8c', '#ad2e6d', '#4f5d75'];

/** Gives an element the colour and the initials of a person; nobody has a picture here. */
export function paintAvatar(node, id, name) {
  // The remainder at every digit: ids are longer than a double counts exactly.
  const colour = [...id].reduce((sum, digit) => (sum * 7 + Number(digit)) % COLOURS.length, 0);
  node.style.backgroundColor = COLOURS[colour];
  node.textContent = initials(name);
}

function initials(name) {
  const words = name.split(/[\s_.-]+/).filter((word) => word !== '');
  return words
    .slice(0, 2)
    .map((word) => [...word][0].toUpperCase())
    .join('');
}
