/** What people press to say what they think of a text. */
export function voteButtons(id: string): { action: string; argument: string; label: string }[] {
  return [
    { action: 'up', argument: id, label: '👍' },
    { action: 'down', argument: id, label: '👎' },
  ];
}
