const MAX_LENGTH = 120;

/** A file's name with nothing in it that a terminal or a chat would obey: control characters, line breaks, backticks. */
export function printable(name: string): string {
  const shown = name.toWellFormed().replace(/[\p{C}\p{Zl}\p{Zp}`]/gu, (character) => {
    return `\\u{${character.codePointAt(0)?.toString(16)}}`;
  });
  return shown.length > MAX_LENGTH ? `…${shown.slice(-MAX_LENGTH)}` : shown;
}
