/**
 * Makes a node like another one by changing as little as it can, so that the focus, a selection and loaded
 * pictures in what stays the same survive. Text that only grows is appended to. Elements with different
 * `data-focus-key`s are different things and never turned into each other. Listeners are not compared: what is
 * morphed must have none of its own.
 */
export function morph(old, next) {
  if (old.isEqualNode(next)) return;
  if (!isSameThing(old, next)) return old.replaceWith(next);
  if (old.nodeType === window.Node.TEXT_NODE) return morphText(old, next.data);
  morphAttributes(old, next);
  const [before, after] = [[...old.childNodes], [...next.childNodes]];
  for (const [index, child] of after.entries()) {
    if (index < before.length) morph(before[index], child);
    else old.append(child);
  }
  for (const child of before.slice(after.length)) child.remove();
}

function isSameThing(old, next) {
  return old.nodeName === next.nodeName && old.dataset?.focusKey === next.dataset?.focusKey;
}

function morphText(old, text) {
  if (text.startsWith(old.data)) old.appendData(text.slice(old.length));
  else old.data = text;
}

function morphAttributes(old, next) {
  for (const { name, value } of next.attributes) {
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  for (const { name } of [...old.attributes]) if (!next.hasAttribute(name)) old.removeAttribute(name);
}
