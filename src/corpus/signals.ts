export function signalsOfText(_text: string): string[] {
  return [];
}
