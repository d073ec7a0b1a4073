/**
 * Builds a DOM element. Text only ever enters the page as a text node, so nothing that people or the bot
 * write can turn into markup. Functions become event listeners (`onclick`), `true` a bare attribute;
 * attributes and children that are undefined, null or false are left out.
 */
export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (isAbsent(value)) continue;
    if (typeof value === 'function') node.addEventListener(name.slice('on'.length), value);
    else node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.flat().filter((child) => !isAbsent(child)));
  return node;
}

function isAbsent(value) {
  return value === undefined || value === null || value === false;
}
