/** The key of an act, as printed on the keyboard: `Enter`, `Ctrl R`, `F3`. */
export function KeyHint({ keys }: { readonly keys: string }) {
  return <kbd className="key-hint">{keys.replace('Escape', 'Esc').replaceAll('+', ' ')}</kbd>
}
